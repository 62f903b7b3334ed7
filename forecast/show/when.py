"""Days as people say them, counted from an instant."""

from datetime import date, datetime
from typing import Final

from forecast.show.terminal import by_day, day
from questions.instants import last_day

NEAR: Final = 6
"""So many days away a day is counted, farther away it is named."""


def said_day(moment: datetime | None, now: datetime) -> str:
    """The day of an instant, UTC, as somebody says it who speaks at ``now``.

    >>> from datetime import UTC
    >>> now = datetime(2030, 4, 27, 9, tzinfo=UTC)
    >>> said_day(datetime(2030, 4, 28, tzinfo=UTC), now), said_day(None, now)
    ('tomorrow', '-')
    """
    return day(None) if moment is None else _said(moment.date(), now.date(), day(moment))


def said_by(close: datetime | None, now: datetime) -> str:
    """The last day before a closing instant, as somebody says it who speaks at ``now``."""
    return by_day(None) if close is None else _said(last_day(close), now.date(), by_day(close))


def _said(then: date, today: date, whole: str) -> str:
    away = (then - today).days
    if away in _NAMED:
        return _NAMED[away]
    if abs(away) <= NEAR:
        return f"in {away} days" if away > 0 else f"{-away} days ago"
    return f"{then.day} {then:%B}" if then.year == today.year else whole


_NAMED: Final = {0: "today", 1: "tomorrow", -1: "yesterday"}
