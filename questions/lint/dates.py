"""The days that a text names, read once for all checks that ask."""

from datetime import date
from functools import lru_cache

from questions.english.windows import Window, windows


@lru_cache(maxsize=64)
def named_in(text: str, opens: date) -> tuple[Window, ...]:
    """The time phrases of a text, left to right, as seen on the day of the opening."""
    return tuple(windows(text, opens))


def without_dates(text: str, opens: date) -> str:
    """A text without its time phrases.

    >>> without_dates("Will it close above 95 by 30 June 2024?", date(2024, 5, 6))
    'Will it close above 95 by ?'
    """
    for window in reversed(named_in(text, opens)):
        text = text[: window.start] + text[window.end :]
    return text
