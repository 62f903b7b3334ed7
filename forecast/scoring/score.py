"""Scores of everybody on every question under any rules: from records to records."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.histories.grids import masses, nodes_of
from forecast.histories.history import History, active_time, histories
from forecast.histories.outcomes import grid_of, number_of, outcomes_of, settled
from forecast.histories.targets import Target, TargetType, close_of
from forecast.records import Forecast, Score
from forecast.scoring import averages, points, rules
from forecast.scoring.averages import Loss
from forecast.scoring.crps import crps
from forecast.scoring.quantiles import LEVELS, interval_score, quantiles_of
from questions.errors import BadInput
from questions.instants import micros

Floats = NDArray[np.float64]
Formula = Callable[[Floats, NDArray[np.int64]], Floats]
"""From (n, ...) probabilities and (n,) places of what happened to (n,) losses."""
Measured = Callable[[Floats, Floats, float], Floats]
"""From (n, m) CDFs, (m,) nodes and what happened to (n,) losses."""
Earned = Callable[[History], Floats]
"""From a history to (forecasters,) scores, NaN where there is nothing to score."""

OPTIONS: Final[frozenset[TargetType]] = frozenset({"binary", "multiple_choice"})
ORDERED: Final[frozenset[TargetType]] = OPTIONS | {"discrete"}
MEASURED: Final[frozenset[TargetType]] = frozenset({"numeric", "date"})
ALL: Final[frozenset[TargetType]] = ORDERED | MEASURED

SECONDS_A_DAY: Final = 86_400
LAST: Final = "last_"
EDGE: Final = "edge_"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by which questions of some types are scored."""

    name: str
    types: frozenset[TargetType]
    earned: Earned
    coverage: Earned


def score(
    targets: Iterable[Target],
    forecasts: Iterable[Forecast],
    names: Sequence[str],
    *,
    outside: Collection[str] = (),
) -> list[Score]:
    """One score for each question, rule and forecaster, in the order of questions and rules.

    There is no row where a rule does not suit the question's type, where nothing was active,
    or where the question is open, ambiguous or annulled. ``outside`` names forecasters who
    are scored against the crowd without being part of it.

    Raises:
        BadInput: a rule that is not known, forecasts that contradict one another, or a value
            or outcome that does not suit a question.
    """
    chosen = [rule_named(name) for name in names]
    scored = [target for target in targets if settled(target)]
    return [
        row
        for history in histories(scored, forecasts, outside)
        for rule in chosen
        for row in score_history(history, rule)
    ]


def score_history(history: History, rule: Rule) -> list[Score]:
    """One score for each forecaster on one question; none where the rule does not suit it."""
    if history.target.type not in rule.types or not history.forecasters:
        return []
    earned, coverage = rule.earned(history), rule.coverage(history)
    return [
        Score(history.target.id, forecaster, rule.name, float(amount), float(share))
        for forecaster, amount, share in zip(history.forecasters, earned, coverage, strict=True)
        if not np.isnan(amount)
    ]


def rule_named(name: str) -> Rule:
    """The rule of that name.

    Raises:
        BadInput: no such rule.

    >>> rule_named("last_brier").name
    'last_brier'
    """
    if name not in RULES:
        near = get_close_matches(name, RULES, n=3)
        raise BadInput("rule", name, " or ".join(near) if near else f"one of {', '.join(RULES)}")
    return RULES[name]


def rules_named(text: str) -> tuple[str, ...]:
    """The names of rules in ``brier,peer``.

    Raises:
        BadInput: one that is not known.

    >>> rules_named("brier, peer")
    ('brier', 'peer')
    """
    return tuple(rule_named(name.strip()).name for name in text.split(","))


def over_actual_life(history: History) -> Floats:
    """(forecasters,) active time over the time from opening to the actual close."""
    target = history.target
    return active_time(history) / (micros(close_of(target)) - micros(target.open_time))


