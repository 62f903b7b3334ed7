"""How people change their minds: how far for what they learn, and how far for a report.

A Bayesian's movement, the sum of squared changes, equals on average the fall of p (1 - p): the
ratio of the two is 1. More is moving too much (base-rate neglect, overreaction), less too little.
Source: Augenblick and Rabin (2021), "Belief Movement, Uncertainty Reduction, and Rational
Updating", Quarterly Journal of Economics 136, pages 933 to 985, proposition 1.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from forecast.crowd.methods import CLIP
from forecast.probability import logit
from forecast.scoring.intervals import DRAWS, mean_of, ratio_of

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Updating:
    """How far a forecaster's beliefs moved, beside how far their uncertainty fell."""

    forecaster: str
    n_questions: int
    """On which the forecaster spoke twice or more."""
    n_changes: int
    movement: float
    """Sum over questions of the squared changes."""
    reduction: float
    """Sum over questions of the fall of p (1 - p)."""
    ratio: float
    """Movement over reduction, 1 for a Bayesian; NaN where uncertainty did not fall."""
    ci_low: float
    ci_high: float
    excess: float
    """Movement minus reduction, the mean over questions; 0 for a Bayesian."""
    p_value: float
    """How often a Bayesian would show as large an excess, either way."""


@dataclass(frozen=True, slots=True)
class Reaction:
    """What a forecaster did in the window after reports came to a question."""

    question: str
    weight: float
    """What the reports were judged to say, nats."""
    change: float
    """Of the forecaster's log odds, nats."""


@dataclass(frozen=True, slots=True)
class Following:
    """How far a forecaster follows reports: 1 is as they were judged."""

    forecaster: str
    n: int
    """Windows after reports in which the forecaster held a forecast."""
    n_questions: int
    n_changed: int
    """Windows in which it was changed."""
    slope: float
    """Change of log odds for each nat of judged weight; NaN without a report of any weight."""
    ci_low: float
    ci_high: float


def movement(beliefs: ArrayLike) -> tuple[float, float]:
    """Movement and fall of uncertainty of one belief as it changed.

    (T,) P(yes), or (T, k) with a column for each of several events, of which the mean counts.

    >>> tuple(round(one, 9) for one in movement([0.5, 0.7, 0.9]))
    (0.08, 0.16)
    """
    held = np.asarray(beliefs, dtype=np.float64)
    held = held[:, None] if held.ndim == 1 else held
    changes = np.square(np.diff(held, axis=0)).sum(axis=0)
    open_ = held * (1 - held)
    return float(changes.mean()), float((open_[0] - open_[-1]).mean())


def updating(
    forecaster: str,
    streams: Iterable[ArrayLike],
    *,
    rng: np.random.Generator,
    draws: int = DRAWS,
) -> Updating:
    """What the beliefs of one forecaster show, one stream a question, as :func:`movement` takes.

    Streams of fewer than two beliefs say nothing. Intervals resample questions.

    >>> rng = np.random.Generator(np.random.PCG64(1))
    >>> found = updating("Ana", [[0.5, 0.9], [0.3, 0.1, 0.2], [0.4]], rng=rng)
    >>> found.n_questions, found.n_changes, round(found.movement, 9), round(found.reduction, 9)
    (2, 3, 0.21, 0.21)
    """
    held = [np.asarray(one, dtype=np.float64) for one in streams]
    held = [one for one in held if len(one) > 1]
    moved = np.array([movement(one) for one in held]).reshape(-1, 2)
    ratio = ratio_of(moved[:, 0], moved[:, 1], rng=rng, draws=draws)
    excess = mean_of(moved[:, 0] - moved[:, 1], rng=rng, draws=draws)
    return Updating(
        forecaster=forecaster,
        n_questions=len(held),
        n_changes=sum(_changed(one) for one in held),
        movement=float(moved[:, 0].sum()),
        reduction=float(moved[:, 1].sum()),
        ratio=ratio.ratio,
        ci_low=ratio.ci_low,
        ci_high=ratio.ci_high,
        excess=excess.mean,
        p_value=excess.p_value,
    )


def _changed(beliefs: Floats) -> int:
    steps = np.diff(beliefs, axis=0)
    return int(np.any(steps.reshape(len(steps), -1) != 0, axis=1).sum())


def following(
    forecaster: str,
    reactions: Sequence[Reaction],
    *,
    rng: np.random.Generator,
) -> Following:
    """The slope, through nothing, of changes on judged weights; its interval resamples questions.

    Below 1 is under-reaction, which includes not having moved at all, above 1 over-reaction.

    >>> rows = [Reaction("Q1", 1.0, 0.5), Reaction("Q2", -2.0, -1.0)]
    >>> following("Ana", rows, rng=np.random.Generator(np.random.PCG64(1))).slope
    0.5
    """
    sums: dict[str, tuple[float, float]] = {}
    for one in reactions:
        above, below = sums.get(one.question, (0.0, 0.0))
        sums[one.question] = (above + one.weight * one.change, below + one.weight**2)
    pairs = np.array([*sums.values()]).reshape(-1, 2)
    found = ratio_of(pairs[:, 0], pairs[:, 1], rng=rng)
    return Following(
        forecaster=forecaster,
        n=len(reactions),
        n_questions=len(sums),
        n_changed=sum(one.change != 0 for one in reactions),
        slope=found.ratio,
        ci_low=found.ci_low,
        ci_high=found.ci_high,
    )


def reactions_of(
    question: str,
    arrivals: Sequence[tuple[int, float]],
    said: Sequence[tuple[int, int, float]],
    *,
    window: int,
    end: int,
) -> list[Reaction]:
    """What one forecaster did in the windows after reports came to a yes-or-no question.

    Args:
        question: its id.
        arrivals: ``(instant, judged weight in nats)`` of each report, in time's order.
        said: ``(start, end, P(yes))`` of each stretch of time in which a forecast held.
        window: how long the forecaster has to react.
        end: when the question closed; a window that reaches beyond is cut.

    All times are whole numbers of one unit. Reports that come within the window of one before
    them count together with it, so that no change counts twice. A forecaster who holds no
    forecast at either end of a window is left out there.

    >>> reactions_of("Q1", [(10, 1.0)], [(0, 12, 0.5), (12, 99, 0.7310585786)], window=5, end=99)
    [Reaction(question='Q1', weight=1.0, change=1.0)]
    """
    found, place = [], 0
    while place < len(arrivals):
        start = arrivals[place][0]
        inside = [weight for at, weight in arrivals[place:] if at < start + window]
        place += len(inside)
        before, after = _held(said, start - 1), _held(said, min(start + window, end) - 1)
        if before is not None and after is not None and start < end:
            change = round(after - before, 9)
            found.append(Reaction(question, math.fsum(inside), change))
    return found


def _held(said: Sequence[tuple[int, int, float]], at: int) -> float | None:
    """The log odds of the forecast that held at an instant, clipped as for pooling."""
    for start, end, prob in said:
        if start <= at < end:
            return float(logit(min(max(prob, CLIP), 1 - CLIP)))
    return None
