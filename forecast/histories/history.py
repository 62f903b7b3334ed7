"""What was forecast on one question, and what is active when.

A forecast is active from ``made_at`` (at the earliest from the opening) until the same
forecaster's next one, its ``ended_at`` or the question's close, whichever comes first:
half-open intervals ``[start, end)``. What was made at or after the close never counts.

A :class:`History` is arrays, one entry a stretch of time during which one forecast was
active, ordered by forecaster and time: the order in which every average over time is a
single pass.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from forecast.histories.kernels import FOREVER
from forecast.histories.rows import row_of, width_of
from forecast.histories.targets import Target, close_of
from forecast.records import Forecast
from questions.errors import BadInput
from questions.instants import iso, micros

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """The active stretches of all forecasts on one question; instants in microseconds."""

    target: Target
    forecasters: tuple[str, ...]
    """Those with at least one active stretch, in order of name."""
    who: Ints
    """(n,) index into ``forecasters``."""
    made: Ints
    start: Ints
    end: Ints
    held: Bools
    """(n,) still standing when the question closed."""
    values: Floats
    """(n,) P(yes); (n, options) shares, NaN where an option did not exist; (n, points) CDFs."""
    in_crowd: Bools
    """(n,) whether its forecaster belongs to the crowd."""
    late: int = 0
    """Forecasts made at or after the close, which count for nothing."""

    @property
    def duration(self) -> Floats:
        """(n,) microseconds that each stretch lasted."""
        return (self.end - self.start).astype(np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """Where and when rows of a table of forecasts were active."""

    row: Ints
    """Index of the forecast in the table."""
    start: Ints
    end: Ints
    held: Bools


def stretches(
    pair: Ints, made: Ints, ended: Ints, opens: int | Ints, closes: int | Ints
) -> Stretches:
    """When each of many forecasts was active, ordered by pair and time.

    Args:
        pair: (n,) one number for each forecaster and question.
        made: (n,) microseconds; a pair never repeats one.
        ended: (n,) microseconds, ``FOREVER`` while it holds.
        opens: when the question opened, microseconds; of each row, if they differ.
        closes: when it closed, microseconds, exclusive; of each row, if they differ.
    """
    row = np.lexsort((made, pair)).astype(np.int64)
    opened, closed = (np.broadcast_to(edge, made.shape) for edge in (opens, closes))
    row = row[(made < closed)[row]]
    following = np.full(len(row), FOREVER)
    same = pair[row[1:]] == pair[row[:-1]]
    following[:-1][same] = made[row[1:]][same]
    end = np.minimum(ended[row], following)
    start, close = np.maximum(made[row], opened[row]), closed[row]
    active = np.minimum(end, close) > start
    return Stretches(
        row[active], start[active], np.minimum(end, close)[active], (end > close)[active]
    )


def history_of(
    target: Target, forecasts: Iterable[Forecast], outside: Collection[str] = ()
) -> History:
    """The history of one question from its forecasts, in any order.

    An exact repetition of a forecast counts once. ``outside`` names forecasters who are
    scored but are not part of the crowd.

    Raises:
        BadInput: two values of one forecaster at one instant, or a value that does not suit
            the question's type.
    """
    rows = without_repetitions(forecasts)
    names = tuple(sorted({forecast.member for forecast in rows}))
    index = {name: number for number, name in enumerate(names)}
    pair = _integers(index[forecast.member] for forecast in rows)
    made = _integers(micros(forecast.made_at) for forecast in rows)
    ended = _integers(_until(forecast.ended_at) for forecast in rows)
    opens, closes = micros(target.open_time), micros(close_of(target))
    active = stretches(pair, made, ended, opens, closes)
    present, who = np.unique(pair[active.row], return_inverse=True)
    forecasters = tuple(names[number] for number in present)
    crowd = np.array([name not in outside for name in forecasters], dtype=np.bool_)
    return History(
        target=target,
        forecasters=forecasters,
        who=who.astype(np.int64),
        made=made[active.row],
        start=active.start,
        end=active.end,
        held=active.held,
        values=_values(target, rows)[active.row],
        in_crowd=crowd[who],
        late=int((made >= closes).sum()),
    )


def histories(
    targets: Iterable[Target], forecasts: Iterable[Forecast], outside: Collection[str] = ()
) -> list[History]:
    """The history of each question, in their order; forecasts on others are left aside.

    Raises:
        BadInput: as :func:`history_of`.
    """
    by_question: dict[str, list[Forecast]] = defaultdict(list)
    for forecast in forecasts:
        by_question[forecast.question].append(forecast)
    return [history_of(target, by_question[target.id], outside) for target in targets]


def without_repetitions(forecasts: Iterable[Forecast]) -> list[Forecast]:
    """The forecasts without exact repetitions of question, forecaster, instant and value.

    Raises:
        BadInput: the same forecaster said two things of one question at one instant.
    """
    seen: dict[tuple[str, str, datetime], Forecast] = {}
    for forecast in forecasts:
        key = (forecast.question, forecast.member, forecast.made_at)
        first = seen.setdefault(key, forecast)
        if (first.value, first.ended_at) != (forecast.value, forecast.ended_at):
            raise BadInput(
                f"forecast of {forecast.member} on {forecast.question} at {iso(forecast.made_at)}",
                forecast.value,
                f"one value for one instant; {first.value} stands there already",
            )
    return list(seen.values())


def active_at(history: History, instant: int) -> Bools:
    """(n,) whether each stretch holds at an instant; at the close, what still stood then."""
    closes = micros(close_of(history.target))
    standing: Bools = (history.start <= instant) & (instant < history.end)
    if instant == closes:
        standing |= (history.end == closes) & history.held
    return standing


def active_before(history: History, instant: int) -> Bools:
    """(n,) whether each stretch holds just before an instant."""
    return (history.start < instant) & (instant <= history.end)


def last_of_each(history: History) -> Ints:
    """(forecasters,) the index of each forecaster's last active stretch."""
    return np.flatnonzero(np.diff(history.who, append=-1)).astype(np.int64)


def total(history: History, amounts: Floats) -> Floats:
    """(forecasters,) the sum of (n,) amounts over each forecaster's stretches.

    Minus infinity outweighs infinity: who once ruled out what happened stays there.
    """
    count = len(history.forecasters)
    finite = np.isfinite(amounts)
    sums = np.bincount(history.who, np.where(finite, amounts, 0), count).astype(np.float64)
    for infinity in (np.inf, -np.inf):
        sums[history.who[amounts == infinity]] = infinity
    return sums


def active_time(history: History) -> Floats:
    """(forecasters,) microseconds that each forecaster was active."""
    return total(history, history.duration)


def _integers(numbers: Iterable[int]) -> Ints:
    return np.fromiter(numbers, dtype=np.int64)


def _until(ended_at: datetime | None) -> int:
    return FOREVER if ended_at is None else micros(ended_at)


def _values(target: Target, rows: Sequence[Forecast]) -> Floats:
    """All values as one array: (n,) for binary questions, else (n, width)."""
    listed = [row_of(target, forecast) for forecast in rows]
    if target.type == "binary":
        return np.array(listed, dtype=np.float64)
    width = width_of(target, listed)
    return np.array(listed, dtype=np.float64).reshape(len(listed), width)
