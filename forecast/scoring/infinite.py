"""Whose scores are infinite, and why: nothing is clipped, so the report says it by name."""

from collections.abc import Iterable, Mapping

import numpy as np

from forecast.histories.history import History
from forecast.histories.outcomes import chances_of
from forecast.records import Score
from questions.instants import from_micros, iso


def reasons(scores: Iterable[Score], answered: Iterable[History]) -> list[str]:
    """A sentence for each infinite score, from the histories of the questions concerned.

    Whoever gave 0 % to what happened is infinitely wrong, however briefly; those who are
    measured against such a forecast are infinitely better.
    """
    ruled = {history.target.id: ruled_out(history) for history in answered}
    return [_reason(one, ruled.get(one.question_id, {})) for one in scores if np.isinf(one.score)]


def ruled_out(history: History) -> dict[str, str]:
    """When each forecaster first gave 0 % to what happened, ISO 8601, while it counted."""
    rows = np.flatnonzero(chances_of(history.target, history.values) == 0)
    found: dict[str, str] = {}
    for row in rows.tolist():
        name = history.forecasters[history.who[row]]
        found.setdefault(name, iso(from_micros(int(history.made[row]))))
    return found


def _reason(one: Score, ruled: Mapping[str, str]) -> str:
    amount = "infinity" if one.score > 0 else "minus infinity"
    whose = f"{one.forecaster} on {one.question_id}: {one.rule} is {amount}"
    if one.forecaster in ruled:
        return f"{whose}, because of 0% for what happened, said at {ruled[one.forecaster]}"
    others = ", ".join(f"{name} at {when}" for name, when in sorted(ruled.items()))
    return f"{whose}, against 0% for what happened, said by {others or 'the crowd'}"
