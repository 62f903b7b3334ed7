"""Figures in columns beside the rows of a picture."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from forecast.show.pictures import style
from forecast.show.pictures.lettering import POINTS_AN_INCH

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def beside(axes: "Axes", row: float, inches: Iterable[float], texts: Iterable[str]) -> None:
    """Texts of a row that end so many inches right of the axes; above all rows they are headers."""
    for right, text in zip(inches, texts, strict=True):
        axes.annotate(
            text,
            (1, row),
            (right * POINTS_AN_INCH, 0),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            ha="right",
            va="center",
            annotation_clip=False,
            color=style.FAINT if row < 0 else style.INK,
        )
