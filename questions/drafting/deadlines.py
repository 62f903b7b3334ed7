"""By when a question closes, and why: the article's words, or the family's default."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from questions.english.windows import Window
from questions.instants import add_months, last_of, plain_date

MARGIN: Final = timedelta(days=7)
"""Given to a named date, since events slip and reports lag."""
_TIGHT: Final = timedelta(days=4)
_WIDE: Final = timedelta(days=10)
_LONG: Final = timedelta(days=27)
"""A window of at least a month is its own margin."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day on which the event counts, and where that day comes from."""

    day: date
    reason: str
    exact: bool


def deadline_of(window: Window | None, horizon_days: int, published: date) -> Deadline:
    """The deadline for a time window of the article, or without one for a default horizon.

    >>> deadline_of(None, 45, date(2023, 3, 13)).day
    datetime.date(2023, 4, 30)
    """
    if window is None:
        day = month_end_near(published + timedelta(days=horizon_days))
        return Deadline(
            day, f"the article names no date; about {horizon_days} days is usual", False
        )
    if not window.exact:
        day = month_end_near(window.last)
        return Deadline(
            day, f"the article says {_quoted(window)}, read as until {plain_date(day)}", False
        )
    day = _with_margin(window)
    said = f"the article says {_quoted(window)} ({_days(window)})"
    return Deadline(day, said + (", with about a week's margin" if day > window.last else ""), True)


def _with_margin(window: Window) -> date:
    """About a week after the named days, at a month's end where one is near."""
    if window.last - window.first >= _LONG:
        return window.last
    for offset in (0, 1):
        month = add_months(window.last.replace(day=1), offset)
        end = last_of(month.year, month.month)
        if window.last + _TIGHT <= end <= window.last + _WIDE:
            return end
    return window.last + MARGIN


def month_end_near(day: date) -> date:
    """The nearest end of a month.

    >>> month_end_near(date(2023, 6, 26)), month_end_near(date(2023, 5, 8))
    (datetime.date(2023, 6, 30), datetime.date(2023, 4, 30))
    """
    before = day.replace(day=1) - timedelta(days=1)
    after = last_of(day.year, day.month)
    return before if day - before < after - day else after


def _quoted(window: Window) -> str:
    """The article's phrase, without quotation marks of its own."""
    return "“" + "".join(c for c in window.phrase if c not in '“”"').rstrip(".") + "”"


def _days(window: Window) -> str:
    if window.first == window.last:
        return plain_date(window.last)
    return f"{plain_date(window.first)} to {plain_date(window.last)}"
