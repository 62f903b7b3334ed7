"""Where everything in a question's picture goes, in inches below its caption."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.show.pictures.course import Course, Move
from forecast.show.pictures.legend import height_of
from forecast.show.pictures.telling import closing, left_out
from forecast.show.terminal import clean
from questions.instants import EPOCH, days_between

Floats = NDArray[np.float64]

LEFT: Final = 0.75
RIGHT: Final = 0.3
LIST_LINE: Final = 0.2
LANE: Final = 0.24
TICKS: Final = 0.6
"""Room for the labels of dates."""
WIDEST_LABEL: Final = 2.2
EDGE: Final = 0.03
"""How far the probability axis goes beyond 0 and 1, so that lines there stay whole."""
OPEN_ROOM: Final = timedelta(days=7)
CLOSED_ROOM: Final = timedelta(days=1)
"""So much time to come is drawn at least, of an open and of a resolved question."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The size of all that stands below the caption, and where its parts begin."""

    width: float
    height: float
    axes_top: float
    axes_height: float
    legend_top: float
    list_top: float

    @property
    def inner(self) -> float:
        """The width of the axes."""
        return self.width - LEFT - RIGHT

    def above(self, inches: float) -> float:
        """The probability that would stand so many inches above the axes."""
        return 1 + EDGE + inches * (1 + 2 * EDGE) / self.axes_height


def layout_of(
    course: Course, moves: Sequence[Move], labels: Sequence[str], width: float, *, captioned: bool
) -> Layout:
    """The layout of a question's picture with some numbered moves and labels in the legend."""
    lanes = len(notes_of(course)) + bool(moves)
    axes_top = LANE * lanes + 0.1
    axes_height = 0.38 * width if captioned else 0.46 * width
    legend_top = axes_top + axes_height + TICKS
    list_top = legend_top + height_of(labels, width - LEFT - RIGHT)
    listed = len({one.report for one in moves}) + (left_out(course, moves) > 0)
    below = 0.15 + LIST_LINE * listed if captioned and listed else 0.0
    return Layout(
        width=width,
        height=list_top + below,
        axes_top=axes_top,
        axes_height=axes_height,
        legend_top=legend_top,
        list_top=list_top + 0.15,
    )


def notes_of(course: Course) -> list[tuple[datetime, str]]:
    """What is said above the axes, of when: the deadline and the resolution, the first first."""
    notes = [(course.scheduled_close_time, f"deadline: {closing(course)}")]
    if course.resolved_at is not None and course.outcome is not None:
        notes.append((course.resolved_at, f"resolved {clean(course.outcome)}"))
    return sorted(notes)


def span(course: Course) -> tuple[datetime, datetime]:
    """The time that is drawn: a deadline that is far away does not press everything together."""
    seen = course.resolved_at or min(course.at, course.scheduled_close_time)
    seen = max(seen, course.open_time)
    lived = seen - course.open_time
    room = max(lived, OPEN_ROOM) if course.resolved_at is None else max(lived / 2, CLOSED_ROOM)
    return course.open_time, max(seen, min(course.scheduled_close_time, seen + room))


def days(moment: datetime) -> float:
    """An instant as a place on a date axis: days since 1970."""
    return days_between(EPOCH, moment)


def spread(places: Floats, gap: float, low: float, high: float) -> Floats:
    """Rising places moved as little as possible so that neighbours are ``gap`` apart.

    They stay between ``low`` and ``high``; where there is no room the gap is smaller.

    >>> spread(np.array([1.0, 1.0, 5.0]), 1.0, 0.0, 6.0).tolist()
    [0.5, 1.5, 5.0]
    """
    from scipy.optimize import isotonic_regression

    if len(places) == 0:
        return places
    tight = min(gap, (high - low) / max(len(places) - 1, 1))
    steps = tight * np.arange(len(places))
    moved = isotonic_regression(places - steps).x
    return np.asarray(np.clip(moved, low, high - steps[-1]) + steps)
