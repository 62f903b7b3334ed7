"""Calibration of parts: by tag, forecaster, horizon and type of question."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.histories.history import History, active_at, last_of_each
from forecast.scoring.calibration import Calibration, calibration_of
from forecast.scoring.pairs import Pick
from questions.errors import BadInput
from questions.instants import micros

Ints = NDArray[np.int64]
Part = tuple[str, Sequence[History], Pick]
"""A name, the histories that belong to it, and which of their forecasts are looked at."""

HORIZONS: Final = (1, 7, 30, 90)
"""Days before the scheduled close at which the standing forecasts are looked at."""
UNTAGGED: Final = "without a tag"


def calibrations(
    answered: Sequence[History], by: str, *, rng: np.random.Generator, draws: int = 1000
) -> list[tuple[str, Calibration]]:
    """Calibration of each part that has a forecast, by ``tag, forecaster, horizon`` or ``type``.

    A question with several tags counts under each. A horizon takes what stood so many days
    before the scheduled close on questions that were still open then.

    Raises:
        BadInput: another way to part them.
    """
    if by not in PARTS:
        raise BadInput("way to part the forecasts", by, f"one of {', '.join(PARTS)}")
    found = []
    for name, some, pick in PARTS[by](answered):
        if any(len(pick(history)) for history in some):
            found.append((name, calibration_of(some, rng=rng, draws=draws, pick=pick)))
    return found


def _by_tag(answered: Sequence[History]) -> Iterator[Part]:
    tags = sorted({tag for history in answered for tag in history.target.tags})
    for tag in tags:
        yield tag, [one for one in answered if tag in one.target.tags], last_of_each
    yield UNTAGGED, [one for one in answered if not one.target.tags], last_of_each


def _by_forecaster(answered: Sequence[History]) -> Iterator[Part]:
    mine: dict[str, list[History]] = {}
    for history in answered:
        for name in history.forecasters:
            mine.setdefault(name, []).append(history)
    for name in sorted(mine):
        yield name, mine[name], partial(_last_of, name=name)


def _by_horizon(answered: Sequence[History]) -> Iterator[Part]:
    for days in HORIZONS:
        yield f"{days} day{'s' if days > 1 else ''} before", answered, partial(_before, days=days)


def _by_type(answered: Sequence[History]) -> Iterator[Part]:
    for type_ in ("binary", "multiple_choice"):
        yield type_, [one for one in answered if one.target.type == type_], last_of_each


def _last_of(history: History, name: str) -> Ints:
    return last_of_each(history)[[history.forecasters.index(name)]]


def _before(history: History, days: float) -> Ints:
    instant = history.target.scheduled_close_time - timedelta(days=days)
    if instant < history.target.open_time:
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(active_at(history, micros(instant))).astype(np.int64)


PARTS: Final[dict[str, Callable[[Sequence[History]], Iterable[Part]]]] = {
    "tag": _by_tag,
    "forecaster": _by_forecaster,
    "horizon": _by_horizon,
    "type": _by_type,
}
