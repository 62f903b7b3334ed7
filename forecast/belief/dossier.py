"""All that bears on one question, and the case that it makes as of an instant."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from forecast.belief.dataset import Case
from forecast.belief.decay import share_elapsed
from forecast.belief.observations import Sighting, observations
from forecast.belief.prior import prior_mean, span_of
from forecast.records import Evidence, Forecast, PriorBasis, Spread
from questions.instants import EPOCH, days_between
from questions.records import Binary, Kind
from questions.values import Probability

YES_OR_NO: Final = Binary()
Answer = Literal["yes", "no", "open", "void"]

_SIGN = {"yes": 1, "no": -1, "open": 0, "void": 0}


@dataclass(frozen=True, slots=True)
class Dossier:
    """A question's times, prior, judged reports and forecasts, as they are on record."""

    question: str
    open_time: datetime
    scheduled_close_time: datetime
    basis: PriorBasis
    scheduled: bool
    """The event has a fixed date: time that passes before it says nothing."""
    answer: Answer
    answered_at: datetime | None
    """When the answer was known; nothing later counts as evidence or forecast."""
    evidence: tuple[Evidence, ...] = ()
    forecasts: tuple[Forecast, ...] = ()
    kind: Kind = YES_OR_NO
    spread: Spread | None = None
    """Where the belief about options, a number or a date starts; None: nothing is known."""
    stated: bool = False
    """Somebody stated its prior, or it comes from an event family."""
    rungs: tuple["Dossier", ...] = ()
    """Of a ladder all its questions, each of which implies the next; itself among them."""
    rung_marks: tuple[float, ...] = ()
    """Where each rung lies: days since 1970, or the number that it is above or below."""
    by_deadline: bool = False
    given: tuple["Dossier", float, float] | None = None
    """A question that this one hangs on, with P(yes | yes) and P(yes | no) of it."""


def unmoved(dossier: Dossier) -> Dossier:
    """The same question, and those its belief rests on, before anything was said of them."""
    return each(dossier, lambda one: replace(one, evidence=(), forecasts=()))


def each(dossier: Dossier, change: Callable[[Dossier], Dossier]) -> Dossier:
    """The question with a change made to it and to each that its belief rests on."""
    given = dossier.given
    return replace(
        change(dossier),
        rungs=tuple(change(one) for one in dossier.rungs),
        given=(change(given[0]), *given[1:]) if given else None,
    )


def reported(dossier: Dossier) -> list[Evidence]:
    """What was judged of all that the belief rests on, oldest first."""
    found = [item for one in resting_on(dossier) for item in one.evidence]
    return sorted(found, key=lambda item: item.recorded_at)


def had_only(dossier: Dossier, kept: Collection[Evidence]) -> Dossier:
    """The question, had only these judgements been made."""
    return each(
        dossier,
        lambda one: replace(one, evidence=tuple(item for item in one.evidence if item in kept)),
    )


def resting_on(dossier: Dossier) -> tuple[Dossier, ...]:
    """What a belief rests on: the rungs of its ladder, or the question and what it hangs on."""
    return dossier.rungs or (dossier, *(dossier.given[:1] if dossier.given else ()))


def until(dossier: Dossier, at: datetime) -> datetime:
    """The last instant that counts: ``at``, the answer or the close, whichever came first."""
    return min(at, dossier.answered_at or at, dossier.scheduled_close_time)


def elapsed(dossier: Dossier, at: datetime) -> float:
    """The share of the question's life that has passed, from 0 to 1."""
    start, now, end = (
        days_between(EPOCH, moment)
        for moment in (dossier.open_time, at, dossier.scheduled_close_time)
    )
    return share_elapsed(start, now, end)


def known_evidence(dossier: Dossier, at: datetime) -> tuple[Evidence, ...]:
    """The judgements on record at ``at``, made before the answer was known.

    Those of reports that were retracted by then are left out, and a report without a grade of
    its own has the one that its source had by then.
    """
    end = dossier.answered_at
    return tuple(
        replace(one, grade=one.grade or _held(one.regraded, at))
        for one in dossier.evidence
        if one.recorded_at <= at
        and (end is None or one.recorded_at < end)
        and not is_retracted(one.retracted, at)
    )


def _held(grades: Sequence[tuple[datetime, str]], at: datetime) -> str:
    """The grade that held at an instant; nothing before the first."""
    return next((grade for when, grade in reversed(grades) if when <= at), "")


def is_retracted(turns: Sequence[tuple[str, datetime, bool]], at: datetime) -> bool:
    """Whether a report, or the one that it copies, was taken back by an instant.

    >>> from datetime import UTC
    >>> may = [datetime(2024, 5, day, tzinfo=UTC) for day in (1, 2, 3)]
    >>> turns = [("R1", may[0], True), ("R1", may[2], False)]
    >>> [is_retracted(turns, at) for at in may]
    [True, True, False]
    """
    return any({report: stands for report, when, stands in turns if when <= at}.values())


def active(forecasts: Sequence[Forecast], at: datetime) -> tuple[Forecast, ...]:
    """Each member's forecast that holds at ``at``, by name."""
    last: dict[str, Forecast] = {}
    for one in sorted(forecasts, key=lambda one: one.made_at):
        if one.made_at <= at:
            last[one.member] = one
    holding = (one for one in last.values() if one.ended_at is None or one.ended_at > at)
    return tuple(sorted(holding, key=lambda one: one.member))


def case_of(dossier: Dossier, at: datetime, *, with_forecasts: bool) -> Case:
    """The question as the model sees it as of ``at``."""
    end = until(dossier, at)
    horizon = days_between(dossier.open_time, dossier.scheduled_close_time)
    answered = dossier.answered_at is not None and dossier.answered_at <= at
    return Case(
        question=dossier.question,
        prior_mean=prior_mean(dossier.basis, horizon),
        answer=_SIGN[dossier.answer] if answered else 0,
        elapsed=elapsed(dossier, end),
        scheduled=dossier.scheduled,
        observations=observations(known_evidence(dossier, at)),
        sightings=_sightings(dossier, end) if with_forecasts else (),
        span=span_of(dossier.basis, horizon),
    )


def _sightings(dossier: Dossier, at: datetime) -> tuple[Sighting, ...]:
    return tuple(
        Sighting(one.member, one.value.yes, elapsed(dossier, one.made_at), one.made_at)
        for one in active(dossier.forecasts, at)
        if isinstance(one.value, Probability)
    )
