"""Where a command runs: the only place that reads the clock, the environment, the folder."""

import os
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import typer

from questions.errors import BadFile, BadInput
from questions.instants import iso, parse_instant

if TYPE_CHECKING:
    from forecast.desk.desk import Desk

Db = Annotated[
    str | None,
    typer.Option("--db", envvar="TIDINGS_DB", help="The store: a SQLite file.", metavar="PATH"),
]
As = Annotated[
    str | None, typer.Option("--as", envvar="TIDINGS_AS", help="Who you are.", metavar="NAME")
]
At = Annotated[
    str | None,
    typer.Option("--at", help="When: sets the clock of a replay store.", metavar="TIME"),
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="What was on record at that instant.", metavar="TIME")
]
Json = Annotated[bool, typer.Option("--json", help="One JSON document.")]
Jsonl = Annotated[bool, typer.Option("--jsonl", help="One JSON object a line.")]
Csv = Annotated[bool, typer.Option("--csv", help="Comma-separated values.")]


def clock() -> datetime:
    """The time, UTC."""
    return datetime.now(UTC)  # noqa: TID251


def time_of(text: str | None, *, edge: Any = "start", what: str = "time") -> datetime | None:
    """A time given to a command, which may count from now.

    Raises:
        BadInput: not a time.
    """
    if text is None:
        return None
    return parse_instant(text, edge=edge, now=clock(), what=what)


def configuration() -> dict[str, Any]:
    """What the user's configuration file says: ``as`` and ``db``.

    Raises:
        BadFile: it is not TOML.
    """
    from platformdirs import user_config_path

    path = user_config_path("tidings") / "config.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadFile(path, "not TOML", "write lines such as: as = 'ana'") from error


def store_path(db: str | None) -> tuple[Path, bool]:
    """The store's file, and whether it is the one in the user's data folder.

    Raises:
        BadInput: an address of a database that is not served yet.
    """
    named = db or configuration().get("db")
    if named:
        if "://" in str(named):
            raise BadInput("store", named, "the path of a SQLite file")
        return Path(str(named)), False
    here = Path("tidings.db")
    if here.exists():
        return here, False
    from platformdirs import user_data_path

    return user_data_path("tidings") / "tidings.db", True


@contextmanager
def desk(
    db: str | None, *, who: str | None = None, at: str | None = None, write: bool = False
) -> Iterator["Desk"]:
    """The desk that a command works at; a store is made on the first write.

    Raises:
        NotFound: nothing to read, or an unknown name.
        BadInput: a bad time, or a file that is no store.
        Conflict: a store that a newer version wrote.
    """
    from forecast.desk.desk import Desk
    from forecast.ledger import KINDS
    from questions.store.log import open_store

    path, default = store_path(db)
    if write and default and not path.exists():
        sys.stderr.write(f"new store: {path}\n")
    store = open_store(path, KINDS, create_with=("live", clock()) if write else None)
    try:
        claimed = time_of(at)
        with store.reading() as read:
            now = (claimed or read.clock() or clock()) if store.label == "replay" else clock()
            actor = acting(read, who)
        yield Desk(store, now, actor, uuid4().hex)
    finally:
        store.close()


def acting(read: Any, who: str | None) -> str:
    """Who acts: a known member, or the login name where nobody is named.

    Raises:
        NotFound: a name that no member has.
    """
    from forecast.people.roster import known_member

    named = who or configuration().get("as")
    return known_member(read, str(named)) if named else login()


def login() -> str:
    """The name of the account that runs the command."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "somebody"


def member(who: str | None) -> str:
    """The member that a forecast is for.

    Raises:
        NotFound: nobody was named.
    """
    named = who or configuration().get("as")
    if not named:
        raise BadInput("name", "", "your name with --as NAME, or set TIDINGS_AS")
    return str(named)


def claim(desk: "Desk", at: str | None) -> datetime | None:
    """The time that a live write claims for itself; noted, because it counts from now."""
    moment = time_of(at)
    if moment is not None and desk.store.label == "live":
        sys.stderr.write(f"note: recorded at {iso(desk.now)}, which is when it counts from\n")
    return moment


def now_for(desk: "Desk", as_of: str | None) -> datetime:
    """The instant as of which a command reads.

    Raises:
        BadInput: not a time.
    """
    return time_of(as_of, what="--as-of") or desk.now


def debugging() -> bool:
    """Whether unexpected errors show their traceback."""
    return bool(os.environ.get("TIDINGS_DEBUG"))  # noqa: TID251


def quiet_samplers() -> None:
    """Give the sampler's compiler a cache folder of our own, and keep its remarks to itself."""
    import logging

    from platformdirs import user_cache_path

    folder = f"base_compiledir={user_cache_path('tidings') / 'pytensor'}"
    set_already = os.environ.get("PYTENSOR_FLAGS")  # noqa: TID251
    os.environ["PYTENSOR_FLAGS"] = f"{set_already},{folder}" if set_already else folder  # noqa: TID251
    for name in ("pymc", "pytensor", "arviz"):
        logging.getLogger(name).setLevel(logging.ERROR)


def read_input(path: str) -> bytes:
    """A file's bytes, or those of standard input for ``-``.

    Raises:
        BadFile: no such file, or one that cannot be read.
    """
    if path == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except FileNotFoundError as error:
        raise BadFile(path, "there is no such file", "name one that exists") from error
    except OSError as error:
        raise BadFile(path, str(error.strerror), "name a file that can be read") from error
