"""Values and beliefs of every kind of question as plain dictionaries."""

import math
from typing import Any, Final

import numpy as np

from forecast.histories.grids import masses, nodes_of
from forecast.probability import format_probability
from forecast.records import Belief
from forecast.writing.values import (
    format_number,
    format_value,
    grid_of,
    highest,
    lowest,
    quantiles_of,
)
from questions.instants import from_micros
from questions.records import Date, Discrete, Kind
from questions.values import Cdf, Moment, Number, Probability, Quantiles, Shares, Value

Sheet = dict[str, Any]

PARTS: Final = 20
"""In so many parts a distribution's shape is told."""


def value_sheet(kind: Kind, value: Value | None) -> Sheet:
    """``prob``, ``probs`` by option, or ``quantiles`` by level (dates as instants).

    >>> from questions.records import MultipleChoice
    >>> value_sheet(MultipleChoice(("A", "B")), Shares((("A", 0.2), ("B", 0.8))))
    {'probs': {'A': 0.2, 'B': 0.8}}
    """
    match value:
        case None:
            return {"prob": None}
        case Probability(yes):
            return {"prob": yes}
        case Shares(by_option):
            return {"probs": dict(by_option)}
        case Cdf() | Quantiles():
            pairs = quantiles_of(kind, value)
            return {"quantiles": {f"p{100 * level:g}": _point(kind, at) for level, at in pairs}}
        case Number(number):
            return {"value": number}
        case Moment(at):
            return {"value": at}


def _point(kind: Kind, value: float) -> Any:
    """A number; of a date question its instant, or infinity beyond its range."""
    if isinstance(kind, Date) and math.isfinite(value):
        return from_micros(round(value * 1e6))
    return value


def prob_or_none(value: Value | None) -> float | None:
    """P(yes) of a probability; None of what is none."""
    return value.yes if isinstance(value, Probability) else None


def belief_sheet(kind: Kind, belief: Belief) -> Sheet:
    """A belief as ``show --json`` has it; the interval of options is by option."""
    if isinstance(belief.value, Shares):
        low: Any = {option: low for option, low, _ in belief.intervals}
        high: Any = {option: high for option, _, high in belief.intervals}
    else:
        low, high = belief.ci_low, belief.ci_high
        if not isinstance(belief.value, Probability):
            low, high = _point(kind, low), _point(kind, high)
    shape: Sheet = {}
    if isinstance(belief.value, Cdf):
        shape["density"] = density_sheet(kind, belief.value)
        shape["known_within"] = {
            name: [_point(kind, least), _point(kind, most)]
            for name, least, most in belief.intervals
        }
    return {
        **value_sheet(kind, belief.value),
        **shape,
        "ci_low": low,
        "ci_high": high,
        "ci_prob": belief.ci_prob,
        "at": belief.at,
        "fit": belief.fit,
        "needs_refit": belief.needs_refit,
        "inputs": belief.inputs,
    }


def density_sheet(kind: Kind, value: Cdf) -> Sheet:
    """How much lies in each twentieth of the range, or on each of few numbers; and beyond."""
    grid, parts = grid_of(kind), parts_of(kind)
    edges = np.linspace(0, 1, parts + 1)
    heights = np.interp(edges, np.linspace(0, 1, len(value.points)), value.points)
    return {
        "low": _point(kind, lowest(grid)),
        "high": _point(kind, highest(grid)),
        "edges": [_point(kind, float(at)) for at in nodes_of(grid, parts + 1)],
        "inside": np.diff(heights).tolist(),
        "below": value.points[0],
        "above": 1 - value.points[-1],
    }


def parts_of(kind: Kind) -> int:
    """In how many parts the shape of a distribution is told.

    >>> parts_of(Discrete(-0.5, 10.5, 11))
    11
    """
    if isinstance(kind, Discrete) and kind.inbound_outcome_count <= 3 * PARTS:
        return kind.inbound_outcome_count
    return PARTS


def short(kind: Kind, value: Value | None) -> str:
    """A value in a word or two: the probability, the likeliest option, the median.

    >>> from questions.records import MultipleChoice
    >>> short(MultipleChoice(("A", "B")), Shares((("A", 0.2), ("B", 0.8))))
    'B 80%'
    """
    match value:
        case None:
            return "-"
        case Shares(by_option):
            option, share = max(by_option, key=lambda pair: pair[1])
            return f"{option} {format_probability(round(share, 3))}"
        case Cdf() | Quantiles():
            pairs = quantiles_of(kind, value)
            _, middle = min(pairs, key=lambda pair: abs(pair[0] - 0.5))
            unit = getattr(kind, "unit", "")
            return f"{format_number(kind, middle)} {unit}".strip()
    return format_value(kind, value)


def distance(first: Value, second: Value) -> float:
    """How far two values lie apart, from 0 to 1: the total variation distance.

    Of probabilities their difference without its sign.

    >>> round(distance(Probability(0.2), Probability(0.5)), 9)
    0.3
    """
    match first, second:
        case Probability(one), Probability(other):
            return abs(one - other)
        case Shares(one_by), Shares(other_by):
            held = dict(other_by)
            return sum(abs(share - held.get(option, 0.0)) for option, share in one_by) / 2
        case Cdf(one_points), Cdf(other_points):
            gap = masses(np.array(one_points)) - masses(np.array(other_points))
            return float(np.abs(gap).sum() / 2)
    raise ValueError(f"{first!r} and {second!r} are of two kinds")
