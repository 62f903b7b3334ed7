"""Cells of a table as values: what is written, what it means, what would be right."""

import json
import math
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, get_args

from forecast.histories.outcomes import seconds
from forecast.histories.targets import Grid, Target, TargetType
from forecast.probability import parse_probability
from questions.errors import BadFile, BadInput
from questions.instants import Edge, parse_instant
from questions.values import Cdf, Chosen, Moment, Number, Outcome, Probability, Shares, Void

Cells = Mapping[str, str]

TYPES: Final[tuple[TargetType, ...]] = get_args(TargetType)
TRUTHS: Final = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
OUTSIDE: Final = {"below_lower_bound": -math.inf, "above_upper_bound": math.inf}
ROUNDING: Final = 0.005
"""How far written shares may sum from 1."""


def located[Read](table: object, place: str, cells: Cells, read: Callable[[Cells], Read]) -> Read:
    """What ``read`` makes of a row of cells; what it refuses is said with table, row and column.

    Raises:
        BadFile: it refuses a cell.

    >>> located("f.csv", "line 2", {"in_crowd": "2"}, is_inside)
    Traceback (most recent call last):
    questions.errors.BadFile: f.csv: line 2, column in_crowd: '2' cannot be used; give 1 or 0, ...
    """
    try:
        return read(cells)
    except BadInput as error:
        problem = f"{place}, column {error.what}: {str(error.given)!r} cannot be used"
        raise BadFile(table, problem, f"give {error.right}") from error


def required(cells: Cells, column: str) -> str:
    """The text of a cell that must not be empty.

    Raises:
        BadInput: it is empty.
    """
    if not (text := cells.get(column, "")):
        raise BadInput(column, text, "a value; the cell is empty")
    return text


def instant(cells: Cells, column: str, edge: Edge = "start") -> datetime | None:
    """The time in a cell, None where it is empty; ``edge="end"`` for closing times.

    Raises:
        BadInput: no time, or a time of day without an offset.
    """
    text = cells.get(column, "")
    return parse_instant(text, edge=edge, what=column) if text else None


def moment(cells: Cells, column: str, edge: Edge = "start") -> datetime:
    """The time in a cell that must not be empty.

    Raises:
        BadInput: it is empty, no time, or a time of day without an offset.
    """
    return parse_instant(required(cells, column), edge=edge, what=column)


def is_inside(cells: Cells) -> bool:
    """Whether a forecaster belongs to the crowd, as everybody does of whom nothing else is said.

    Raises:
        BadInput: the cell says neither.
    """
    return truth(cells, "in_crowd", default=True)


def truth(cells: Cells, column: str, *, default: bool) -> bool:
    """Whether a cell says 1 or true rather than 0 or false.

    Raises:
        BadInput: it says neither.
    """
    if not (text := cells.get(column, "")):
        return default
    if text.lower() not in TRUTHS:
        raise BadInput(column, text, "1 or 0, true or false")
    return TRUTHS[text.lower()]


def listed(cells: Cells, column: str) -> list[Any]:
    """The JSON list in a cell.

    Raises:
        BadInput: no such list.
    """
    text = required(cells, column)
    try:
        items = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput(column, _short(text), "a JSON list") from error
    if not isinstance(items, list):
        raise BadInput(column, _short(text), "a JSON list")
    return items


def type_in(cells: Cells) -> TargetType:
    """The type of a question.

    Raises:
        BadInput: none that there is.
    """
    text = required(cells, "type")
    for known in TYPES:
        if text == known:
            return known
    raise BadInput("type", text, f"one of {', '.join(TYPES)}")


def options_in(cells: Cells) -> tuple[str, ...]:
    """The options of a multiple-choice question, at least two and each once.

    Raises:
        BadInput: no such list.
    """
    names = listed(cells, "options")
    if len(set(map(str, names))) < max(2, len(names)):
        raise BadInput("options", cells["options"], "a JSON list of two or more different names")
    return tuple(map(str, names))


def tags_in(cells: Cells) -> tuple[str, ...]:
    """The tags of a question, with semicolons between them.

    >>> tags_in({"tags": "war; Ukraine"})
    ('war', 'Ukraine')
    """
    parts = (part.strip() for part in cells.get("tags", "").split(";"))
    return tuple(part for part in parts if part)


