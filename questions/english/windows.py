"""When: "next week", "by the end of the quarter", "on Jan. 17" as a window of days.

A table of our own, because general date parsers misread "may" and "march" and know neither
"the coming months" nor "the short term". Each row is a pattern and what it means on the day
of publication; the first row that matches at a place wins. Windows that are over by the
publication are given too, since they show that an event is past.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from questions.english.time_phrases import ROWS
from questions.english.time_rules import Days, Rule


@dataclass(frozen=True, slots=True)
class Window:
    """The days that a time phrase names, both included, and where it stands in the text."""

    first: date
    last: date
    phrase: str
    start: int
    end: int
    exact: bool
    """Whether the text names the days; False for "soon" and "the coming months"."""


def windows(text: str, published: date) -> list[Window]:
    """The time phrases of a text, left to right, as seen on the day of publication.

    >>> found = windows("Talks resume next week.", date(2023, 3, 13))
    >>> [(window.phrase, window.last.isoformat()) for window in found]
    [('next week', '2023-03-26')]
    """
    found: list[Window] = []
    taken = bytearray(len(text))
    for pattern, rule, exact in _TABLE:
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            days = None if _is_lower_month(match) else _days(rule, match, published)
            if days is not None:
                found.append(Window(*days, match[0], match.start(), match.end(), exact))
                taken[match.start() : match.end()] = b"\1" * len(match[0])
    return sorted(found, key=lambda window: window.start)


def _is_lower_month(match: re.Match[str]) -> bool:
    """Whether the "month" is the verb "may" or "march"."""
    month = match.groupdict().get("month")
    return month is not None and month[0].islower()


def _days(rule: Rule, match: re.Match[str], published: date) -> Days | None:
    """What a row means; None for a date that does not exist or leaves the calendar."""
    try:
        return rule(match, published)
    except (ValueError, OverflowError):
        return None


_TABLE: Final = tuple(
    (re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)", re.IGNORECASE), rule, exact)
    for pattern, rule, exact in ROWS
)
