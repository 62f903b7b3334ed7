"""What the crowd said of each question, as of an instant."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecast.crowd.learned import Lesson, lessons, pooled_by
from forecast.crowd.methods import LEARNED, known_method
from forecast.crowd.past import Answered, Points, answered
from forecast.crowd.paths import crowd_of, members_of
from forecast.histories.history import Bools, History, active_at, active_before, histories
from forecast.histories.targets import Target, close_of
from forecast.records import Forecast
from questions.instants import iso, micros
from questions.values import Cdf, Probability, Shares


@dataclass(frozen=True, slots=True)
class Pooled:
    """One value of all that stood on a question at an instant."""

    question_id: str
    method: str
    at: datetime
    n: int
    """How many members were active."""
    value: Probability | Shares | Cdf | None
    """None where nobody was."""


def aggregate(
    targets: Iterable[Target],
    forecasts: Iterable[Forecast],
    method: str,
    *,
    at: datetime | None = None,
    outside: Collection[str] = (),
    points: Points | None = None,
) -> list[Pooled]:
    """The crowd's value on each question at an instant; by default just before its close.

    From the close on the last value before it stays. ``outside`` names forecasters who do
    not belong to the crowd. A method that learns takes what had been answered before the
    instant from the same questions, and needs ``points``, which gives peer points.

    Raises:
        BadInput: a method that is not known or does not suit a question's type; forecasts that
            contradict one another.
        ValueError: a method that learns, without ``points``.
    """
    known_method(method)
    found = histories(targets, forecasts, outside)
    instants = [close_of(one.target) if at is None else at for one in found]
    if method not in LEARNED:
        return [pooled_at(one, method, when) for one, when in zip(found, instants, strict=True)]
    if points is None:
        raise ValueError(f"{method} learns from peer points: give points")
    taught = taught_by(answered(found, points), method, found, instants)
    return [
        pooled_at(one, method, when, lesson)
        for one, when, lesson in zip(found, instants, taught, strict=True)
    ]


def taught_by(
    past: Sequence[Answered],
    method: str,
    histories: Sequence[History],
    instants: Sequence[datetime],
) -> list[Lesson]:
    """What a method had learned when each question was as it was at an instant.

    Of a question that had closed by then it is what was known at its close.
    """
    moments = [_moment(one, at) for one, at in zip(histories, instants, strict=True)]
    learned = lessons(past, method, moments)
    return [learned[moment] for moment in moments]


def pooled_at(history: History, method: str, at: datetime, lesson: Lesson | None = None) -> Pooled:
    """The crowd's value on one question at an instant; from its close on the last one before.

    Raises:
        BadInput: a method that is not known, does not suit the question's type, or learns and
            has no ``lesson``.
        ValueError: a lesson that knows of later answers.
    """
    standing = _standing(history, at)
    if lesson is None:
        n, value = crowd_of(history, standing, method)
    else:
        rows = members_of(history, standing)
        n = len(rows)
        value = pooled_by(lesson, history, rows, _moment(history, at)) if n else np.empty(0)
    return Pooled(
        question_id=history.target.id,
        method=method,
        at=at,
        n=n,
        value=value_of(history.target, value) if n else None,
    )


def _moment(history: History, at: datetime) -> int:
    return micros(min(at, close_of(history.target)))


def value_of(target: Target, row: NDArray[np.float64]) -> Probability | Shares | Cdf:
    """A row of numbers as a value of the question's type; options not on offer are left out."""
    if target.type == "binary":
        return Probability(float(row))
    if target.type == "multiple_choice":
        pairs = zip(target.options, row.tolist(), strict=True)
        return Shares(tuple((option, share) for option, share in pairs if share == share))
    return Cdf(tuple(row.tolist()))


def columns_of(pooled: Pooled, target: Target) -> dict[str, Any]:
    """A pooled value as a row of a table: question_id, method, at, n, and prob, probs or cdf."""
    row = {
        "question_id": pooled.question_id,
        "method": pooled.method,
        "at": iso(pooled.at),
        "n": pooled.n,
    }
    match pooled.value, target.type:
        case Probability(yes), _:
            return row | {"prob": yes}
        case Shares(by_option), _:
            shares = dict(by_option)
            return row | {"probs": [shares.get(option) for option in target.options]}
        case Cdf(points), _:
            return row | {"cdf": list(points)}
        case None, "binary":
            return row | {"prob": None}
        case None, "multiple_choice":
            return row | {"probs": None}
    return row | {"cdf": None}


def _standing(history: History, at: datetime) -> Bools:
    if at >= close_of(history.target):
        return active_before(history, micros(close_of(history.target)))
    return active_at(history, micros(at))
