"""A store in a SQLite file: opened, made whole or not at all, its errors told."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from typing import Any, Final

import sqlalchemy as sa

from questions.errors import BadInput, Conflict, Integrity, NotFound, TidingsError
from questions.store.place import give_name, taken
from questions.store.schema import ALTERED, APPEND_ONLY, Label, fill
from questions.store.tables import TEXTS, Kinds

OURS: Final = "a file that `tidings init` made"
LOOK_AGAIN_SECONDS: Final = 0.005
CACHE_KIB: Final = 64 * 1024
ANOTHER: Final = "name another file, or use this one as it is"


def connect(path: Path, *, write: bool, busy_seconds: float) -> sa.Engine:
    """An engine on a file, with full sync; a writer takes its lock when it begins.

    Nothing here changes a file, so that one which is not a store stays as it is.
    """
    patience = 0 if write else busy_seconds
    engine = sa.create_engine(
        address(path), connect_args={"timeout": patience, "isolation_level": None}
    )

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        for pragma in (
            "synchronous=FULL",
            "foreign_keys=ON",
            "recursive_triggers=ON",
            f"cache_size=-{CACHE_KIB}",
            f"query_only={'OFF' if write else 'ON'}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        if write:
            _take_the_lock(connection, busy_seconds)
        else:
            connection.exec_driver_sql("BEGIN")

    return engine


def address(path: Path) -> sa.URL:
    """Where SQLAlchemy finds a file, whatever marks of an address its name holds."""
    return sa.URL.create("sqlite", database=str(path))


def _take_the_lock(connection: sa.Connection, busy_seconds: float) -> None:
    """Begin to write, as soon as nobody else does.

    SQLite's own waiting sleeps the longer the more often it was turned away, so that who has
    waited longest looks least often; here everybody looks equally often.
    """
    until = monotonic() + busy_seconds
    file: Any = connection.connection.driver_connection
    while monotonic() < until:
        try:
            file.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            sleep(LOOK_AGAIN_SECONDS)
        else:
            return
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def pour(connection: sa.Connection, table: sa.Table, columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert many rows through the driver itself."""
    names = ", ".join(f'"{name}"' for name in columns)
    places = ", ".join("?" for _ in columns)
    file: Any = connection.connection.driver_connection
    rows = zip(*columns.values(), strict=True)
    file.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({places})', rows)  # noqa: S608


def told(path: Path, error: sa.exc.DBAPIError) -> TidingsError:
    """What SQLite says of a file, as one line that a person can act on."""
    said = str(error.orig)
    if "locked" in said or "busy" in said:
        return Conflict(f"{path} is locked by another program", "try again in a moment")
    if "not a database" in said:
        return BadInput("store", path, OURS)
    if "readonly" in said:
        return Conflict(f"{path} cannot be written", "check its permissions and its folder's")
    if "full" in said:
        return Conflict(f"no room left to write {path}; nothing was written", "free some space")
    if "unable to open" in said:
        return _nowhere(path)
    return Integrity(f"{path}: {said}")


def look(path: Path) -> None:
    """See that there is a file at all.

    Raises:
        NotFound: there is none.
        BadInput: a folder, or a file that one may not reach.
    """
    try:
        there = path.exists()
    except OSError as error:
        raise BadInput("store", path, "a file that you may read") from error
    if not there:
        raise NotFound("store", str(path), otherwise="`tidings init` makes one")
    if path.is_dir():
        raise BadInput("store", path, f"{OURS}, not a folder")


def create(path: Path, kinds: Kinds, *, label: Label, now: datetime, busy_seconds: float) -> None:
    """Make a new, empty store: it gets its name once it is finished.

    Raises:
        Taken: there is a file already.
        BadInput: a folder that cannot be made or written.
    """
    if path.exists():
        raise taken(path, ANOTHER)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=path.parent, prefix=".tidings-") as folder:
            unnamed = Path(folder) / "store"
            with closing(sqlite3.connect(unnamed)) as file:
                file.execute("PRAGMA journal_mode=WAL")
            engine = connect(unnamed, write=True, busy_seconds=busy_seconds)
            try:
                _fill(engine, kinds, label=label, now=now)
            finally:
                engine.dispose()
            give_name(unnamed, path, ANOTHER)
    except (PermissionError, NotADirectoryError, FileExistsError) as error:
        raise _nowhere(path) from error


def _fill(engine: sa.Engine, kinds: Kinds, *, label: Label, now: datetime) -> None:
    with engine.begin() as connection:
        fill(connection, kinds, label=label, now=now)
        for statement in _immutable():
            connection.exec_driver_sql(statement)


def _nowhere(path: Path) -> BadInput:
    return BadInput("store", path, "a file in a folder that exists and can be written")


def _immutable() -> list[str]:
    grown = [
        f"CREATE TRIGGER {table.name}_keeps_on_{verb} BEFORE {verb} ON {table.name} "
        f"BEGIN SELECT RAISE(ABORT, '{table.name} is append-only'); END"
        for table in APPEND_ONLY
        for verb in ("UPDATE", "DELETE")
    ]
    texts = TEXTS.name
    return [
        *grown,
        f"CREATE TRIGGER {texts}_keep_on_DELETE BEFORE DELETE ON {texts} "
        f"BEGIN SELECT RAISE(ABORT, '{texts} is append-only'); END",
        f"CREATE TRIGGER {texts}_keep_on_UPDATE BEFORE UPDATE ON {texts} WHEN {ALTERED} "
        f"BEGIN SELECT RAISE(ABORT, '{texts} can be erased, not changed'); END",
    ]
