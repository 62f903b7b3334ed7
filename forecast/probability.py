"""How a person writes a probability, and its log-odds."""

import math
import re
from fractions import Fraction
from typing import Final, overload

import numpy as np
from numpy.typing import NDArray

from questions.errors import BadInput

_NUMBER = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?"
_WRITTEN = re.compile(rf"({_NUMBER})\s*(?:(%)|/\s*({_NUMBER}))?", re.IGNORECASE)
RIGHT: Final = "a number from 0 to 1, such as 0.35, 35% or 7/20"
_RIGHT_RATIO: Final = "a positive number such as 3, 0.5 or 1/4"
_RIGHT_ENDS: Final = "0%, 1% or 100%: a bare 0 or 1 could mean a percentage"


def parse_probability(text: str, *, bare_ends: bool, what: str = "probability") -> float:
    """Read a probability as a person writes it: ``0.35``, ``35%`` or ``7/20``.

    ``bare_ends=False`` refuses a plain 0 or 1, because 1 could mean 1 %.

    Raises:
        BadInput: no such number, not from 0 to 1, or a bare end that is not taken.

    >>> [parse_probability(text, bare_ends=False) for text in ("0.35", "35%", "7/20")]
    [0.35, 0.35, 0.35]
    """
    written = _WRITTEN.fullmatch(text.strip())
    if written is None:
        raise BadInput(what, text, RIGHT)
    number, percent, divisor = written.groups()
    below = Fraction(100) if percent else Fraction(divisor or 1)
    if below == 0:
        raise BadInput(what, text, RIGHT)
    prob = Fraction(number) / below
    if not 0 <= prob <= 1:
        raise BadInput(what, text, RIGHT)
    if prob in (0, 1) and not (bare_ends or percent or divisor):
        raise BadInput(what, text, _RIGHT_ENDS)
    return float(prob)


def parse_ratio(text: str, *, what: str = "ratio") -> float:
    """Read a likelihood ratio as a person writes it: ``3``, ``0.5`` or ``1/4``.

    Raises:
        BadInput: no positive, finite number.

    >>> parse_ratio("1/4")
    0.25
    """
    try:
        ratio = float(Fraction(text.strip()))
    except (ValueError, ZeroDivisionError, OverflowError) as error:
        raise BadInput(what, text, _RIGHT_RATIO) from error
    if ratio <= 0:
        raise BadInput(what, text, _RIGHT_RATIO)
    return ratio


def format_probability(prob: float) -> str:
    """A probability as a percentage, as short as it can be without becoming certain.

    >>> [format_probability(prob) for prob in (0.35, 0.3472, 0.00123, 0.9996, 0.0, 1.0)]
    ['35%', '34.7%', '0.12%', '99.96%', '0%', '100%']
    """
    rarer = min(prob, 1 - prob)
    places = 0 if rarer <= 0 else max(1, -math.floor(math.log10(100 * rarer)) + 1)
    percent = f"{100 * prob:.{places}f}"
    return (percent.rstrip("0").rstrip(".") if places else percent) + "%"


@overload
def logit(prob: float) -> float: ...
@overload
def logit(prob: NDArray[np.float64]) -> NDArray[np.float64]: ...
def logit(prob: float | NDArray[np.float64]) -> float | NDArray[np.float64]:
    """Log-odds of a probability, in nats: ln(p / (1 - p)); infinite at 0 and 1.

    >>> logit(0.5)
    0.0
    """
    values = np.asarray(prob, dtype=np.float64)
    with np.errstate(divide="ignore"):
        log_odds = np.log(values) - np.log1p(-values)
    return log_odds if log_odds.ndim else float(log_odds)


@overload
def expit(log_odds: float) -> float: ...
@overload
def expit(log_odds: NDArray[np.float64]) -> NDArray[np.float64]: ...
def expit(log_odds: float | NDArray[np.float64]) -> float | NDArray[np.float64]:
    """The probability of given log-odds, without overflow at either end.

    >>> expit(0.0)
    0.5
    """
    values = np.asarray(log_odds, dtype=np.float64)
    small = np.exp(-np.abs(values))
    prob = np.where(values >= 0, 1 / (1 + small), small / (1 + small))
    return prob if prob.ndim else float(prob)
