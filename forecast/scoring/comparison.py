"""Who is better, honestly: in pairs on common questions, and across different questions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.records import Score
from forecast.scoring.intervals import TAIL, always, mean_of
from forecast.scoring.score import EDGE
from questions.errors import BadInput, NotFound

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

HIGH_IS_GOOD: Final = ("baseline", "peer", "spot_baseline", "spot_peer", "relative_legacy")
"""Rules under which more is better, besides every edge."""
SIGNIFICANT: Final = 0.05
SETS: Final = 500
"""Sets of questions that are drawn to see how far effects vary."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two forecasters did on the questions that both were scored on."""

    first: str
    second: str
    rule: str
    n_questions: int
    difference: float
    """Mean over questions of the first's score minus the second's."""
    ci_low: float
    ci_high: float
    p_value: float
    """How often as large a difference would show between equals, by resampling questions."""
    always_low: float
    always_high: float
    """An interval that may be looked at after every question."""
    better: str
    """Who did better; empty where the difference is noise."""

    @property
    def noise(self) -> bool:
        """Whether equals would often differ as much."""
        return not self.better


def compare(
    scores: Iterable[Score],
    first: str,
    second: str,
    *,
    rule: str,
    rng: np.random.Generator,
) -> Comparison:
    """Two forecasters on their common questions, in the order in which these are scored.

    Raises:
        NotFound: one of them has no score under the rule.
        BadInput: they have no question in common.

    >>> rows = [Score(f"Q{n}", who, "brier", loss, 1.0)
    ...         for n in range(9) for who, loss in (("Ana", 0.1), ("Bo", 0.1 + n / 50))]
    >>> rng = np.random.Generator(np.random.PCG64(1))
    >>> found = compare(rows, "Ana", "Bo", rule="brier", rng=rng)
    >>> found.better, round(found.difference, 9)
    ('Ana', -0.08)
    """
    mine, theirs = by_question(scores, rule, (first, second))
    common = [question for question in mine if question in theirs]
    if not common:
        raise BadInput("pair", f"{first} and {second}", "two with a resolved question in common")
    gaps = np.array([_gap(mine[question], theirs[question]) for question in common])
    found, watched = mean_of(gaps, rng=rng), always(gaps)
    ahead = first if (found.mean > 0) == high_is_good(rule) else second
    sure = found.p_value < SIGNIFICANT and found.mean != 0
    return Comparison(
        first=first,
        second=second,
        rule=rule,
        n_questions=len(common),
        difference=found.mean,
        ci_low=found.ci_low,
        ci_high=found.ci_high,
        p_value=found.p_value,
        always_low=watched[0],
        always_high=watched[1],
        better=ahead if sure else "",
    )


def by_question(
    scores: Iterable[Score], rule: str, names: Sequence[str]
) -> list[Mapping[str, float]]:
    """The scores of each name under a rule, by question, in the order in which they come.

    Raises:
        NotFound: a name without any.
    """
    found: dict[str, dict[str, float]] = {}
    for score in scores:
        if score.rule == rule:
            found.setdefault(score.forecaster, {})[score.question_id] = score.score
    for name in names:
        if name not in found:
            raise NotFound("forecaster with a score", name, found)
    return [found[name] for name in names]


def high_is_good(rule: str) -> bool:
    """Whether more is better under a rule.

    >>> high_is_good("peer"), high_is_good("last_brier")
    (True, False)
    """
    return rule in HIGH_IS_GOOD or rule.startswith(EDGE)


def _gap(mine: float, theirs: float) -> float:
    """One minus the other; two that are infinite alike do not differ."""
    return 0.0 if mine == theirs else mine - theirs


