"""What Metaculus' downloads and its live interface have in common: kinds, values, criteria."""

from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate, pairwise
from typing import Any, Final

from forecast.exchange.cells import cdf, listed, number, probability, shares
from questions.errors import BadInput
from questions.records import Binary, Kind, MultipleChoice
from questions.values import Value

PLATFORM: Final = "metaculus"


def zero_point(points: Sequence[Any], low: float, high: float) -> float | None:
    """Where the zero of a logarithmic range lies, told by where its points are; None if even.

    The middle of the range lies at 1 / (sqrt(r) + 1) of the way, r being how much farther the
    top lies from zero than the bottom; steps grow by r from the first to the last, but for one
    (Metaculus, scaling of continuous questions).

    >>> round(zero_point([1, 10, 100], 1, 100), 9)
    0.0
    """
    at = [number(one, "Continuous Range") for one in points]
    if len(at) < 3 or not all(below < above for below, above in pairwise(at)):
        return None
    if len(at) % 2:
        ratio = ((high - low) / (at[len(at) // 2] - low) - 1) ** 2
    else:
        steps = (at[-1] - at[-2]) / (at[1] - at[0])
        ratio = steps ** ((len(at) - 1) / (len(at) - 2))
    return None if abs(ratio - 1) < 1e-9 else (ratio * low - high) / (ratio - 1)


def spot_time(named: datetime | None, reveal: datetime | None, opens: datetime) -> datetime | None:
    """When spot scores look: as named, else when the community is revealed, if that is later.

    None is the close.
    """
    return named or (reveal if reveal is not None and reveal > opens else None)


def value_in(kind: Kind, yes: Any, shared: Any, points: Any) -> Value:
    """The value in the three columns of which a forecast fills one.

    Aggregates may give the shares of the bins of a CDF, or of no and yes.

    Raises:
        BadInput: none, or one that is no forecast.
    """
    if isinstance(kind, Binary):
        found = listed(shared, "Probability Yes Per Category")
        return probability(found[1] if len(found) == 2 else yes, "Probability Yes")
    if isinstance(kind, MultipleChoice):
        amounts = listed(shared, "Probability Yes Per Category")
        return shares(kind.options, amounts, "Probability Yes Per Category")
    found = listed(points, "Continuous CDF")
    bins = listed(shared, "Probability Yes Per Category")
    if not found and bins:
        found = [min(1.0, round(total, 12)) for total in accumulate(map(float, bins[:-1]))]
    return cdf(found, "Continuous CDF")


def value_of(kind: Kind, values: Sequence[Any], what: str) -> Value:
    """The value in ``forecast_values``: no and yes, shares of all options, or a CDF.

    Raises:
        BadInput: none of these.
    """
    if isinstance(kind, Binary):
        if len(values) != 2:
            raise BadInput(what, list(values), "the probabilities of no and yes")
        return probability(values[1], what)
    if isinstance(kind, MultipleChoice):
        return shares(kind.options, values, what)
    return cdf(values, what)


def criteria(url: str) -> str:
    """The resolution criteria of a question whose file does not tell them."""
    return f"As Metaculus resolves it: {url}" if url else "As Metaculus resolves it."


def all_options(history: Sequence[Any], current: Sequence[str]) -> list[str]:
    """All options that there ever were, in the order they came, the catch-all last.

    ``history`` is ``[time, options]`` from the first list of options on.

    >>> all_options([[None, ["A", "Other"]], ["2025-01-05", ["A", "B", "Other"]]], [])
    ['A', 'B', 'Other']
    """
    lists = [list(map(str, options)) for _, options in history] or [list(current)]
    ever = dict.fromkeys(option for options in lists for option in options[:-1])
    return [*ever, *lists[0][-1:]]
