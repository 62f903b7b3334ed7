"""The picture of a belief's reasons: what each thing added, from the prior to the belief."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from forecast.probability import expit, format_probability, logit
from forecast.show.explained import steps, that
from forecast.show.pictures import style
from forecast.show.pictures.frame import Caption, framed
from forecast.show.pictures.lettering import shortened, width_of
from forecast.show.pictures.telling import rounded
from forecast.show.terminal import clean, day

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Sheet = Mapping[str, Any]

WIDTH: Final = 9.0
LEFT: Final = 3.6
RIGHT: Final = 0.4
ROW: Final = 0.32
BELOW: Final = 0.55
SPARE: Final = 0.55
"""Room beside the longest bars for what they add, inches."""
TICKS: Final = (
    *(0.001, 0.003, 0.01, 0.03, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5),
    *(0.6, 0.7, 0.8, 0.9, 0.95, 0.97, 0.99, 0.997, 0.999),
)
UP: Final[dict[str, Any]] = {"fc": style.BLUE}
DOWN: Final[dict[str, Any]] = {"fc": style.PAPER, "ec": style.VERMILLION, "hatch": style.HATCH}
NOTE: Final = (
    "Each bar adds to the log odds what its figure says, in nats: filled toward yes, hatched "
    "toward no. A story's weight counts once, however many reports tell it."
)


def finding(view: Sheet, name: str = "belief") -> str:
    """Where the belief stands, and what raised or lowered it most, in a sentence."""
    held = view[name]
    stands = f"{view['id']} stands at {rounded(held['why_of']['prob'])}{that(held)}"
    moved = list(steps(view[name]))[1:]
    if not moved:
        return f"{stands}, its prior: nothing has moved it"
    most = max(moved, key=lambda row: abs(row["nats"]))
    went = "raised" if most["nats"] > 0 else "lowered"
    what = f"“{clean(most['title'])}”" if most["title"] else clean(most["what"])
    return f"{stands}; {what} {went} it most"


def waterfall_figure(view: Sheet, *, name: str = "belief") -> "Figure":
    """A bar for each contribution to belief or joint, in log odds, the probabilities below.

    ``view`` is that of :func:`forecast.views.question_view`.
    """
    rows = list(steps(view[name]))
    with style.styled():
        tall = ROW * (len(rows) + 1)
        at = f"The {name} on {day(view[name]['at'])}, from its prior."
        caption = Caption(finding(view, name), (f"{view['id']} {clean(view['title'])}", at), NOTE)
        frame = framed("waterfall", caption, tall + BELOW, width=WIDTH)
        wide = WIDTH - LEFT - RIGHT
        axes = frame.axes(LEFT, 0.0, wide, tall)
        _set_axes(axes, rows, name, wide)
        _draw(axes, rows)
        return frame.figure


def _set_axes(axes: "Axes", rows: Sequence[Sheet], name: str, wide: float) -> None:
    reached = [0.0]
    for row in rows:
        reached.append(reached[-1] + row["nats"])
    spare = SPARE / (wide - 2 * SPARE) * (max(reached) - min(reached)) + 0.05
    low, high = min(reached) - spare, max(reached) + spare
    words = [shortened(clean(row["title"] or row["what"]), LEFT - 0.3, style.SMALL) for row in rows]
    axes.set_yticks(range(len(rows) + 1), [*words, name], fontsize=style.SMALL)
    axes.set_ylim(len(rows) + 0.6, -0.6)
    axes.set_xlim(low, high)
    shown = _apart([tick for tick in TICKS if low <= logit(tick) <= high], wide / (high - low))
    axes.set_xticks([logit(tick) for tick in shown], [format_probability(tick) for tick in shown])
    axes.set_xlabel("probability, on the scale of log odds")
    axes.axvline(0.0, color=style.FAINT, linewidth=0.8)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")


def _draw(axes: "Axes", rows: Sequence[Sheet]) -> None:
    total = 0.0
    for place, row in enumerate(rows):
        start, total = total, total + row["nats"]
        (bar,) = axes.barh(place, row["nats"], left=start, height=0.6, **_look(row["nats"]))
        said = clean(row["title"] or row["what"])
        style.hint(bar, f"{said}: {row['nats']:+.2f} nats, to {rounded(expit(total))}")
        axes.plot([total, total], [place - 0.3, place + 1.3], color=style.FAINT, linewidth=0.8)
        outward = 4 if row["nats"] >= 0 else -4
        axes.annotate(
            f"{row['nats']:+.2f}".replace("-", "−"),
            (total, place),
            (outward, 0),
            textcoords="offset points",
            ha="left" if row["nats"] >= 0 else "right",
            va="center",
            fontsize=style.SMALL,
        )
    axes.barh(len(rows), total, height=0.6, color=style.INK)


def _look(nats: float) -> dict[str, Any]:
    return UP if nats >= 0 else DOWN


def _apart(ticks: Sequence[float], inches_a_nat: float) -> list[float]:
    """The ticks whose labels do not run into one another, even odds before all others."""
    kept: list[float] = []
    for tick in sorted(ticks, key=lambda tick: (tick != 0.5, abs(tick - 0.5))):
        room = width_of(format_probability(tick)) + 0.1
        if all(abs(logit(tick) - logit(one)) * inches_a_nat >= room for one in kept):
            kept.append(tick)
    return sorted(kept)
