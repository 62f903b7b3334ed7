"""The crowd scored beside its members, as a forecaster who is not one of them."""

from dataclasses import replace

import numpy as np

from forecast.crowd.paths import crowd_path
from forecast.histories.history import History
from forecast.histories.targets import close_of
from questions.instants import micros


def beside_crowd(history: History, method: str, name: str) -> History:
    """A history with the crowd's value at every change as one more forecaster, standing last.

    Nobody else's score changes, because the crowd is no member of itself.

    Raises:
        BadInput: a method that is not known, or does not suit the question's type.
    """
    path = crowd_path(history, method)
    some = np.flatnonzero(path.n)
    start, end = path.edges[some], path.edges[some + 1]
    close = micros(close_of(history.target))
    return replace(
        history,
        forecasters=(*history.forecasters, name) if len(some) else history.forecasters,
        who=np.append(history.who, np.full(len(some), len(history.forecasters))),
        made=np.append(history.made, start),
        start=np.append(history.start, start),
        end=np.append(history.end, end),
        held=np.append(history.held, end == close),
        values=np.concatenate([history.values, path.values[some]]),
        in_crowd=np.append(history.in_crowd, np.zeros(len(some), dtype=np.bool_)),
    )
