"""How a belief came to be: one change for each thing that moved it, and its path in time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from forecast.belief.dossier import Dossier, had_only, reported, unmoved, until
from forecast.belief.draws import Fit
from forecast.belief.fold import believe
from forecast.records import Belief, Change, Evidence
from questions.values import Cdf, Probability, Shares, Value

TICK = timedelta(microseconds=1)
LEAST = 1e-6
"""What passes within a tick is no change."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a belief of any kind: what moved it, from what value to what."""

    at: datetime
    cause: str
    """``prior``, ``evidence``, ``retraction``, ``grade`` or ``fit``."""
    reference: str
    before: Value | None
    after: Value
    by: str = ""


def changes(dossier: Dossier, fits: Sequence[Fit], at: datetime) -> list[Change]:
    """Every step of a yes-or-no question's belief up to ``at``, oldest first.

    What passing time did since the step before shows as the gap between that step's
    ``after`` and this step's ``before``.
    """
    return [
        Change(
            at=one.at,
            cause=one.cause,
            reference=one.reference,
            before=None if one.before is None else yes_of(one.before),
            after=yes_of(one.after),
            by=one.by,
        )
        for one in steps(dossier, fits, at)
    ]


def steps(dossier: Dossier, fits: Sequence[Fit], at: datetime) -> list[Step]:
    """Every step of a belief up to ``at``, oldest first; the first is the prior's."""
    start, end = dossier.open_time, until(dossier, at)
    prior = Step(start, "prior", "", None, _value_at(unmoved(dossier), (), start))
    moved = [*_by_evidence(dossier, fits), *_by_turns(dossier, fits), *_by_fits(dossier, fits)]
    inside = [one for one in moved if start <= one.at <= end]
    return [prior, *sorted(inside, key=lambda one: one.at)]


def _by_evidence(dossier: Dossier, fits: Sequence[Fit]) -> Iterator[Step]:
    evidence = reported(dossier)
    for place, one in enumerate(evidence):
        before, after = (
            _value_at(had_only(dossier, {*evidence[:end]}), fits, one.recorded_at)
            for end in (place, place + 1)
        )
        yield Step(one.recorded_at, "evidence", one.report, before, after, one.judge)


def _by_turns(dossier: Dossier, fits: Sequence[Fit]) -> Iterator[Step]:
    """What became of judged reports later: retracted, or their source given another grade."""
    evidence = reported(dossier)
    turns = {(when, "retraction", report) for one in evidence for report, when, _ in one.retracted}
    turns |= {(when, "grade", one.source) for one in evidence for when, _ in one.regraded}
    for when, cause, reference in sorted(turns):
        before = _value_at(dossier, fits, when - TICK)
        after = _value_at(dossier, fits, when)
        if not np.allclose(_numbers(before), _numbers(after), rtol=0.0, atol=LEAST):
            yield Step(when, cause, reference, before, after)


def _by_fits(dossier: Dossier, fits: Sequence[Fit]) -> Iterator[Step]:
    for place, fit in enumerate(fits):
        before = _value_at(dossier, fits[:place], fit.made_at)
        after = _value_at(dossier, fits[: place + 1], fit.made_at)
        yield Step(fit.made_at, "fit", fit.id, before, after)


def _value_at(dossier: Dossier, fits: Sequence[Fit], at: datetime) -> Value:
    return believe(dossier, fit_at(fits, at), at).value


def _numbers(value: Value) -> list[float]:
    """The probabilities that a value is made of."""
    match value:
        case Probability(yes):
            return [yes]
        case Shares(by_option):
            return [share for _, share in by_option]
        case Cdf(points):
            return list(points)
    raise ValueError(f"{value!r} is no belief")


def path(
    dossier: Dossier, fits: Sequence[Fit], at: datetime, *, joint: bool = False, points: int = 120
) -> list[Belief]:
    """The belief over time, evenly and at each side of every change, for drawing."""
    start, end = dossier.open_time, until(dossier, at)
    steps = [when for one in reported(dossier) for when in _turns(one)]
    steps += [fit.made_at for fit in fits]
    moments = {end, *(start + (end - start) / points * place for place in range(points))}
    moments |= {edge for step in steps for edge in (step - TICK, step)}
    inside = sorted(moment for moment in moments if start <= moment <= end)
    return [believe(dossier, fit_at(fits, moment), moment, joint=joint) for moment in inside]


def _turns(one: Evidence) -> list[datetime]:
    """The instants at which a judgement counted from, or counted otherwise."""
    changed = [when for _, when, _ in one.retracted] + [when for when, _ in one.regraded]
    return [one.recorded_at, *changed]


def fit_at(fits: Sequence[Fit], at: datetime) -> Fit | None:
    """The newest of some fits that was there at an instant."""
    there = [fit for fit in fits if fit.made_at <= at]
    return there[-1] if there else None


def prob_at(dossier: Dossier, fits: Sequence[Fit], at: datetime) -> float:
    """P(yes) at an instant."""
    return prob_of(believe(dossier, fit_at(fits, at), at))


def prob_of(belief: Belief) -> float:
    """P(yes) of a belief about a binary question.

    Raises:
        ValueError: a belief of another kind.
    """
    return yes_of(belief.value)


def yes_of(value: Value) -> float:
    """P(yes) of a value.

    Raises:
        ValueError: one of another kind.
    """
    if not isinstance(value, Probability):
        raise ValueError(f"{value!r} is no probability")
    return value.yes
