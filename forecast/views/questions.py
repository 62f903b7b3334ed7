"""Questions with their beliefs, evidence and forecasts, as plain dictionaries."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from forecast.belief import memory
from forecast.belief.dossier import Dossier, unmoved
from forecast.belief.draws import Fit
from forecast.belief.explained import explain, levers
from forecast.belief.fold import believe
from forecast.belief.history import changes, fit_at, steps
from forecast.belief.meter import Meter
from forecast.desk.believing import dossiers, meter, prior_for, priors
from forecast.desk.disputing import disputes
from forecast.exchange.origins import origins, outsiders
from forecast.ledger import basis_to_json
from forecast.people.roster import expired
from forecast.records import Belief, Prior
from forecast.views.crowd import HIDDEN, blind_view, crowd_view, default_method, forecast_rows
from forecast.views.elsewhere import elsewhere
from forecast.views.linked import tie_rows
from forecast.views.news import NO_STORIES, evidence_rows, news, proposal_rows, shares
from forecast.views.sayings import said_view
from forecast.views.sheets import (
    Sheet,
    belief_sheet,
    prob_or_none,
    short,
    value_sheet,
)
from questions.records import Binary, Tracked
from questions.store import shelf
from questions.store import tables as t
from questions.store.decoding import kind_to_json
from questions.store.envelope import plain
from questions.store.reading import Reading
from questions.tracking.lifecycle import say
from questions.values import Probability


def question_rows(
    read: Reading, at: datetime, *, members: Collection[str] | None = None
) -> list[Sheet]:
    """A row for each question: status, times, belief and crowd; the crowd of some ``members``.

    Of a question that hides them from the reader, crowd and number of forecasters are None.
    """
    fit = memory.last_fit(read, at)
    stale = meter(read, fit, at).asks
    held, hidden, outside = dossiers(read, at), read.veil.hidden, outsiders(read)
    disputed = {one.question for one in disputes(read) if not one.settled}
    return [
        {
            **_row(one, _said_by(held[one.question.id], members), fit, stale, at, outside),
            **(_CONCEALED if one.question.id in hidden else {}),
            "disputed": one.question.id in disputed,
        }
        for one in shelf.questions(read, at)
    ]


def _said_by(dossier: Dossier, members: Collection[str] | None) -> Dossier:
    """A dossier with the forecasts of some members alone; of all where none are named."""
    if members is None:
        return dossier
    return replace(
        dossier, forecasts=tuple(one for one in dossier.forecasts if one.member in members)
    )


def _row(
    tracked: Tracked,
    dossier: Dossier,
    fit: Fit | None,
    stale: bool,
    at: datetime,
    outside: Collection[str],
) -> Sheet:
    question = tracked.question
    belief = believe(dossier, fit, at, needs_refit=stale)
    crowd = crowd_view(tracked, dossier, default_method(question.kind), at, outside=outside)
    return {
        "id": question.id,
        "title": question.title,
        "type": kind_to_json(question.kind)["kind"],
        "status": tracked.status,
        "open_time": question.open_time,
        "scheduled_close_time": question.scheduled_close_time,
        "actual_close_time": tracked.actual_close_time,
        "resolution": say(tracked.resolution.outcome) if tracked.resolution else None,
        "resolved_at": tracked.resolution.resolved_at if tracked.resolution else None,
        "tags": list(question.tags),
        "belief": prob_or_none(belief.value),
        "believed": short(question.kind, belief.value),
        "ci_low": belief.ci_low,
        "ci_high": belief.ci_high,
        "crowd": crowd.get("prob"),
        "crowd_short": crowd["short"],
        "n_forecasters": crowd["n"],
        "last_forecast": max((one.made_at for one in dossier.forecasts), default=None),
        "expired": expired(dossier.forecasts, at),
    }


_CONCEALED: Final[Sheet] = {"crowd": None, "crowd_short": HIDDEN, "n_forecasters": None}
"""What a row says of a crowd that is hidden from the reader, whatever it is."""


def question_views(read: Reading, names: Collection[str], at: datetime) -> dict[str, Sheet]:
    """Everything about each of some questions, by id; the refit meter is read once for all."""
    due = meter(read, memory.last_fit(read, at), at)
    return {name: question_view(read, name, at, due=due) for name in names}


def question_view(
    read: Reading, reference: str, at: datetime, *, due: Meter | None = None
) -> Sheet:
    """Everything about one question that ``show`` prints.

    Where others' forecasts are hidden from the reader, ``crowd`` and ``joint`` are absent.
    ``due`` is what the refit meter says, where the caller has read it already.

    Raises:
        NotFound: no question of that id or title.
        BadInput: several questions.
    """
    tracked = shelf.find_question(read, reference, at)
    question = tracked.question
    dossier = dossiers(read, at, only=question.id)[question.id]
    fits = memory.fits(read)
    fit = fit_at(fits, at)
    due = due or meter(read, fit, at)
    article = shelf.find_article(read, question.article) if question.article else None
    prior = prior_for(question, priors(read).get(question.id), question.open_time)
    said, outside = said_view(read, question.id), outsiders(read)
    view = {
        **_row(tracked, dossier, fit, due.asks, at, outside),
        "disputed": any(not one["settled"] for one in said["disputes"]),
        **said,
        "resolution_criteria": question.resolution_criteria,
        "fine_print": question.fine_print,
        "family": question.family,
        "asked_by": question.asked_by,
        "resolution_source": tracked.resolution.source if tracked.resolution else None,
        "quote": question.quotation.text if question.quotation else None,
        "article": _article(article),
        "kind": kind_to_json(question.kind),
        "prior": _prior(prior, dossier),
        **_beliefs(dossier, fit, at, due.asks),
        "refit": plain(due),
        "blind": blind_view(read, question.id),
        "beliefs": _steps(read, dossier, fits, at),
        "ties": tie_rows(read, at, only=question.id),
        "share": shares(news(read, question=question.id)).get(question.id, NO_STORIES),
        "proposals": proposal_rows(read, at, only=question.id),
        "evidence": evidence_rows(read, question.id),
        "forecasts": forecast_rows(dossier, at),
        "elsewhere": elsewhere(read, question, at),
        "origins": origins(read, question.id),
        "history": [{"at": when, "what": what} for when, what in tracked.history],
    }
    if question.id in read.veil.hidden:
        told = {**view, **_CONCEALED}
        return {name: value for name, value in told.items() if name not in ("crowd", "joint")}
    method = default_method(question.kind)
    return {**view, "crowd": crowd_view(tracked, dossier, method, at, outside=outside)}


def _beliefs(dossier: Dossier, fit: Fit | None, at: datetime, stale: bool) -> Sheet:
    """The belief; and the joint where the model knows what forecasts are worth."""
    belief = believe(dossier, fit, at, needs_refit=stale)
    found = {"belief": belief_view(dossier, belief)}
    if not isinstance(dossier.kind, Binary):
        joint = believe(dossier, fit, at, joint=True, needs_refit=stale)
        found["joint"] = belief_view(dossier, joint)
    if _stands_alone(dossier):
        joint = believe(dossier, fit, at, joint=True, needs_refit=stale)
        found["joint"] = {**belief_view(dossier, joint), **_why(dossier, fit, at, joint=True)}
        found["belief"] |= _why(dossier, fit, at)
        found["belief"]["levers"] = [plain(one) for one in levers(dossier, fit, at)]
    return found


def _why(dossier: Dossier, fit: Fit | None, at: datetime, *, joint: bool = False) -> Sheet:
    """What each thing added to a belief, in log odds."""
    return {"why": [plain(one) for one in explain(dossier, fit, at, joint=joint)]}


def _stands_alone(dossier: Dossier) -> bool:
    """Whether it is a yes-or-no question whose belief is its own."""
    return isinstance(dossier.kind, Binary) and not (dossier.rungs or dossier.given)


def _steps(read: Reading, dossier: Dossier, fits: Sequence[Fit], at: datetime) -> list[Sheet]:
    """Every step of the belief; of other kinds than yes or no the values, and in a few words."""
    if isinstance(dossier.kind, Binary):
        return [_change(read, one) for one in changes(dossier, fits, at)]
    return [
        {
            **_change(read, one),
            "before": None,
            "after": None,
            "was": None if one.before is None else value_sheet(dossier.kind, one.before),
            "now": value_sheet(dossier.kind, one.after),
            "was_short": short(dossier.kind, one.before),
            "now_short": short(dossier.kind, one.after),
        }
        for one in steps(dossier, fits, at)
    ]


def _article(article: Any) -> Sheet | None:
    if article is None:
        return None
    return {
        "id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published,
        "source": article.source,
        "sha256": article.sha256,
    }


def _prior(prior: Prior, dossier: Dossier) -> Sheet:
    start = unmoved(dossier)
    mean = believe(start, None, dossier.open_time).value
    return {
        **basis_to_json(prior.basis),
        "mean": prob_or_none(mean),
        **({} if isinstance(mean, Probability) else value_sheet(dossier.kind, mean)),
        "why": prior.why,
        "by": prior.by,
        "scheduled": prior.scheduled,
    }


def belief_view(dossier: Dossier, belief: Belief) -> Sheet:
    """A belief as ``show --json`` has it."""
    return belief_sheet(dossier.kind, belief)


def _change(read: Reading, change: Any) -> Sheet:
    is_report = change.cause in ("evidence", "retraction")
    reports = read.rows(t.REPORTS, id=change.reference) if is_report else []
    title = reports[0]["title"] if reports else ""
    return {**{name: getattr(change, name) for name in change.__slots__}, "title": title}
