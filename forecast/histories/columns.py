"""A whole log of forecasts of yes-or-no questions as columns, and the order that it is kept in.

Most of the cost of scoring is order: once forecasts stand by question, forecaster and time,
every score is one pass. A log in the order of time gets there by counting, in linear time.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from forecast.histories.kernels import FOREVER, LARGE, compiled, counting_order, is_rising
from questions.instants import EPOCH

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Forecasts of P(yes), one entry a forecast, in any order; instants in microseconds.

    The same forecaster speaks of a question at most once at one instant.
    """

    questions: tuple[str, ...]
    forecasters: tuple[str, ...]
    question: Ints
    """(n,) index into ``questions``."""
    forecaster: Ints
    """(n,) index into ``forecasters``."""
    made: Ints
    ended: Ints
    """(n,) when it was withdrawn or expired; ``FOREVER`` while it holds."""
    probs: Floats
    outside: frozenset[str] = frozenset()
    """Forecasters who are scored but are not part of the crowd."""


def stored_order(columns: Columns) -> Ints:
    """(n,) the rows by question, forecaster and time, in one pass where they stand so already.

    Linear in the number of rows for a large log that stands so, or in the order of time.
    """
    question, forecaster, made = columns.question, columns.forecaster, columns.made
    if len(made) < LARGE:
        return np.lexsort((made, forecaster, question)).astype(np.int64)
    rows = np.arange(len(made))
    if compiled(is_rising)(question, forecaster, made):
        return rows
    if in_time(columns) is not columns:
        return np.lexsort((made, forecaster, question)).astype(np.int64)
    sort = compiled(counting_order)
    by_forecaster = sort(forecaster, rows, len(columns.forecasters))
    return sort(question, by_forecaster, len(columns.questions))


def in_time(columns: Columns) -> Columns:
    """The same forecasts in the order of time; the same object where they stand so already."""
    if not (columns.made[1:] < columns.made[:-1]).any():
        return columns
    return taken(columns, np.argsort(columns.made, kind="stable"))


def taken(columns: Columns, rows: NDArray[np.generic]) -> Columns:
    """Some of the forecasts: those at the rows, or where a mask is true."""
    return replace(
        columns,
        question=columns.question[rows],
        forecaster=columns.forecaster[rows],
        made=columns.made[rows],
        ended=columns.ended[rows],
        probs=columns.probs[rows],
    )


def micros_in(times: "pd.Series[Any]") -> Ints:
    """(n,) a column of times with a zone, none missing, as microseconds since 1970."""
    ticks = (times - EPOCH).dt.as_unit("us").to_numpy()
    return ticks.astype(np.int64)


def ends_in(times: "pd.Series[Any]") -> Ints:
    """(n,) the same of a column in which some may be missing: those are ``FOREVER``."""
    found = np.full(len(times), FOREVER)
    some = times.notna().to_numpy()
    found[some] = micros_in(times[some])
    return found
