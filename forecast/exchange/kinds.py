"""A question's kind from its type, options and range, as files have them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from forecast.exchange.cells import moment, number
from questions.errors import BadInput
from questions.records import Binary, Date, Discrete, Kind, MultipleChoice, Numeric

POINTS: Final = 201
"""Points of a CDF where a question does not say otherwise."""


@dataclass(frozen=True, slots=True)
class Range:
    """The range of a numeric, discrete or date question as a file has it."""

    low: Any
    high: Any
    open_low: bool
    open_high: bool
    zero: float | None = None
    inside: int = POINTS - 1
    """How many bins lie within it."""
    unit: str = ""


def kind_of(type_: str, options: Sequence[str], span: Range) -> Kind:
    """The kind of a question of a type.

    Raises:
        BadInput: fewer than two options, a range without ends, or a date on a log scale.
    """
    match type_:
        case "binary":
            return Binary()
        case "multiple_choice":
            return MultipleChoice(_options(options))
        case "date":
            return _date(span)
    low, high = number(span.low, "lower bound"), number(span.high, "upper bound")
    if low >= high:
        raise BadInput("upper bound", high, f"a bound above {low:g}")
    if type_ == "discrete":
        return Discrete(low, high, span.inside, span.unit, span.open_low, span.open_high)
    if span.inside != POINTS - 1:
        return Discrete(low, high, span.inside, span.unit, span.open_low, span.open_high)
    return Numeric(low, high, span.unit, span.open_low, span.open_high, span.zero)


def _options(options: Sequence[str]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(options))
    if len(names) < 2:
        raise BadInput("options", list(options), "two or more different options")
    return names


def _date(span: Range) -> Date:
    low, high = moment(span.low, "lower bound"), moment(span.high, "upper bound")
    if low >= high:
        raise BadInput("upper bound", span.high, f"a time after {span.low}")
    if span.zero is not None:
        raise BadInput("zero point", span.zero, "none: dates are taken on an even scale alone")
    return Date(low, high, span.open_low, span.open_high)
