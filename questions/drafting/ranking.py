"""Which drafts are most worth asking: uncertain, consequential, resolvable and soon."""

from datetime import date
from typing import Final

from questions.drafting.deadlines import Deadline
from questions.drafting.merging import WEIGHT, Happening

_SOON_DAYS: Final = 60.0
_SLOW_DAYS: Final = 400.0


def rank_of(happening: Happening, deadline: Deadline, published: date) -> float:
    """A number from 0 up, higher for a question more worth asking."""
    event = happening.best
    days = (deadline.day - published).days
    soon = 1.0 if days <= _SOON_DAYS else max(0.2, 1.0 - (days - _SOON_DAYS) / _SLOW_DAYS)
    named = 1.0 if deadline.exact else 0.9
    told = min(1.25, 1.0 + 0.08 * (len(happening.mentions) - 1))
    clear: float = 0.5 ** len(event.doubts)
    weight = event.family.consequence * WEIGHT[event.mood]
    return round(weight * soon * named * told * clear, 4)
