"""The picture of options, a number or a date: what is believed, and what the crowd says."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from forecast.show.kinds import told
from forecast.show.pictures import style
from forecast.show.pictures.lettering import shortened, wrapped, write_lines
from forecast.show.terminal import clean, day
from questions.records import Date, Kind
from questions.store.decoding import kind_from_json

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Sheet = Mapping[str, Any]

WIDE: Final = 9.0
LEFT: Final = 1.9
RIGHT: Final = 0.4
BELOW: Final = 0.85
LINE: Final = 0.24
BAR: Final = 0.45
MEASURE: Final = 2.6


def finding(view: Sheet) -> str:
    """What the picture shows, in a sentence."""
    at = day(view["belief"]["at"])
    crowd = f", crowd {clean(view['crowd']['short'])}" if view["crowd"]["n"] else ""
    if view["resolution"] is not None:
        return f"Belief {clean(view['believed'])}{crowd} when it resolved {view['resolution']}."
    return f"Belief {clean(view['believed'])}{crowd} on {at}."


def spread_figure(view: Sheet, *, width: float = WIDE, captioned: bool = True) -> "Figure":
    """Shares of options as bars, or a distribution as steps; the crowd beside them.

    ``view`` is :func:`forecast.views.question_view`'s; ``width`` is in inches. The finding in
    words is the figure's label.
    """
    options = "probs" in view["belief"]
    inner = width - 0.4
    title = wrapped(f"{view['id']} {clean(view['title'])}", inner, style.TITLE, bold=True)
    lines = [*title, *wrapped(finding(view), inner)] if captioned else []
    top = 0.2 + LINE * 1.1 * len(lines)
    tall = BAR * len(view["belief"]["probs"]) if options else MEASURE
    with style.styled():
        said = f"{view['id']} {clean(view['title'])} {finding(view)}"
        height = top + tall + BELOW
        figure = style.new_figure(width, height, name=view["id"], finding=said)
        left = LEFT if options else 0.6
        size = (width - left - RIGHT) / width, tall / height
        axes = figure.add_axes((left / width, BELOW / height, *size))
        if options:
            _bars(axes, view)
        else:
            _steps(axes, view, kind_from_json(view["kind"]))
        axes.legend(loc="upper right", frameon=False, fontsize=style.SMALL)
        if captioned:
            bold = {"fontsize": style.TITLE, "fontweight": "bold"}
            down = write_lines(figure, title, 0.2, 0.12, LINE * 1.1, **bold)
            write_lines(figure, lines[len(title) :], 0.2, down, LINE * 1.1)
        return figure


def _bars(axes: "Axes", view: Sheet) -> None:
    """A bar an option with its interval, the crowd as a diamond."""
    from matplotlib.ticker import PercentFormatter

    belief, crowd = view["belief"], view["crowd"].get("probs", {})
    names = list(belief["probs"])
    places = list(range(len(names)))[::-1]
    shares = [belief["probs"][name] for name in names]
    low = [
        max(share - belief["ci_low"][name], 0) for share, name in zip(shares, names, strict=True)
    ]
    high = [
        max(belief["ci_high"][name] - share, 0) for share, name in zip(shares, names, strict=True)
    ]
    axes.barh(places, shares, height=0.5, color=style.BLUE, alpha=0.35, label="belief")
    axes.errorbar(shares, places, xerr=[low, high], fmt="none", ecolor=style.BLUE, capsize=3)
    if crowd:
        said = [crowd.get(name, 0.0) for name in names]
        axes.plot(said, places, "D", color=style.VERMILLION, markersize=6, label="crowd")
    axes.set_yticks(places, [shortened(clean(name), LEFT - 0.3) for name in names])
    axes.set_xlim(0, 1)
    axes.xaxis.set_major_formatter(PercentFormatter(xmax=1, decimals=0))


def _steps(axes: "Axes", view: Sheet, kind: Kind) -> None:
    """How much lies in each part of the range, and in words what lies beyond it."""
    belief, crowd = view["belief"]["density"], view["crowd"].get("density")
    inside: Sequence[float] = belief["inside"]
    edges = [place / len(inside) for place in range(len(inside) + 1)]
    axes.stairs(inside, edges, fill=True, color=style.BLUE, alpha=0.35, label="belief")
    if crowd:
        axes.stairs(crowd["inside"], edges, color=style.VERMILLION, linewidth=1.8, label="crowd")
    quarter = len(inside) // 4
    shown = [belief["edges"][place] for place in range(0, len(inside) + 1, quarter)]
    axes.set_xticks([place / 4 for place in range(5)], [told(kind, at) for at in shown])
    axes.set_yticks([])
    axes.set_xlim(0, 1)
    beyond = [
        f"{share:.0%} {where}"
        for share, where in ((belief["below"], "below"), (belief["above"], "above"))
        if share >= 0.005
    ]
    unit = "" if isinstance(kind, Date) else clean(getattr(kind, "unit", ""))
    axes.set_xlabel("; ".join([unit, *beyond] if unit else beyond))
