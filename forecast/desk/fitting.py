"""Fits: what is learned from everything on record, sampled or carried on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from forecast.belief import memory
from forecast.belief.carrying import Carried, carried
from forecast.belief.diagnosis import ESS_LIMIT
from forecast.belief.dossier import Dossier, case_of
from forecast.belief.draws import Fit
from forecast.belief.meter import ASKS
from forecast.belief.stacking import trust
from forecast.desk.believing import dossiers
from forecast.desk.desk import Desk, Receipt, receipt
from forecast.ledger import FITS
from forecast.records import Diagnostics
from questions.errors import Conflict
from questions.records import Binary

if TYPE_CHECKING:
    from forecast.belief.dataset import Dataset
    from forecast.belief.sampling import Sampled, Watch
    from forecast.belief.tasks import Crew


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
