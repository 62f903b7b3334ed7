"""How a person writes what happened, for each kind of question."""

import math
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from forecast.writing.values import option_named, read_number
from questions.errors import BadInput
from questions.instants import from_micros
from questions.records import Binary, Date, Discrete, Kind, MultipleChoice, Numeric
from questions.values import NO, YES, Chosen, Moment, Number, Outcome, Void

VOID: Final[dict[str, Outcome]] = {
    "ambiguous": Void("ambiguous"),
    "annulled": Void("annulled"),
}
BEYOND: Final = {"below_lower_bound": -math.inf, "above_upper_bound": math.inf}


def parse_outcome(kind: Kind, text: str, *, now: datetime | None = None) -> Outcome:
    """What happened: yes or no, an option, a number or a time, or that it lies beyond the range.

    ``ambiguous`` and ``annulled`` are outcomes of every question.

    Raises:
        BadInput: not an outcome of this question.

    >>> parse_outcome(MultipleChoice(("Labour", "Other")), "labour")
    Chosen(option='Labour')
    """
    word = text.strip().lower()
    if isinstance(kind, MultipleChoice):
        by_name = [option for option in kind.options if option.casefold() == word]
        return Chosen(by_name[0]) if by_name else VOID.get(word) or _option(kind.options, text)
    if word in VOID:
        return VOID[word]
    match kind:
        case Binary():
            if word not in ("yes", "no"):
                raise BadInput("outcome", text, "yes, no, ambiguous or annulled")
            return YES if word == "yes" else NO
        case Numeric() | Discrete() | Date():
            return _measured(kind, text, now)


def _option(options: Sequence[str], text: str) -> Chosen:
    try:
        return Chosen(option_named(options, text))
    except BadInput:
        right = f"{', '.join(options)}, ambiguous or annulled"
        raise BadInput("outcome", text, right) from None


def _measured(kind: Numeric | Discrete | Date, text: str, now: datetime | None) -> Outcome:
    """A number or a time; a discrete one falls on a step."""
    word = text.strip().lower()
    if word in BEYOND:
        end = "lower" if word.startswith("below") else "upper"
        if not (kind.open_lower_bound if end == "lower" else kind.open_upper_bound):
            raise BadInput("outcome", text, f"a value in the range: its {end} end is closed")
        return Number(BEYOND[word])
    value = read_number(kind, text, what="outcome", now=now)
    if isinstance(kind, Date):
        return Moment(from_micros(round(value * 1e6)))
    if isinstance(kind, Discrete):
        _check_step(kind, value, text)
    return Number(value)


def _check_step(kind: Discrete, value: float, text: str) -> None:
    step = (kind.range_max - kind.range_min) / kind.inbound_outcome_count
    place = (value - kind.range_min) / step - 0.5
    if abs(place - round(place)) > 1e-6:
        right = f"a number in steps of {step:g}, such as {kind.range_min + step / 2:g}"
        raise BadInput("outcome", text, right)