@dataclass(frozen=True, slots=True)
class Adjusted:
    """A forecaster's mean score, as it would be had everybody answered every question."""

    forecaster: str
    mean: float
    """As it is."""
    adjusted: float
    ci_low: float
    ci_high: float
    n_questions: int


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Scores under one rule as (n,) columns."""

    forecasters: tuple[str, ...]
    questions: tuple[str, ...]
    who: Ints
    asked: Ints
    amounts: Floats


def cells_of(scores: Iterable[Score], rule: str) -> Cells:
    """The finite scores under a rule; infinite ones have no place in a sum of effects."""
    rows = [one for one in scores if one.rule == rule and np.isfinite(one.score)]
    forecasters = tuple(sorted({one.forecaster for one in rows}))
    questions = tuple(dict.fromkeys(one.question_id for one in rows))
    who = {name: number for number, name in enumerate(forecasters)}
    asked = {name: number for number, name in enumerate(questions)}
    return Cells(
        forecasters,
        questions,
        np.array([who[one.forecaster] for one in rows], dtype=np.int64),
        np.array([asked[one.question_id] for one in rows], dtype=np.int64),
        np.array([one.score for one in rows], dtype=np.float64),
    )


def adjusted(
    scores: Iterable[Score],
    *,
    rule: str,
    rng: np.random.Generator,
) -> list[Adjusted]:
    """Scores of people who answered different questions, made comparable; best first.

    ``score_ij = a_i + b_j`` by least squares: a question's difficulty b is what all who
    answered it have in common. Intervals resample questions. Forecasters whom no chain of
    common questions connects are compared through the overall mean alone.

    >>> rows = [Score("hard", "Ana", "brier", 0.4, 1.0), Score("hard", "Bo", "brier", 0.5, 1.0),
    ...         Score("easy", "Bo", "brier", 0.1, 1.0)]
    >>> found = adjusted(rows, rule="brier", rng=np.random.Generator(np.random.PCG64(1)))
    >>> [(one.forecaster, round(one.mean, 9), round(one.adjusted, 9)) for one in found]
    [('Ana', 0.4, 0.2), ('Bo', 0.3, 0.3)]
    """
    cells = cells_of(scores, rule)
    if not cells.forecasters:
        return []
    count = len(cells.questions)
    effects = two_way(cells, np.ones(count))
    times = rng.multinomial(count, np.full(count, 1 / count), size=SETS)
    drawn = np.array([two_way(cells, one) for one in times])
    with np.errstate(invalid="ignore"):
        low, high = np.nanquantile(drawn, [TAIL, 1 - TAIL], axis=0)
    n = np.bincount(cells.who, minlength=len(cells.forecasters))
    means = np.bincount(cells.who, cells.amounts) / n
    rows = [
        Adjusted(name, float(means[i]), float(effects[i]), float(low[i]), float(high[i]), int(n[i]))
        for i, name in enumerate(cells.forecasters)
    ]
    sign = -1 if high_is_good(rule) else 1
    return sorted(rows, key=lambda row: (sign * row.adjusted, row.forecaster))


def two_way(cells: Cells, times: NDArray[np.generic]) -> Floats:
    """(forecasters,) a_i plus the mean difficulty, each question counting ``times``.

    The questions' effects are eliminated from the normal equations; NaN for a forecaster
    none of whose questions counts.
    """
    people, asked = len(cells.forecasters), len(cells.questions)
    weight = np.asarray(times, dtype=np.float64)[cells.asked]
    table, sums = np.zeros((2, people, asked))
    np.add.at(table, (cells.who, cells.asked), weight)
    np.add.at(sums, (cells.who, cells.asked), weight * cells.amounts)
    column = table.sum(axis=0)
    share = table / np.where(column > 0, column, 1)
    laplacian = np.diag(table.sum(axis=1)) - share @ table.T
    effects = np.linalg.lstsq(laplacian, (sums - share * sums.sum(axis=0)).sum(axis=1))[0]
    left = (sums.sum(axis=0) - effects @ table)[column > 0] / column[column > 0]
    count = np.asarray(times, dtype=np.float64)[column > 0]
    found: Floats = effects + np.average(left, weights=count)
    return np.where(table.sum(axis=1) > 0, found, np.nan)
