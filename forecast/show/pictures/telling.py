"""A question's picture in words: what it shows, which reports count, how far each moved it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from forecast.belief.history import prob_of
from forecast.show.pictures.course import Course, Move
from forecast.show.terminal import by_day, clean, day, percent

NUMBERED: Final = 12
"""So many reports get a number: those that moved the belief most."""
STEADY: Final = 0.03
"""A belief that ends within so much of where it began has stayed."""
SPANS: Final = (
    (365.25, "year"),
    (30.44, "month"),
    (7.0, "week"),
    (1.0, "day"),
    (1 / 24, "hour"),
    (1 / 1440, "minute"),
)
"""Days, and what as many are called; a span is told in the largest of which it has 1.5."""


def heading(course: Course) -> str:
    """The question with its id."""
    return f"{course.id} {clean(course.title)}"


def finding(course: Course) -> str:
    """What the picture shows, in a sentence.

    >>> from datetime import UTC
    >>> start, end = datetime(2023, 3, 1, tzinfo=UTC), datetime(2023, 4, 1, tzinfo=UTC)
    >>> finding(Course("Q1", "Will it rain by 31 March?", start, start, end, beliefs=()))
    'Q1 opens on 1 Mar 2023'
    """
    if not course.beliefs:
        return f"{course.id} opens on {day(course.open_time)}"
    moved = _moved(course)
    if course.outcome is None:
        return moved
    return f"{course.id} resolved {clean(course.outcome)}. {moved}"


def _moved(course: Course) -> str:
    """From where to where the belief went, in what time, and whether it was reports that did it."""
    first, last = (prob_of(course.beliefs[place]) for place in (0, -1))
    ends = f"{course.id} from {rounded(first)} to {rounded(last)}"
    time = lasting(course.beliefs[-1].at - course.beliefs[0].at)
    by_reports = sum(one.after - one.before for one in course.moves)
    if abs(last - first) < STEADY:
        returned = any(abs(one.after - one.before) >= 2 * STEADY for one in course.moves)
        return f"{course.id} {_steady(last, returned=returned)} after {time}"
    if not course.moves:
        return f"Without a report, time took {ends} in {time}"
    if by_reports * (last - first) > 0 and abs(by_reports) >= abs(last - first) / 2:
        return f"Reports moved {ends} in {time}"
    return f"Time more than reports moved {ends} in {time}"


def _steady(prob: float, *, returned: bool) -> str:
    """Where a belief is that went nowhere, or came back.

    >>> _steady(0.4, returned=False), _steady(0.004, returned=True)
    ('has stayed near 40%', 'is back below 1%')
    """
    said = rounded(prob)
    if beyond := {"<": "below", ">": "above"}.get(said[0]):
        return f"{'is back' if returned else 'has stayed'} {beyond} {said[1:]}"
    return f"{'is back at' if returned else 'has stayed near'} {said}"


def state(course: Course) -> str:
    """Where the belief stands, or stood when it was over, in a sentence."""
    if not course.beliefs:
        return ""
    last = course.beliefs[-1]
    stands = rounded(prob_of(last))
    if course.outcome is not None:
        return f"{stands} when it resolved {clean(course.outcome)} on {day(course.resolved_at)}."
    if course.at >= course.scheduled_close_time:
        return f"{stands} when it closed, {closing(course)}; it waits for its resolution."
    interval = f"{rounded(last.ci_low)} to {rounded(last.ci_high)}"
    return f"{stands} on {day(last.at)}, {last.ci_prob:.0%} interval {interval}."


def lasting(span: timedelta) -> str:
    """A span of time as people say it.

    >>> [lasting(timedelta(days=days)) for days in (0.0, 1.2, 10, 31, 75, 700)]
    ['no time', '29 hours', '10 days', '4 weeks', '2 months', '2 years']
    """
    days = span / timedelta(days=1)
    for unit, name in SPANS:
        if days >= 1.5 * unit:
            return f"{round(days / unit)} {name}s"
    return "a minute" if span > timedelta() else "no time"


def rounded(prob: float) -> str:
    """A probability in whole percent, as precisely as a picture can be read.

    >>> rounded(0.744), rounded(0.0004), rounded(0.9999), rounded(1.0)
    ('74%', '<1%', '>99%', '100%')
    """
    if 0 < prob < 0.01:
        return "<1%"
    return ">99%" if 0.99 < prob < 1 else f"{prob:.0%}"


def closing(course: Course) -> str:
    """When a question closes; a close at midnight is the end of the day before."""
    return closing_of(course.scheduled_close_time)


def closing_of(close: datetime) -> str:
    """An instant at which a question closes, in words."""
    if (close.hour, close.minute, close.second) == (0, 0, 0):
        return f"end of {by_day(close)}"
    return f"{day(close)} {close:%H:%M} UTC"


def numbered(moves: Sequence[Move], most: int = NUMBERED) -> list[Move]:
    """The moves of the reports that moved a belief most, at most so many, in order of time."""
    largest = sorted(moves, key=lambda one: -abs(one.after - one.before))
    kept = list(dict.fromkeys(one.report for one in largest))[:most]
    return sorted((one for one in moves if one.report in kept), key=lambda one: one.at)


def left_out(course: Course, moves: Sequence[Move]) -> int:
    """How many reports moved the belief and are not among some moves."""
    return len({one.report for one in course.moves}) - len({one.report for one in moves})


def steps_of(moves: Sequence[Move]) -> list[tuple[Move, str]]:
    """The first move of each report, by number, and how far all its moves went."""
    by_report: dict[str, list[Move]] = {}
    for one in moves:
        by_report.setdefault(one.report, []).append(one)
    steps = sorted(by_report.values(), key=lambda steps: steps[0].number)
    return [
        (own[0], ", ".join(f"{percent(one.before)} → {percent(one.after)}" for one in own))
        for own in steps
    ]
