"""What a person says a prior rests on, checked."""

import re
from dataclasses import dataclass
from datetime import datetime
from math import isfinite

from forecast.probability import parse_probability
from forecast.records import Cases, Rate, Spread, Stated
from forecast.writing.values import parse_value
from questions.errors import BadInput
from questions.records import Kind
from questions.values import Cdf, Shares

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(d|w|m|y)[a-z]*", re.IGNORECASE)
_DAYS = {"d": 1.0, "w": 7.0, "m": 365.25 / 12, "y": 365.25}


def cases(hits: float, trials: float) -> Cases:
    """``hits`` of ``trials`` comparable cases.

    Raises:
        BadInput: not 0 <= hits <= trials.
    """
    if not (isfinite(hits) and isfinite(trials) and 0 <= hits <= trials):
        raise BadInput("reference class", f"{hits:g} of {trials:g}", "hits from 0 to trials")
    return Cases(hits, trials)


def rate(events: float, over: str) -> Rate:
    """``events`` in a duration such as ``10y``.

    Raises:
        BadInput: a negative count, or not a duration.

    >>> rate(3, "2y")
    Rate(events=3, exposure_days=730.5)
    """
    if not (isfinite(events) and events >= 0):
        raise BadInput("events", f"{events:g}", "a count from 0")
    return Rate(events, duration_days(over))


def duration_days(text: str) -> float:
    """A duration in days: ``90d``, ``12w``, ``18m``, ``10 years``.

    Raises:
        BadInput: not a duration longer than nothing.
    """
    found = _DURATION.fullmatch(text.strip())
    if found is None or float(found[1]) == 0:
        raise BadInput("duration", text, "a number with d, w, m or y, such as 90d or 10y")
    return float(found[1]) * _DAYS[found[2].lower()]


def stated(prob: str, worth: float) -> Stated:
    """A probability that somebody states, worth a number of comparable cases.

    Raises:
        BadInput: not a probability strictly between 0 and 1, or worth nothing.
    """
    value = parse_probability(prob, bare_ends=False)
    if not 0 < value < 1:
        raise BadInput("prior", prob, "a probability strictly between 0 and 1")
    _check_worth(worth)
    return Stated(value, worth)


@dataclass(frozen=True, slots=True)
class Written:
    """Shares or quantiles as a person writes them, before the question's kind is known."""

    text: str
    worth: float


def spread_of(kind: Kind, said: Written, *, now: datetime | None = None) -> Spread:
    """A distribution that somebody states for a question of some kind.

    Raises:
        BadInput: it does not suit the question, leaves an option without a chance, or is worth
            nothing.
    """
    value = parse_value(kind, said.text, now=now)
    if not isinstance(value, Shares | Cdf):
        raise BadInput("prior", said.text, "a probability strictly between 0 and 1")
    if isinstance(value, Shares) and min(share for _, share in value.by_option) <= 0:
        raise BadInput("prior", said.text, "a share above 0 for every option")
    _check_worth(said.worth)
    return Spread(value, said.worth)


def _check_worth(worth: float) -> None:
    if not (isfinite(worth) and worth > 0):
        raise BadInput("worth", f"{worth:g}", "a number of cases above 0, such as 4")
