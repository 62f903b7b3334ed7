"""Why a belief is what it is: what prior, time, each story and each person added, in log odds.

Given the parameters, the log likelihood ratio is a sum over stories and people. The probability
is a mean over draws of the parameters, so that its log odds are not; each gets its share on the
way from no evidence to all of it (Aumann and Shapley 1974): the integral over t from 0 to 1 of
the derivative, with every ratio taken t times. The shares add up to the whole.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import log, tanh
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.belief.cold import CAP, DAMPING, story_weight
from forecast.belief.collapsed import State, empty, share_of
from forecast.belief.dataset import Case
from forecast.belief.decay import decayed
from forecast.belief.dossier import Dossier, case_of, known_evidence, until
from forecast.belief.draws import Fit
from forecast.belief.fold import DECISIVE_RATIO, Held, believe, hold, of_model
from forecast.belief.history import prob_of
from forecast.belief.observations import Observation, decisive
from forecast.belief.posterior import draw_weights
from forecast.belief.seen import opening_log_odds, with_forecast, with_report
from forecast.probability import expit, logit
from forecast.records import Evidence

Vector = NDArray[np.float64]
Cause = tuple[str, str]

_NODES, _SHARES = np.polynomial.legendre.leggauss(32)
STEPS: Final = tuple(zip((_NODES + 1) / 2, _SHARES / 2, strict=True))
WEEK: Final = timedelta(days=7)
IMAGINED: Final = "a new report"
IMAGINED_WEIGHT: Final = log(10)
ROUNDING: Final = 1e-12
"""What adds less, in nats, is a trace of the arithmetic."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one thing added to the log odds of yes, in nats."""

    cause: str
    """``reference class``, ``recalibration``, ``time``, ``story``, ``person``, ``decisive``
    or ``tail`` (what a heavy-tailed narrative takes off all of them)."""
    reference: str
    nats: float


@dataclass(frozen=True, slots=True)
class Lever:
    """What the probability would be if one thing came, or went."""

    what: str
    reference: str
    prob: float


@dataclass(frozen=True, slots=True)
class _Strand:
    """One way to the belief, the model's or the cold-start rule's: one entry a draw."""

    share: float
    weight: Vector
    opening: Vector
    """Log odds at the opening."""
    now: Vector
    """Log odds before any observation."""
    parts: Mapping[Cause, Vector]


def explain(
    dossier: Dossier, fit: Fit | None, at: datetime, *, joint: bool = False
) -> tuple[Contribution, ...]:
    """Contributions that add up to the log odds of :func:`forecast.belief.fold.believe`.

    Of a binary question that stands alone. Stories by name, then people; a person's is in the
    joint alone.
    """
    case = case_of(dossier, at, with_forecasts=joint)
    certain = decisive(known_evidence(dossier, at)) * log(DECISIVE_RATIO)
    strands = list(_strands(dossier, case, fit, at, certain, joint=joint))
    opening = logit(_mean(strands, [one.opening for one in strands]))
    start = logit(_mean(strands, [one.now for one in strands]))
    found = [
        Contribution("reference class", "", logit(case.prior_mean)),
        Contribution("recalibration", "", opening - logit(case.prior_mean)),
        Contribution("time", "", start - opening),
    ]
    causes = sorted({cause for one in strands for cause in one.parts}, key=_order)
    found += [Contribution(*cause, _way(strands, cause)) for cause in causes]
    return tuple(one for one in found if abs(one.nats) > ROUNDING or one.cause == "reference class")


def _order(cause: Cause) -> tuple[int, str]:
    return ("story", "person", "decisive", "tail").index(cause[0]), cause[1]


def _mean(strands: Sequence[_Strand], log_odds: Sequence[Vector]) -> float:
    pairs = zip(strands, log_odds, strict=True)
    return sum(one.share * float(np.dot(one.weight, expit(values))) for one, values in pairs)


def _way(strands: Sequence[_Strand], cause: Cause) -> float:
    """The integral of d logit P / dt that is due to one cause."""
    whole = [sum(one.parts.values(), np.zeros_like(one.now)) for one in strands]
    total = 0.0
    for time, step in STEPS:
        moved = [one.now + time * ratio for one, ratio in zip(strands, whole, strict=True)]
        prob = _mean(strands, moved)
        slope = sum(
            one.share * float(np.dot(one.weight * np.exp(-_both(log_odds)), one.parts[cause]))
            for one, log_odds in zip(strands, moved, strict=True)
            if cause in one.parts
        )
        total += step * slope / (prob * (1.0 - prob))
    return float(total)


