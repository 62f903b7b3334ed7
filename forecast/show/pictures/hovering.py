"""What a question's picture tells to who hovers over a time: everything that held then."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from forecast.belief.history import prob_of
from forecast.show.pictures import style
from forecast.show.pictures.course import Course
from forecast.show.pictures.layout import EDGE, days
from forecast.show.pictures.telling import rounded
from forecast.show.terminal import clean, day

if TYPE_CHECKING:
    from matplotlib.axes import Axes

STRIPS: Final = 60
MOST: Final = 12
"""So many members are told one by one."""


def draw_strips(axes: "Axes", course: Course) -> None:
    """Cut the time that was lived into strips which cannot be seen, each with what held in it."""
    if not course.beliefs:
        return
    start, end = course.beliefs[0].at, course.beliefs[-1].at
    step = (end - start) / STRIPS
    if step <= timedelta():
        return
    for place in range(STRIPS):
        left = start + place * step
        strip = axes.axvspan(days(left), days(left + step), alpha=0, lw=0, zorder=3.5)
        strip.set_in_layout(False)
        style.hint(strip, "; ".join(held_at(course, left + step)), kind=style.STRIP)
    axes.set_ylim(-EDGE, 1 + EDGE)


def held_at(course: Course, at: datetime) -> Iterator[str]:
    """The day, and what was believed, pooled and forecast just before an instant."""
    belief = max((one for one in course.beliefs if one.at <= at), key=lambda one: one.at)
    interval = f"{rounded(belief.ci_low)} to {rounded(belief.ci_high)}"
    yield f"{day(at)}: belief {rounded(prob_of(belief))} ({interval})"
    for one in course.crowd:
        if one.start < at <= one.end:
            yield f"crowd {rounded(one.prob)}"
    held = [one for one in course.said if one.start < at <= one.end]
    yield from (f"{clean(one.who)} {rounded(one.prob)}" for one in held[:MOST])
    if len(held) > MOST:
        yield f"{len(held) - MOST} others"
