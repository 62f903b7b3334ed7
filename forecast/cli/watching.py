"""Places are read again and again: feeds and folders, each at its pace, until interrupted."""

import re
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event
from typing import Any, Final

from questions.errors import BadFile, BadInput, Conflict

LONGEST: Final = 3600.0
"""Seconds between two tries of a place that fails, at most, unless its pace is slower."""

_PACE: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(s|m|min|h|d)", re.I)
_SECONDS: Final = {"s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0, "d": 86400.0}


@dataclass(slots=True)
class Watched:
    """A place, when it is read next, and how often in a row it has failed."""

    place: str
    due: float
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Clockwork:
    """How time passes for a watch: seconds that only rise, and waiting."""

    clock: Callable[[], float]
    sleep: Callable[[float], None]


def seconds_of(text: str) -> float:
    """An interval in seconds.

    Raises:
        BadInput: not a number with s, m, h or d that is at least one second.

    >>> seconds_of("15m"), seconds_of("90s"), seconds_of("2 h")
    (900.0, 90.0, 7200.0)
    """
    found = _PACE.fullmatch(text.strip())
    seconds = float(found[1]) * _SECONDS[found[2].lower()] if found else 0.0
    if not seconds >= 1.0:
        raise BadInput("interval", text, "a number with s, m, h or d, such as 15m")
    return seconds


def wait_of(every: float, failures: int) -> float:
    """Seconds until the next try: the pace, doubled with each failure, up to an hour.

    >>> [wait_of(900, failures) for failures in range(4)], wait_of(7200, 3)
    ([900, 1800, 3600, 3600.0], 7200)
    """
    return every if failures == 0 else min(every * 2 ** min(failures, 30), max(every, LONGEST))


def watch(
    places: Sequence[str],
    take: Callable[[str], object],
    *,
    every: float,
    time: Clockwork,
    tell: Callable[[str], object],
) -> None:
    """Take in each place at its pace, for ever; a place that fails is tried ever more rarely.

    Whoever ends it raises KeyboardInterrupt.

    Raises:
        BadInput: what no later try would mend, such as a grade that is none.
        NotFound: a question or name that is not there.
    """
    watched = [Watched(place, time.clock()) for place in places]
    while True:
        one = min(watched, key=lambda one: one.due)
        if (left := one.due - time.clock()) > 0:
            time.sleep(left)
        try:
            take(one.place)
            one.failures = 0
        except (BadFile, Conflict) as error:
            one.failures += 1
            tell(f"{error}; next try in {said(wait_of(every, one.failures))}")
        one.due = time.clock() + wait_of(every, one.failures)


def said(seconds: float) -> str:
    """A span of time in words.

    >>> said(90), said(900), said(7200)
    ('90 s', '15 min', '2 h')
    """
    for unit, size in (("h", 3600), ("min", 60)):
        if seconds >= size and seconds % size == 0:
            return f"{seconds / size:g} {unit}"
    return f"{seconds:g} s"


@contextmanager
def until_interrupted() -> Iterator[Callable[[float], None]]:
    """Run until Ctrl-C, or until the process is asked to end; both are a clean end.

    What it gives sleeps, and wakes when that has happened: an interrupt that comes while
    something is being cleared away is swallowed there, and is met at the next sleep.
    """
    ended = Event()

    def stop(*_: Any) -> None:
        ended.set()
        raise KeyboardInterrupt

    def sleep(seconds: float) -> None:
        if ended.wait(seconds):
            raise KeyboardInterrupt

    before = {one: signal.signal(one, stop) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield sleep
    except KeyboardInterrupt:
        pass
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
