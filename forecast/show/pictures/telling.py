"""A question's picture in words: what it shows, which reports count, how far each moved it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from forecast.belief.history import prob_of
from forecast.show.pictures.course import Course, Move
from forecast.show.terminal import by_day, clean, day, percent

NUMBERED: Final = 12
"""So many reports get a number: those that moved the belief most."""


def heading(course: Course) -> str:
    """The question with its id."""
    return f"{course.id} {clean(course.title)}"


def headline(course: Course) -> str:
    """The question and what is found of it, in one line.

    >>> from datetime import UTC, datetime
    >>> start, end = datetime(2023, 3, 1, tzinfo=UTC), datetime(2023, 4, 1, tzinfo=UTC)
    >>> headline(Course("Q1", "Will it rain by 31 March?", start, start, end, beliefs=()))
    'Q1 Will it rain by 31 March? It opens on 1 Mar 2023.'
    """
    return f"{heading(course)} {finding(course)}"


def finding(course: Course) -> str:
    """What the picture shows, in a sentence."""
    if not course.beliefs:
        return f"It opens on {day(course.open_time)}."
    last = course.beliefs[-1]
    stands = rounded(prob_of(last))
    if course.outcome is not None:
        return f"{stands} when it resolved {clean(course.outcome)} on {day(course.resolved_at)}."
    if course.at >= course.scheduled_close_time:
        return f"{stands} when it closed, {closing(course)}; it waits for its resolution."
    interval = f"{rounded(last.ci_low)} to {rounded(last.ci_high)}"
    return f"{stands} on {day(last.at)}, {last.ci_prob:.0%} interval {interval}."


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
