"""What a new resolution of a question changed in everybody's scores."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from forecast.records import Score


@dataclass(frozen=True, slots=True)
class Change:
    """One score under a question's resolution before and after it was resolved anew."""

    question_id: str
    forecaster: str
    rule: str
    resolved: str
    """What was said to have happened before."""
    before: float | None
    """None where there was no score."""
    resolved_anew: str
    """What is said since; empty while the question is open again."""
    after: float | None
    at: datetime
    """When the later word was put on record."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was said to have happened, from when, and the scores that followed from it."""

    question_id: str
    outcome: str
    at: datetime
    scores: tuple[Score, ...]


def changes(verdicts: Iterable[Verdict]) -> list[Change]:
    """What each verdict on one question changed against the one before, oldest first.

    >>> ana = Score("Q1", "Ana", "brier", 0.04, 1.0)
    >>> first = Verdict("Q1", "yes", datetime(2025, 1, 1), (ana,))
    >>> ana = Score("Q1", "Ana", "brier", 0.64, 1.0)
    >>> again = Verdict("Q1", "no", datetime(2025, 2, 1), (ana,))
    >>> [(one.before, one.after) for one in changes([first, again])]
    [(0.04, 0.64)]
    """
    listed = list(verdicts)
    return [change for earlier, later in pairwise(listed) for change in _between(earlier, later)]


def _between(earlier: Verdict, later: Verdict) -> list[Change]:
    before = {(one.forecaster, one.rule): one.score for one in earlier.scores}
    after = {(one.forecaster, one.rule): one.score for one in later.scores}
    return [
        Change(
            question_id=later.question_id,
            forecaster=forecaster,
            rule=rule,
            resolved=earlier.outcome,
            before=before.get((forecaster, rule)),
            resolved_anew=later.outcome,
            after=after.get((forecaster, rule)),
            at=later.at,
        )
        for forecaster, rule in dict.fromkeys([*before, *after])
        if before.get((forecaster, rule)) != after.get((forecaster, rule))
    ]
