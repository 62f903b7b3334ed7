"""Who holds what of a number or a date: the belief, the crowd, the members."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

Sheet = Mapping[str, Any]

MOST: Final = 12
"""So many members are shown one by one."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A distribution as far as it is shown: its middle, and the ends of most of it."""

    who: str
    low: float
    """Of a date seconds since 1970, as ``middle`` and ``high``; beyond an open end infinite."""
    middle: float
    high: float
    span: str
    """What lies between the ends, such as ``90%`` or ``p10 to p90``."""


def holders(view: Sheet) -> Iterator[Holder]:
    """The belief, the crowd where it may be seen, and what members hold.

    ``view`` is that of :func:`forecast.views.question_view`.
    """
    belief, crowd = view["belief"], view.get("crowd") or {}
    low, high = number(belief["ci_low"]), number(belief["ci_high"])
    yield Holder("belief", low, _middle(belief["quantiles"]), high, f"{belief['ci_prob']:.0%}")
    if crowd.get("quantiles"):
        yield _holder("crowd", crowd["quantiles"])
    held = [row for row in view["forecasts"] if row["active"] and row.get("quantiles")]
    yield from (_holder(row["member"], row["quantiles"]) for row in held[:MOST])


def number(value: Any) -> float:
    """A number of a view; of a date its seconds since 1970."""
    return float(value) if isinstance(value, int | float) else float(value.timestamp())


def _holder(who: str, quantiles: Sheet) -> Holder:
    low, *_, high = sorted(quantiles, key=_level) * 2
    ends = number(quantiles[low]), number(quantiles[high])
    return Holder(who, ends[0], _middle(quantiles), ends[1], f"{low} to {high}")


def _middle(quantiles: Sheet) -> float:
    return number(quantiles[min(quantiles, key=lambda level: abs(_level(level) - 50))])


def _level(name: str) -> float:
    return float(name.removeprefix("p"))
