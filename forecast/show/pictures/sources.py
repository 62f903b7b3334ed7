"""The picture of sources: what the engine has learned of how far each can be taken at its word."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from forecast.show.pictures import style
from forecast.show.pictures.beside import beside
from forecast.show.pictures.frame import Caption, framed
from forecast.show.pictures.lettering import shortened
from forecast.show.terminal import clean, counted, of_fit

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Row = Mapping[str, Any]

WIDTH: Final = 9.0
NAMES: Final = 2.6
FIGURES: Final = 2.2
COLUMNS: Final = {"grade": 0.55, "reports": 1.25, "resolved": 2.05}
"""Inches right of the axes at which the columns of figures end."""
ROW: Final = 0.32
HEADERS: Final = 0.3
LABELS: Final = 0.6
SHOWN: Final = 40
NOTE: Final = (
    "Of a report alone, each unit of evidence that a judge states counts for so much: 1 takes "
    "the judge at their word, 0 is worth nothing, below 0 misleads. Full dots rest on reports of "
    "resolved questions, counted once for each, hollow ones on the grade alone; lines are 90% "
    "intervals."
)


def headline(rows: Sequence[Row]) -> str:
    """What has been learned, in a sentence."""
    known = [row for row in rows if row["resolved"] and row["ci_low"] is not None]
    if not known:
        return "Nothing is learned of any source yet: they count by their grades"
    best, worst = (pick(known, key=lambda row: row["counts"]) for pick in (max, min))
    said = f"{clean(best['name'])} counts most, {best['counts']:.2f} of what judges state"
    if best is worst:
        return (
            f"Of {clean(best['name'])} alone something is learned: it counts {best['counts']:.2f}"
        )
    if worst["ci_high"] >= best["ci_low"]:
        return f"{said}, but no source can be told from the others yet"
    return f"{said}; {clean(worst['name'])} least, {worst['counts']:.2f}"


def explanation(rows: Sequence[Row]) -> str:
    """How the picture is meant, and what it leaves out, in words."""
    missing = len(rows) - SHOWN
    fit = f" Learned by {of_fit(rows[0]['fit'])}." if rows[0]["fit"] != "cold" else ""
    return f"{NOTE}{fit}" if missing <= 0 else f"{NOTE}{fit} {missing} more are not shown."


def sources_figure(
    rows: Sequence[Row], *, width: float = WIDTH, captioned: bool = True
) -> "Figure":
    """What each source counts with its interval, and the reports that this rests on.

    ``rows`` are those of :func:`forecast.views.sourcing.source_rows`.

    Raises:
        ValueError: no sources.
    """
    if not rows:
        raise ValueError("there are no sources")
    shown = sorted(rows, key=lambda row: (not row["resolved"], -row["counts"], row["name"]))[:SHOWN]
    with style.styled():
        body = HEADERS + ROW * len(shown) + LABELS
        caption = Caption(headline(rows), notes=explanation(rows))
        frame = framed("sources", caption, body, width=width, captioned=captioned)
        names = min(NAMES, 0.37 * width)
        axes = frame.axes(names, HEADERS, width - names - FIGURES, ROW * len(shown))
        _draw(axes, shown, names)
        return frame.figure


def _draw(axes: "Axes", rows: Sequence[Row], names: float) -> None:
    axes.axvline(0, color=style.FAINT, lw=1)
    axes.axvline(1, color=style.FAINT, lw=1, ls=(0, (3, 2)))
    for place, row in enumerate(rows):
        _draw_source(axes, place, row)
        figures = (row["grade"] or "none", str(row["reports"]), str(row["resolved"]))
        beside(axes, place, COLUMNS.values(), figures)
    beside(axes, -0.75, COLUMNS.values(), COLUMNS)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.margins(x=0.05)
    said = [shortened(clean(row["name"]), names - 0.25, style.SMALL) for row in rows]
    axes.set_yticks(range(len(rows)), said, fontsize=style.SMALL)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")
    axes.set_xlabel("nats counted for each nat stated")


def _draw_source(axes: "Axes", place: int, row: Row) -> None:
    told = f"{clean(row['name'])}: counts {row['counts']:.2f}"
    if row["ci_low"] is not None:
        ends = [row["ci_low"], row["ci_high"]]
        axes.plot(ends, [place, place], color=style.SKY, lw=4, solid_capstyle="butt")
        told += f", 90% interval {ends[0]:.2f} to {ends[1]:.2f}"
    face = style.BLUE if row["resolved"] and row["ci_low"] is not None else style.PAPER
    (dot,) = axes.plot([row["counts"]], [place], "o", ms=7, mfc=face, mec=style.BLUE, mew=1.2)
    style.hint(dot, f"{told}; {counted(row['resolved'], 'resolved report')}")
