"""The picture of the leaderboard: points with their intervals, and how much of it is noise."""

from collections.abc import Sequence
from math import inf, isfinite
from typing import TYPE_CHECKING, Final

from forecast.show.pictures import style
from forecast.show.pictures.beside import beside
from forecast.show.pictures.frame import Caption, framed
from forecast.show.pictures.lettering import shortened
from forecast.show.terminal import clean, counted

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from forecast.scoring.leaderboard import Standing

WIDTH: Final = 9.0
NAMES: Final = 2.2
FIGURES: Final = 2.05
COLUMNS: Final = {"points": 0.5, "questions": 1.25, "Brier": 1.8}
"""Inches right of the axes at which the columns of figures end."""
ROW: Final = 0.34
HEADERS: Final = 0.35
LABELS: Final = 0.6
SHOWN: Final = 40
NOTE: Final = (
    "Peer points per question, over at least thirty questions' worth of coverage; 95% intervals "
    "over resampled questions. Where intervals overlap, the order may be chance."
)


def leaderboard_figure(
    standings: Sequence["Standing"], *, width: float = WIDTH, captioned: bool = True
) -> "Figure":
    """Points of each forecaster with their interval, best first, and what they rest on.

    Without a caption its words are left to a page. The finding, which says how much of the
    order may be noise, is the figure's label.

    Raises:
        ValueError: no standings.
    """
    if not standings:
        raise ValueError("there is nobody to rank")
    with style.styled():
        shown = standings[:SHOWN]
        body = HEADERS + ROW * len(shown) + LABELS
        caption = Caption(headline(standings), notes=explanation(standings))
        frame = framed("leaderboard", caption, body, width=width, captioned=captioned)
        names = min(NAMES, 0.35 * width)
        axes = frame.axes(names, HEADERS, width - names - FIGURES, ROW * len(shown))
        _draw(axes, shown, names)
        return frame.figure


def headline(standings: Sequence["Standing"]) -> str:
    """Who leads, and whether that is more than noise, in a sentence."""
    first, *others = standings
    name = clean(first.forecaster)
    if not others:
        return f"{name} has {_said(first.points)} points; there is nobody to compare with yet."
    near = sum(one.ci_high >= first.ci_low for one in others)
    if not near:
        return f"{name} leads with {_said(first.points)} points, clear of everybody else."
    whose = "everybody else's" if near == len(others) else f"{near} of {len(others)} others'"
    if near == len(others):
        return (
            f"{name} leads with {_said(first.points)} points, but the interval overlaps "
            f"{whose}: the order may be noise."
        )
    return (
        f"{name} leads with {_said(first.points)} points; the interval overlaps {whose}, "
        "so the lead over them may be noise."
    )


def explanation(standings: Sequence["Standing"]) -> str:
    """How the points are counted and the intervals meant, in words."""
    missing = len(standings) - SHOWN
    return NOTE if missing <= 0 else f"{NOTE} {missing} more are not shown."


def _said(points: float) -> str:
    """Points with their sign, infinities in the usual sign.

    >>> _said(4.04), _said(-inf)
    ('+4.0', '−∞')
    """
    if isfinite(points):
        return f"{points:+.1f}".replace("-", "−")
    return "+∞" if points == inf else "−∞"


def limits(standings: Sequence["Standing"]) -> tuple[float, float]:
    """The ends of the axis of points: zero and everything finite, with some air."""
    ends = [end for one in standings for end in (one.points, one.ci_low, one.ci_high)]
    finite = [0.0, *(end for end in ends if isfinite(end))]
    air = 0.08 * (max(finite) - min(finite)) or 1.0
    return min(finite) - air, max(finite) + air


def _draw(axes: "Axes", standings: Sequence["Standing"], names: float) -> None:
    axes.set_xlim(*limits(standings))
    axes.set_ylim(len(standings) - 0.5, -0.5)
    axes.locator_params(axis="x", nbins=5)
    axes.axvline(0, color=style.FAINT, lw=1, ls=(0, (3, 2)))
    for row, place in enumerate(standings):
        _draw_points(axes, row, place)
        brier = "" if place.mean_brier is None else f"{place.mean_brier:.3f}"
        beside(axes, row, COLUMNS.values(), (_said(place.points), str(place.n_questions), brier))
    beside(axes, -0.75, COLUMNS.values(), COLUMNS)
    axes.set_yticks(range(len(standings)), [_named(place, names) for place in standings])
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")
    axes.set_xlabel("peer points per question (higher is better)")


def _draw_points(axes: "Axes", row: int, place: "Standing") -> None:
    """Points and interval; what lies outside the axis is an arrow at its end."""
    low, high = axes.get_xlim()
    start, end, at = (
        min(max(low, points), high) for points in (place.ci_low, place.ci_high, place.points)
    )
    marker = "o" if isfinite(place.points) else "<" if place.points < 0 else ">"
    axes.plot([start, end], [row, row], color=style.SKY, lw=4, solid_capstyle="butt")
    (dot,) = axes.plot([at], [row], marker, ms=7, mfc=style.BLUE, mec=style.PAPER, clip_on=False)
    ends = f"{_said(place.ci_low)} to {_said(place.ci_high)}"
    told = f"{clean(place.forecaster)}: {_said(place.points)} points, 95% interval {ends}"
    style.hint(dot, f"{told}, {counted(place.n_questions, 'question')}")


def _named(place: "Standing", inches: float) -> str:
    return shortened(f"{place.rank}  {clean(place.forecaster)}", inches - 0.2)
