"""A store's file: made, opened, and refused when it is not one of ours."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Literal

import sqlalchemy as sa

from questions.errors import BadInput, Conflict, Integrity, NotFound, TidingsError
from questions.instants import iso
from questions.store.tables import KEPT, LOG, META, METADATA, Kinds

SCHEMA_VERSION: Final = 1
BUSY_SECONDS: Final = 30

Label = Literal["live", "replay"]


def connect(path: Path, *, write: bool, busy_seconds: float = BUSY_SECONDS) -> sa.Engine:
    """An engine on a SQLite file, with full sync; a writer takes its lock when it begins.

    Who finds the file locked waits for ``busy_seconds``. Nothing here changes a file, so
    that one which is not a store stays as it is.
    """
    engine = sa.create_engine(
        f"sqlite:///{path}", connect_args={"timeout": busy_seconds, "isolation_level": None}
    )

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        for pragma in (
            "synchronous=FULL",
            "foreign_keys=ON",
            "recursive_triggers=ON",
            f"query_only={'OFF' if write else 'ON'}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Turn what SQLite says of a file into one line that a person can act on."""
    try:
        yield
    except sa.exc.DatabaseError as error:
        raise _told(path, str(error.orig)) from error


def _told(path: Path, said: str) -> TidingsError:
    if "locked" in said or "busy" in said:
        return Conflict(f"{path} is locked by another program", "try again in a moment")
    if "not a database" in said:
        return BadInput("store", path, "a file that `tidings init` made")
    if "readonly" in said:
        return Conflict(f"{path} cannot be written", "check its permissions and its folder's")
    if "full" in said:
        return Conflict(f"no room left to write {path}; nothing was written", "free some space")
    if "unable to open" in said:
        return _nowhere(path)
    return Integrity(f"{path}: {said}")


def create(path: Path, kinds: Kinds, *, label: Label, now: datetime) -> None:
    """Make a new, empty store, whole or not at all: it gets its name once it is finished.

    Raises:
        Conflict: there is a file already.
        BadInput: a folder that cannot be made or written.
    """
    if path.exists():
        raise _taken(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=path.parent, prefix=".tidings-") as folder:
            unnamed = Path(folder) / "store"
            about = {"schema": str(SCHEMA_VERSION), "label": label, "made_at": iso(now)}
            _fill(unnamed, kinds, about)
            _name(unnamed, path)
    except (PermissionError, NotADirectoryError, FileExistsError) as error:
        raise _nowhere(path) from error


def _name(unnamed: Path, path: Path) -> None:
    """Give a finished file its name; who comes second finds the name taken."""
    try:
        path.hardlink_to(unnamed)
    except FileExistsError as error:
        raise _taken(path) from error
    except OSError:  # a file system that has no links
        unnamed.rename(path)


def _taken(path: Path) -> Conflict:
    return Conflict(f"{path} exists already", "name another file, or use this one as it is")


def _nowhere(path: Path) -> BadInput:
    return BadInput("store", path, "a file in a folder that exists and can be written")


def _fill(path: Path, kinds: Kinds, about: dict[str, str]) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA journal_mode=WAL")
    engine = connect(path, write=True)
    try:
        with telling(path), engine.begin() as connection:
            METADATA.create_all(connection, tables=[*KEPT, *kinds.values()])
            for statement in _IMMUTABLE:
                connection.exec_driver_sql(statement)
            connection.execute(
                META.insert(), [{"name": key, "value": value} for key, value in about.items()]
            )
    finally:
        engine.dispose()


_IMMUTABLE: Final = (
    *(
        f"CREATE TRIGGER {table}_keeps_on_{verb} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for table in ("log", "blobs")
        for verb in ("UPDATE", "DELETE")
    ),
    "CREATE TRIGGER texts_keep_on_DELETE BEFORE DELETE ON texts "
    "BEGIN SELECT RAISE(ABORT, 'texts is append-only'); END",
    "CREATE TRIGGER texts_keep_on_UPDATE BEFORE UPDATE ON texts "
    "WHEN NEW.text IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.digest <> OLD.digest "
    "BEGIN SELECT RAISE(ABORT, 'texts can be erased, not changed'); END",
)


def about(path: Path, engine: sa.Engine) -> dict[str, str]:
    """What a store says of itself.

    Raises:
        NotFound: there is no file.
        BadInput: a file that is not a store.
        Conflict: a store that a newer version wrote.
    """
    if not path.exists():
        raise NotFound("store", str(path), otherwise="`tidings init` makes one")
    if path.is_dir():
        raise BadInput("store", path, "a file that `tidings init` made, not a folder")
    with telling(path), engine.connect() as connection:
        tables = sa.inspect(connection).get_table_names()
        if not {META.name, LOG.name} <= {*tables}:
            raise BadInput("store", path, "a file that `tidings init` made")
        found = {str(name): str(value) for name, value in connection.execute(sa.select(META))}
    version = found.get("schema", "")
    if not version.isdigit():
        raise BadInput("store", path, "a file that `tidings init` made")
    if int(version) > SCHEMA_VERSION:
        raise Conflict(
            f"{path} was written by a newer version (schema {version}, this one knows "
            f"{SCHEMA_VERSION})",
            "upgrade tidings",
        )
    return found
