"""The picture of one question: its probability over time, and what moved it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, cast

from forecast.belief.history import prob_of
from forecast.show.pictures import style
from forecast.show.pictures.course import Course, Stretch
from forecast.show.pictures.frame import Caption, framed
from forecast.show.pictures.hovering import draw_strips
from forecast.show.pictures.key import write_key
from forecast.show.pictures.layout import EDGE, LEFT, WIDEST_LABEL, Layout, days, layout_of, span
from forecast.show.pictures.legend import Entry, write_legend
from forecast.show.pictures.lettering import shortened, width_of
from forecast.show.pictures.strokes import (
    BELIEF,
    CROWD,
    INTERVAL,
    JOINT,
    draw_beliefs,
    draw_crowd,
    draw_ends,
    draw_moves,
    draw_said,
    member_look,
)
from forecast.show.pictures.telling import finding, heading, numbered, rounded, state
from forecast.show.terminal import clean

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDE: Final = 9.0
NARROW: Final = 5.2

Said = Mapping[style.Badge, Sequence[Stretch]]


def question_figure(course: Course, *, width: float = WIDE, captioned: bool = True) -> "Figure":
    """A question's probability over time, with its reports, forecasts, crowd and answer.

    ``width`` is in inches. Without a caption the title and the list of reports are left
    out, for a page that has them in its own text. The finding in words is the figure's label.
    """
    with style.styled():
        moves, said = numbered(course.moves), by_badge(course.said)
        entries = legend_of(course, said)
        labels = [label for label, _ in entries]
        layout = layout_of(course, moves, labels, width, captioned=captioned)
        caption = Caption(finding(course), (heading(course), state(course)))
        frame = framed(course.id, caption, layout.height, width=width, captioned=captioned)
        axes = frame.axes(LEFT, layout.axes_top, layout.inner, layout.axes_height)
        _set_axes(axes, layout, course)
        draw_beliefs(axes, course)
        draw_said(axes, said)
        draw_crowd(axes, course.crowd)
        draw_moves(axes, layout, course.moves, moves)
        draw_ends(axes, layout, course, badges=bool(course.moves))
        write_legend(frame, entries, LEFT, layout.legend_top, layout.inner)
        if captioned:
            draw_strips(axes, course)
            write_key(frame, layout, course, moves)
        return frame.figure


def by_badge(said: Sequence[Stretch]) -> dict[style.Badge, list[Stretch]]:
    """What each member held, under the member's badge, in the order of their first forecasts.

    Beyond as many members as there are markers, the rest share one badge.
    """
    found: dict[style.Badge, list[Stretch]] = {}
    ordered = sorted(said, key=lambda one: (one.start, one.who))
    badges = style.badges(dict.fromkeys(one.who for one in ordered))
    for one in ordered:
        found.setdefault(badges[one.who], []).append(one)
    return found


def legend_of(course: Course, said: Said) -> list[Entry]:
    """What the legend says, and the line or mark that it says it of."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    entries: list[Entry] = []
    if course.beliefs:
        last = course.beliefs[-1]
        entries.append((f"belief {rounded(prob_of(last))}", Line2D([], [], **BELIEF)))
        entries.append((f"its {last.ci_prob:.0%} interval", Patch(**INTERVAL)))
    if course.joint:
        joint = rounded(prob_of(course.joint[-1]))
        entries.append((f"with forecasts {joint}", Line2D([], [], **JOINT)))
    if course.crowd:
        crowd = rounded(course.crowd[-1].prob)
        entries.append((f"crowd {crowd}", Line2D([], [], **CROWD)))
    for badge, stretches in said.items():
        line = Line2D([], [], **cast(Any, member_look(badge)))
        entries.append((_said(badge, stretches), line))
    return entries


def _said(badge: style.Badge, stretches: Sequence[Stretch]) -> str:
    if badge == style.OTHERS:
        return f"{len({one.who for one in stretches})} others"
    last = f" {rounded(stretches[-1].prob)}"
    room = WIDEST_LABEL - width_of(last, style.SMALL)
    return shortened(clean(stretches[-1].who), room, style.SMALL) + last


def _set_axes(axes: "Axes", layout: Layout, course: Course) -> None:
    from matplotlib.ticker import MultipleLocator, PercentFormatter

    start, end = (days(moment) for moment in span(course))
    air = 0.02 * (end - start)
    axes.set_xlim(start - air, end + air)
    axes.set_ylim(-EDGE, 1 + EDGE)
    _date_axis(axes, most=max(4, int(layout.inner)))
    axes.yaxis.set_major_locator(MultipleLocator(0.25))
    axes.yaxis.set_major_formatter(PercentFormatter(xmax=1, decimals=0))
    axes.set_ylabel("probability of yes")


def _date_axis(axes: "Axes", most: int) -> None:
    """Dates as people write them, the month or year only where it changes."""
    from matplotlib.dates import HOURLY, MONTHLY, AutoDateLocator, ConciseDateFormatter

    locator = AutoDateLocator(minticks=3, maxticks=most)  # type: ignore[no-untyped-call]
    locator.intervald |= {HOURLY: [1, 2, 3, 4, 6, 12, 24], MONTHLY: [1, 2, 3, 4, 6, 12]}
    formatter = ConciseDateFormatter(  # type: ignore[no-untyped-call]
        locator,
        formats=["%Y", "%b", "%d %b", "%H:%M", "%H:%M", "%S.%f"],
        zero_formats=["", "%Y", "%b", "%d %b", "%H:%M", "%H:%M"],
        offset_formats=["", "%Y", "%Y", "%Y", "%d %b %Y", "%d %b %Y %H:%M"],
    )
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(formatter)
