"""What a question's picture is drawn of: beliefs, forecasts, the crowd, reports, its end."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from forecast.belief.history import prob_of
from forecast.records import Belief
from forecast.show.pictures import style
from forecast.show.pictures.course import Course, Move, Stretch
from forecast.show.pictures.layout import EDGE, LANE, Layout, days, notes_of, spread
from forecast.show.pictures.telling import rounded
from forecast.show.terminal import clean, day, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Look = dict[str, Any]

BELIEF: Final[Look] = {"color": style.BLUE, "lw": 2.2}
JOINT: Final[Look] = {"color": style.BLUE, "lw": 1.0, "ls": (0, (4, 2))}
INTERVAL: Final[Look] = {"color": style.BLUE, "alpha": 0.15, "lw": 0}
CROWD: Final[Look] = {"color": style.VERMILLION, "lw": 1.8, "ls": (0, (5, 1.5))}
LEADER: Final[Look] = {"color": style.FAINT, "lw": 0.7, "ls": (0, (1, 1.5)), "zorder": 1.5}
BADGE: Final[Look] = {"ms": 12.5, "mfc": style.PAPER, "mec": style.INK, "mew": 0.8, "zorder": 5}
TICK: Final[Look] = {"ms": 7, "mec": style.FAINT, "mew": 1.0, "zorder": 4.5}
END: Final[Look] = {"color": style.FAINT, "lw": 1.0, "zorder": 1.4}
NUMBER: Final[Look] = {
    "ha": "center",
    "va": "center_baseline",
    "zorder": 6,
}
STAR: Final[Look] = {"ms": 14, "mfc": style.INK, "mec": style.PAPER, "zorder": 7}
BADGE_GAP: Final = 0.26
OUTCOMES: Final = {"yes": 1.0, "no": 0.0}


def member_look(badge: style.Badge) -> Look:
    """How a member's line and marks look; those who share a badge stay behind the others."""
    return {
        "color": badge.colour,
        "marker": badge.marker,
        "lw": 0.5 if badge == style.OTHERS else 1.1,
        "ms": 6,
        "mec": style.PAPER,
        "mew": 0.6,
    }


def draw_beliefs(axes: "Axes", course: Course) -> None:
    """The belief with its interval, and thinner the belief that also counts the forecasts."""
    if course.joint:
        axes.plot(_times(course.joint), _probs(course.joint), **JOINT)
    if not course.beliefs:
        return
    times = _times(course.beliefs)
    low = [one.ci_low for one in course.beliefs]
    high = [one.ci_high for one in course.beliefs]
    axes.fill_between(times, low, high, **INTERVAL)
    axes.plot(times, _probs(course.beliefs), **BELIEF)
    axes.plot(times[-1:], _probs(course.beliefs[-1:]), "o", ms=5, color=style.BLUE)


def draw_said(axes: "Axes", said: Mapping[style.Badge, Sequence[Stretch]]) -> None:
    """What each member held and when; a mark where it was said."""
    for badge, stretches in said.items():
        look = member_look(badge)
        mark = {**look, "ls": "none", "zorder": 4}
        for one in stretches:
            ends = [days(one.start), days(one.end)]
            axes.plot(ends, [one.prob] * 2, alpha=0.85, color=look["color"], lw=look["lw"])
            (drawn,) = axes.plot(ends[:1], [one.prob], **mark)
            style.hint(drawn, f"{clean(one.who)} says {rounded(one.prob)}, {day(one.start)}")


def draw_crowd(axes: "Axes", crowd: Sequence[Stretch]) -> None:
    """The crowd as steps, interrupted where nobody's forecast stood."""
    for _, run in groupby(_linked(crowd), key=lambda pair: pair[0]):
        stretches = [one for _, one in run]
        times = [days(moment) for one in stretches for moment in (one.start, one.end)]
        axes.plot(times, [one.prob for one in stretches for _ in range(2)], **CROWD)


def draw_moves(
    axes: "Axes", layout: Layout, moves: Sequence[Move], numbered: Sequence[Move]
) -> None:
    """A mark for each move; the numbered ones have a badge above the axes, led down to it."""
    lane = layout.above(0.05 + LANE / 2)
    shown = set(numbered)
    for one in moves:
        if one not in shown:
            (tick,) = axes.plot([days(one.at)], [1 + EDGE], "|", clip_on=False, **TICK)
            style.hint(tick, _told(one))
    for one in numbered:
        (dot,) = axes.plot([days(one.at)], [one.after], "o", ms=3.5, color=style.INK, zorder=4)
        style.hint(dot, _told(one))
    _draw_badges(axes, layout, _fitting(numbered, layout), lane)


def _draw_badges(axes: "Axes", layout: Layout, moves: Sequence[Move], lane: float) -> None:
    low, high = axes.get_xlim()
    wanted = np.array([days(one.at) for one in moves])
    places = spread(wanted, BADGE_GAP * (high - low) / layout.inner, low, high)
    for one, at, place in zip(moves, wanted, places, strict=True):
        axes.plot([place, at, at], [lane, 1 + EDGE, one.after], clip_on=False, **LEADER)
        (badge,) = axes.plot([place], [lane], "o", clip_on=False, **BADGE)
        style.hint(badge, _told(one))
        digits = 7.5 if one.number < 100 else 5.6
        axes.text(place, lane, str(one.number), fontsize=digits, **NUMBER)


def _fitting(moves: Sequence[Move], layout: Layout) -> Sequence[Move]:
    """All moves if their badges have room, else the first of each report."""
    if len(moves) * BADGE_GAP <= layout.inner:
        return moves
    return list({one.number: one for one in reversed(moves)}.values())[::-1]


def _told(move: Move) -> str:
    went = f"{percent(move.before)} to {percent(move.after)}"
    return f"{move.number}: {clean(move.title)}, {day(move.at)}: {went}"


def draw_ends(axes: "Axes", layout: Layout, course: Course, *, badges: bool) -> None:
    """The deadline, and the resolution with its outcome."""
    for row, (moment, note) in enumerate(notes_of(course)):
        height = layout.above(0.05 + LANE * (badges + row + 0.5))
        dashes = "-" if moment == course.resolved_at else (0, (3, 2))
        _draw_end(axes, note, days(moment), height, dashes)
    if course.resolved_at is not None:
        place = OUTCOMES.get(course.outcome or "", 0.5)
        axes.plot([days(course.resolved_at)], [place], "*", clip_on=False, **STAR)


def _draw_end(axes: "Axes", note: str, at: float, height: float, dashes: Any) -> None:
    low, high = axes.get_xlim()
    beyond = at > high
    if not beyond:
        axes.plot([at, at], [-EDGE, height], ls=dashes, clip_on=False, **END)
    side = "right" if at > (low + high) / 2 else "left"
    text = f"{note} →" if beyond else f"{note} " if side == "right" else f" {note}"
    box = {"facecolor": style.PAPER, "edgecolor": "none", "pad": 1.0}
    axes.text(
        min(at, high), height, text, fontsize=style.SMALL, va="center", ha=side, bbox=box, zorder=3
    )


def _linked(crowd: Sequence[Stretch]) -> list[tuple[int, Stretch]]:
    """Each stretch with the number of the unbroken run that it belongs to."""
    run, linked = 0, []
    for place, one in enumerate(crowd):
        run += place > 0 and crowd[place - 1].end != one.start
        linked.append((run, one))
    return linked


def _times(beliefs: Sequence[Belief]) -> list[float]:
    return [days(one.at) for one in beliefs]


def _probs(beliefs: Sequence[Belief]) -> list[float]:
    return [prob_of(one) for one in beliefs]
