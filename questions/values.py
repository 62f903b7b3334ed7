"""The tagged value that forecasts, beliefs and resolutions carry.

One value is one record; which records a question accepts follows from its kind
(:mod:`questions.records`). As JSON each is ``{"kind": ..., ...}``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, assert_never

from questions.instants import iso, parse_instant


@dataclass(frozen=True, slots=True)
class Probability:
    """P(yes) of a binary question, from 0 to 1."""

    yes: float


@dataclass(frozen=True, slots=True)
class Shares:
    """Probabilities of a multiple-choice question's options; they sum to 1."""

    by_option: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Cdf:
    """P(outcome <= x) at evenly spaced points of the question's (possibly log) range."""

    points: tuple[float, ...]
    at_level: tuple[tuple[float, float], ...] = ()
    """The quantiles that it was drawn through, where its author gave quantiles."""


@dataclass(frozen=True, slots=True)
class Quantiles:
    """``(level, value)`` pairs, both rising; dates as epoch seconds."""

    at_level: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A numeric outcome or point, in the question's unit."""

    value: float


@dataclass(frozen=True, slots=True)
class Moment:
    """A date outcome or point."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Chosen:
    """An outcome among named options; ``yes`` and ``no`` for a binary question."""

    option: str


@dataclass(frozen=True, slots=True)
class Void:
    """An outcome that scores nobody."""

    reason: Literal["ambiguous", "annulled"]


Value = Probability | Shares | Cdf | Quantiles | Number | Moment
Outcome = Chosen | Number | Moment | Void

YES, NO = Chosen("yes"), Chosen("no")


def value_to_json(value: Value | Outcome) -> dict[str, Any]:
    """A value as a JSON object with its tag.

    >>> value_to_json(Probability(0.35))
    {'kind': 'probability', 'yes': 0.35}
    """
    match value:
        case Probability(yes):
            return {"kind": "probability", "yes": yes}
        case Shares(by_option):
            return {"kind": "shares", "by_option": [list(pair) for pair in by_option]}
        case Cdf(points, at_level):
            said = {"at_level": [list(pair) for pair in at_level]} if at_level else {}
            return {"kind": "cdf", "points": list(points), **said}
        case Quantiles(at_level):
            return {"kind": "quantiles", "at_level": [list(pair) for pair in at_level]}
        case Number(number):
            return {"kind": "number", "value": number}
        case Moment(at):
            return {"kind": "moment", "at": iso(at)}
        case Chosen(option):
            return {"kind": "chosen", "option": option}
        case Void(reason):
            return {"kind": "void", "reason": reason}
    assert_never(value)


def _pairs(rows: list[list[Any]]) -> tuple[tuple[Any, Any], ...]:
    return tuple((first, second) for first, second in rows)


def value_from_json(data: Mapping[str, Any]) -> Value | Outcome:
    """The value that :func:`value_to_json` wrote.

    Raises:
        ValueError: a tag that is none of ours.

    >>> value_from_json({"kind": "chosen", "option": "yes"})
    Chosen(option='yes')
    """
    match data["kind"]:
        case "probability":
            return Probability(data["yes"])
        case "shares":
            return Shares(_pairs(data["by_option"]))
        case "cdf":
            return Cdf(tuple(data["points"]), _pairs(data.get("at_level", [])))
        case "quantiles":
            return Quantiles(_pairs(data["at_level"]))
        case "number":
            return Number(float(data["value"]))
        case "moment":
            return Moment(parse_instant(data["at"]))
        case "chosen":
            return Chosen(data["option"])
        case "void":
            return Void(data["reason"])
        case other:
            raise ValueError(f"no value has the tag {other!r}")
