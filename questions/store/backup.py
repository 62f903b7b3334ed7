"""A copy of a store's file that is whole at one instant, while others write."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import sqlalchemy as sa

from questions.errors import BadInput, Conflict
from questions.store.engine import connect, telling
from questions.store.place import give_name, taken
from questions.store.reading import Reading
from questions.store.sqlite import address
from questions.store.store import Store

ANOTHER: Final = "name a file that does not exist yet"


def backup(store: Store, path: Path) -> str:
    """Copy a SQLite store into a new file, whole as of one instant, while others write.

    The file gets its name once it is finished and on disk; a failure leaves nothing.
    Returns the head of the copy's log.

    Raises:
        Taken: there is a file of that name (a Conflict).
        Conflict: the store lies on a server; or there is no room.
        BadInput: a folder that does not exist or cannot be written.
    """
    if not isinstance(store.place, Path):
        raise Conflict(
            f"{store.place} is no file that could be copied", "use pg_dump, or `tidings export`"
        )
    if path.exists():
        raise taken(path, ANOTHER)
    try:
        with TemporaryDirectory(dir=path.parent, prefix=".tidings-") as folder:
            unnamed = Path(folder) / "copy"
            with telling(path):
                head = _copy(store.place, unnamed)
            give_name(unnamed, path, ANOTHER)
    except (PermissionError, FileNotFoundError, NotADirectoryError) as error:
        right = "a file in a folder that exists and can be written"
        raise BadInput("backup", path, right) from error
    return head


def _copy(source: Path, target: Path) -> str:
    """Copy, return to a log ahead of the file, put it all on disk, and read the head."""
    _alone(source, "VACUUM INTO ?", str(target))
    _alone(target, "PRAGMA journal_mode=WAL")
    with target.open("rb+") as written:
        os.fsync(written.fileno())
    engine = connect(target, write=False)
    try:
        with engine.connect() as connection:
            return Reading(connection).head()
    finally:
        engine.dispose()


def _alone(path: Path, statement: str, *given: str) -> None:
    """One statement outside any transaction."""
    engine = sa.create_engine(address(path), isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(statement, given)
    finally:
        engine.dispose()
