"""Priors, dossiers and beliefs: what the store holds, folded."""

from dataclasses import replace
from datetime import datetime

from forecast.belief.dossier import Answer, Dossier
from forecast.belief.draws import Fit
from forecast.belief.meter import Meter, read_meter
from forecast.belief.prior import DEFAULT, DEFAULT_WHY, EVEN_WHY
from forecast.desk.desk import Receipt, once, receipt
from forecast.desk.priors import Written, spread_of
from forecast.desk.ties import ladders, links, tied
from forecast.ledger import PRIORS, basis_to_json
from forecast.ledger import prior as prior_of
from forecast.people.judgements import judgements
from forecast.people.roster import forecasts
from forecast.records import Prior, PriorBasis, Spread, Stated
from forecast.writing.values import right_value
from questions.errors import BadInput, Conflict
from questions.records import Binary, Date, Question, Tracked
from questions.store import shelf
from questions.store.log import Entry
from questions.store.reading import Reading
from questions.values import NO, YES

FAMILY_WORTH = 10.0


@once
def state_prior(
    entry: Entry, reference: str, basis: PriorBasis | Written, *, why: str, scheduled: bool = False
) -> Receipt:
    """Put a question's prior on record, as of its opening.

    Raises:
        NotFound: no such question.
        BadInput: one that a question of its kind cannot start from.
        Conflict: it is resolved.
    """
    tracked = shelf.find_asked(entry, reference)
    if tracked.resolution is not None:
        raise Conflict(f"{tracked.question.id} is resolved", "its prior stays as it was")
    record = {
        "question": tracked.question.id,
        "basis": basis_to_json(_suited(tracked.question, basis, entry.now)),
        "why": why,
        "scheduled": scheduled,
    }
    return receipt(tracked.question.id, record, entry.append("prior.stated", record))


def _suited(question: Question, basis: PriorBasis | Written, now: datetime) -> PriorBasis | Spread:
    """What a prior rests on, once it suits the question."""
    if isinstance(basis, Written):
        return spread_of(question.kind, basis, now=now)
    if isinstance(question.kind, Binary | Date):
        return basis
    right = f"--prob with {right_value(question.kind)}"
    raise BadInput(f"prior of {question.id}", type(basis).__name__.lower(), right)


def priors(read: Reading) -> dict[str, Prior]:
    """The last prior that was stated of each question."""
    return {row["question"]: prior_of(row) for row in read.rows(PRIORS)}


def prior_for(question: Question, stated: Prior | None, asked_at: datetime) -> Prior:
    """The prior that holds: as stated, else from the event family, else the general one."""
    if stated is not None:
        return stated
    basis, why = DEFAULT, DEFAULT_WHY if isinstance(question.kind, Binary) else EVEN_WHY
    if (known := question.reference_class) is not None:
        share = (known.hits + 0.5) / (known.trials + 1.0)
        basis = Stated(share, min(known.trials + 1.0, FAMILY_WORTH))
        why = f"no prior was stated; {known.name}: {known.hits} of {known.trials} ({known.source})"
    return Prior(question.id, basis, why, "", asked_at)


def dossiers(read: Reading, at: datetime, *, only: str | None = None) -> dict[str, Dossier]:
    """What bears on each question, or on one, as the store has it."""
    wanted = None if only is None else tied(read, only)
    one = only if wanted == {only} else None
    stated, judged, said = priors(read), judgements(read, one), forecasts(read, one)
    found = {
        tracked.question.id: replace(
            _bare(tracked, stated.get(tracked.question.id)),
            evidence=tuple(one for one in judged if one.question == tracked.question.id),
            forecasts=tuple(one for one in said if one.question == tracked.question.id),
        )
        for tracked in shelf.questions(read, at)
        if wanted is None or tracked.question.id in wanted
    }
    together = _tied(read, found)
    return together if only is None else {only: together[only]} if only in together else {}


def _tied(read: Reading, found: dict[str, Dossier]) -> dict[str, Dossier]:
    """Dossiers with those beside them that their beliefs rest on."""
    for ladder in ladders(read):
        if {*ladder.questions} <= found.keys():
            rungs = tuple(found[name] for name in ladder.questions)
            for rung in rungs:
                found[rung.question] = replace(
                    rung,
                    rungs=rungs,
                    rung_marks=ladder.marks,
                    by_deadline=ladder.relation == "deadline",
                )
    for link in links(read):
        if link.relation == "given" and {*link.questions} <= found.keys():
            (name, other), (if_yes, if_no) = link.questions, link.chances
            found[name] = replace(found[name], given=(found[other], if_yes, if_no))
    return found


def _bare(tracked: Tracked, stated: Prior | None) -> Dossier:
    question = tracked.question
    prior = prior_for(question, stated, question.open_time)
    return Dossier(
        question=question.id,
        open_time=question.open_time,
        scheduled_close_time=question.scheduled_close_time,
        basis=DEFAULT if isinstance(prior.basis, Spread) else prior.basis,
        scheduled=prior.scheduled,
        answer=_answer(tracked),
        answered_at=tracked.resolution.resolved_at if tracked.resolution else None,
        kind=question.kind,
        spread=prior.basis if isinstance(prior.basis, Spread) else None,
        stated=stated is not None or question.reference_class is not None,
    )


def _answer(tracked: Tracked) -> Answer:
    if tracked.resolution is None:
        return "open"
    outcome = tracked.resolution.outcome
    return "yes" if outcome == YES else "no" if outcome == NO else "void"


def meter(read: Reading, fit: Fit | None, at: datetime) -> Meter:
    """Whether so much is new since the fit that its draws no longer speak for the data."""
    known = dossiers(read, at).values()
    return read_meter([one for one in known if isinstance(one.kind, Binary)], fit, at)
