"""How long to wait before asking again."""

from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np

FIRST: Final = 0.5
"""Seconds; what a first wait may take at most. Each further one may take twice as long."""
LONGEST: Final = 30.0


def backoff(attempt: int, rng: "np.random.Generator") -> float:
    """Seconds to wait after the given attempt, counted from 1: anything up to a doubling bound.

    The whole of a wait is chance, so that many who were turned away together do not come back
    together ("full jitter"; M. Brooker, Exponential backoff and jitter, 2015).

    >>> import numpy as np
    >>> [0 <= backoff(n, np.random.Generator(np.random.PCG64(1))) <= 2**n / 4 for n in (1, 2, 3)]
    [True, True, True]
    """
    return float(rng.uniform(0, min(LONGEST, FIRST * 2 ** (attempt - 1))))


def asked_to_wait(retry_after: str, date: str) -> float | None:
    """Seconds that a ``Retry-After`` asks for: a number, or a time, counted from the ``Date``.

    None where it says neither; the clock of this machine plays no part in it.

    >>> asked_to_wait("7", "")
    7.0
    >>> asked_to_wait("Mon, 23 Nov 2026 12:00:30 GMT", "Mon, 23 Nov 2026 12:00:00 GMT")
    30.0
    >>> asked_to_wait("soon", "") is None
    True
    """
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    until, now = _moment(text), _moment(date)
    if until is None or now is None:
        return None
    return max((until - now).total_seconds(), 0.0)


def _moment(text: str) -> datetime | None:
    """An instant as HTTP writes it; None of anything else."""
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return found if found.tzinfo is not None else None
