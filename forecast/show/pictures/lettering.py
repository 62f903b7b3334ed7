"""Letters that fit: how wide text stands, where it breaks, and how lines are written."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from forecast.show.pictures.style import TEXT

if TYPE_CHECKING:
    from matplotlib.figure import Figure

POINTS_AN_INCH: Final = 72.0
SAFETY: Final = 1.04
"""Letters set on pixels stand a little wider than the font says."""


def write_lines(
    figure: "Figure", lines: Sequence[str], left: float, down: float, step: float, **how: Any
) -> float:
    """Write lines so many inches from the left and the top; returns where the next would go."""
    width, height = figure.get_size_inches()
    for row, line in enumerate(lines):
        place = 1 - (down + step * row) / height
        figure.text(left / width, place, line, va="top", **how)
    return down + step * len(lines)


def width_of(text: str, size: float = TEXT, *, bold: bool = False) -> float:
    """How wide a line of text stands, inches, at a size in points."""
    return SAFETY * sum(_advance(letter, bold) for letter in text) * size / POINTS_AN_INCH


@cache
def _advance(letter: str, bold: bool) -> float:
    """A letter's width in ems; what the font lacks is taken to be square."""
    from matplotlib.font_manager import FontProperties, findfont, get_font
    from matplotlib.ft2font import LoadFlags

    weight = "bold" if bold else "normal"
    font = get_font(findfont(FontProperties(family="DejaVu Sans", weight=weight)))
    if not font.get_char_index(ord(letter)):
        return 1.0
    glyph = font.load_char(ord(letter), flags=LoadFlags.NO_SCALE)
    return float(glyph.horiAdvance / font.units_per_EM)


def wrapped(text: str, inches: float, size: float = TEXT, *, bold: bool = False) -> list[str]:
    """A text in lines that fit a width; a word that is wider than a line is broken.

    >>> wrapped("a call between two leaders", 1.0)
    ['a call', 'between two', 'leaders']
    """
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer, size, bold=bold) <= inches:
            lines[-1] = longer
            continue
        pieces = _broken(word, inches, size, bold)
        lines = [*lines, *pieces] if lines[-1] else pieces
    return lines


def _broken(word: str, inches: float, size: float, bold: bool) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, size, bold=bold) > inches:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def shortened(text: str, inches: float, size: float = TEXT) -> str:
    """A text on one line, cut with an ellipsis where it does not fit a width.

    >>> shortened("a call between two leaders", 1.0)
    'a call betw…'
    """
    if width_of(text, size) <= inches:
        return text
    kept = text
    while kept and width_of(kept + "…", size) > inches:
        kept = kept[:-1]
    return kept.rstrip() + "…"
