"""Who did best, and how little that may mean.

Ranked by peer points per question's worth of coverage, with at least thirty questions'
worth counted: ``sum of peer / max(30, sum of coverage)``. Neither a few lucky questions
nor late entry lift anybody: what is missing to thirty counts as nothing earned. The
interval comes from resampling questions; where intervals overlap, the order is noise.
Source: Metaculus, leaderboard of the peer accuracy medal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.records import Score

Floats = NDArray[np.float64]

LEAST_COVERAGE: Final = 30.0
"""Questions' worth of coverage that everybody is measured over at least."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One forecaster's place, with what it rests on. Points are high, Brier scores low."""

    rank: int
    forecaster: str
    points: float
    """Sum of peer points over the larger of thirty and the sum of coverage."""
    ci_low: float
    ci_high: float
    n_questions: int
    coverage: float
    """Sum over questions."""
    mean_peer: float
    mean_brier: float | None
    """Of the time-averaged Brier scores; None where there are none."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """(forecasters, questions) peer points and coverage, 0 where one did not forecast."""

    forecasters: tuple[str, ...]
    peer: Floats
    coverage: Floats
    present: NDArray[np.bool_]


def leaderboard(
    scores: Iterable[Score],
    *,
    rng: np.random.Generator,
    draws: int = 1000,
    ci_prob: float = 0.95,
) -> list[Standing]:
    """The forecasters with peer points, best first; who has the same points shares a rank.

    The interval holds ``ci_prob`` of the points over resampled sets of questions. Scores
    under other rules than ``peer`` and ``brier`` are left aside.

    >>> peers = [Score("Q1", "Ana", "peer", 12.0, 1.0), Score("Q1", "Bo", "peer", -12.0, 1.0)]
    >>> board = leaderboard(peers, rng=np.random.Generator(np.random.PCG64(1)))
    >>> [(place.rank, place.forecaster, place.points) for place in board]
    [(1, 'Ana', 0.4), (2, 'Bo', -0.4)]
    """
    listed = list(scores)
    sheet = sheet_of([score for score in listed if score.rule == "peer"])
    if not sheet.forecasters:
        return []
    ones = np.ones((1, sheet.peer.shape[1]))
    points = points_of(sheet, ones)[0]
    low, high = resampled(sheet, rng=rng, draws=draws, ci_prob=ci_prob)
    briers = _means(score for score in listed if score.rule == "brier")
    best_first = sorted(
        range(len(points)), key=lambda number: (-points[number], sheet.forecasters[number])
    )
    return [
        Standing(
            rank=1 + int((points > points[number]).sum()),
            forecaster=sheet.forecasters[number],
            points=float(points[number]),
            ci_low=float(low[number]),
            ci_high=float(high[number]),
            n_questions=int(sheet.present[number].sum()),
            coverage=float(sheet.coverage[number].sum()),
            mean_peer=float(sheet.peer[number][sheet.present[number]].mean()),
            mean_brier=briers.get(sheet.forecasters[number]),
        )
        for number in best_first
    ]


def sheet_of(peers: Iterable[Score]) -> Sheet:
    """Scores of one rule as a table of forecasters and questions."""
    rows = list(peers)
    forecasters = sorted({score.forecaster for score in rows})
    questions = sorted({score.question_id for score in rows})
    row_of = {name: number for number, name in enumerate(forecasters)}
    column_of = {name: number for number, name in enumerate(questions)}
    peer, coverage = np.zeros((2, len(forecasters), len(questions)))
    present = np.zeros((len(forecasters), len(questions)), dtype=np.bool_)
    for score in rows:
        cell = row_of[score.forecaster], column_of[score.question_id]
        peer[cell], coverage[cell], present[cell] = score.score, score.coverage, True
    return Sheet(tuple(forecasters), peer, coverage, present)


def points_of(sheet: Sheet, times: Floats) -> Floats:
    """(draws, forecasters) points when each question counts ``times`` (draws, questions)."""
    finite = np.where(np.isfinite(sheet.peer), sheet.peer, 0)
    points = times @ finite.T / np.maximum(LEAST_COVERAGE, times @ sheet.coverage.T)
    for infinity in (np.inf, -np.inf):
        points[times @ (sheet.peer == infinity).T > 0] = infinity
    return np.asarray(points, dtype=np.float64)


def resampled(
    sheet: Sheet, *, rng: np.random.Generator, draws: int, ci_prob: float
) -> tuple[Floats, Floats]:
    """(forecasters,) the low and high end of the points over resampled sets of questions."""
    count = sheet.peer.shape[1]
    times = rng.multinomial(count, np.full(count, 1 / count), size=draws).astype(np.float64)
    tail = (1 - ci_prob) / 2
    points = points_of(sheet, times)
    low = np.quantile(points, tail, axis=0, method="lower")
    high = np.quantile(points, 1 - tail, axis=0, method="higher")
    return low, high


def _means(scores: Iterable[Score]) -> dict[str, float]:
    by_forecaster: dict[str, list[float]] = {}
    for score in scores:
        by_forecaster.setdefault(score.forecaster, []).append(score.score)
    return {name: float(np.mean(briers)) for name, briers in by_forecaster.items()}
