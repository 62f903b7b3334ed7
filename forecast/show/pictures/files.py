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
    """A picture as a page of its own, which needs nothing from elsewhere."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(str(figure.get_label()))}</title>\n"
        "<style>body{margin:1rem;background:#fff}svg{display:block;width:100%;"
        "max-width:60rem;height:auto;margin:auto}</style>\n"
        f"</head>\n<body>\n{svg_of(figure, inline=True)}</body>\n</html>\n"
    )
