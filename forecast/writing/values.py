"""How a person writes a forecast of each kind of question, and reads one."""

import math
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Final

import numpy as np

from forecast.histories.outcomes import seconds
from forecast.histories.smooth import bins_of, cdf_of, values_at
from forecast.histories.targets import Grid, shape_of
from forecast.probability import RIGHT, format_probability, parse_probability
from forecast.writing.words import parse_chance
from questions.errors import BadInput
from questions.instants import from_micros, iso, parse_instant
from questions.records import Binary, Date, Discrete, Kind, MultipleChoice, Numeric
from questions.values import Cdf, Moment, Number, Probability, Quantiles, Shares, Value

ROUNDING: Final = 0.005
"""How far written shares may sum from 1."""
SHOWN: Final = (0.1, 0.25, 0.5, 0.75, 0.9)
"""The levels at which a distribution is told."""

_LEVEL = re.compile(r"p([0-9]+(?:\.[0-9]+)?)", re.IGNORECASE)
Pairs = tuple[tuple[float, float], ...]


def parse_value(kind: Kind, text: str, *, now: datetime | None = None) -> Value:
    """Read a forecast as its question takes it.

    ``35%`` or ``likely``; ``A=.2,B=.8``; ``p10=3,p50=5,p90=9``, of a date question with times,
    which may count from ``now``. Of options one may be left out: it has the rest.

    Raises:
        BadInput: no such value, one line on what would be right.

    >>> parse_value(MultipleChoice(("A", "B")), "A=20%")
    Shares(by_option=(('A', 0.2), ('B', 0.8)))
    """
    match kind:
        case Binary():
            return Probability(parse_chance(text))
        case MultipleChoice(options):
            return Shares(parse_shares(options, text))
    return drawn(kind, parse_quantiles(kind, text, now=now))


def takes(kind: Kind, value: Value) -> bool:
    """Whether a value suits a kind of question.

    >>> takes(Binary(), Probability(0.5)), takes(MultipleChoice(("A", "B")), Probability(0.5))
    (True, False)
    """
    match kind, value:
        case Binary(), Probability():
            return True
        case MultipleChoice(options), Shares(by_option):
            return {name for name, _ in by_option} <= {*options}
        case ((Numeric() | Discrete() | Date()), Cdf(points)):
            return len(points) == bins_of(grid_of(kind)) + 1
    return False


def right_value(kind: Kind) -> str:
    """What a person can write as a forecast of a question.

    >>> right_value(Binary())
    'a number from 0 to 1, such as 0.35, 35% or 7/20, or a word such as likely'
    """
    match kind:
        case Binary():
            return f"{RIGHT}, or a word such as likely"
        case MultipleChoice(options):
            return f"a share for each of {', '.join(options)}, such as {_example(options)}"
    return f"quantiles such as {_quantile_example(kind)}"


def parse_shares(options: Sequence[str], text: str) -> tuple[tuple[str, float], ...]:
    """The probability of each option, in their order.

    Raises:
        BadInput: no option of that name, one that is missing or there twice, or a wrong sum.
    """
    right = right_value(MultipleChoice(tuple(options)))
    found: dict[str, float] = {}
    for name, amount in _assigned(text, "forecast", right):
        option = option_named(options, name)
        if option in found:
            raise BadInput("forecast", text, f"each option once; {option} stands there twice")
        found[option] = parse_probability(amount, bare_ends=False, what=f"share of {option}")
    missing = [option for option in options if option not in found]
    if len(missing) > 1:
        raise BadInput("forecast", text, f"a share for {', '.join(missing)} too")
    total = math.fsum(found.values())
    if missing and total <= 1:
        found[missing[0]], total = max(1 - total, 0.0), 1.0
    if abs(total - 1) > ROUNDING:
        right = f"shares that sum to 100%; these sum to {format_probability(total)}"
        raise BadInput("forecast", text, right)
    return tuple((option, round(found[option] / total, 12)) for option in options)


def option_named(options: Sequence[str], name: str) -> str:
    """The option that a name, or the beginning of one, means, whatever its case.

    Raises:
        BadInput: none or several.

    >>> option_named(("Labour", "Conservative"), "lab")
    'Labour'
    """
    wanted = name.strip().casefold()
    exact = [option for option in options if option.casefold() == wanted]
    near = [option for option in options if wanted and option.casefold().startswith(wanted)]
    found = exact or near
    if len(found) != 1:
        raise BadInput("option", name, f"one of {', '.join(options)}")
    return found[0]


def parse_quantiles(kind: Kind, text: str, *, now: datetime | None = None) -> Pairs:
    """``(level, value)`` pairs, both rising, in a question's range; dates as epoch seconds.

    Raises:
        BadInput: fewer than two, values that do not rise or that it cannot have.

    >>> from questions.records import Numeric
    >>> parse_quantiles(Numeric(0, 100), "p90=9, p10=3, p50=5")
    ((0.1, 3.0), (0.5, 5.0), (0.9, 9.0))
    """
    right = right_value(kind)
    found: dict[float, float] = {}
    for name, amount in _assigned(text, "forecast", right):
        level = _level(name, text, right)
        if level in found:
            raise BadInput("forecast", text, f"each level once; {name} stands there twice")
        found[level] = read_number(kind, amount, what=name, now=now)
    if len(found) < 2:
        raise BadInput("forecast", text, f"two or more {right}")
    pairs = tuple(sorted(found.items()))
    _check_rising(kind, pairs, text)
    return pairs


