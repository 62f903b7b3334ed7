"""What Metaculus takes: our values as the bodies of its requests, held to its rules beforehand.

Probabilities lie from .001 to .999; shares are of the options that there are now, and sum to 1.
Over N bins a CDF rises by at least .01 / N from point to point and by at most 40 / N; it begins
at 0 and ends at 1 where the range is closed, and leaves at least .001 beyond an open end.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from forecast.histories.grids import nodes_of
from forecast.histories.smooth import bins_of
from forecast.histories.targets import Grid
from forecast.probability import format_probability
from forecast.writing.values import drawn, grid_of, takes
from questions.errors import BadInput
from questions.instants import iso
from questions.records import Kind
from questions.values import Cdf, Probability, Quantiles, Shares, Value

Floats = NDArray[np.float64]
Body = dict[str, Any]

LOW: Final = 0.001
HIGH: Final = 0.999
SPREAD: Final = 0.01
"""What must be spread evenly over the bins of a range."""
STEEPEST: Final = 40.0
"""Over N bins no bin may have more than this over N: a fifth where there are 200."""
_DIGITS: Final = 10
"""Its rules look at so many decimals."""
_MARGIN: Final = 1e-9
_EVENED: Final = 1.01 * SPREAD
"""A little more than must be, so that rounding breaks nothing."""


def body_of(kind: Kind, value: Value, theirs: int, *, ends: datetime | None = None) -> Body:
    """A forecast on the question ``theirs`` as Metaculus takes it; ``ends`` is when it expires.

    An option without a share is left out, as one that is gone there has to be.

    Raises:
        BadInput: a value that Metaculus would not take, and why.

    >>> from questions.records import Binary
    >>> body_of(Binary(), Probability(0.35), 578)
    {'question': 578, 'probability_yes': 0.35}
    """
    until = {"end_time": iso(ends)} if ends else {}
    return {"question": theirs, **_said(kind, value), **until}


def outdated(body: Body, asked: Mapping[str, Any]) -> str:
    """Why a body does not suit the question as it stands there now; empty where it does.

    >>> outdated({"question": 578, "probability_yes": 0.35}, {"status": "closed"})
    'it is closed there'
    """
    if (status := asked.get("status")) not in (None, "open"):
        return f"it is {status} there"
    shares, now = body.get("probability_yes_per_category"), asked.get("options")
    if not (shares and now):
        return ""
    if gone := [option for option in shares if option not in now]:
        return f"{', '.join(gone)} is gone there: forecast anew, with no share for it"
    if lacking := [option for option in now if option not in shares]:
        return f"{', '.join(lacking)} has no share, and is an option there: forecast anew"
    return ""


def withdrawal_of(theirs: int) -> Body:
    """A withdrawal from the question ``theirs``."""
    return {"question": theirs}


def _said(kind: Kind, value: Value) -> Body:
    if isinstance(value, Quantiles):
        value = drawn(kind, value.at_level)
    if not takes(kind, value):
        raise BadInput("forecast", value, "a value of its kind of question")
    match value:
        case Probability(yes):
            return {"probability_yes": _within(yes, "probability")}
        case Shares(by_option):
            return {"probability_yes_per_category": _shares(by_option)}
        case Cdf(points):
            found = sound(np.array(points, dtype=np.float64), grid_of(kind))
            return {"continuous_cdf": found.tolist()}
    raise BadInput("forecast", value, "a probability, shares or a distribution")


def _within(share: float, what: str) -> float:
    if not LOW <= share <= HIGH:
        limits = f"{format_probability(LOW)} to {format_probability(HIGH)}"
        raise BadInput(what, format_probability(share), f"{limits}, which Metaculus takes")
    return share


def _shares(by_option: Sequence[tuple[str, float]]) -> dict[str, float]:
    found = {name: _within(share, f"share of {name}") for name, share in by_option if share > 0}
    if abs(math.fsum(found.values()) - 1) > 1e-6:
        total = format_probability(math.fsum(found.values()))
        raise BadInput("forecast", total, f"shares that sum to 100%; these sum to {total}")
    return found


def sound(points: Floats, grid: Grid) -> Floats:
    """(N + 1,) the CDF that keeps to the rules, by the least admixture of an even one.

    Raises:
        BadInput: more in one bin than Metaculus takes, something beyond a closed end, or another
            number of points than its grid has.

    >>> sound(np.linspace(0, 1, 201), Grid(0, 10, open_upper_bound=True))[[0, 100, 200]].tolist()
    [0.0, 0.4995, 0.999]
    """
    if len(points) != bins_of(grid) + 1:
        raise BadInput("distribution", f"{len(points)} points", f"{bins_of(grid) + 1} points")
    _check_ends(points, grid)
    share = _needed(points, _evened(points, grid), grid)
    mixed = (1 - share) * points + share * _evened(points, grid) if share > 0 else points
    found: Floats = np.round(mixed, 12)
    _check_steps(found, grid)
    return found


def _evened(points: Floats, grid: Grid) -> Floats:
    """The CDF shrunk to what the rules leave, with the share that must be spread evenly."""
    low, high = LOW * grid.open_lower_bound, 1 - LOW * grid.open_upper_bound
    even = np.linspace(0, 1, len(points))
    return np.asarray(low + (high - low - _EVENED) * points + _EVENED * even)


def _needed(points: Floats, evened: Floats, grid: Grid) -> float:
    """How much of the evened CDF has to be mixed in, from 0 to 1."""
    have, would = _slack(points, grid), _slack(evened, grid)
    short = np.round(have, _DIGITS) < 0
    if not short.any():
        return 0.0
    wanted = np.minimum(_MARGIN, would[short])
    return float(np.max((wanted - have[short]) / (would[short] - have[short])))


def _slack(points: Floats, grid: Grid) -> Floats:
    """What is left before each rule about too little is broken; negative where one is."""
    steps = np.diff(points) - SPREAD / (len(points) - 1)
    below = points[0] - LOW if grid.open_lower_bound else 0.0
    above = HIGH - points[-1] if grid.open_upper_bound else 0.0
    return np.concatenate([steps, [below, above]])


def _check_ends(points: Floats, grid: Grid) -> None:
    for beyond, is_open, name in (
        (points[0], grid.open_lower_bound, "below"),
        (1 - points[-1], grid.open_upper_bound, "above"),
    ):
        if not is_open and beyond > 1e-9:
            told = f"{format_probability(float(beyond))} {name} the range"
            raise BadInput("distribution", told, "nothing there: the range is closed")


def _check_steps(points: Floats, grid: Grid) -> None:
    steps = np.diff(points)
    most = min(STEEPEST / len(steps), 1.0)
    if np.round(steps.max(), _DIGITS) <= most:
        return
    at = nodes_of(grid, len(points))[int(steps.argmax())]
    told = f"{format_probability(round(float(steps.max()), 3))} in the bin from {at:g}"
    raise BadInput("distribution", told, f"at most {format_probability(most)}: make it wider")
