"""Where the verbs act: a store that is open, an hour, and a member in whose name things are done.

Times are datetimes with a zone, or texts as the commands take them.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self, overload
from uuid import uuid4

from forecast.desk.desk import Desk, Receipt
from forecast.desk.predicting import add_member as added
from forecast.ledger import KINDS
from forecast.people.roster import known_member
from questions.instants import Edge, parse_instant
from questions.store.engine import Label
from questions.store.store import open_store

Time = datetime | str
"""A datetime with a zone, or a text such as ``2030-04-30`` or ``+3w``."""


@overload
def instant(time: Time, *, now: datetime | None = None, edge: Edge = "start") -> datetime: ...
@overload
def instant(time: None, *, now: datetime | None = None, edge: Edge = "start") -> None: ...
def instant(
    time: Time | None, *, now: datetime | None = None, edge: Edge = "start"
) -> datetime | None:
    """A time as an instant, UTC; None stays None.

    ``edge="end"`` reads a bare date as the next midnight; ``+3w`` counts from ``now``.

    Raises:
        BadInput: a text that is no time.
        ValueError: a datetime without a zone.

    >>> instant("2030-04-30", edge="end").isoformat()
    '2030-05-01T00:00:00+00:00'
    """
    if time is None:
        return None
    if isinstance(time, str):
        return parse_instant(time, edge=edge, now=now)
    if time.tzinfo is None:
        raise ValueError(f"{time!r} has no zone: give tzinfo=UTC")
    return time.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Opened(Desk):
    """A desk whose store is closed at the end of a ``with`` block, or by ``desk.store.close()``."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()

    def __repr__(self) -> str:
        who = self.reader or "nobody in particular"
        return f"<desk of {who} at {self.store.place}, {self.now:%Y-%m-%d %H:%M} UTC>"


def open_desk(
    place: str | Path, *, now: Time, who: str = "", create: Label | None = None
) -> Opened:
    """Open a store, for a ``with`` block or until ``desk.store.close()``.

    Args:
        place: a SQLite file, or a ``postgresql://`` address.
        now: the hour at which everything at the desk happens; :func:`seat` moves it.
        who: the member who acts and is shown things; empty for nobody in particular.
        create: ``live`` or ``replay`` makes a store first where there is none.

    Raises:
        NotFound: no store, or no member of that name.
        BadInput: a file that is no store, a text that is no time.
        Conflict: a store that a newer version wrote, or that is locked.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "team.db"
    ...     with open_desk(path, now="2030-01-01", create="replay") as desk:
    ...         add_member(desk, "Ana").id
    'Ana'
    """
    hour = instant(now)
    path = Path(place) if "://" not in str(place) else str(place)
    store = open_store(path, KINDS, create_with=(create, hour) if create else None)
    try:
        return seat(Opened(store, hour, "python"), who=who)
    except BaseException:
        store.close()
        raise


def seat[D: Desk](desk: D, *, who: str | None = None, now: Time | None = None) -> D:
    """The same desk with somebody else at it, or at another hour.

    Raises:
        NotFound: no member of that name.
        BadInput: a text that is no time.
    """
    hour = instant(now, now=desk.now) or desk.now
    if who is None:
        return replace(desk, now=hour)
    if not who:
        return replace(desk, now=hour, actor="python", reader="")
    with desk.store.reading() as read:
        name = known_member(read, who)
    return replace(desk, now=hour, actor=name, reader=name)


def add_member(desk: Desk, name: str) -> Receipt:
    """Let somebody forecast.

    Raises:
        Conflict: there is a member of that name.
        BadInput: no name.
    """
    return added(fresh(desk), name)


def fresh(desk: Desk) -> Desk:
    """The desk with a key of its own for one write."""
    return replace(desk, key=uuid4().hex)
