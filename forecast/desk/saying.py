"""What a judge says that a report means for options, a number or a date."""

from datetime import datetime
from math import isfinite, log
from statistics import NormalDist
from typing import Final

from forecast.belief.kinds.starts import SECONDS_A_DAY
from forecast.probability import parse_ratio
from forecast.records import Judgement
from forecast.writing.values import grid_of, option_named, parse_quantiles, read_number
from questions.errors import BadInput
from questions.records import Binary, Date, Kind, MultipleChoice

Signal = tuple[tuple[str | float, float], ...]

LEVELS: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
"""At these levels a middle and its standard deviation become quantiles of a normal curve."""

FEWEST: Final = 2
"""So many quantiles at least make a curve."""

_FOR_YES: Final = "for yes or no"


def signal_of(kind: Kind, text: str, *, now: datetime | None = None) -> Signal:
    """A report's signal from words: ``A=3,B=1`` for options, else quantiles or ``p50=5,sd=2``.

    Options: how many times likelier the report is under each than under those not named.
    Numbers and dates: what one would believe who knew nothing but the report; ``sd`` of a date
    is in days.

    Raises:
        BadInput: a yes-or-no question, or what is neither.

    >>> signal_of(MultipleChoice(("A", "B")), "A=1")
    (('A', 0.0),)
    """
    match kind:
        case Binary():
            raise BadInput("judgement", text, "--ratio LR, as for any yes-or-no question")
        case MultipleChoice(options):
            return _favoured(options, text)
    if "sd=" in text.replace(" ", "").lower():
        return _normal(kind, text, now)
    return tuple(parse_quantiles(kind, text, now=now))


def check_plain(kind: Kind, judgement: Judgement) -> None:
    """Hold that a judgement without a signal suits a question's kind.

    A ratio for yes suits a date question too: the event within its range, against none.

    Raises:
        BadInput: it does not; with what would.
    """
    if isinstance(kind, Binary) or judgement in ("irrelevant", "withdrawn"):
        return
    if judgement == "decisive":
        raise BadInput("judgement", "decisive", "the answer with `tidings resolve`")
    if isinstance(kind, MultipleChoice):
        first, last = kind.options[0], kind.options[-1]
        raise BadInput("judgement", _FOR_YES, f"a ratio by option: --ratio {first}=3,{last}=1")
    if not isinstance(kind, Date):
        raise BadInput("judgement", _FOR_YES, "what it says of the number: --says p50=5,sd=2")


def _favoured(options: tuple[str, ...], text: str) -> Signal:
    right = f"a ratio for some options, such as {options[0]}=3,{options[-1]}=1"
    found: dict[str | float, float] = {}
    for part in text.split(","):
        name, equals, amount = (one.strip() for one in part.partition("="))
        if not equals:
            raise BadInput("ratio", text, right)
        option = option_named(options, name)
        if option in found:
            raise BadInput("ratio", text, f"each option once; {option} stands there twice")
        found[option] = log(parse_ratio(amount))
    return tuple(found.items())


def _normal(kind: Kind, text: str, now: datetime | None) -> Signal:
    right = "a middle and a standard deviation, such as p50=5,sd=2"
    parts = dict(part.replace(" ", "").lower().partition("=")[::2] for part in text.split(","))
    if parts.keys() != {"p50", "sd"}:
        raise BadInput("judgement", text, right)
    middle = read_number(kind, parts["p50"], what="p50", now=now)
    scale = SECONDS_A_DAY if isinstance(kind, Date) else 1.0
    spread = _positive(parts["sd"], right) * scale
    grid = grid_of(kind)
    quantiles = [(level, NormalDist(middle, spread).inv_cdf(level)) for level in LEVELS]
    inside = tuple(
        (level, value)
        for level, value in quantiles
        if (value > grid.range_min or grid.open_lower_bound)
        and (value < grid.range_max or grid.open_upper_bound)
    )
    if len(inside) < FEWEST:
        raise BadInput("sd", parts["sd"], "a smaller sd: with this one most lies beyond the range")
    return inside


def _positive(text: str, right: str) -> float:
    try:
        value = float(text.removesuffix("d"))
    except ValueError:
        value = 0.0
    if not (isfinite(value) and value > 0):
        raise BadInput("sd", text, right)
    return value
