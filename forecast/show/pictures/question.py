"""The picture of one question: its probability over time, and what moved it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, cast

from forecast.belief.history import prob_of
from forecast.show.pictures import style
from forecast.show.pictures.course import Course, Move, Stretch
from forecast.show.pictures.layout import (
    EDGE,
    LEFT,
    LIST_LINE,
    MARGIN,
    TITLE_LINE,
    WIDEST_LABEL,
    Layout,
    days,
    layout_of,
    span,
)
from forecast.show.pictures.lettering import shortened, width_of, write_lines
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
from forecast.show.pictures.telling import headline, left_out, numbered, rounded, steps_of
from forecast.show.terminal import clean, day

if TYPE_CHECKING:
    from matplotlib.artist import Artist
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
        finding = headline(course)
        figure = style.new_figure(width, layout.height, name=course.id, finding=finding)
        axes = _axes(figure, layout, course)
        draw_beliefs(axes, course)
        draw_said(axes, said)
        draw_crowd(axes, course.crowd)
        draw_moves(axes, layout, moves)
        draw_ends(axes, layout, course, badges=bool(moves))
        _draw_legend(axes, layout, entries)
        if captioned:
            _write(figure, layout, course, moves)
        return figure


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


def legend_of(course: Course, said: Said) -> list[tuple[str, "Artist"]]:
    """What the legend says, and the line or mark that it says it of."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    entries: list[tuple[str, Artist]] = []
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


def _axes(figure: "Figure", layout: Layout, course: Course) -> "Axes":
    from matplotlib.ticker import MultipleLocator, PercentFormatter

    bottom = 1 - (layout.axes_top + layout.axes_height) / layout.height
    size = layout.inner / layout.width, layout.axes_height / layout.height
    axes = figure.add_axes((LEFT / layout.width, bottom, *size))
    start, end = (days(moment) for moment in span(course))
    air = 0.02 * (end - start)
    axes.set_xlim(start - air, end + air)
    axes.set_ylim(-EDGE, 1 + EDGE)
    _date_axis(axes, most=max(4, int(layout.inner)))
    axes.yaxis.set_major_locator(MultipleLocator(0.25))
    axes.yaxis.set_major_formatter(PercentFormatter(xmax=1, decimals=0))
    axes.set_ylabel("probability of yes")
    return axes


def _date_axis(axes: "Axes", most: int) -> None:
    """Dates as people write them, the month or year only where it changes."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    locator = AutoDateLocator(minticks=3, maxticks=most)  # type: ignore[no-untyped-call]
    formatter = ConciseDateFormatter(  # type: ignore[no-untyped-call]
        locator,
        formats=["%Y", "%b", "%d %b", "%H:%M", "%H:%M", "%S.%f"],
        zero_formats=["", "%Y", "%b", "%d %b", "%H:%M", "%H:%M"],
        offset_formats=["", "%Y", "%Y", "%Y", "%d %b %Y", "%d %b %Y %H:%M"],
    )
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(formatter)


def _draw_legend(axes: "Axes", layout: Layout, entries: Sequence[tuple[str, "Artist"]]) -> None:
    if entries:
        down = (layout.legend_top - layout.axes_top) / layout.axes_height
        axes.legend(
            [handle for _, handle in entries],
            [label for label, _ in entries],
            loc="upper left",
            bbox_to_anchor=(0.0, 1 - down),
            ncols=layout.legend_columns,
            fontsize=style.SMALL,
            frameon=False,
            borderaxespad=0,
            borderpad=0,
            labelspacing=0.4,
            handlelength=2.2,
            columnspacing=1.5,
        )


def _write(figure: "Figure", layout: Layout, course: Course, moves: Sequence[Move]) -> None:
    """The title and finding above, the list of reports below."""
    bold = {"fontsize": style.TITLE, "fontweight": "bold"}
    down = write_lines(figure, layout.title, LEFT, MARGIN, TITLE_LINE, **bold)
    write_lines(figure, layout.finding, LEFT, down, TITLE_LINE, fontsize=style.FINDING)
    listed = _listing(moves, layout.inner)
    down = layout.list_top
    down = write_lines(figure, listed, LEFT, down, LIST_LINE, fontsize=style.SMALL)
    if missing := left_out(course, moves):
        said = f"and {missing} report{'' if missing == 1 else 's'} that moved it less"
        write_lines(figure, [said], LEFT, down, LIST_LINE, fontsize=style.SMALL)


def _listing(moves: Sequence[Move], inches: float) -> list[str]:
    """A line for each numbered report: number, day, title, and how far it moved the belief."""
    lines = []
    for first, moved in steps_of(moves):
        start, end = f"{first.number}  {day(first.at)}  ", f"  {moved}"
        room = inches - width_of(start + end, style.SMALL)
        lines.append(start + shortened(clean(first.title), room, style.SMALL) + end)
    return lines
