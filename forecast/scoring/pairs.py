"""Forecasts and what happened, row by row: what calibration is looked at in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.histories.history import History, last_of_each
from forecast.histories.outcomes import outcomes_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Pick = Callable[[History], Ints]
"""From a history to the stretches that are looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class Paired:
    """The last active forecast of each forecaster on each resolved question, row by row."""

    question: Ints
    """(n,) which question, counted from 0."""
    probs: Floats
    outcomes: Ints
    weights: Floats
    """(n,) one over the number of forecasts on the question, so that each weighs one."""


def paired(answered: Iterable[History], pick: Pick = last_of_each) -> Paired:
    """The forecasts that ``pick`` takes of histories of resolved questions, a row each.

    Each option of a multiple-choice question counts as a question of its own.
    """
    probs, outcomes = [np.zeros(0)], [np.zeros(0, dtype=np.int64)]
    for history in answered:
        values = history.values[pick(history)]
        places = outcomes_of(history.target, values)
        if values.ndim == 1:
            probs.append(values)
            outcomes.append(places)
            continue
        for option in range(values.shape[1]):
            offered = ~np.isnan(values[:, option])
            probs.append(values[offered, option])
            outcomes.append((places == option)[offered].astype(np.int64))
    counts = np.array([len(some) for some in probs if len(some)], dtype=np.int64)
    return Paired(
        question=np.repeat(np.arange(len(counts)), counts),
        probs=np.concatenate(probs),
        outcomes=np.concatenate(outcomes),
        weights=np.repeat(1 / counts, counts),
    )
