"""What kind of question a person asks for, read from words and checked."""

import math
from dataclasses import dataclass
from datetime import datetime

from questions.errors import BadInput
from questions.instants import iso, parse_instant
from questions.records import Binary, Date, Discrete, Kind, MultipleChoice, Numeric

MOST_STEPS = 1000
TAKES = {
    "binary": (),
    "multiple_choice": ("options",),
    "numeric": ("range", "unit", "open_lower", "open_upper", "zero_point"),
    "discrete": ("range", "unit", "open_lower", "open_upper", "step"),
    "date": ("range", "open_lower", "open_upper"),
}
"""The types that there are, and what beside its type each is asked with."""
_RANGE = "LOW:HIGH with LOW below HIGH, such as 0:100"
_DATES = "FIRST:LAST with FIRST before LAST, such as 2030-01-01:2031-01-01"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The kind of a question as a person writes it."""

    type: str = "binary"
    options: str = ""
    """With commas between them."""
    range: str = ""
    unit: str = ""
    open_lower: bool | None = None
    open_upper: bool | None = None
    """None is as usual: open for dates, closed for numbers."""
    zero_point: float | None = None
    """The range is logarithmic in the distance from here."""
    step: float | None = None


def kind_of(wanted: Wanted, *, now: datetime | None = None) -> Kind:
    """The kind that is wanted; times of a range may count from ``now``.

    Raises:
        BadInput: a type that there is not, something that its type needs or does not take.

    >>> kind_of(Wanted("discrete", range="0:10"))
    Discrete(range_min=-0.5, range_max=10.5, inbound_outcome_count=11, ...)
    """
    if wanted.type not in TAKES:
        raise BadInput("type", wanted.type, f"one of {', '.join(TAKES)}")
    _check_parts(wanted)
    match wanted.type:
        case "binary":
            return Binary()
        case "multiple_choice":
            return MultipleChoice(_options(wanted.options))
        case "date":
            return _date(wanted, now)
        case "discrete":
            return _discrete(wanted)
    return _numeric(wanted)


def _check_parts(wanted: Wanted) -> None:
    for name in Wanted.__slots__[1:]:
        given = getattr(wanted, name)
        if given not in ("", None) and name not in TAKES[wanted.type]:
            takers = [known for known, parts in TAKES.items() if name in parts]
            flag = "--" + name.replace("_", "-")
            raise BadInput("type", wanted.type, f"--type {' or '.join(takers)} with {flag}")


def _options(text: str) -> tuple[str, ...]:
    names = tuple(" ".join(name.split()) for name in text.split(",")) if text.strip() else ()
    if len(names) < 2 or not all(names):
        raise BadInput("options", text, "two or more names with commas between: --options A,B")
    if len({name.casefold() for name in names}) < len(names):
        raise BadInput("options", text, "each option once")
    if any("=" in name for name in names):
        raise BadInput("options", text, "names without =, which stands between name and share")
    reserved = {"ambiguous", "annulled"} & {name.casefold() for name in names}
    if reserved:
        raise BadInput("options", text, f"another name: every question can be {reserved.pop()}")
    return names


def _numeric(wanted: Wanted) -> Numeric:
    low, high = _numbers(wanted.range)
    zero = wanted.zero_point
    if zero is not None and not (math.isfinite(zero) and zero < low):
        raise BadInput(
            "zero point", f"{zero:g}", f"a number below the range, which starts at {low:g}"
        )
    return Numeric(low, high, wanted.unit, bool(wanted.open_lower), bool(wanted.open_upper), zero)


def _discrete(wanted: Wanted) -> Discrete:
    low, high = _numbers(wanted.range)
    step = 1.0 if wanted.step is None else wanted.step
    count = (high - low) / step + 1 if math.isfinite(step) and step > 0 else 0.5
    if not (abs(count - round(count)) < 1e-6 and count <= MOST_STEPS):
        right = f"a step that divides the range into at most {MOST_STEPS} numbers"
        raise BadInput("step", f"{step:g}", right)
    half, ends = step / 2, (bool(wanted.open_lower), bool(wanted.open_upper))
    return Discrete(low - half, high + half, round(count), wanted.unit, *ends)


def _date(wanted: Wanted, now: datetime | None) -> Date:
    first, last = _instants(wanted.range, now)
    if first >= last:
        raise BadInput("range", wanted.range, f"{_DATES}; {iso(first)} does not come first")
    return Date(first, last, bool(wanted.open_lower), wanted.open_upper is not False)


def _numbers(text: str) -> tuple[float, float]:
    try:
        low, high = (float(part) for part in text.split(":"))
    except ValueError:
        raise BadInput("range", text, _RANGE) from None
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise BadInput("range", text, _RANGE)
    return low, high


def _instants(text: str, now: datetime | None) -> tuple[datetime, datetime]:
    """Two times with a colon between; times of day have colons of their own."""
    parts = text.split(":")
    for place in range(1, len(parts)):
        first, last = ":".join(parts[:place]), ":".join(parts[place:])
        try:
            return parse_instant(first, now=now), parse_instant(last, now=now)
        except BadInput:
            continue
    raise BadInput("range", text, _DATES)
