"""What each forecaster believed of each question, one belief after the other."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from forecast.crowd.paths import crowd_path
from forecast.histories.grids import nodes_of
from forecast.histories.history import History
from forecast.histories.outcomes import grid_of, number_of, outcomes_of, settled

Floats = NDArray[np.float64]


def streams_of(held: Iterable[History], *, to_outcome: bool = False) -> dict[str, list[Floats]]:
    """By forecaster a stream of beliefs for each question: (T,) P(yes), or (T, k) of k events.

    The events of options are the options, those of a number or date that it lies no higher than
    each point of the grid. ``to_outcome`` ends the streams of answered questions with what
    happened. Ordered by name.
    """
    found: dict[str, list[Floats]] = {}
    for history in held:
        for number, name in enumerate(history.forecasters):
            values = history.values[history.who == number]
            found.setdefault(name, []).append(_ended(history, values, to_outcome))
    return dict(sorted(found.items()))


def crowd_streams(
    held: Iterable[History], methods: Iterable[str], *, to_outcome: bool = False
) -> list[Floats]:
    """The same of the crowd, pooled by a method for each question, at its every change."""
    found = []
    for history, method in zip(held, methods, strict=True):
        path = crowd_path(history, method)
        values = path.values[path.n > 0]
        if len(values):
            found.append(_ended(history, values, to_outcome))
    return found


def _ended(history: History, values: Floats, to_outcome: bool) -> Floats:
    held = np.nan_to_num(values)
    if not (to_outcome and settled(history.target)):
        return held
    return np.concatenate([held, _certain(history, held)[None]])


def _certain(history: History, values: Floats) -> Floats:
    """The belief of somebody who knows what happened."""
    target = history.target
    if target.type in ("binary", "multiple_choice"):
        place = int(outcomes_of(target, values[-1:])[0])
        whole = np.eye(values.shape[1])[place] if values.ndim > 1 else np.array(float(place))
        return np.asarray(whole, dtype=np.float64)
    nodes = nodes_of(grid_of(target), values.shape[1])
    return (nodes >= number_of(target)).astype(np.float64)
