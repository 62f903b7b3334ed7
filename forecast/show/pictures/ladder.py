"""The picture of a ladder: one event by several deadlines, or past several numbers."""

from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, Any, Final

from forecast.show.pictures import style
from forecast.show.pictures.frame import MARGIN, Caption, framed
from forecast.show.pictures.legend import Entry, height_of, write_legend
from forecast.show.pictures.lettering import shortened, wrapped
from forecast.show.pictures.strokes import BELIEF, INTERVAL, member_look
from forecast.show.pictures.telling import rounded
from forecast.show.terminal import clean, day
from forecast.show.ties import broken

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Sheet = Mapping[str, Any]

WIDE: Final = 9.0
LEFT: Final = 0.75
RIGHT: Final = 0.3
TALL: Final = 3.2
LINE: Final = 0.19
LINES: Final = 3
"""So many lines at most say which rung it is."""


def finding(view: Sheet) -> str:
    """From where to where the belief goes along the ladder, in a sentence."""
    first, last = view["rungs"][0], view["rungs"][-1]
    names = marks([rung["title"] for rung in view["rungs"]])
    ends = (rounded(first["prob"]), rounded(last["prob"]))
    if ends[0] == ends[1]:
        return f"{view['id']} is level at {ends[0]} from {names[0]} to {names[-1]}"
    goes = "rises" if last["prob"] > first["prob"] else "falls"
    return f"{view['id']} {goes} from {ends[0]} ({names[0]}) to {ends[1]} ({names[-1]})"


def marks(titles: Sequence[str]) -> list[str]:
    """What tells titles apart: each without the words that begin and end all of them.

    >>> marks(["Will it stop by 30 June 2030?", "Will it stop by 31 May 2030?"])
    ['30 June', '31 May']
    """
    words = [clean(title).rstrip("?").split() for title in titles]
    begin = _shared(words)
    end = _shared([one[begin:][::-1] for one in words])
    told = [" ".join(one[begin : len(one) - end]) for one in words]
    return told if all(told) else [clean(title) for title in titles]


def _shared(rows: Sequence[Sequence[str]]) -> int:
    """How many words all rows begin with."""
    alike = (len(set(words)) == 1 for words in zip(*rows, strict=False))
    return sum(takewhile(bool, alike))


def ladder_figure(view: Sheet, *, width: float = WIDE, captioned: bool = True) -> "Figure":
    """The belief with its interval on each rung, and what members say of each.

    ``view`` is that of :func:`forecast.views.linked.ladder_view`; ``width`` is in inches.
    """
    with style.styled():
        inner, wide = width - 2 * MARGIN, width - LEFT - RIGHT
        said = _said(view)
        entries = _legend(said)
        rungs = [wrapped(one, wide / len(view["rungs"]) - 0.1, style.SMALL) for one in _named(view)]
        ticks = 0.3 + LINE * min(LINES, max(map(len, rungs)))
        body = TALL + ticks + height_of([label for label, _ in entries], inner)
        about = (f"{view['id']} {clean(view['title'])}", f"As of {day(view['at'])}.")
        torn = [broken(holder) for holder in view["holders"] if not holder["coherent"]]
        caption = Caption(finding(view), about, ". ".join(torn))
        frame = framed(view["id"], caption, body, width=width, captioned=captioned)
        axes = frame.axes(LEFT, 0.0, wide, TALL)
        _set_axes(axes, ["\n".join(lines[:LINES]) for lines in rungs])
        _draw(axes, view, said)
        write_legend(frame, entries, MARGIN, TALL + ticks, inner)
        return frame.figure


def _named(view: Sheet) -> list[str]:
    names = marks([rung["title"] for rung in view["rungs"]])
    return [f"{rung['id']} {name}" for rung, name in zip(view["rungs"], names, strict=True)]


def _said(view: Sheet) -> dict[str, style.Badge]:
    """The members who said something of a rung, as many as can be told apart."""
    who = dict.fromkeys(name for rung in view["rungs"] for name in rung["said"])
    return style.badges(list(who)[: len(style.MARKERS)])


def _legend(said: Mapping[str, style.Badge]) -> list[Entry]:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    entries: list[Entry] = [
        ("belief", Line2D([], [], marker="o", **BELIEF)),
        ("its 90% interval", Patch(**INTERVAL)),
    ]
    for name, badge in said.items():
        label = shortened(clean(name), 1.8, style.SMALL)
        entries.append((label, Line2D([], [], **member_look(badge))))
    return entries


def _set_axes(axes: "Axes", rungs: Sequence[str]) -> None:
    from matplotlib.ticker import MultipleLocator, PercentFormatter

    axes.set_xticks(range(len(rungs)), rungs, fontsize=style.SMALL)
    axes.set_xlim(-0.5, len(rungs) - 0.5)
    axes.set_ylim(-0.03, 1.03)
    axes.yaxis.set_major_locator(MultipleLocator(0.25))
    axes.yaxis.set_major_formatter(PercentFormatter(xmax=1, decimals=0))
    axes.set_ylabel("probability of yes")


def _draw(axes: "Axes", view: Sheet, said: Mapping[str, style.Badge]) -> None:
    rungs = view["rungs"]
    places = list(range(len(rungs)))
    low, high = ([rung[end] for rung in rungs] for end in ("ci_low", "ci_high"))
    axes.fill_between(places, low, high, **INTERVAL)
    axes.plot(places, [rung["prob"] for rung in rungs], **BELIEF)
    for place, rung in enumerate(rungs):
        (dot,) = axes.plot([place], [rung["prob"]], "o", ms=7, color=style.BLUE, zorder=4)
        ends = f"{rounded(rung['ci_low'])} to {rounded(rung['ci_high'])}"
        style.hint(dot, f"{rung['id']}: belief {rounded(rung['prob'])} ({ends})")
    for name, badge in said.items():
        held = [
            (place, rung["said"][name]) for place, rung in enumerate(rungs) if name in rung["said"]
        ]
        axes.plot(*zip(*held, strict=True), alpha=0.6, color=badge.colour, lw=1.1)
        for place, prob in held:
            (mark,) = axes.plot([place], [prob], ls="none", zorder=4, **_mark(badge))
            style.hint(mark, f"{clean(name)}: {rungs[place]['id']} {rounded(prob)}")


def _mark(badge: style.Badge) -> dict[str, Any]:
    return {name: value for name, value in member_look(badge).items() if name != "lw"}
