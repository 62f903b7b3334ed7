"""Members, and what each of them said: read from the store."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from forecast.ledger import ALIASES, FORECASTS, MEMBERS, WITHDRAWALS
from forecast.records import Forecast
from questions.errors import NotFound
from questions.store.log import Reading
from questions.values import Chosen, Void, value_from_json

Row = Mapping[str, Any]


def members(read: Reading) -> list[str]:
    """The names of all members, in the order in which they joined."""
    return [row["name"] for row in read.rows(MEMBERS)]


def known_member(read: Reading, name: str) -> str:
    """The member whom a name or alias means, whatever its case.

    Raises:
        NotFound: nobody of that name, with the nearest names.
    """
    names = members(read)
    also = {row["alias"].lower(): row["member"] for row in read.rows(ALIASES)}
    by_name = {one.lower(): one for one in names}
    wanted = name.strip().lower()
    found = by_name.get(wanted) or also.get(wanted)
    if found is None:
        raise NotFound("member", name, names, otherwise=f"`tidings member add {name}` adds one")
    return found


def forecasts(read: Reading, question: str | None = None) -> list[Forecast]:
    """Everything that was forecast, oldest first, each with the moment at which it ended."""
    where = {} if question is None else {"question": question}
    gone = withdrawn(read.rows(WITHDRAWALS, **where))
    return [forecast(row, gone) for row in read.rows(FORECASTS, **where)]


def withdrawn(rows: Iterable[Row]) -> dict[tuple[str, str], list[datetime]]:
    """When each member withdrew from each question, in order."""
    found: dict[tuple[str, str], list[datetime]] = {}
    for row in rows:
        found.setdefault((row["question"], row["member"]), []).append(row["effective_at"])
    return {pair: sorted(times) for pair, times in found.items()}


def forecast(row: Row, gone: Mapping[tuple[str, str], list[datetime]]) -> Forecast:
    """A forecast of the ``forecasts`` table; it ends when withdrawn or expired."""
    value = value_from_json(row["value"])
    if isinstance(value, Chosen | Void):
        raise ValueError(f"{value!r} is no forecast")
    left = [
        when for when in gone.get((row["question"], row["member"]), ()) if when > row["made_at"]
    ]
    ends = [when for when in (*left[:1], row["expires"]) if when is not None]
    return Forecast(
        id=row["id"],
        question=row["question"],
        member=row["member"],
        value=value,
        made_at=row["made_at"],
        recorded_at=row["recorded_at"],
        ended_at=min(ends, default=None),
        why=row["why"],
        confirmed=bool(row["confirmed"]),
    )
