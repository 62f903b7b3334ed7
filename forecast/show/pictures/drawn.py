"""A figure as SVG or PNG: the same bytes each time, with words for those who do not see it."""

import re
from collections.abc import Mapping
from html import escape
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Final

from forecast.show.pictures.style import (
    BLUE,
    FAINT,
    GRID,
    HINT,
    INK,
    PAPER,
    STRIP,
    styled,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DOTS_AN_INCH: Final = 150

ROLES: Final = {INK: "ink", PAPER: "paper", FAINT: "faint", GRID: "grid", BLUE.lower(): "line"}
"""Colours that a page may set otherwise, for the dark, as CSS variables of these names."""

_NO_METADATA: Final = dict.fromkeys(("Date", "Creator", "Format", "Type"))
_ID = re.compile(r'(?<= id=")|(?<=href="#)|(?<=url\(#)')
_HINTED = re.compile(rf'<g id="(({HINT}|{STRIP})-\d+)">')
_ROOT = re.compile(r"<svg [^>]*>")


def png_of(figure: "Figure") -> bytes:
    """A figure as PNG, 150 dots an inch."""
    drawn = BytesIO()
    with styled():
        figure.savefig(drawn, format="png", dpi=DOTS_AN_INCH, metadata={"Software": None})
    return drawn.getvalue()


def svg_of(figure: "Figure", *, inline: bool = False) -> str:
    """A figure as SVG whose title is the figure's label; ``inline`` for within a page.

    Ids begin with the figure's gid, so that several pictures share a page.
    """
    drawn, hints = StringIO(), _hints(figure)
    with styled():
        figure.savefig(drawn, format="svg", metadata=_NO_METADATA)
    svg = hinted(drawn.getvalue(), hints)
    return titled(svg, _name(figure), str(figure.get_label()), inline=inline)


def _hints(figure: "Figure") -> dict[str, str]:
    """What is told on hovering, by the id of what it is told of."""
    found: dict[str, str] = {}
    for artist in figure.findobj():
        kind = str(artist.get_gid()).partition("-")[0]
        if kind in (HINT, STRIP):
            artist.set_gid(f"{kind}-{len(found)}")
            found[str(artist.get_gid())] = str(artist.get_label())
    return found


def hinted(svg: str, hints: Mapping[str, str]) -> str:
    """An SVG whose parts say something to who hovers over them.

    >>> hinted('<g id="hint-3">', {"hint-3": "Ana says 5%"})
    '<g id="hint-3" class="hint"><title>Ana says 5%</title>'
    """

    def told(found: re.Match[str]) -> str:
        text = escape(hints[found[1]])
        return f'<g id="{found[1]}" class="{found[2]}"><title>{text}</title>'

    return _HINTED.sub(told, svg)


def titled(svg: str, name: str, title: str, *, inline: bool) -> str:
    """An SVG with a title, and ids that begin with a name; without its prologue if inline."""
    root = _ROOT.search(svg)
    if root is None:
        raise ValueError("no SVG")
    opening = root[0].removesuffix(">") + f' role="img" aria-labelledby="{name}-title">'
    words = f'\n <title id="{name}-title">{escape(title)}</title>'
    body = _ID.sub(f"{name}-", svg[root.end() :])
    return (
        adaptable(opening + words + body)
        if inline
        else svg[: root.start()] + opening + words + body
    )


def adaptable(svg: str) -> str:
    """An SVG whose ink and paper follow the page that it stands in.

    >>> adaptable('<path style="fill: #ffffff"/>')
    '<path style="fill: var(--paper, #ffffff)"/>'
    """
    for colour, role in ROLES.items():
        svg = svg.replace(f": {colour}", f": var(--{role}, {colour})")
    return svg


def _name(figure: "Figure") -> str:
    return re.sub(r"[^A-Za-z0-9-]", "-", str(figure.get_gid() or "picture"))
