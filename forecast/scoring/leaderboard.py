"""Who did best, and how little that may mean.

Ranked by what one earned against the others who were active on the same question at the same
time, per question's worth of coverage, with at least thirty questions' worth counted: ``sum
of points / max(30, sum of coverage)``. Neither a few lucky questions nor many, neither late
entry nor withdrawal lift anybody: what is missing to thirty counts as nothing earned, and
when everybody knows the answer nobody earns. Source: Metaculus, leaderboard of the peer
accuracy medal.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.records import Score
from forecast.scoring.intervals import CI_PROB, always
from forecast.scoring.score import EDGE, RULES, rule_named
from questions.errors import BadInput

Floats = NDArray[np.float64]

LEAST_COVERAGE: Final = 30.0
"""Questions' worth of coverage that everybody is measured over at least."""
PEER: Final = "peer"
SHOWN_BESIDE: Final = "brier"


@dataclass(frozen=True, slots=True)
class Standing:
    """One forecaster's place, with what it rests on. Points are high, Brier scores low."""

    rank: int
    forecaster: str
    points: float
    """Sum of points over the larger of thirty and the sum of coverage."""
    ci_low: float
    ci_high: float
    n_questions: int
    coverage: float
    """Sum over questions."""
    mean_points: float
    """Over the questions that one forecast on."""
    mean_brier: float | None
    """Of the time-averaged Brier scores; None where there are none."""
    rank_low: int = 1
    rank_high: int = 1
    """The ranks from ``rank_low`` to ``rank_high`` hold 95 % of those over resampled questions."""
    always_low: float = -np.inf
    always_high: float = np.inf
    """An interval of the points that may be looked at after every question."""
    error: float = 0.0
    """The standard error of the points."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """(forecasters, questions) points and coverage, 0 where one did not forecast.

    Questions stand in the order in which they were scored.
    """

    forecasters: tuple[str, ...]
    points: Floats
    coverage: Floats
    present: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """(forecasters,) how the points and ranks vary over resampled sets of questions."""

    low: Floats
    high: Floats
    rank_low: NDArray[np.int64]
    rank_high: NDArray[np.int64]
    error: Floats


def ranked_by(rule: str) -> str:
    """The rule whose points rank people when a rule is named.

    ``peer`` and rules that begin with ``edge_`` rank as they are; a plain score becomes the
    edge over the others under it, because an average cannot rank: who says .50 for ninety
    days and then .95 has a Brier score of .225, who joins for the last ten days .0025.

    Raises:
        BadInput: points that do not compare people at the same time.

    >>> ranked_by("brier"), ranked_by("peer")
    ('edge_brier', 'peer')
    """
    name = rule_named(rule).name
    if name == PEER or name.startswith(EDGE):
        return name
    if EDGE + name in RULES:
        return EDGE + name
    fit = ", ".join([PEER, *(one.removeprefix(EDGE) for one in RULES if one.startswith(EDGE))])
    raise BadInput("rule to rank by", rule, f"one of {fit}")


def leaderboard(
    scores: Iterable[Score],
    *,
    rng: np.random.Generator,
    rule: str = PEER,
    draws: int = 1000,
    ci_prob: float = CI_PROB,
) -> list[Standing]:
    """The forecasters with points under a rule, best first; equal points share a rank.

    The interval holds ``ci_prob`` of the points over resampled sets of questions. ``rule`` is
    one that :func:`ranked_by` gives; scores under other rules than it and ``brier`` are left
    aside.

    >>> peers = [Score("Q1", "Ana", "peer", 12.0, 1.0), Score("Q1", "Bo", "peer", -12.0, 1.0)]
    >>> board = leaderboard(peers, rng=np.random.Generator(np.random.PCG64(1)))
    >>> [(place.rank, place.forecaster, place.points) for place in board]
    [(1, 'Ana', 0.4), (2, 'Bo', -0.4)]
    """
    listed = list(scores)
    sheet = sheet_of([score for score in listed if score.rule == rule])
    if not sheet.forecasters:
        return []
    points = points_of(sheet, np.ones((1, sheet.points.shape[1])))[0]
    spread = resampled(sheet, rng=rng, draws=draws, ci_prob=ci_prob)
    briers = _means(score for score in listed if score.rule == SHOWN_BESIDE)
    order = sorted(range(len(points)), key=lambda one: (-points[one], sheet.forecasters[one]))
    ranks = ranks_of(points)
    return [
        _standing(sheet, one, int(ranks[one]), float(points[one]), spread, briers) for one in order
    ]


def noise_share(standings: Sequence[Standing]) -> float:
    """How much of the variance of the points is noise, from 0 to 1.

    The mean squared standard error over the variance between forecasters: 1 says that equals
    would differ as much. NaN for fewer than two forecasters, or points that are infinite.
    """
    points = np.array([one.points for one in standings])
    errors = np.array([one.error for one in standings])
    if len(points) < 2 or not np.isfinite(points).all():
        return float("nan")
    between = float(points.var(ddof=1))
    return min(1.0, float(np.square(errors).mean()) / between) if between > 0 else 1.0


def _standing(
    sheet: Sheet, one: int, rank: int, points: float, spread: Spread, briers: dict[str, float]
) -> Standing:
    mine = sheet.points[one][sheet.present[one]]
    coverage = float(sheet.coverage[one].sum())
    watched = np.array(always(mine))
    low, high = watched * len(mine) / max(LEAST_COVERAGE, coverage)
    return Standing(
        rank=rank,
        forecaster=sheet.forecasters[one],
        points=points,
        ci_low=float(spread.low[one]),
        ci_high=float(spread.high[one]),
        n_questions=len(mine),
        coverage=coverage,
        mean_points=float(mine.mean()),
        mean_brier=briers.get(sheet.forecasters[one]),
        rank_low=int(spread.rank_low[one]),
        rank_high=int(spread.rank_high[one]),
        always_low=float(low),
        always_high=float(high),
        error=float(spread.error[one]),
    )


def sheet_of(rows: Sequence[Score]) -> Sheet:
    """Scores of one rule as a table of forecasters and questions."""
    forecasters = sorted({score.forecaster for score in rows})
    row_of = {name: number for number, name in enumerate(forecasters)}
    column_of: dict[str, int] = {}
    for score in rows:
        column_of.setdefault(score.question_id, len(column_of))
    points, coverage = np.zeros((2, len(forecasters), len(column_of)))
    present = np.zeros((len(forecasters), len(column_of)), dtype=np.bool_)
    for score in rows:
        cell = row_of[score.forecaster], column_of[score.question_id]
        points[cell], coverage[cell], present[cell] = score.score, score.coverage, True
    return Sheet(tuple(forecasters), points, coverage, present)


def points_of(sheet: Sheet, times: Floats) -> Floats:
    """(draws, forecasters) points when each question counts ``times`` (draws, questions)."""
    finite = np.where(np.isfinite(sheet.points), sheet.points, 0)
    points = times @ finite.T / np.maximum(LEAST_COVERAGE, times @ sheet.coverage.T)
    for infinity in (np.inf, -np.inf):
        points[times @ (sheet.points == infinity).T > 0] = infinity
    return np.asarray(points, dtype=np.float64)


def resampled(sheet: Sheet, *, rng: np.random.Generator, draws: int, ci_prob: float) -> Spread:
    """How points and ranks vary over resampled sets of questions."""
    count = sheet.points.shape[1]
    times = rng.multinomial(count, np.full(count, 1 / count), size=draws).astype(np.float64)
    tail = (1 - ci_prob) / 2
    points = points_of(sheet, times)
    ranks = np.stack([ranks_of(drawn) for drawn in points])
    finite = np.where(np.isfinite(points), points, np.nan)
    error = np.zeros(points.shape[1])
    some = np.isfinite(points).all(axis=0)
    error[some] = finite[:, some].std(axis=0)
    error[~some] = np.inf
    return Spread(
        low=np.quantile(points, tail, axis=0, method="lower"),
        high=np.quantile(points, 1 - tail, axis=0, method="higher"),
        rank_low=np.quantile(ranks, tail, axis=0, method="lower").astype(np.int64),
        rank_high=np.quantile(ranks, 1 - tail, axis=0, method="higher").astype(np.int64),
        error=error,
    )


def ranks_of(points: Floats) -> NDArray[np.int64]:
    """(forecasters,) one more than have more points: equal points share a rank.

    >>> ranks_of(np.array([3.0, 1.0, 3.0, 2.0])).tolist()
    [1, 4, 1, 3]
    """
    return 1 + len(points) - np.searchsorted(np.sort(points), points, side="right")


def _means(scores: Iterable[Score]) -> dict[str, float]:
    by_forecaster: dict[str, list[float]] = {}
    for score in scores:
        by_forecaster.setdefault(score.forecaster, []).append(score.score)
    return {name: float(np.mean(briers)) for name, briers in by_forecaster.items()}
