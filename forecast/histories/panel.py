"""The active stretches of the forecasts on many yes-or-no questions at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from forecast.histories.columns import Columns, stored_order, taken
from forecast.histories.history import History, Stretches, stretches
from forecast.histories.kernels import LARGE, compiled, stretch
from forecast.histories.targets import Target, close_of
from questions.instants import micros

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Stretches by question, forecaster and time; a pair is a forecaster on a question.

    Pairs and stretches are those of :class:`forecast.histories.history.History`, question
    after question.
    """

    targets: tuple[Target, ...]
    forecasters: tuple[str, ...]
    """All, in order of name."""
    question: Ints
    """(pairs,) index into ``targets``, rising."""
    forecaster: Ints
    """(pairs,) index into ``forecasters``, rising within a question."""
    first: Ints
    """(pairs + 1,) where each pair's stretches begin."""
    made: Ints
    start: Ints
    end: Ints
    held: Bools
    probs: Floats
    in_crowd: Bools
    """(forecasters,) whether each belongs to the crowd."""

    @property
    def duration(self) -> Floats:
        """(n,) microseconds that each stretch lasted."""
        return (self.end - self.start).astype(np.float64)

    @property
    def lengths(self) -> Ints:
        """(pairs,) how many stretches each pair has."""
        return np.diff(self.first)


def panel_of(columns: Columns, targets: Sequence[Target]) -> Panel:
    """The stretches of a log on yes-or-no questions; forecasts on others are left aside."""
    mine = _on(columns, targets)
    opens = _instants([micros(target.open_time) for target in targets])
    closes = _instants([micros(close_of(target)) for target in targets])
    active = _stretches(mine, opens, closes)
    question, forecaster = mine.question[active.row], mine.forecaster[active.row]
    starts = np.ones(len(question), dtype=np.bool_)
    starts[1:] = (np.diff(question) != 0) | (np.diff(forecaster) != 0)
    first = np.flatnonzero(starts)
    return Panel(
        targets=tuple(targets),
        forecasters=mine.forecasters,
        question=question[first],
        forecaster=forecaster[first],
        first=np.append(first, len(question)).astype(np.int64),
        made=mine.made[active.row],
        start=active.start,
        end=active.end,
        held=active.held,
        probs=mine.probs[active.row],
        in_crowd=np.array([name not in mine.outside for name in mine.forecasters], dtype=np.bool_),
    )


def histories_in(panel: Panel) -> Iterator[History]:
    """The history of each question, as one would have it from its forecasts alone."""
    edges = np.searchsorted(panel.question, np.arange(len(panel.targets) + 1))
    for number, target in enumerate(panel.targets):
        pairs = slice(edges[number], edges[number + 1])
        rows = slice(panel.first[edges[number]], panel.first[edges[number + 1]])
        names = panel.forecaster[pairs]
        who = np.repeat(np.arange(len(names)), panel.lengths[pairs])
        yield History(
            target=target,
            forecasters=tuple(panel.forecasters[name] for name in names.tolist()),
            who=who,
            made=panel.made[rows],
            start=panel.start[rows],
            end=panel.end[rows],
            held=panel.held[rows],
            values=panel.probs[rows],
            in_crowd=panel.in_crowd[names][who],
        )


def _on(columns: Columns, targets: Sequence[Target]) -> Columns:
    """The forecasts on the targets, numbered as these are, forecasters in order of name."""
    places = {target.id: number for number, target in enumerate(targets)}
    moved = np.array([places.get(name, -1) for name in columns.questions], dtype=np.int64)
    names = sorted(columns.forecasters)
    rank = {name: number for number, name in enumerate(names)}
    renamed = np.array([rank[name] for name in columns.forecasters], dtype=np.int64)
    question, forecaster = columns.question, columns.forecaster
    if not np.array_equal(moved, np.arange(len(moved))):
        question = moved[question]
    if not np.array_equal(renamed, np.arange(len(names))):
        forecaster = renamed[forecaster]
    found = replace(
        columns,
        questions=tuple(places),
        forecasters=tuple(names),
        question=question,
        forecaster=forecaster,
    )
    return found if (moved >= 0).all() else taken(found, question >= 0)


def _stretches(columns: Columns, opens: Ints, closes: Ints) -> Stretches:
    question, made, ended = columns.question, columns.made, columns.ended
    if len(made) < LARGE:
        pair = question * max(1, len(columns.forecasters)) + columns.forecaster
        return stretches(pair, made, ended, opens[question], closes[question])
    order = stored_order(columns)
    found = compiled(stretch)(order, question, columns.forecaster, made, ended, opens, closes)
    return Stretches(*found)


def _instants(moments: list[int]) -> Ints:
    return np.array(moments, dtype=np.int64)