def read_number(kind: Kind, text: str, *, what: str, now: datetime | None = None) -> float:
    """A number of a numeric question, a time of a date question as epoch seconds, in its range.

    Raises:
        BadInput: none, or one beyond a closed end.
    """
    if isinstance(kind, Date):
        value = seconds(parse_instant(text, now=now, what=what))
    else:
        value = _finite(text, what)
    grid = grid_of(kind)
    if value < grid.range_min and not grid.open_lower_bound:
        low = format_number(kind, lowest(grid))
        raise BadInput(what, text, f"at least {low}, where the range ends")
    if value > grid.range_max and not grid.open_upper_bound:
        high = format_number(kind, highest(grid))
        raise BadInput(what, text, f"at most {high}, where the range ends")
    return value


def grid_of(kind: Kind) -> Grid:
    """The grid of a numeric, discrete or date question.

    Raises:
        ValueError: of another kind.
    """
    _, _, grid = shape_of(kind)
    if grid is None:
        raise ValueError(f"{kind!r} has no range")
    return grid


def drawn(kind: Kind, at_level: Pairs) -> Cdf:
    """The CDF through quantiles on a question's grid; it keeps them."""
    return Cdf(tuple(np.round(cdf_of(at_level, grid_of(kind)), 12).tolist()), at_level)


def format_value(kind: Kind, value: Value) -> str:
    """A forecast, crowd or belief in one short line.

    >>> format_value(MultipleChoice(("A", "B")), Shares((("A", 0.2), ("B", 0.8))))
    'A 20%, B 80%'
    """
    match value:
        case Probability(yes):
            return format_probability(yes)
        case Shares(by_option):
            return ", ".join(f"{name} {format_probability(share)}" for name, share in by_option)
        case Number(number):
            return format_number(kind, number)
        case Moment(at):
            return iso(at).removesuffix("T00:00:00Z")
    return format_quantiles(kind, quantiles_of(kind, value))


def format_quantiles(kind: Kind, at_level: Sequence[tuple[float, float]]) -> str:
    """Quantiles as a person writes them, with the unit.

    >>> from questions.records import Numeric
    >>> format_quantiles(Numeric(0, 9, "seats"), [(0.1, 3.0), (0.5, 5.0)])
    'p10 3, p50 5 seats'
    """
    told = ", ".join(f"p{100 * level:g} {format_number(kind, at)}" for level, at in at_level)
    unit = getattr(kind, "unit", "")
    return f"{told} {unit}" if unit else told


def quantiles_of(kind: Kind, value: Cdf | Quantiles) -> Pairs:
    """The quantiles of a distribution: those that its author gave, else at the levels shown."""
    if value.at_level:
        return value.at_level
    points = np.array(getattr(value, "points", ()), dtype=np.float64)
    found = values_at(points, grid_of(kind), np.array(SHOWN))
    return tuple(zip(SHOWN, found.tolist(), strict=True))


def format_number(kind: Kind, value: float) -> str:
    """A number of a question; a date as its day; what lies beyond an open end as that.

    >>> from questions.records import Numeric
    >>> [format_number(Numeric(0, 9000), value) for value in (12.3456, 1234567.0, math.inf)]
    ['12.35', '1234567', '>9000']
    """
    if math.isinf(value):
        grid = grid_of(kind)
        edge = highest(grid) if value > 0 else lowest(grid)
        return f"{'>' if value > 0 else '<'}{format_number(kind, edge)}"
    if isinstance(kind, Date):
        return from_micros(round(value * 1e6)).date().isoformat()
    return f"{value:.0f}" if abs(value) >= 1e4 else f"{value:.4g}"


def lowest(grid: Grid) -> float:
    """The lowest number within a range."""
    return grid.range_min + _half_step(grid)


def highest(grid: Grid) -> float:
    """The highest number within a range."""
    return grid.range_max - _half_step(grid)


def _half_step(grid: Grid) -> float:
    count = grid.inbound_outcome_count
    return (grid.range_max - grid.range_min) / (2 * count) if count else 0.0


def _assigned(text: str, what: str, right: str) -> Iterator[tuple[str, str]]:
    for part in text.split(","):
        name, equals, amount = (one.strip() for one in part.partition("="))
        if not (name and equals and amount):
            raise BadInput(what, text, right)
        yield name, amount


def _level(name: str, text: str, right: str) -> float:
    found = _LEVEL.fullmatch(name)
    if found is None or not 0 < float(found[1]) < 100:
        raise BadInput("forecast", text, f"{right}; levels lie between p0 and p100")
    return round(float(found[1]) / 100, 12)


def _check_rising(kind: Kind, pairs: Pairs, text: str) -> None:
    ties = shape_of(kind)[0] == "discrete"
    for (low, first), (high, second) in pairwise(pairs):
        if second < first or (second == first and not ties):
            names = f"p{100 * low:g}", f"p{100 * high:g}"
            right = f"values that rise with their levels; {names[1]} does not lie above {names[0]}"
            raise BadInput("forecast", text, right)


def _finite(text: str, what: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise BadInput(what, text, "a number such as 12.5")
    return value


def _example(options: Sequence[str]) -> str:
    even = 100 // len(options)
    rest = 100 - even * (len(options) - 1)
    return ",".join(f"{option}={even if place else rest}%" for place, option in enumerate(options))


def _quantile_example(kind: Kind) -> str:
    if isinstance(kind, Date):
        return "p10=2030-03-01,p50=2030-06-01,p90=2030-12-31"
    return "p10=3,p50=5,p90=9"
