"""Priors, dossiers, beliefs and fits: what the store holds, folded."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from forecast.belief import memory
from forecast.belief.carrying import Carried, carried
from forecast.belief.diagnosis import ESS_LIMIT
from forecast.belief.dossier import Answer, Dossier, case_of
from forecast.belief.draws import Fit
from forecast.belief.meter import ASKS
from forecast.belief.prior import DEFAULT, DEFAULT_WHY, EVEN_WHY
from forecast.belief.stacking import trust
from forecast.desk.desk import Desk, Receipt, once, receipt
from forecast.desk.priors import Written, spread_of
from forecast.desk.ties import ladders, links, tied
from forecast.ledger import FITS, PRIORS, basis_to_json
from forecast.ledger import prior as prior_of
from forecast.people.judgements import judgements
from forecast.people.roster import forecasts
from forecast.records import Diagnostics, Evidence, Forecast, Prior, PriorBasis, Spread, Stated
from forecast.writing.values import right_value
from questions.errors import BadInput, Conflict
from questions.records import Binary, Date, Question, Tracked
from questions.store import shelf
from questions.store.log import Entry
from questions.store.reading import Reading
from questions.values import NO, YES

if TYPE_CHECKING:
    from forecast.belief.dataset import Dataset
    from forecast.belief.sampling import Sampled, Watch
    from forecast.belief.tasks import Crew

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


def priors(read: Reading, question: str | None = None) -> dict[str, Prior]:
    """The last prior that was stated of each question, or of one."""
    where = {} if question is None else {"question": question}
    return {row["question"]: prior_of(row) for row in read.rows(PRIORS, **where)}


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
    stated = priors(read, one)
    judged, said = _by_question(judgements(read, one)), _by_question(forecasts(read, one))
    found = {
        tracked.question.id: replace(
            _bare(tracked, stated.get(tracked.question.id)),
            evidence=tuple(judged[tracked.question.id]),
            forecasts=tuple(said[tracked.question.id]),
        )
        for tracked in shelf.questions(read, at, only=one)
        if wanted is None or tracked.question.id in wanted
    }
    together = _tied(read, found)
    return together if only is None else {only: together[only]} if only in together else {}


def _by_question[On: (Evidence, Forecast)](items: Iterable[On]) -> dict[str, list[On]]:
    found: dict[str, list[On]] = defaultdict(list)
    for one in items:
        found[one.question].append(one)
    return found


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


def fit(
    desk: Desk,
    *,
    seed: int,
    draws: int = 1000,
    robust: bool = False,
    archive: Any = None,
    crew: "Crew | None" = None,
    watch: "Watch" = lambda *_: None,
    look: Callable[["Sampled"], None] | None = None,
) -> tuple[Diagnostics, Receipt | None]:
    """Fit the model to everything resolved and open, and keep it if it passes the gate.

    What blind questions hide from somebody is left out, so that no belief carries a trace of it.

    ``draws`` is per chain; ``archive`` is a path for the whole posterior as netCDF; a ``crew``
    samples the chains if there is one, and ``watch`` is told how far they are; ``look`` is
    shown what was sampled, whether or not it passed. The receipt is None when the gate failed:
    then the fit before stays.

    Raises:
        Conflict: there is no question to learn from, or the crew does not answer.
        BadInput: a crew that there cannot be.
    """
    from forecast.belief.dataset import data_hash, dataset
    from forecast.belief.sampling import sample

    with replace(desk, reader="").reading() as read:
        found = dossiers(read, desk.now).values()
    usable = [one for one in found if _speaks(one, desk.now)]
    if not usable:
        raise Conflict("no question is open or resolved", "there is nothing to fit yet")
    data = dataset([case_of(one, desk.now, with_forecasts=True) for one in usable])
    sampled = sample(data, seed=seed, draws=draws, robust=robust, crew=crew, watch=watch)
    if look is not None:
        look(sampled)
    if archive is not None:
        sampled.tree.to_netcdf(archive, engine="h5netcdf")
    if not sampled.diagnostics.ok:
        return sampled.diagnostics, None
    made = Fit("", desk.now, seed, data_hash(data), sampled.diagnostics, sampled.draws)
    diagnostics = _trusted(usable, made)
    return diagnostics, _kept(desk, replace(made, diagnostics=diagnostics), sampled.versions)


def carry(desk: Desk) -> tuple[Diagnostics, Receipt | None]:
    """Carry the last sampled fit on to everything new, in moments and without a sampler.

    The receipt is None when too much is new for that: then the fit before stays.

    Raises:
        Conflict: nothing was ever fitted.
    """
    from forecast.belief.dataset import data_hash, dataset

    with replace(desk, reader="").reading() as read:
        found, last = list(dossiers(read, desk.now).values()), memory.last_sampled(read, desk.now)
    if last is None:
        raise Conflict("nothing was fitted yet", "run: tidings fit")
    binary = [one for one in found if isinstance(one.kind, Binary)]
    new = carried(binary, last, desk.now)
    usable = [one for one in found if _speaks(one, desk.now)]
    data = dataset([case_of(one, desk.now, with_forecasts=True) for one in usable])
    made = Fit("", desk.now, last.seed, data_hash(data), _weighed(last, data, new), new.draws)
    if not made.diagnostics.ok:
        return made.diagnostics, None
    diagnostics = _trusted(usable, made)
    made = replace(made, diagnostics=diagnostics)
    return diagnostics, _kept(desk, made, {memory.CARRIED: last.id})


def _weighed(last: Fit, data: "Dataset", new: Carried) -> Diagnostics:
    """The gate's figures of a fit that was carried on."""
    worth = last.diagnostics.ess_bulk_min * new.share
    failed = (
        (new.k_hat > ASKS, f"k-hat {new.k_hat:.2f} is above {ASKS}: too much is new"),
        (worth < ESS_LIMIT, f"effective sample {worth:.0f} is below {ESS_LIMIT}"),
    )
    problems = tuple(words for problem, words in failed if problem)
    return replace(
        last.diagnostics,
        n_questions=len(data.questions),
        n_reports=len(data.report_weight),
        n_forecasts=len(data.forecast_logit),
        ess_bulk_min=worth,
        seconds=0.0,
        ok=not problems,
        problems=problems,
    )


def _kept(desk: Desk, made: Fit, versions: Mapping[str, str]) -> Receipt:
    """A fit on record: an event, and its draws beside it."""
    with desk.writing() as entry:
        identity = entry.next_id(FITS, "M")
        record = {
            "id": identity,
            "diagnostics": made.diagnostics,
            "seed": made.seed,
            "versions": versions,
            "data_hash": made.data_hash,
            "names": sorted(made.draws),
            "draws": entry.keep(memory.pack(made.draws)),
        }
        return receipt(identity, record, entry.append("fit.kept", record))


def _trusted(usable: Sequence[Dossier], made: Fit) -> Diagnostics:
    """The gate's figures with the share of beliefs that the model has earned."""
    return replace(
        made.diagnostics,
        trust=trust(usable, made, made.made_at),
        trust_joint=trust(usable, made, made.made_at, joint=True),
    )


def _speaks(dossier: Dossier, at: datetime) -> bool:
    """Whether a yes-or-no question can be learned from: answered, or still open."""
    if not isinstance(dossier.kind, Binary):
        return False
    if dossier.answer == "open":
        return dossier.open_time <= at < dossier.scheduled_close_time
    return dossier.answer != "void"
