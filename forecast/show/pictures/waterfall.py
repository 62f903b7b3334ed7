"""The picture of a belief's reasons: what each thing added, from the prior to the belief."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from forecast.probability import expit, format_probability, logit
from forecast.show.explained import steps
from forecast.show.pictures import style
from forecast.show.pictures.lettering import shortened, wrapped, write_lines

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Sheet = Mapping[str, Any]

WIDTH: Final = 7.2
LEFT: Final = 2.3
RIGHT: Final = 0.35
ROW: Final = 0.34
BELOW: Final = 0.6
TOP: Final = 0.2
LINE: Final = 0.25
TICKS: Final = (0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999)


def waterfall_figure(view: Sheet, *, name: str = "belief") -> "Figure":
    """A bar for each contribution to belief or joint, in log odds, the probabilities below.

    ``view`` is that of :func:`forecast.views.question_view`.
    """
    rows = list(steps(view[name], view))
    finding = f"{view['title']} Why the {name} is {format_probability(view[name]['prob'])}"
    with style.styled():
        title = wrapped(finding, WIDTH - 0.4, style.FINDING, bold=True)
        top = TOP + LINE * len(title) + 0.1
        height = top + ROW * (len(rows) + 1) + BELOW
        figure = style.new_figure(WIDTH, height, name="waterfall", finding=finding)
        bold = {"fontsize": style.FINDING, "fontweight": "bold"}
        write_lines(figure, title, 0.2, TOP, LINE, **bold)
        box = (LEFT / WIDTH, BELOW / height, (WIDTH - LEFT - RIGHT) / WIDTH)
        axes = figure.add_axes((*box, ROW * (len(rows) + 1) / height))
        _draw(axes, rows, name)
        return figure


def _draw(axes: "Axes", rows: Sequence[Sheet], name: str) -> None:
    total, reached = 0.0, [0.0]
    for place, row in enumerate(rows):
        start, total = total, total + row["nats"]
        reached.append(total)
        colour = style.BLUE if row["nats"] >= 0 else style.VERMILLION
        axes.barh(place, row["nats"], left=start, height=0.6, color=colour)
        axes.plot([total, total], [place - 0.3, place + 1.3], color=style.FAINT, linewidth=0.8)
        outward = 4 if row["nats"] >= 0 else -4
        axes.annotate(
            f"{row['nats']:+.2f}",
            (total, place),
            (outward, 0),
            textcoords="offset points",
            ha="left" if row["nats"] >= 0 else "right",
            va="center",
            fontsize=style.SMALL,
        )
    axes.barh(len(rows), total, height=0.6, color=style.INK)
    words = [shortened(row["title"] or row["what"], LEFT - 0.2, style.SMALL) for row in rows]
    axes.set_yticks(range(len(rows) + 1), [*words, name], fontsize=style.SMALL)
    axes.set_ylim(len(rows) + 0.6, -0.6)
    spare = 0.2 * (max(reached) - min(reached)) + 0.2
    low, high = min(reached) - spare, max(reached) + spare
    shown = [tick for tick in TICKS if expit(low) <= tick <= expit(high)]
    axes.set_xlim(low, high)
    axes.set_xticks([logit(tick) for tick in shown], [format_probability(tick) for tick in shown])
    axes.set_xlabel("probability, on the scale of log odds")
    axes.axvline(0.0, color=style.FAINT, linewidth=0.8)
    axes.grid(visible=False, axis="y")