def _both(log_odds: Vector) -> Vector:
    """Minus the log of p (1 - p)."""
    return np.asarray(np.logaddexp(0.0, log_odds) + np.logaddexp(0.0, -log_odds))


def _strands(
    dossier: Dossier, case: Case, fit: Fit | None, at: datetime, certain: float, *, joint: bool
) -> Iterator[_Strand]:
    trust = 0.0
    if fit is not None:
        held = hold(dossier, fit, at, joint=joint)
        trust = held.trust
        opening = opening_log_odds(case, fit)
        found = of_model(held, certain)
        parts = {**_parts(held), **({("decisive", ""): certain + 0 * opening} if certain else {})}
        rest = found.ratio - sum(parts.values(), np.zeros_like(opening))
        if "stretch" in fit.draws:
            parts["tail", ""] = rest
        yield _Strand(trust, draw_weights(found), opening, logit(found.start.mean), parts)
    if trust < 1.0:
        yield _cold(case, 1.0 - trust, certain)


def _parts(held: Held) -> dict[Cause, Vector]:
    """The log ratio of each story and of each person, given the parameters."""
    parts: dict[Cause, State] = {}
    for one in held.case.observations:
        state = parts.get(("story", one.story), empty(held.fit.size))
        parts["story", one.story] = with_report(state, one, held.case, held.fit)
    for said in held.case.sightings:
        alone = with_forecast(empty(held.fit.size), said, held.case, held.fit)
        parts["person", said.member] = alone
    return {cause: share_of(part, held.state) for cause, part in parts.items()}


def _cold(case: Case, share: float, certain: float) -> _Strand:
    """The cold-start rule; the cap takes from each story in proportion."""
    stories: dict[str, list[Observation]] = {}
    for one in case.observations:
        stories.setdefault(one.story, []).append(one)
    raw = {name: DAMPING * story_weight(reports) for name, reports in stories.items()}
    total = sum(raw.values())
    kept = CAP * tanh(total / CAP) / total if total else 1.0
    parts = {("story", name): np.array([kept * weight]) for name, weight in raw.items()}
    if certain:
        parts["decisive", ""] = np.array([certain])
    opening = np.array([logit(case.prior_mean)])
    now = opening if case.scheduled else decayed(opening, case.elapsed, span=case.span)
    return _Strand(share, np.ones(1), opening, now, parts)


def levers(
    dossier: Dossier, fit: Fit | None, at: datetime, *, joint: bool = False
) -> tuple[Lever, ...]:
    """What would move a belief, what moves it most first.

    A report of an independent story, ten times likelier if yes or if no, by each source that
    has reported; a story taken back; a week without the event.
    """
    now = _prob(dossier, fit, at, joint)
    found = [
        Lever(what, reference, _prob(changed, fit, when, joint))
        for what, reference, changed, when in _changes(dossier, at)
    ]
    return tuple(sorted(found, key=lambda one: -abs(logit(one.prob) - logit(now))))


def _prob(dossier: Dossier, fit: Fit | None, at: datetime, joint: bool) -> float:
    return prob_of(believe(dossier, fit, at, joint=joint))


def _changes(dossier: Dossier, at: datetime) -> Iterator[tuple[str, str, Dossier, datetime]]:
    if until(dossier, at) < at:
        return
    known = known_evidence(dossier, at)
    for source, grade in best_graded(known):
        for sign, answer in ((1, "yes"), (-1, "no")):
            news = imagined(dossier.question, source, grade, sign * IMAGINED_WEIGHT, at)
            changed = replace(dossier, evidence=(*dossier.evidence, news))
            yield f"a new report for {answer} by", source, changed, at
    for story in sorted({one.story or one.report for one in known}):
        kept = tuple(one for one in dossier.evidence if (one.story or one.report) != story)
        yield "without", story, replace(dossier, evidence=kept), at
    later = min(at + WEEK, dossier.scheduled_close_time)
    if not dossier.scheduled and later > at:
        yield "time without the event until", f"{later:%Y-%m-%d}", dossier, later


def best_graded(known: Iterable[Evidence]) -> list[tuple[str, str]]:
    """Each source with its best grade; a good one that is new where nobody has reported."""
    best: dict[str, str] = {}
    for one in known:
        best[one.source] = min(best.get(one.source, "Z"), one.grade or "F6")
    return sorted(best.items()) or [("a source graded B2", "B2")]


def imagined(question: str, source: str, grade: str, weight: float, at: datetime) -> Evidence:
    """A report that nobody has made, of a story of its own, with that weight (nats)."""
    return Evidence(
        report=IMAGINED,
        question=question,
        judge="",
        judgement="weighed",
        weight=weight,
        recorded_at=at,
        story=IMAGINED,
        source=source,
        grade=grade,
    )
