"""How pictures look: colours that the colour-blind tell apart, and sizes.

Colours: Okabe and Ito (2008), "Color Universal Design", without the yellow, which is too pale for
lines on white. Nothing is told by colour alone: lines differ in marker, width and dashes, areas in
hatching, so that a print in grey says the same.
"""

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from itertools import cycle
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure
    from matplotlib.ticker import PercentFormatter

INK: Final = "#1f2328"
FAINT: Final = "#6a737d"
GRID: Final = "#dfe3e8"
PAPER: Final = "#ffffff"
BLUE: Final = "#0072B2"
SKY: Final = "#56B4E9"
VERMILLION: Final = "#D55E00"
COLOURS: Final = ("#E69F00", "#009E73", "#CC79A7", SKY)
MARKERS: Final = ("s", "^", "D", "v", "P", "X", "<", "p", ">", "h", "d", "H")
HATCH: Final = "////"

TEXT: Final = 10.0
SMALL: Final = 9.0
FINDING: Final = 11.0
TITLE: Final = 13.0

WIDER: Final = (
    *("Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans", "PingFang SC", "Hiragino Sans"),
    *("Microsoft YaHei", "Yu Gothic", "Malgun Gothic", "Nirmala UI", "Arial Unicode MS"),
)
"""Fonts with letters of Asia, for titles that have some."""

_STYLE: Final[dict[Any, Any]] = {
    "font.size": TEXT,
    "text.color": INK,
    "text.parse_math": False,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": GRID,
    "hatch.linewidth": 0.6,
    "xtick.color": FAINT,
    "ytick.color": FAINT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "svg.fonttype": "none",
    "svg.hashsalt": "tidings",
}


class Badge(NamedTuple):
    """The colour and marker by which a member is told from the others."""

    colour: str
    marker: str


def styled() -> AbstractContextManager[None]:
    """Matplotlib's settings while a picture is made or drawn; the caller's come back after."""
    from matplotlib import rc_context

    return _styled(rc_context({**_STYLE, "font.family": ["sans-serif", *_wider_fonts()]}))


@cache
def _wider_fonts() -> tuple[str, ...]:
    """The fonts of this machine that have what the first one lacks."""
    from matplotlib.font_manager import fontManager

    there = {one.name for one in fontManager.ttflist}
    return tuple(name for name in WIDER if name in there)


@contextmanager
def _styled(settings: AbstractContextManager[None]) -> Iterator[None]:
    from warnings import catch_warnings, filterwarnings

    with settings, catch_warnings():
        filterwarnings("ignore", message=r"Glyph .* missing from font")
        yield


HINT: Final = "hint"
STRIP: Final = "strip"
"""The gids of artists whose label is told on hovering: marks that are seen, areas that are not."""

OTHERS: Final = Badge(FAINT, ".")
"""The badge of all who come after as many members as there are markers."""


def badges(names: Collection[str]) -> dict[str, Badge]:
    """A badge for each name, in their order.

    >>> badges(["Ana", "Bo"])["Bo"]
    Badge(colour='#009E73', marker='^')
    """
    found = dict(zip(names, map(Badge, cycle(COLOURS), MARKERS), strict=False))
    return {name: found.get(name, OTHERS) for name in names}


def percents(highest: float) -> "PercentFormatter":
    """How an axis of shares up to a highest says its ticks: in whole percent while that will do.

    >>> percents(0.8).format_pct(0.2, 1), percents(0.03).format_pct(0.005, 1)
    ('20%', '0.5%')
    """
    from matplotlib.ticker import PercentFormatter

    return PercentFormatter(xmax=1, decimals=0 if highest >= 0.05 else 1)


def hint(artist: "Artist", text: str, *, kind: str = HINT) -> None:
    """Have an artist tell something to who hovers over it, in a picture that is SVG or a page."""
    artist.set_gid(kind)
    artist.set_label(text)


def new_figure(width: float, height: float, *, name: str, finding: str) -> "Figure":
    """An empty figure in inches; ``name`` and ``finding`` stay with it as its gid and label."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height))
    figure.set_gid(name)
    figure.set_label(finding)
    return figure
