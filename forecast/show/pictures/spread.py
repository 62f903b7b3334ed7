"""The picture of a number or a date: how belief and crowd spread, and who says what."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from forecast.show.kinds import told
from forecast.show.pictures import style
from forecast.show.pictures.frame import MARGIN, Caption, framed
from forecast.show.pictures.holders import Holder, holders, number
from forecast.show.pictures.legend import Entry, height_of, write_legend
from forecast.show.pictures.lettering import shortened, width_of
from forecast.show.pictures.options import finding as leading
from forecast.show.pictures.options import options_figure
from forecast.show.pictures.options import state as beside_it
from forecast.show.pictures.strokes import CROWD
from forecast.show.terminal import clean, day
from questions.errors import BadInput
from questions.instants import parse_instant
from questions.records import Date, Kind
from questions.store.decoding import kind_from_json

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Sheet = Mapping[str, Any]

WIDE: Final = 9.0
NAMES: Final = 1.7
RIGHT: Final = 0.4
SHAPE: Final = 2.3
ROW: Final = 0.27
GAP: Final = 0.12
TICKS: Final = 0.75
"""Room for the labels of the axis."""
LANE: Final = 0.24
"""Room for the word on the outcome above the axes."""


def finding(view: Sheet) -> str:
    """What the picture shows, in a sentence."""
    if "probs" in view["belief"]:
        return leading(view)
    kind = kind_from_json(view["kind"])
    belief = next(holders(view))
    middle = _with_unit(kind, belief.middle)
    if view["resolution"] is not None:
        resolved = clean(view["resolution"]).replace("_", " ")
        return f"{view['id']} resolved {resolved}; the belief lay around {middle}"
    low, high = _told(kind, belief.low), _with_unit(kind, belief.high)
    either = "before {} as after" if isinstance(kind, Date) else "below {} as above"
    return (
        f"{view['id']} is as likely {either.format(middle)}; "
        f"{belief.span} of the belief lies between {low} and {high}"
    )


def spread_figure(view: Sheet, *, width: float = WIDE, captioned: bool = True) -> "Figure":
    """How a belief and the crowd spread over a range, and below it who says what.

    ``view`` is :func:`forecast.views.question_view`'s; ``width`` is in inches. The finding in
    words is the figure's label.
    """
    if "probs" in view["belief"]:
        return options_figure(view, width=width, captioned=captioned)
    kind = kind_from_json(view["kind"])
    with style.styled():
        rows = list(holders(view))
        entries, inner = _legend(view), width - 2 * MARGIN
        shown = (f"{view['id']} {clean(view['title'])}", state(view))
        shape_top = LANE if _outcome(view, kind) is not None else 0.0
        rows_top = shape_top + SHAPE + GAP
        under = rows_top + ROW * len(rows) + TICKS
        body = under + height_of([label for label, _ in entries], inner)
        caption = Caption(finding(view), shown)
        frame = framed(view["id"], caption, body, width=width, captioned=captioned)
        left = min(NAMES, 0.3 * width)
        wide = width - left - RIGHT
        spans = frame.axes(left, rows_top, wide, ROW * len(rows))
        shape = frame.axes(left, shape_top, wide, SHAPE, sharex=spans)
        _draw_shape(shape, view)
        _draw_rows(spans, view, kind, rows, left)
        _draw_outcome(shape, view, kind)
        _set_ticks(spans, view, kind, wide)
        write_legend(frame, entries, MARGIN, under, inner)
        return frame.figure


def state(view: Sheet) -> str:
    """What the crowd says beside it, and of when all this is, in a sentence."""
    if "probs" in view["belief"]:
        return beside_it(view)
    crowd = view.get("crowd") or {}
    said = f"; the crowd of {crowd['n']} says {clean(crowd['short'])}" if crowd.get("n") else ""
    return f"As of {day(view['belief']['at'])}{said}."


def _with_unit(kind: Kind, value: float) -> str:
    return f"{_told(kind, value)} {_unit(kind)}".strip()


def _unit(kind: Kind) -> str:
    return "" if isinstance(kind, Date) else clean(getattr(kind, "unit", ""))


def _told(kind: Kind, value: float) -> str:
    """A number in three digits, or a day."""
    if isinstance(kind, Date) and isfinite(value):
        return day(datetime.fromtimestamp(value, UTC))
    return told(kind, value if abs(value) >= 1000 else float(f"{value:.3g}"))


def _legend(view: Sheet) -> list[Entry]:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    belief = Patch(color=style.BLUE, alpha=0.35)
    entries: list[Entry] = [("belief", belief)]
    if _crowd_density(view):
        entries.append(("crowd", Line2D([], [], **CROWD)))
    middle = Line2D([], [], marker="o", color=style.FAINT, mec=style.PAPER, ms=7, lw=3)
    return [*entries, ("median and range of each", middle)]


def _crowd_density(view: Sheet) -> Sheet | None:
    return (view.get("crowd") or {}).get("density")


def _draw_shape(axes: "Axes", view: Sheet) -> None:
    """How much lies in each part of the range."""
    from matplotlib.ticker import MaxNLocator

    belief, crowd = view["belief"]["density"], _crowd_density(view)
    inside: Sequence[float] = belief["inside"]
    edges = [place / len(inside) for place in range(len(inside) + 1)]
    axes.stairs(inside, edges, fill=True, color=style.BLUE, alpha=0.35)
    axes.stairs(inside, edges, color=style.BLUE, linewidth=1.2)
    if crowd:
        axes.stairs(crowd["inside"], edges, baseline=None, **CROWD)
    highest = max(*inside, *(crowd["inside"] if crowd else [0.0]), 1e-9)
    axes.set_ylim(0, 1.08 * highest)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4))
    axes.yaxis.set_major_formatter(style.percents(highest))
    axes.set_ylabel("probability of each step")
    axes.tick_params(labelbottom=False)


def _draw_rows(axes: "Axes", view: Sheet, kind: Kind, rows: Sequence[Holder], left: float) -> None:
    """The median of each holder and the ends of what is most of it; an arrow leads beyond."""
    for place, one in enumerate(rows):
        colour = {"belief": style.BLUE, "crowd": style.VERMILLION}.get(one.who, style.FAINT)
        low, middle, high = (_place(view, end) for end in (one.low, one.middle, one.high))
        axes.plot([low, high], [place] * 2, color=colour, lw=3, alpha=0.6, solid_capstyle="butt")
        beyond: dict[str, Any] = {"color": colour, "ms": 5, "ls": "none", "clip_on": False}
        if one.low < number(view["belief"]["density"]["low"]):
            axes.plot([low], [place], "<", **beyond)
        if one.high > number(view["belief"]["density"]["high"]):
            axes.plot([high], [place], ">", **beyond)
        (dot,) = axes.plot([middle], [place], "o", ms=7, mfc=colour, mec=style.PAPER, clip_on=False)
        ends = f"{_told(kind, one.low)} to {_told(kind, one.high)}"
        style.hint(dot, f"{clean(one.who)}: {_with_unit(kind, one.middle)} ({one.span}: {ends})")
    names = [shortened(clean(one.who), left - 0.9, style.SMALL) + f" {one.span}" for one in rows]
    names = [shortened(name, left - 0.25, style.SMALL) for name in names]
    axes.set_yticks(range(len(rows)), names, fontsize=style.SMALL)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")


def _outcome(view: Sheet, kind: Kind) -> float | None:
    """What a question resolved to, where that is a number or an instant."""
    said = view["resolution"]
    if said is None:
        return None
    try:
        return parse_instant(said).timestamp() if isinstance(kind, Date) else float(said)
    except (BadInput, ValueError):
        return None


def _draw_outcome(axes: "Axes", view: Sheet, kind: Kind) -> None:
    if (outcome := _outcome(view, kind)) is None:
        return
    place = _place(view, outcome)
    axes.axvline(place, color=style.INK, lw=1.2)
    side = "right" if place > 0.5 else "left"
    text = f"resolved {_with_unit(kind, outcome)}"
    axes.annotate(
        text,
        (place, 1),
        (0, 5),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
        ha=side,
        fontsize=style.SMALL,
    )


def _place(view: Sheet, value: float) -> float:
    """Where a number lies in the range, from 0 to 1; what lies beyond stands at the end."""
    edges = [number(edge) for edge in view["belief"]["density"]["edges"]]
    return float(np.interp(value, edges, np.linspace(0, 1, len(edges))))


def _set_ticks(axes: "Axes", view: Sheet, kind: Kind, wide: float) -> None:
    """Round numbers, or days, as many as have room, and in words what lies beyond the range."""
    density = view["belief"]["density"]
    places = [(_place(view, tick), _told(kind, tick)) for tick in _round(kind, density)]
    shown = list(_apart(places, wide))
    axes.set_xticks([place for place, _ in shown], [text for _, text in shown])
    axes.set_xlim(0, 1)
    beyond = [
        f"{share:.0%} {where}"
        for share, where in ((density["below"], "below"), (density["above"], "above"))
        if share >= 0.005
    ]
    outside = f"belief beyond the range: {', '.join(beyond)}" if beyond else ""
    axes.set_xlabel(shortened("; ".join(filter(None, (_unit(kind), outside))), wide))


def _round(kind: Kind, density: Sheet) -> Sequence[float]:
    """Round numbers of the range, or the first days of its months, years or weeks."""
    low, high = number(density["edges"][0]), number(density["edges"][-1])
    if isinstance(kind, Date):
        from matplotlib.dates import AutoDateLocator, date2num, num2date

        locator = AutoDateLocator(minticks=3, maxticks=9)  # type: ignore[no-untyped-call]
        first, last = density["edges"][0], density["edges"][-1]
        ticks = locator.tick_values(first, last)  # type: ignore[no-untyped-call]
        inside = [one for one in ticks if date2num(first) <= one <= date2num(last)]  # type: ignore[no-untyped-call]
        return [num2date(one).timestamp() for one in inside]  # type: ignore[no-untyped-call]
    from matplotlib.ticker import MaxNLocator

    edges = np.array([number(edge) for edge in density["edges"]])
    steps = np.diff(edges)
    if steps.max() < 1.5 * steps.min():
        ticks = MaxNLocator(nbins=8, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
        return [float(tick) for tick in ticks if low <= tick <= high]
    return [float(edge) for edge in edges]


def _apart(places: Sequence[tuple[float, str]], wide: float) -> Iterator[tuple[float, str]]:
    """The ticks whose labels do not run into one another."""
    end = -1.0
    for place, text in places:
        half = width_of(text) / 2 + 0.08
        if place * wide - half >= end and place * wide + half <= wide + RIGHT:
            yield place, text
            end = place * wide + half
