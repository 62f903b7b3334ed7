"""What every picture has around its axes: the finding above, what else is to say, notes below."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from forecast.show.pictures import style
from forecast.show.pictures.lettering import wrapped, write_lines

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MARGIN: Final = 0.2
TITLE_LINE: Final = 0.25
LINE: Final = 0.21
NOTE_LINE: Final = 0.19
GAP: Final = 0.14


@dataclass(frozen=True, slots=True)
class Caption:
    """The words of a picture, which a page may have in its own text instead."""

    finding: str
    """What the picture shows, in a sentence; also the figure's label."""
    under: tuple[str, ...] = ()
    """What it is about, and what else is to say, each on lines of its own below the finding."""
    notes: str = ""
    """How to read it, and the figures behind it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A figure with its caption written, and where what it shows begins, inches from the top."""

    figure: "Figure"
    top: float

    def axes(self, left: float, down: float, width: float, height: float, **how: Any) -> "Axes":
        """Axes so many inches from the left, and from where what is shown begins."""
        wide, tall = self.figure.get_size_inches()
        low = 1 - (self.top + down + height) / tall
        return self.figure.add_axes((left / wide, low, width / wide, height / tall), **how)


def framed(
    name: str, caption: Caption, body: float, *, width: float, captioned: bool = True
) -> Frame:
    """An empty figure as wide and as high as its caption and ``body`` inches of it need."""
    inner = width - 2 * MARGIN
    title = wrapped(caption.finding, inner, style.TITLE, bold=True) if captioned else []
    under = [line for one in caption.under for line in wrapped(one, inner)] if captioned else []
    notes = wrapped(caption.notes, inner, style.SMALL) if captioned and caption.notes else []
    head = TITLE_LINE * len(title) + LINE * len(under)
    top = MARGIN + head + (GAP if head else 0.0)
    foot = GAP + NOTE_LINE * len(notes) if notes else 0.0
    said = " ".join((*caption.under[:1], caption.finding))
    figure = style.new_figure(width, top + body + foot + MARGIN, name=name, finding=said)
    bold = {"fontsize": style.TITLE, "fontweight": "bold"}
    down = write_lines(figure, title, MARGIN, MARGIN, TITLE_LINE, **bold)
    write_lines(figure, under, MARGIN, down, LINE)
    write_lines(figure, notes, MARGIN, top + body + GAP, NOTE_LINE, fontsize=style.SMALL)
    return Frame(figure, top)
