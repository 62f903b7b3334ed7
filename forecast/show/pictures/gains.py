"""The picture of a backtest: what each way of pooling gains on the plain mean."""

from collections.abc import Sequence
from math import isfinite
from typing import TYPE_CHECKING, Final

from forecast.show.pictures import style
from forecast.show.pictures.lettering import wrapped, write_lines

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from forecast.crowd.backtest import Performance

WIDTH: Final = 8.0
LEFT: Final = 0.25
NAMES: Final = 1.9
RIGHT: Final = 0.3
ROW: Final = 0.34
TOP: Final = 0.2
LINE: Final = 0.25
UNDER: Final = 0.75


def gains(performances: Sequence["Performance"]) -> "Figure":
    """The gain over the mean of each method, best first, with its 95 % interval.

    Raises:
        ValueError: no methods.
    """
    if not performances:
        raise ValueError("there is nothing to compare")
    ranked = sorted(performances, key=lambda one: one.brier)
    finding = headline(ranked)
    with style.styled():
        title = wrapped(finding, WIDTH - 2 * LEFT, style.TITLE, bold=True)
        top = TOP + LINE * len(title) + 0.15
        height = top + ROW * len(ranked) + UNDER
        figure = style.new_figure(WIDTH, height, name="backtest", finding=finding)
        inner = (WIDTH - NAMES - RIGHT) / WIDTH
        place = (NAMES / WIDTH, UNDER / height, inner, ROW * len(ranked) / height)
        _draw(figure.add_axes(place), ranked)
        write_lines(figure, title, LEFT, TOP, LINE, fontsize=style.TITLE, fontweight="bold")
        return figure


def headline(ranked: Sequence["Performance"]) -> str:
    """Which method did best, and whether that is more than noise, in a sentence."""
    best, questions = ranked[0], ranked[0].n_questions
    told = f"{best.method} has the lowest Brier score over {questions} questions, {best.brier:.3f}"
    if best.ci_low > 0:
        return f"{told}: {best.gain_over_mean:.0%} better than the mean."
    return f"{told}; its gain on the mean may be noise."


def _draw(axes: "Axes", ranked: Sequence["Performance"]) -> None:
    axes.axvline(0, color=style.FAINT, lw=1, ls=(0, (3, 2)))
    for row, one in enumerate(ranked):
        if all(map(isfinite, (one.ci_low, one.ci_high, one.gain_over_mean))):
            ends = [100 * one.ci_low, 100 * one.ci_high]
            axes.plot(ends, [row, row], color=style.SKY, lw=4, solid_capstyle="butt")
            axes.plot([100 * one.gain_over_mean], [row], "o", ms=7, mfc=style.BLUE, mec=style.PAPER)
    axes.set_ylim(len(ranked) - 0.5, -0.5)
    axes.set_yticks(range(len(ranked)), [one.method for one in ranked])
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")
    axes.set_xlabel("gain over the mean, % of its Brier score (higher is better)")
