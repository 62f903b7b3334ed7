"""Scores of a whole log of P(yes) at once: arrays in, arrays out, one pass.

What :mod:`forecast.scoring.averages` and :mod:`forecast.scoring.points` say of one
question's history, said of millions of forecasts. Below the size at which compiling pays,
numpy does it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.histories.columns import Columns, in_time
from forecast.histories.history import stretches
from forecast.histories.kernels import LARGE, compiled
from forecast.histories.outcomes import outcomes_of
from forecast.histories.targets import Target, close_of
from forecast.scoring import points
from forecast.scoring.kernels import (
    average_brier_as_stored,
    average_brier_in_time,
    gains_over_others,
)
from questions.instants import micros

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_ONE = np.zeros(1)


@dataclass(frozen=True, slots=True, eq=False)
class Lives:
    """The lives and answers of questions; instants in microseconds."""

    opens: Ints
    closes: Ints
    """When forecasts stopped counting, exclusive."""
    outcomes: Ints
    """1 for yes, 0 for no."""


@dataclass(frozen=True, slots=True, eq=False)
class Averages:
    """Time-averaged scores, one entry a forecaster on a question, in this order."""

    question: Ints
    forecaster: Ints
    score: Floats
    active: Ints
    """Microseconds that the forecaster was active."""


def lives_of(targets: Sequence[Target]) -> Lives:
    """The lives of resolved yes-or-no questions.

    Raises:
        BadInput: one whose answer is neither yes nor no.
    """
    return Lives(
        opens=np.array([micros(target.open_time) for target in targets], dtype=np.int64),
        closes=np.array([micros(close_of(target)) for target in targets], dtype=np.int64),
        outcomes=np.array([outcomes_of(target, _ONE)[0] for target in targets], dtype=np.int64),
    )


def time_averaged_brier(log: Columns, lives: Lives) -> Averages:
    """The Brier score of each forecaster on each question, averaged over the active time.

    ``lives`` are those of ``log.questions``. One pass over a log by question, forecaster and
    time, which is found out on the way, two over one in the order of time; any other is sorted.
    From 0 to 1, low is good.
    """
    if len(log.made) < LARGE:
        return _averaged(log, lives)
    life = (lives.opens, lives.closes, lives.outcomes)
    n = len(log.made)
    question, forecaster, active = (np.empty(n, np.int64) for _ in range(3))
    score = np.empty(n)
    columns = (log.question, log.forecaster, log.made, log.ended)
    pairs = compiled(average_brier_as_stored)(
        *columns, log.probs, *life, question, forecaster, score, active
    )
    if pairs < 0:
        rising = in_time(log)
        columns = (rising.question, rising.forecaster, rising.made, rising.ended)
        rows, people = np.empty((n, 4)), len(log.forecasters)
        pairs = compiled(average_brier_in_time)(
            *columns, rising.probs, *life, question, forecaster, score, active, rows, people
        )
    return Averages(question[:pairs], forecaster[:pairs], score[:pairs], active[:pairs])


def _averaged(log: Columns, lives: Lives) -> Averages:
    """The same in numpy."""
    asked = log.question
    pair = asked * max(1, len(log.forecasters)) + log.forecaster
    found = stretches(pair, log.made, log.ended, lives.opens[asked], lives.closes[asked])
    first = np.flatnonzero(np.diff(pair[found.row], prepend=-1))
    lasted = found.end - found.start
    losses = np.square(log.probs[found.row] - lives.outcomes[asked[found.row]])
    active = np.add.reduceat(lasted, first) if len(first) else lasted
    risen = np.add.reduceat(lasted * losses, first) if len(first) else losses
    rows = found.row[first]
    return Averages(asked[rows], log.forecaster[rows], risen / active, active)


def over_others(log: Columns, target: Target, scores: Floats) -> Floats:
    """(forecasters,) :func:`forecast.scoring.points.over_others` of a log on one question.

    ``log`` is of this question alone, in the order of time; ``scores`` are (n,) of its
    forecasts. Linear in their number. Who was never active has 0.

    Raises:
        ValueError: the log is not in the order of time.
    """
    if in_time(log) is not log:
        raise ValueError("the log must be in the order of time")
    opens, close = micros(target.open_time), micros(close_of(target))
    count = int(np.searchsorted(log.made, close))
    crowd = np.array([name not in log.outside for name in log.forecasters], dtype=np.bool_)
    who, at, row = log.forecaster[:count], log.made[:count], np.zeros(0, dtype=np.int64)
    leaving = np.flatnonzero(log.ended[:count] < close)
    if len(leaving):
        ended = np.maximum(log.ended[:count], np.maximum(at, opens))
        at, row = points.events(at, ended, np.arange(count), leaving)
        who = who[np.where(row < 0, -1 - row, row)]
    return compiled(gains_over_others)(who, at, row, scores, crowd, opens, close)