def over_scheduled_life(history: History) -> Floats:
    """(forecasters,) active time over the time from opening to the scheduled close."""
    target = history.target
    return active_time(history) / (micros(target.scheduled_close_time) - micros(target.open_time))


def at_an_instant(history: History) -> Floats:
    """(forecasters,) 1: spot points look at one instant."""
    return np.ones(len(history.forecasters))


def _by_rule(formula: Formula) -> Loss:
    """A formula on probabilities and outcomes as a loss of each forecast of a history."""

    def losses(history: History) -> Floats:
        places = outcomes_of(history.target, history.values)
        return formula(_shares(history), places)

    return losses


def _shares(history: History) -> Floats:
    """P(yes), the shares of the options, or the bins of a CDF without those beyond a closed end."""
    if history.target.type in OPTIONS:
        return history.values
    grid, bins = grid_of(history.target), masses(history.values)
    bins[:, 0] = bins[:, 0] if grid.open_lower_bound else np.nan
    bins[:, -1] = bins[:, -1] if grid.open_upper_bound else np.nan
    return bins


def _measured(formula: Measured) -> Loss:
    """A formula on CDFs as a loss of each forecast of a history; of dates in days."""

    def losses(history: History) -> Floats:
        target = history.target
        nodes = nodes_of(grid_of(target), history.values.shape[1])
        unit = SECONDS_A_DAY if target.type == "date" else 1
        return formula(history.values, nodes, number_of(target)) / unit

    return losses


def _wis(cdfs: Floats, nodes: Floats, outcome: float) -> Floats:
    clamped = min(max(outcome, float(nodes[0])), float(nodes[-1]))
    return interval_score(quantiles_of(cdfs, nodes, LEVELS), LEVELS, clamped)


FORMULAS: Final[dict[str, tuple[frozenset[TargetType], Formula]]] = {
    "brier": (OPTIONS, rules.brier),
    "brier_two_sided": (OPTIONS, rules.brier_two_sided),
    "log": (OPTIONS, rules.log),
    "spherical": (OPTIONS, rules.spherical),
    "rps": (ORDERED, rules.rps),
    "ordinal": (ORDERED, rules.ordinal),
}
"""Of the probabilities of things that can happen; each takes P(yes) too."""

LOSSES: Final[dict[str, tuple[frozenset[TargetType], Loss]]] = {
    **{name: (types, _by_rule(formula)) for name, (types, formula) in FORMULAS.items()},
    "crps": (MEASURED, _measured(crps)),
    "wis": (MEASURED, _measured(_wis)),
}
"""Averaged over the active time under their own name; of the last forecast as ``last_...``;
against the others who were active at the same time as ``edge_...``."""


def _averaged(loss: Loss) -> Earned:
    return lambda history: averages.time_average(history, loss(history))


def _edge(loss: Loss) -> Earned:
    return lambda history: points.edge(history, loss(history))


def _last(loss: Loss) -> Earned:
    return lambda history: averages.last(history, loss(history))


RULES: Final[dict[str, Rule]] = {
    rule.name: rule
    for rule in (
        *(
            Rule(name, types, _averaged(loss), over_actual_life)
            for name, (types, loss) in LOSSES.items()
        ),
        *(
            Rule(LAST + name, types, _last(loss), over_actual_life)
            for name, (types, loss) in LOSSES.items()
        ),
        *(
            Rule(EDGE + name, types, _edge(loss), over_scheduled_life)
            for name, (types, loss) in LOSSES.items()
        ),
        Rule("daily_brier", OPTIONS, averages.daily_brier, over_actual_life),
        Rule("relative_brier", OPTIONS, averages.relative_brier, over_actual_life),
        Rule("baseline", ALL, points.baseline, over_scheduled_life),
        Rule("peer", ALL, points.peer, over_scheduled_life),
        Rule("spot_baseline", ALL, points.spot_baseline, at_an_instant),
        Rule("spot_peer", ALL, points.spot_peer, at_an_instant),
        Rule("relative_legacy", ALL, points.relative_legacy, over_actual_life),
    )
}
