"""What lines, marks and areas mean, in columns below or above a picture."""

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING, Final

from forecast.show.pictures import style
from forecast.show.pictures.frame import Frame
from forecast.show.pictures.lettering import width_of

if TYPE_CHECKING:
    from matplotlib.artist import Artist

LINE: Final = 0.2
HANDLE: Final = 0.57
"""Room for the line or mark beside a label."""

Entry = tuple[str, "Artist"]


def columns_of(labels: Sequence[str], inner: float) -> int:
    """How many columns of labels stand side by side in some inches."""
    widest = max((width_of(label, style.SMALL) for label in labels), default=0.0)
    return max(1, int(inner / (widest + HANDLE)))


def height_of(labels: Sequence[str], inner: float) -> float:
    """How high the labels stand, inches."""
    return LINE * ceil(len(labels) / columns_of(labels, inner))


def write_legend(
    frame: Frame, entries: Sequence[Entry], left: float, down: float, inner: float
) -> None:
    """Write what each mark means, so many inches from the left and below the caption."""
    if not entries:
        return
    wide, tall = frame.figure.get_size_inches()
    labels = [label for label, _ in entries]
    frame.figure.legend(
        [mark for _, mark in entries],
        labels,
        loc="upper left",
        bbox_to_anchor=(left / wide, 1 - (frame.top + down) / tall),
        ncols=columns_of(labels, inner),
        fontsize=style.SMALL,
        frameon=False,
        borderaxespad=0,
        borderpad=0,
        labelspacing=0.4,
        handlelength=2.2,
        columnspacing=1.5,
    )
