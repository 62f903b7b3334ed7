"""Instants: UTC datetimes in the code, ISO 8601 at the door, whole microseconds in the store.

A bare date is its midnight UTC; as a closing time it is the next midnight, because a
closing instant is exclusive and "by 30 April" includes the thirtieth.
"""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal

from questions.errors import BadInput

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
DAY: Final = timedelta(days=1)
Edge = Literal["start", "end"]

_BARE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8}")
_STEP = re.compile(r"\+([0-9]+)([hdwmy])")
_RIGHT: Final = "a date such as 2023-04-30, or a time with an offset such as 2023-04-30T18:00Z"
_RIGHT_NOW: Final = f"{_RIGHT}; today, +3d, +2w, +6m and eoy are understood too"


def parse_instant(
    text: str, *, edge: Edge = "start", now: datetime | None = None, what: str = "time"
) -> datetime:
    """Read a time as a person writes it to a command.

    ``edge="end"`` reads a bare date as the next midnight. ``today``, ``eoy`` and steps
    such as ``+3w`` count from ``now`` and are refused without it.

    Raises:
        BadInput: not a date or time, a date that does not exist, a time of day without an offset.

    >>> parse_instant("2023-04-30", edge="end").isoformat()
    '2023-05-01T00:00:00+00:00'
    >>> parse_instant("2023-04-30T20:00+02:00").isoformat()
    '2023-04-30T18:00:00+00:00'
    """
    stripped = text.strip()
    try:
        if (day := _day(stripped.lower(), now)) is not None:
            return midnight(day) + (DAY if edge == "end" else timedelta())
        if _STEP.fullmatch(stripped.lower()) and now is not None:
            return now + timedelta(hours=int(stripped[1:-1]))
        moment = datetime.fromisoformat(stripped)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadInput(what, text, _RIGHT_NOW if now else _RIGHT) from error
    raise BadInput(what, text, f"an offset with the time of day, such as {stripped}Z")


def _day(text: str, now: datetime | None) -> date | None:
    """The day that a bare date or a relative one names; None for anything else."""
    return date.fromisoformat(text) if _BARE.fullmatch(text) else _relative(text, now)


def _relative(text: str, now: datetime | None) -> date | None:
    """The day that ``today``, ``eoy`` or a step of days, weeks, months or years names."""
    if now is None:
        return None
    today = now.astimezone(UTC).date()
    if text == "today":
        return today
    if text == "eoy":
        return date(today.year, 12, 31)
    if (step := _STEP.fullmatch(text)) is None or step[2] == "h":
        return None
    count = int(step[1])
    match step[2]:
        case "d":
            return today + timedelta(days=count)
        case "w":
            return today + timedelta(weeks=count)
        case "m":
            return add_months(today, count)
        case _:
            return add_months(today, 12 * count)


def midnight(day: date) -> datetime:
    """The first instant of a day, UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def end_of(day: date) -> datetime:
    """The instant that closes "by ``day``": the midnight after it.

    >>> end_of(date(2023, 4, 30)).isoformat()
    '2023-05-01T00:00:00+00:00'
    """
    return midnight(day) + DAY


def last_day(close: datetime) -> date:
    """The last day that lies whole or in part before a closing instant.

    >>> last_day(end_of(date(2023, 4, 30)))
    datetime.date(2023, 4, 30)
    """
    return (close - timedelta(microseconds=1)).date()


def plain_date(day: date) -> str:
    """A day as a sentence says it.

    >>> plain_date(date(2023, 4, 30))
    '30 April 2023'
    """
    return f"{day.day} {day:%B %Y}"


def add_months(day: date, count: int) -> date:
    """The same day of the month ``count`` months on, or the month's last day.

    >>> add_months(date(2023, 1, 31), 1)
    datetime.date(2023, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, last_of(year, month + 1).day))


def last_of(year: int, month: int) -> date:
    """The last day of a month.

    >>> last_of(2024, 2)
    datetime.date(2024, 2, 29)
    """
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def iso(moment: datetime) -> str:
    """An instant as text, UTC, as short as it can be without loss.

    >>> iso(datetime(2023, 4, 30, 18, tzinfo=UTC))
    '2023-04-30T18:00:00Z'
    """
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def micros(moment: datetime) -> int:
    """Whole microseconds since 1970, exact.

    >>> micros(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))
    1000000
    """
    return (moment - EPOCH) // timedelta(microseconds=1)


def from_micros(count: int) -> datetime:
    """The instant ``count`` microseconds after 1970 began."""
    return EPOCH + timedelta(microseconds=count)


def days_between(start: datetime, end: datetime) -> float:
    """Days from ``start`` to ``end``; negative when ``end`` is earlier."""
    return (end - start) / DAY
