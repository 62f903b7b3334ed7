"""A forecaster against the crowd, a team, or another: over the time in which both stood.

Who is scored beside others is not among them: the crowd that a member is compared with is the
rest of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from forecast.crowd.paths import crowd_path
from forecast.histories.history import Bools, History
from forecast.histories.targets import close_of
from forecast.records import Score
from forecast.scoring.score import Rule, score_history
from questions.errors import BadInput
from questions.instants import micros

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Party:
    """One forecaster, a team, or everybody: several are pooled into one value."""

    name: str
    members: frozenset[str] | None
    """None: everybody who forecasts."""

    @property
    def is_one(self) -> bool:
        """Whether it is a single forecaster, who is not pooled."""
        return self.members is not None and len(self.members) == 1


@dataclass(frozen=True, slots=True, eq=False)
class Stretched:
    """What a party said and when: constant on each ``[start[i], end[i])``, in time's order."""

    start: Ints
    end: Ints
    values: Floats


def duel_scores(
    held: Iterable[History], first: Party, second: Party, rule: Rule, method: str | None = None
) -> list[Score]:
    """Both parties' scores on each question, over the time in which both stood.

    ``method`` pools those that are several; by default log odds are averaged, and of numbers
    and dates the CDFs.

    Raises:
        BadInput: one party twice; a method that is not known, or does not suit a question.
    """
    if first == second:
        raise BadInput("pair", f"{first.name} and {second.name}", "two who differ")
    return [
        score
        for history in held
        if (pair := duel(history, first, second, method or _method_for(history))) is not None
        for score in score_history(pair, rule)
    ]


def _method_for(history: History) -> str:
    listed = history.target.type in ("binary", "multiple_choice")
    return "log_odds_mean" if listed else "mean"


def duel(history: History, first: Party, second: Party, method: str) -> History | None:
    """A history of the two parties alone, cut to the time in which both stood; None if never.

    Where all members of one belong to the other, the other is pooled without them.

    Raises:
        BadInput: a method that is not known, or does not suit the question's type.
    """
    one = _said_by(history, first, _left_out(first, second), method)
    other = _said_by(history, second, _left_out(second, first), method)
    mine, theirs, start, end = _together(one, other)
    if not len(start):
        return None
    close = micros(close_of(history.target))
    both = np.concatenate([start, start])
    return replace(
        history,
        forecasters=(first.name, second.name),
        who=np.repeat([0, 1], len(start)),
        made=both,
        start=both,
        end=np.concatenate([end, end]),
        held=np.tile(end == close, 2),
        values=np.concatenate([one.values[mine], other.values[theirs]]),
        in_crowd=np.ones(2 * len(start), dtype=np.bool_),
    )


def _left_out(party: Party, other: Party) -> frozenset[str]:
    """The other's members, where all of them belong to this party."""
    if other.members is None:
        return frozenset()
    holds = party.members is None or other.members < party.members
    return other.members if holds else frozenset()


def _said_by(history: History, party: Party, left_out: frozenset[str], method: str) -> Stretched:
    rows = _rows_of(history, party, left_out)
    if party.is_one:
        return Stretched(history.start[rows], history.end[rows], history.values[rows])
    path = crowd_path(replace(history, in_crowd=rows), method)
    some = np.flatnonzero(path.n)
    return Stretched(path.edges[some], path.edges[some + 1], path.values[some])


def _rows_of(history: History, party: Party, left_out: frozenset[str]) -> Bools:
    """(n,) whether a stretch is of a member of the party."""
    inside = [
        (party.members is None or name in party.members) and name not in left_out
        for name in history.forecasters
    ]
    found: Bools = np.array(inside, dtype=np.bool_)[history.who]
    return found & history.in_crowd if party.members is None else found


def _together(one: Stretched, other: Stretched) -> tuple[Ints, Ints, Ints, Ints]:
    """Which stretches of the two overlap, from when and until when; in time's order."""
    found: list[tuple[int, int, int, int]] = []
    mine, theirs = 0, 0
    while mine < len(one.start) and theirs < len(other.start):
        start = max(one.start[mine], other.start[theirs])
        end = min(one.end[mine], other.end[theirs])
        if start < end:
            found.append((mine, theirs, int(start), int(end)))
        if one.end[mine] <= other.end[theirs]:
            mine += 1
        else:
            theirs += 1
    columns = np.array(found, dtype=np.int64).reshape(-1, 4).T
    return columns[0], columns[1], columns[2], columns[3]
