"""Pictures as files: PNG, SVG, or a page of their own."""

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from forecast.show.files import write_whole
from forecast.show.pictures.drawn import png_of, svg_of
from questions.errors import BadInput

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SUFFIXES: Final = (".png", ".svg", ".html")

LOOK: Final = (
    ":root{color-scheme:light dark}"
    "@media (prefers-color-scheme:dark){:root{--paper:#16191d;--ink:#e6e8eb;--faint:#a3abb5;"
    "--grid:#343a42;--line:#2f95dc}}"
    "body{margin:1rem;background:var(--paper,#fff)}"
    "svg{display:block;width:100%;max-width:60rem;height:auto;margin:auto}"
    ".hint,.strip{cursor:help}.strip path{pointer-events:all}"
    ".strip:hover path{fill:var(--ink,#1f2328)!important;fill-opacity:.08;opacity:1!important}"
    ".hint:hover{filter:drop-shadow(0 0 2px var(--ink,#1f2328))}"
)
"""Light or dark as the reader has it; what can be hovered over says so."""


def write_figure(figure: "Figure", path: Path) -> None:
    """Write a picture as its suffix says: PNG, SVG, or a page that holds the SVG.

    Raises:
        BadInput: another suffix.
        BadFile: no such folder, or one that cannot be written.
    """
    match path.suffix.lower():
        case ".png":
            write_whole(path, png_of(figure))
        case ".svg":
            write_whole(path, svg_of(figure).encode())
        case ".html":
            write_whole(path, alone(figure).encode())
        case _:
            raise BadInput("picture file", path, f"a name that ends in {', '.join(SUFFIXES)}")


def alone(figure: "Figure") -> str:
    """A picture as a page of its own, which needs nothing from elsewhere and runs no script.

    Hovering over a time, mark or number tells what stands there.
    """
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(str(figure.get_label()))}</title>\n<style>{LOOK}</style>\n"
        f"</head>\n<body>\n<main>\n{svg_of(figure, inline=True)}</main>\n</body>\n</html>\n"
    )
