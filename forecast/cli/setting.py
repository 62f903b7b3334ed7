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

from forecast.cli.output import say
from questions.errors import BadFile, BadInput, NotFound
from questions.instants import EPOCH, Edge, iso, parse_instant
from questions.store.place import Place, place_of

if TYPE_CHECKING:
    from forecast.desk.desk import Desk
    from questions.store.reading import Reading
    from questions.store.store import Store

Db = Annotated[
    str | None,
    typer.Option(
        "--db",
        help="The store: a SQLite file or a postgresql:// address; or set TIDINGS_DB.",
        metavar="PLACE",
    ),
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


def time_of(
    text: str | None, *, edge: Edge = "start", what: str = "time", now: datetime | None = None
) -> datetime | None:
    """A time given to a command, which may count from now.

    Raises:
        BadInput: not a time.
    """
    if text is None:
        return None
    return parse_instant(text, edge=edge, now=now or clock(), what=what)


def configuration() -> dict[str, Any]:
    """What the user's configuration file says.

    ``as``, ``db``; ``model``, ``base_url`` and ``model_timeout`` (seconds) of a language model.

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


def store_path(db: str | None) -> tuple[Place, bool]:
    """The store's file or server, and whether it is the file in the user's data folder.

    Raises:
        BadInput: an address that no store can have.
    """
    named = db or configuration().get("db")
    if named:
        place = place_of(str(named))
        return (place.expanduser() if isinstance(place, Path) else place), False
    here = Path("tidings.db")
    if here.exists():
        return here, False
    from platformdirs import user_data_path

    return user_data_path("tidings") / "tidings.db", True


@contextmanager
def desk(
    db: str | None,
    *,
    who: str | None = None,
    at: str | None = None,
    founds: bool = False,
    signed: bool = True,
    dated: bool = False,
) -> Iterator["Desk"]:
    """The desk that a command works at.

    A command that ``founds`` makes a store where there is none; one that is not ``signed``
    takes nobody's name; one that is ``dated`` uses ``at`` in a live store too.

    Raises:
        NotFound: no store, or an unknown name.
        BadInput: a bad time, or a file that is no store.
        Conflict: a store that a newer version wrote.
    """
    from forecast.desk.desk import Desk
    from forecast.ledger import KINDS
    from questions.store.store import open_store

    place, default = store_path(db)
    if founds and default and isinstance(place, Path) and not place.exists():
        say(f"new store: {place}")
    store = open_store(place, KINDS, create_with=("live", clock()) if founds else None)
    try:
        now = _now(store, at, dated=dated)
        if signed and now == EPOCH:
            say(f"note: the clock of this replay stands at {iso(now)}; --at sets it")
        me = _member(store, who) if signed else ""
        yield Desk(store, now, me or login(), uuid4().hex, me)
    finally:
        store.close()


def _now(store: "Store", at: str | None, *, dated: bool) -> datetime:
    """The clock's reading; a replay's clock is set by ``at`` and otherwise stands still."""
    if store.label == "replay":
        with store.reading() as read:
            stands = read.clock() or EPOCH
        return time_of(at, now=stands, what="--at") or stands
    now = clock()
    if time_of(at, now=now, what="--at") is not None and not dated:
        say(f"note: a live store goes by its own clock: recorded at {iso(now)}")
    return now


def _member(store: "Store", who: str | None) -> str:
    """The known member who acts; empty where nobody is named.

    Raises:
        NotFound: a name that no member has.
    """
    from forecast.people.roster import known_member

    named = who or configuration().get("as")
    if not named:
        return ""
    with store.reading() as read:
        return known_member(read, str(named))


def _reader(store: "Store", who: str | None) -> str:
    """The known member who reads; a name of the configuration may be another store's.

    Raises:
        NotFound: a name that no member has.
    """
    try:
        return _member(store, who)
    except NotFound:
        if who:
            raise
        return ""


@contextmanager
def reading(
    db: str | None, as_of: str | None = None, who: str | None = None
) -> Iterator[tuple["Reading", datetime]]:
    """What was on record at an instant, or is now, and may be seen by a member; and that instant.

    Who is not named, neither here nor in the configuration, sees nothing of what blind
    questions hide.

    Raises:
        NotFound: no store, or an unknown name.
        BadInput: a bad time, or a file that is no store.
        Conflict: a store that a newer version wrote.
    """
    with reader_desk(db, who) as here:
        at = time_of(as_of, now=here.now, what="--as-of")
        with here.reading(at) as read:
            yield read, at or here.now


@contextmanager
def reader_desk(
    db: str | None, who: str | None = None, *, at: str | None = None
) -> Iterator["Desk"]:
    """The desk of a command that reads, for a member or for nobody in particular.

    Raises:
        NotFound: no store, or an unknown name.
        BadInput: a file that is no store.
        Conflict: a store that a newer version wrote.
    """
    from dataclasses import replace

    with desk(db, at=at, signed=False) as here:
        me = _reader(here.store, who)
        yield replace(here, actor=me or here.actor, reader=me)


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
        BadInput: nobody was named.
    """
    named = who or configuration().get("as")
    if not named:
        raise BadInput("name", "", "your name with --as NAME, or set TIDINGS_AS")
    return str(named)


def claim(desk: "Desk", at: str | None) -> datetime | None:
    """The time that a live write claims for itself; noted, because it counts from now."""
    moment = time_of(at, now=desk.now, what="--at")
    if moment is not None and desk.store.label == "live":
        say(f"note: recorded at {iso(desk.now)}, which is when it counts from")
    return moment


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
