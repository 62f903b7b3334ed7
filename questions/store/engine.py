"""A store, by its place: made, opened, and refused when it is not one of ours.

What differs between a file and a server is in :mod:`questions.store.sqlite` and
:mod:`questions.store.postgresql`; everything else is here, once.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from questions.errors import BadInput, Conflict
from questions.store import postgresql, sqlite
from questions.store.place import Place
from questions.store.schema import SCHEMA_VERSION, Label
from questions.store.tables import LOG, META, Kinds

__all__ = [
    "BUSY_SECONDS",
    "SCHEMA_VERSION",
    "Label",
    "about",
    "connect",
    "create",
    "pour",
    "telling",
]

BUSY_SECONDS: Final = 30


def connect(place: Place, *, write: bool, busy_seconds: float = BUSY_SECONDS) -> sa.Engine:
    """An engine on a store, in which writers come one after another and readers cannot write.

    Who finds the store locked waits for ``busy_seconds``.

    Raises:
        Conflict: a server, and the driver is not installed.
    """
    if isinstance(place, Path):
        return sqlite.connect(place, write=write, busy_seconds=busy_seconds)
    return postgresql.connect(place, write=write, busy_seconds=busy_seconds)


@contextmanager
def telling(place: Place) -> Iterator[None]:
    """Turn what an engine says of a store into one line that a person can act on."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        if isinstance(place, Path):
            raise sqlite.told(place, error) from error
        raise postgresql.told(place, error) from error


def create(
    place: Place,
    kinds: Kinds,
    *,
    label: Label,
    now: datetime,
    busy_seconds: float = BUSY_SECONDS,
) -> None:
    """Make a new, empty store, whole or not at all.

    Raises:
        Taken: there is a store, or a file, already (a Conflict).
        BadInput: a folder or database that cannot hold one.
    """
    with telling(place):
        if isinstance(place, Path):
            sqlite.create(place, kinds, label=label, now=now, busy_seconds=busy_seconds)
        else:
            postgresql.create(place, kinds, label=label, now=now, busy_seconds=busy_seconds)


def about(place: Place, engine: sa.Engine, *, older: bool = False) -> dict[str, str]:
    """What a store says of itself; one of an ``older`` schema is refused unless it may be.

    Raises:
        NotFound: there is no store.
        BadInput: a file or database that is something else.
        Conflict: a store of another version, or one that cannot be reached.
    """
    ours = sqlite.OURS if isinstance(place, Path) else postgresql.OURS
    with telling(place):
        if isinstance(place, Path):
            sqlite.look(place)
        else:
            postgresql.look(place, engine)
        with engine.connect() as connection:
            if not {META.name, LOG.name} <= {*sa.inspect(connection).get_table_names()}:
                raise BadInput("store", place, ours)
            found = {str(name): str(value) for name, value in connection.execute(sa.select(META))}
    version = found.get("schema", "")
    if not version.isdigit():
        raise BadInput("store", place, ours)
    if int(version) > SCHEMA_VERSION:
        raise Conflict(
            f"{place} was written by a newer version (schema {version}, this one knows "
            f"{SCHEMA_VERSION})",
            "upgrade tidings",
        )
    if int(version) < SCHEMA_VERSION and not older:
        raise Conflict(
            f"{place} was written by an older version (schema {version}, this one writes "
            f"{SCHEMA_VERSION})",
            "`tidings init --upgrade` brings it up to date; make a backup first",
        )
    return found


def pour(connection: sa.Connection, table: sa.Table, columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert many rows, column by column, within the connection's transaction.

    The values are what the engine keeps: whole numbers for instants, text for JSON.
    """
    into = sqlite if connection.dialect.name == "sqlite" else postgresql
    if not columns or not len(next(iter(columns.values()))):
        return
    try:
        into.pour(connection, table, columns)
    except connection.dialect.loaded_dbapi.Error as error:
        raise sa.exc.DBAPIError(f"rows of {table.name}", None, error) from error
