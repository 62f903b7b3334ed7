"""What happened, as a place in each forecast's row, and the probability it was given."""

from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from forecast.histories.grids import bin_of, masses
from forecast.histories.targets import Grid, Target
from questions.errors import BadInput
from questions.instants import EPOCH
from questions.values import Chosen, Moment, Number, Outcome, Void

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def settled(target: Target) -> bool:
    """Whether it has an outcome that can be scored: neither open nor void."""
    return target.outcome is not None and not isinstance(target.outcome, Void)


def outcomes_of(target: Target, values: Floats) -> Ints:
    """(n,) where the outcome lies in each of n values: 0 or 1, the option, or the bin.

    An option that did not exist when the forecast was made falls under its last option.

    Raises:
        BadInput: an outcome that the question cannot have.
    """
    if target.type == "binary":
        return np.full(len(values), _answer(target), dtype=np.int64)
    if target.type != "multiple_choice":
        place = bin_of(number_of(target), grid_of(target), values.shape[1] - 1)
        return np.full(len(values), place, dtype=np.int64)
    place = _option(target)
    offered = ~np.isnan(values)
    last = values.shape[1] - 1 - np.argmax(offered[:, ::-1], axis=1)
    return np.where(offered[:, place], place, last).astype(np.int64)


def chances_of(target: Target, values: Floats) -> Floats:
    """(n,) the probability that each of n values gives to what happened."""
    places = outcomes_of(target, values)
    if target.type == "binary":
        return np.where(places == 1, values, 1 - values)
    rows = values if target.type == "multiple_choice" else masses(values)
    chances: Floats = np.take_along_axis(rows, places[:, None], axis=1)[:, 0]
    return chances


def number_of(target: Target) -> float:
    """The outcome of a numeric, discrete or date question; dates as seconds since 1970.

    Raises:
        BadInput: an outcome of another kind.
    """
    match target.outcome:
        case Number(value):
            return value
        case Moment(at):
            return seconds(at)
    raise _unsuited(target, "a number or a time")


def seconds(at: datetime) -> float:
    """Seconds since 1970."""
    return (at - EPOCH).total_seconds()


def grid_of(target: Target) -> Grid:
    """The grid that a numeric, discrete or date question must have.

    Raises:
        ValueError: it has none.
    """
    if target.grid is None:
        raise ValueError(f"{target.type} question {target.id} without a grid")
    return target.grid


def _answer(target: Target) -> int:
    match target.outcome:
        case Chosen("yes"):
            return 1
        case Chosen("no"):
            return 0
    raise _unsuited(target, "yes or no")


def _option(target: Target) -> int:
    match target.outcome:
        case Chosen(option) if option in target.options:
            return target.options.index(option)
    raise _unsuited(target, f"one of the options {', '.join(target.options)}")


def _unsuited(target: Target, right: str) -> BadInput:
    outcome: Outcome | None = target.outcome
    return BadInput(f"resolution of {target.id}", outcome, right)