def grid_in(cells: Cells, type_: TargetType) -> Grid:
    """The range of a numeric, discrete or date question.

    Raises:
        BadInput: a bound that is missing, no number or time, or in the wrong order.
    """
    read = _seconds_or_number if type_ == "date" else _finite
    low, high = (read(required(cells, column), column) for column in ("range_min", "range_max"))
    if low >= high:
        raise BadInput("range_max", cells["range_max"], "a bound above range_min")
    zero = read(text, "zero_point") if (text := cells.get("zero_point", "")) else None
    if zero is not None and low <= zero <= high:
        raise BadInput("zero_point", text, "a point outside the range")
    return Grid(
        low,
        high,
        zero,
        truth(cells, "open_lower_bound", default=False),
        truth(cells, "open_upper_bound", default=False),
        _count(cells, "inbound_outcome_count"),
    )


def outcome_in(cells: Cells, type_: TargetType, options: tuple[str, ...]) -> Outcome | None:
    """What the ``resolution`` cell says happened; None where it is empty.

    Raises:
        BadInput: an outcome that the question cannot have.
    """
    text = cells.get("resolution", "")
    match type_, text.lower():
        case _, "":
            return None
        case _, "annulled":
            return Void("annulled")
        case _, "ambiguous":
            return Void("ambiguous")
        case "binary", ("yes" | "no") as answer:
            return Chosen(answer)
        case "binary", _:
            raise BadInput("resolution", text, "yes, no, ambiguous or annulled")
        case "multiple_choice", _:
            return _option(text, options)
        case _, ("below_lower_bound" | "above_upper_bound") as beyond:
            return Number(OUTSIDE[beyond])
    return _measured(text, type_)


def value_in(cells: Cells, target: Target) -> Probability | Shares | Cdf:
    """The forecast in ``prob``, ``probs`` or ``cdf``, as the question's type has it.

    Raises:
        BadInput: no such forecast.
    """
    if target.type == "binary":
        text = required(cells, "prob")
        return Probability(parse_probability(text, bare_ends=True, what="prob"))
    if target.type == "multiple_choice":
        return _shares(listed(cells, "probs"), target.options)
    return _cdf(listed(cells, "cdf"), target.grid)


def _shares(items: list[Any], options: tuple[str, ...]) -> Shares:
    if len(items) != len(options):
        raise BadInput("probs", items, f"{len(options)} shares, null for what was not on offer")
    offered = {name: item for name, item in zip(options, items, strict=True) if item is not None}
    if not all(map(_is_chance, offered.values())) or abs(sum(offered.values()) - 1) > ROUNDING:
        raise BadInput("probs", items, "numbers from 0 to 1 that sum to 1")
    return Shares(tuple((name, float(share)) for name, share in offered.items()))


def _cdf(items: list[Any], grid: Grid | None) -> Cdf:
    bins = grid.inbound_outcome_count if grid else None
    if bins is not None and len(items) != bins + 1:
        raise BadInput("cdf", _short(str(items)), f"{bins + 1} points, one more than the bins")
    rising = all(map(_is_chance, items)) and items == sorted(items)
    if len(items) < 2 or not rising:
        raise BadInput("cdf", _short(str(items)), "two or more rising numbers from 0 to 1")
    return Cdf(tuple(map(float, items)))


def _is_chance(item: object) -> bool:
    return isinstance(item, int | float) and not isinstance(item, bool) and 0 <= item <= 1


def _option(text: str, options: tuple[str, ...]) -> Chosen:
    if text not in options:
        raise BadInput("resolution", text, f"one of {', '.join(options)}, ambiguous or annulled")
    return Chosen(text)


def _measured(text: str, type_: TargetType) -> Outcome:
    if type_ != "date" or _as_number(text) is not None:
        return Number(_finite(text, "resolution"))
    return Moment(parse_instant(text, what="resolution"))


def _count(cells: Cells, column: str) -> int | None:
    text = cells.get(column, "")
    value = _as_number(text)
    if text and (value is None or value < 1 or value % 1):
        raise BadInput(column, text, "a whole number of bins, one or more")
    return None if value is None else int(value)


def _seconds_or_number(text: str, column: str) -> float:
    if _as_number(text) is not None:
        return _finite(text, column)
    return seconds(parse_instant(text, what=column))


def _finite(text: str, column: str) -> float:
    value = _as_number(text)
    if value is None or not math.isfinite(value):
        raise BadInput(column, text, "a number")
    return value


def _as_number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
