"""Scores of everybody on many yes-or-no questions at once: from a panel to columns.

The same numbers as :func:`forecast.scoring.score.score_history` gives question by question;
what is an average over time is taken of all questions in one pass.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.histories.history import History
from forecast.histories.kernels import LARGE, compiled, segment_means
from forecast.histories.outcomes import outcomes_of, settled
from forecast.histories.panel import Panel, histories_in
from forecast.histories.targets import close_of
from forecast.records import Score
from forecast.scoring.score import FORMULAS, LAST, LOSSES, Floats, Rule, rule_named
from questions.instants import micros

Ints = NDArray[np.int64]

_ONE = np.zeros(1)


@dataclass(frozen=True, slots=True, eq=False)
class Earned:
    """Scores under one rule, one entry a pair of the panel; NaN where there is none."""

    rule: str
    score: Floats
    coverage: Floats


def score_panel(panel: Panel, names: Sequence[str]) -> list[Earned]:
    """What every pair earned under each rule; all questions of the panel must be settled.

    Raises:
        BadInput: a rule that is not known, or an outcome other than yes or no.
        ValueError: an open or void question.
    """
    if not all(settled(target) for target in panel.targets):
        raise ValueError("an open or void question cannot be scored")
    chosen = [rule_named(name) for name in names]
    averaged = {rule.name for rule in chosen if rule.name.removeprefix(LAST) in LOSSES}
    singly = [rule for rule in chosen if rule.name not in averaged]
    answers = _answers(panel)
    shares = _shares_of_life(panel)
    found = {name: _averaged(panel, name, answers, shares) for name in averaged}
    found |= _singly(panel, singly) if singly else {}
    return [found[rule.name] for rule in chosen]


def rows_of(panel: Panel, earned: Sequence[Earned]) -> Iterator[Score]:
    """The scores as records, in the order of questions, rules and forecasters."""
    edges = np.searchsorted(panel.question, np.arange(len(panel.targets) + 1)).tolist()
    who = [panel.forecasters[number] for number in panel.forecaster.tolist()]
    columns = [(one.rule, one.score.tolist(), one.coverage.tolist()) for one in earned]
    for number, target in enumerate(panel.targets):
        for rule, scores, coverage in columns:
            for pair in range(edges[number], edges[number + 1]):
                if (amount := scores[pair]) == amount:
                    yield Score(target.id, who[pair], rule, amount, coverage[pair])


def _averaged(panel: Panel, name: str, answers: Ints, shares: Floats) -> Earned:
    """A loss of each forecast, averaged over time or of the last one alone."""
    if (plain := name.removeprefix(LAST)) not in FORMULAS:
        return Earned(name, np.full(len(shares), np.nan), shares)
    _, formula = FORMULAS[plain]
    if name.startswith(LAST):
        return Earned(name, formula(panel.probs[panel.first[1:] - 1], answers), shares)
    losses = formula(panel.probs, np.repeat(answers, panel.lengths))
    return Earned(name, means(panel.first, panel.duration, losses), shares)


def means(first: Ints, weights: Floats, amounts: Floats) -> Floats:
    """(m,) weighted means of (n,) amounts over the segments that begin at (m + 1,) ``first``."""
    if len(amounts) >= LARGE:
        return compiled(segment_means)(first, weights, amounts)
    if not len(amounts):
        return np.zeros(0)
    sums: Floats = np.add.reduceat(weights * amounts, first[:-1])
    return sums / np.add.reduceat(weights, first[:-1])


def _singly(panel: Panel, chosen: Sequence[Rule]) -> dict[str, Earned]:
    """Rules that look at all forecasters of a question together."""
    empty = np.full((len(chosen), 2, len(panel.question)), np.nan)
    done = 0
    for history in histories_in(panel):
        pairs = slice(done, done + len(history.forecasters))
        for rule, columns in zip(chosen, empty, strict=True):
            columns[:, pairs] = _of_one(history, rule)
        done = pairs.stop
    return {
        rule.name: Earned(rule.name, *columns) for rule, columns in zip(chosen, empty, strict=True)
    }


def _of_one(history: History, rule: Rule) -> tuple[Floats, Floats]:
    if "binary" not in rule.types or not history.forecasters:
        nothing = np.full(len(history.forecasters), np.nan)
        return nothing, nothing
    return rule.earned(history), rule.coverage(history)


def _answers(panel: Panel) -> Ints:
    """(pairs,) 1 where the answer to the pair's question is yes, else 0."""
    answers = [outcomes_of(target, _ONE)[0] for target in panel.targets]
    return np.array(answers, dtype=np.int64)[panel.question]


def _shares_of_life(panel: Panel) -> Floats:
    """(pairs,) active time over the time from opening to the actual close."""
    lives = [micros(close_of(one)) - micros(one.open_time) for one in panel.targets]
    active = np.add.reduceat(panel.duration, panel.first[:-1]) if len(panel.probs) else _ONE[:0]
    return active / np.array(lives, dtype=np.float64)[panel.question]
