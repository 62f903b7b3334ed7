"""The picture of multiple choice: a share for each option, believed and said."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from forecast.show.pictures import style
from forecast.show.pictures.frame import MARGIN, Caption, framed
from forecast.show.pictures.legend import height_of, write_legend
from forecast.show.pictures.lettering import shortened
from forecast.show.pictures.strokes import member_look
from forecast.show.pictures.telling import rounded
from forecast.show.terminal import clean, day

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Sheet = Mapping[str, Any]

WIDE: Final = 9.0
NAMES: Final = 3.0
RIGHT: Final = 0.4
TICKS: Final = 0.7
"""Room for the labels of the axis."""
ROW: Final = 0.5
BAR: Final = {"color": style.BLUE, "alpha": 0.35}
CROWD: Final = {
    "color": style.VERMILLION,
    "marker": "|",
    "ms": 20,
    "mew": 2.5,
    "ls": "none",
    "zorder": 3,
}
WHOLE: Final = 0.5
"""From a share so high on, the axis goes to all of it; where all are small it ends with them."""
LINE_HIGH: Final = 9
"""No mark of the legend is higher, in points, so that its lines stay apart."""
LEVEL: Final = 0.005
"""Shares that differ by no more are level."""


def finding(view: Sheet) -> str:
    """Which option leads, in a sentence."""
    if view["resolution"] is not None:
        resolved = clean(view["resolution"])
        share = view["belief"]["probs"].get(view["resolution"])
        held = "" if share is None else f"; the belief had given it {rounded(share)}"
        return f"{view['id']} resolved {resolved}{held}"
    (first, share), *others = _ranked(view["belief"]["probs"])
    if others and share - others[0][1] <= LEVEL:
        return f"No option of {view['id']} leads: the likeliest have {rounded(share)} each"
    return f"{clean(first)} leads {view['id']} with {rounded(share)}"


def state(view: Sheet) -> str:
    """What the crowd says beside it, and of when all this is."""
    crowd = view.get("crowd") or {}
    said = ""
    if crowd.get("probs"):
        option, share = _ranked(crowd["probs"])[0]
        said = f"; the crowd of {crowd['n']} has {clean(option)} first with {rounded(share)}"
    return f"As of {day(view['belief']['at'])}{said}."


def _ranked(probs: Sheet) -> list[tuple[str, float]]:
    return sorted(probs.items(), key=lambda pair: -pair[1])


def options_figure(view: Sheet, *, width: float = WIDE, captioned: bool = True) -> "Figure":
    """A bar for each option with its interval; the crowd and the members as marks on it.

    ``view`` is :func:`forecast.views.question_view`'s; ``width`` is in inches.
    """
    with style.styled():
        tall, inner = ROW * len(view["belief"]["probs"]), width - 2 * MARGIN
        marks = list(_marks(view))
        entries = [(_name(one.name), one.mark()) for one in marks]
        below = height_of([label for label, _ in entries], inner)
        caption = Caption(finding(view), (f"{view['id']} {clean(view['title'])}", state(view)))
        body = tall + TICKS + below
        frame = framed(view["id"], caption, body, width=width, captioned=captioned)
        left = min(NAMES, 0.35 * width)
        axes = frame.axes(left, 0.0, width - left - RIGHT, tall)
        for one in marks:
            _draw(axes, one, view["belief"])
        _set_axes(axes, list(view["belief"]["probs"]), left)
        write_legend(frame, entries, MARGIN, tall + TICKS, inner)
        return frame.figure


@dataclass(frozen=True, slots=True)
class Shares:
    """What somebody gives to each option, and how it is drawn."""

    name: str
    probs: Sheet
    look: Mapping[str, Any]

    def mark(self) -> "Artist":
        """What stands for it in the legend."""
        from matplotlib.lines import Line2D
        from matplotlib.patches import Patch

        if "marker" not in self.look:
            return Patch(**self.look)
        return Line2D([], [], **{**self.look, "ms": min(self.look["ms"], LINE_HIGH)})


def _marks(view: Sheet) -> Iterator[Shares]:
    """The belief, the crowd where it may be seen, and the members."""
    yield Shares(f"belief, {view['belief']['ci_prob']:.0%} interval", view["belief"]["probs"], BAR)
    if (crowd := view.get("crowd") or {}).get("probs"):
        yield Shares("crowd", crowd["probs"], CROWD)
    held = [row for row in view["forecasts"] if row["active"] and row.get("probs")]
    badges = style.badges([row["member"] for row in held])
    for row in held[: len(style.MARKERS)]:
        look = {**member_look(badges[row["member"]]), "ls": "none", "zorder": 4}
        yield Shares(row["member"], row["probs"], look)


def _draw(axes: "Axes", one: Shares, belief: Sheet) -> None:
    for place, name in enumerate(belief["probs"]):
        share = one.probs.get(name, 0.0)
        told = f"{clean(one.name)}: {clean(name)} {rounded(share)}"
        if "marker" in one.look:
            (mark,) = axes.plot([share], [place], **one.look)
            style.hint(mark, told)
            continue
        (bar,) = axes.barh([place], [share], height=0.62, **one.look)
        ends = [belief["ci_low"][name], belief["ci_high"][name]]
        axes.plot(ends, [place, place], "|-", color=style.BLUE, ms=8, lw=1.2)
        style.hint(bar, f"{told} ({' to '.join(map(rounded, ends))})")


def _set_axes(axes: "Axes", names: Sequence[str], left: float) -> None:
    axes.set_yticks(range(len(names)), [shortened(clean(name), left - 0.3) for name in names])
    axes.set_ylim(len(names) - 0.5, -0.5)
    highest = axes.get_xlim()[1]
    axes.set_xlim(0, highest if highest < WHOLE else 1.0)
    axes.grid(visible=False, axis="y")
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_formatter(style.percents(highest))
    axes.set_xlabel("probability")


def _name(who: str) -> str:
    return shortened(clean(who), 1.8, style.SMALL)
