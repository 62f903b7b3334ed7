"""The picture of calibration: how often what was called likely came true."""

from typing import TYPE_CHECKING, Any, Final

from forecast.show.pictures import style
from forecast.show.pictures.frame import Caption, framed
from forecast.show.pictures.legend import Entry, height_of, write_legend
from forecast.show.pictures.telling import rounded
from forecast.show.terminal import counted

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from forecast.scoring.calibration import Bin, Calibration

Look = dict[str, Any]

WIDTH: Final = 6.4
LEFT: Final = 0.75
RIGHT: Final = 0.25
COUNTS: Final = 0.9
GAP: Final = 0.2
LABELS: Final = 0.55
NULL: Final[Look] = {"fc": "none", "ec": style.FAINT, "alpha": 0.6, "hatch": style.HATCH, "lw": 0}
BAND: Final[Look] = {"color": style.BLUE, "alpha": 0.22, "lw": 0}
AGREEMENT: Final[Look] = {"color": style.FAINT, "lw": 1, "ls": (0, (3, 2))}
FIT: Final[Look] = {"color": style.BLUE, "lw": 2, "marker": "o", "ms": 3.5}
TENTHS: Final[Look] = {
    "marker": "D",
    "ms": 7,
    "mfc": style.VERMILLION,
    "mec": style.PAPER,
    "ls": "none",
    "zorder": 4,
}
FEW: Final = 30
"""Fewer questions cannot show much."""


def calibration_figure(
    calibration: "Calibration", *, width: float = WIDTH, captioned: bool = True
) -> "Figure":
    """A reliability diagram: observed frequency against forecast, with a count of forecasts.

    Behind the curve stand its 95 % band over resampled questions and the band in which a
    calibrated forecaster's curve would lie.

    Says in words, unless a page has them in its own text, whether the miscalibration is more
    than chance would show; that finding is also the figure's label. Source of the curve:
    Dimitriadis, Gneiting and Jordan (2021).
    """
    with style.styled():
        inner = width - LEFT - RIGHT
        square, legend = 0.8 * inner, height_of([name for name, _ in _legend()], inner)
        body = legend + GAP + square + GAP + COUNTS + LABELS
        caption = Caption(headline(calibration), notes=explanation(calibration))
        frame = framed("calibration", caption, body, width=width, captioned=captioned)
        top = legend + GAP
        counts = frame.axes(LEFT, top + square + GAP, inner, COUNTS)
        _draw_reliability(frame.axes(LEFT, top, inner, square, sharex=counts), calibration)
        _draw_counts(counts, calibration)
        write_legend(frame, _legend(), LEFT, 0.0, inner)
        return frame.figure


def _legend() -> list[Entry]:
    """What the bands, lines and marks are."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    return [
        ("if calibrated (95%)", Patch(**NULL)),
        ("fit, resampled (95%)", Patch(**BAND)),
        ("perfect agreement", Line2D([], [], **AGREEMENT)),
        ("best rising fit", Line2D([], [], **FIT)),
        ("by tenths", Line2D([], [], **TENTHS)),
    ]


def headline(calibration: "Calibration") -> str:
    """Whether the forecasts are miscalibrated beyond chance, in a sentence."""
    low, high = calibration.null_low, calibration.null_high
    if calibration.miscalibration > high:
        return "The forecasts are miscalibrated: further off than chance explains."
    if calibration.miscalibration < low:
        return "The forecasts agree with what happened more closely than chance would let them."
    if calibration.n_questions < FEW:
        number = calibration.n_questions
        word = "question is" if number == 1 else "questions are"
        return f"No miscalibration beyond chance, but {number} {word} too few to show much."
    return "The forecasts are calibrated as far as one can tell."


def explanation(calibration: "Calibration") -> str:
    """The figures behind the picture, in words."""
    one = calibration
    forecasts = f"{one.n_forecasts} forecast" + ("" if one.n_forecasts == 1 else "s")
    questions = f"{one.n_questions} resolved question" + ("" if one.n_questions == 1 else "s")
    return (
        f"Brier score {one.brier:.3f} = miscalibration {one.miscalibration:.3f} "
        f"− discrimination {one.discrimination:.3f} + uncertainty {one.uncertainty:.3f}; "
        f"the last {forecasts} on {questions}, each question weighing one. "
        f"A calibrated forecaster with the same forecasts would show a miscalibration "
        f"from {one.null_low:.3f} to {one.null_high:.3f} (95% of the time).{_early(one.n_early)}"
    )


def _early(count: int) -> str:
    """What is to be said where questions were answered before their time ran out."""
    if not count:
        return ""
    were = "question was" if count == 1 else "questions were"
    return f" {count} {were} answered early, which leans toward yes where only a yes can."


def _draw_reliability(axes: "Axes", calibration: "Calibration") -> None:
    from matplotlib.ticker import MultipleLocator, PercentFormatter

    _draw_bands(axes, calibration)
    axes.plot([0, 1], [0, 1], **AGREEMENT)
    axes.plot(*zip(*calibration.curve, strict=True), **FIT)
    for one in calibration.bins:
        if one.n and one.mean_forecast is not None and one.observed_frequency is not None:
            (mark,) = axes.plot([one.mean_forecast], [one.observed_frequency], **TENTHS)
            said = f"{rounded(one.low)} to {rounded(one.high)}, {counted(one.n, 'forecast')}"
            style.hint(mark, f"{said}: happened {rounded(one.observed_frequency)} of the time")
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(-0.04, 1.04)
    axes.yaxis.set_major_locator(MultipleLocator(0.25))
    axes.yaxis.set_major_formatter(PercentFormatter(xmax=1, decimals=0))
    axes.tick_params(labelbottom=False)
    axes.set_ylabel("how often it happened")


def _draw_bands(axes: "Axes", calibration: "Calibration") -> None:
    """Where a calibrated forecaster's curve would lie, and where this one may."""
    band = calibration.band
    at = [one.forecast for one in band]
    axes.fill_between(at, [one.null_low for one in band], [one.null_high for one in band], **NULL)
    axes.fill_between(at, [one.low for one in band], [one.high for one in band], **BAND)


def _draw_counts(axes: "Axes", calibration: "Calibration") -> None:
    from matplotlib.ticker import MaxNLocator, MultipleLocator, PercentFormatter

    bins = calibration.bins
    most = max(one.n for one in bins)
    lows, counts = [one.low for one in bins], [one.n for one in bins]
    widths = [0.96 * (one.high - one.low) for one in bins]
    axes.bar(lows, counts, widths, align="edge", color=style.BLUE, alpha=0.35)
    for one in bins:
        _count(axes, one)
    axes.set_ylim(0, 1.35 * most)
    axes.xaxis.set_major_locator(MultipleLocator(0.25))
    axes.xaxis.set_major_formatter(PercentFormatter(xmax=1, decimals=0))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=2, integer=True))
    axes.set_xlabel("probability of yes that was forecast")
    axes.set_ylabel("forecasts")


def _count(axes: "Axes", one: "Bin") -> None:
    if one.n:
        middle = (one.low + one.high) / 2
        axes.text(middle, one.n, str(one.n), ha="center", va="bottom", fontsize=style.SMALL)
