"""The picture of a backtest: what each way of pooling gains on the plain mean."""

from collections.abc import Sequence
from math import isfinite
from typing import TYPE_CHECKING, Final

from forecast.show.pictures import style
from forecast.show.pictures.beside import beside
from forecast.show.pictures.frame import Caption, framed

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from forecast.crowd.backtest import Performance

WIDTH: Final = 9.0
NAMES: Final = 2.1
FIGURES: Final = 1.6
COLUMNS: Final = {"Brier": 0.6, "gain": 1.3}
"""Inches right of the axes at which the columns of figures end."""
ROW: Final = 0.32
HEADERS: Final = 0.3
UNDER: Final = 0.6
LOWEST: Final = -100.0
NOTE: Final = (
    "What each way to pool would have said, taught only by what had been answered by then; 95% "
    "intervals over resampled questions. An interval that reaches over 0 may be chance."
)


def gains(performances: Sequence["Performance"]) -> "Figure":
    """The gain over the mean of each method, best first, with its 95 % interval.

    Raises:
        ValueError: no methods.
    """
    if not performances:
        raise ValueError("there is nothing to compare")
    ranked = sorted(performances, key=lambda one: one.brier)
    with style.styled():
        body = HEADERS + ROW * len(ranked) + UNDER
        caption = Caption(headline(ranked), notes=NOTE)
        frame = framed("backtest", caption, body, width=WIDTH)
        _draw(frame.axes(NAMES, HEADERS, WIDTH - NAMES - FIGURES, ROW * len(ranked)), ranked)
        return frame.figure


def headline(ranked: Sequence["Performance"]) -> str:
    """Which method did best, and whether that is more than noise, in a sentence."""
    best, questions = ranked[0], ranked[0].n_questions
    told = f"{best.method} has the lowest Brier score over {questions} questions, {best.brier:.3f}"
    if best.ci_low > 0:
        return f"{told}: {best.gain_over_mean:.0%} better than the mean."
    return f"{told}; its gain on the mean may be noise."


def _draw(axes: "Axes", ranked: Sequence["Performance"]) -> None:
    axes.set_xlim(*limits(ranked))
    axes.axvline(0, color=style.FAINT, lw=1, ls=(0, (3, 2)))
    for row, one in enumerate(ranked):
        _draw_gain(axes, row, one)
        beside(axes, row, COLUMNS.values(), (f"{one.brier:.3f}", _percent(one.gain_over_mean)))
    beside(axes, -0.75, COLUMNS.values(), COLUMNS)
    axes.set_ylim(len(ranked) - 0.5, -0.5)
    axes.set_yticks(range(len(ranked)), [one.method for one in ranked])
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")
    axes.set_xlabel("gain over the mean, % of its Brier score (higher is better)")


def _draw_gain(axes: "Axes", row: int, one: "Performance") -> None:
    """Gain and interval; what lies outside the axis is an arrow at its end."""
    low, high = axes.get_xlim()
    start, end, at = (
        min(max(low, 100 * gain), high) for gain in (one.ci_low, one.ci_high, one.gain_over_mean)
    )
    marker = "o" if low <= 100 * one.gain_over_mean <= high else "<"
    axes.plot([start, end], [row, row], color=style.SKY, lw=4, solid_capstyle="butt")
    (dot,) = axes.plot([at], [row], marker, ms=7, mfc=style.BLUE, mec=style.PAPER, clip_on=False)
    ends = f"{_percent(one.ci_low)} to {_percent(one.ci_high)}"
    style.hint(dot, f"{one.method}: {_percent(one.gain_over_mean)}, 95% interval {ends}")


def limits(ranked: Sequence["Performance"]) -> tuple[float, float]:
    """The ends of the axis of gains, in percent: all of them, but nothing below -100."""
    ends = [end for one in ranked for end in (one.gain_over_mean, one.ci_low, one.ci_high)]
    seen = [0.0, *(max(100 * end, LOWEST) for end in ends if isfinite(end))]
    air = 0.05 * (max(seen) - min(seen)) or 1.0
    return min(seen) - air, max(seen) + air


def _percent(gain: float) -> str:
    """A gain with its sign.

    >>> _percent(0.254), _percent(-0.1), _percent(float("-inf"))
    ('+25%', '−10%', '−∞')
    """
    if not isfinite(gain):
        return "−∞"
    return "0%" if abs(gain) < 0.005 else f"{gain:+.0%}".replace("-", "−")
