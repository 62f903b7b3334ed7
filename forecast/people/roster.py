"""Members, and what each of them said: read from the store."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from forecast.ledger import ALIASES, FORECASTS, MEMBERS, TEAMS, WITHDRAWALS
from forecast.records import Forecast
from questions.errors import NotFound
from questions.store.reading import Reading
from questions.values import Chosen, Void, value_from_json

Row = Mapping[str, Any]

CROWD: Final = "crowd"
"""What all forecasters of a question together are called, where a forecaster is named."""


def members(read: Reading) -> list[str]:
    """The names of all members, in the order in which they joined."""
    return [row["name"] for row in read.rows(MEMBERS)]


def known_member(read: Reading, name: str) -> str:
    """The member whom a name or alias means, whatever its case.

    Raises:
        NotFound: nobody of that name, with the nearest names.
    """
    names = members(read)
    aliases = read.rows(ALIASES)
    also = {row["alias"].lower(): row["member"] for row in aliases}
    by_name = {one.lower(): one for one in names}
    wanted = name.strip().lower()
    found = by_name.get(wanted) or also.get(wanted)
    if found is None:
        known = [*names, *(row["alias"] for row in aliases)]
        raise NotFound("member", name, known, otherwise="`tidings member add NAME` adds one")
    return found


def teams(read: Reading) -> dict[str, tuple[str, ...]]:
    """The members of each team that has any, in the order in which they joined it."""
    found: dict[str, dict[str, None]] = {}
    for row in read.rows(TEAMS):
        held = found.setdefault(row["team"], {})
        if row["stands"]:
            held[row["member"]] = None
        else:
            held.pop(row["member"], None)
    return {team: tuple(held) for team, held in found.items() if held}


def known_team(read: Reading, name: str) -> tuple[str, ...]:
    """The members of the team of a name, whatever its case.

    Raises:
        NotFound: no such team, with the nearest names.
    """
    known = teams(read)
    for team, held in known.items():
        if team.casefold() == " ".join(name.split()).casefold():
            return held
    raise NotFound("team", name, known, "`tidings member team NAME MEMBER` makes one")


def forecasts(read: Reading, question: str | None = None) -> list[Forecast]:
    """Everything that was forecast, oldest first, each with the moment at which it ended.

    Of what a member said of a question at one instant, the last word counts.
    """
    where = {} if question is None else {"question": question}
    gone = withdrawn(read.rows(WITHDRAWALS, **where))
    said = _uncorrected(read.rows(FORECASTS, **where))
    last = {(row["question"], row["member"], row["made_at"]): row for row in said}
    return [forecast(row, gone) for row in last.values()]


def expired(said: Sequence[Forecast], at: datetime) -> list[str]:
    """Whose last forecast of some has expired by an instant, and was not withdrawn; by name."""
    last = {one.member: one for one in sorted(said, key=lambda one: one.made_at)}
    return sorted(
        name
        for name, one in last.items()
        if one.ended_at is not None and one.ended_at <= at and not one.withdrawn
    )


def _uncorrected(rows: list[Row]) -> list[Row]:
    """The rows without those that their author has corrected since."""
    corrected = {row["corrects"] for row in rows}
    return [row for row in rows if row["id"] not in corrected]


Turn = tuple[datetime, int]
"""An instant, and the place in the log that orders what happened at it."""


def withdrawn(rows: Iterable[Row]) -> dict[tuple[str, str], list[Turn]]:
    """When each member withdrew from each question, in order."""
    found: dict[tuple[str, str], list[Turn]] = {}
    for row in rows:
        turn = (row["effective_at"], row["seq"])
        found.setdefault((row["question"], row["member"]), []).append(turn)
    return {pair: sorted(turns) for pair, turns in found.items()}


def forecast(row: Row, gone: Mapping[tuple[str, str], list[Turn]]) -> Forecast:
    """A forecast of the ``forecasts`` table; it ends when withdrawn or expired."""
    value = value_from_json(row["value"])
    if isinstance(value, Chosen | Void):
        raise ValueError(f"{value!r} is no forecast")
    made = (row["made_at"], row["seq"])
    left = [turn[0] for turn in gone.get((row["question"], row["member"]), ()) if turn > made]
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
        imported=row["mode"] == "import",
        words=row["words"] or "",
        confidence=row["confidence"] or "",
        withdrawn=bool(left) and left[0] == min(ends),
        shown=row["shown"] or "",
    )
