"""Questions with their beliefs, evidence and forecasts, as plain dictionaries."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from forecast.belief.accounted import account, movers
from forecast.belief.dossier import Dossier, reported, unmoved
from forecast.belief.fold import believe
from forecast.belief.history import Step, changes, steps
from forecast.desk.believing import prior_for, priors
from forecast.desk.disputing import disputes
from forecast.exchange.origins import origins, outsiders
from forecast.ledger import basis_to_json
from forecast.people.roster import expired
from forecast.records import Belief, Change, Prior
from forecast.views.crowd import HIDDEN, blind_view, crowd_view, default_method, forecast_rows
from forecast.views.elsewhere import elsewhere
from forecast.views.known import Known
from forecast.views.linked import tie_rows
from forecast.views.news import NO_STORIES, evidence_rows
from forecast.views.sayings import said_view
from forecast.views.sheets import (
    Sheet,
    belief_sheet,
    prob_or_none,
    short,
    value_sheet,
)
from forecast.writing.values import format_number
from questions.records import Binary, Date, Kind, Report, Tracked
from questions.store import shelf
from questions.store.decoding import kind_to_json
from questions.store.envelope import plain
from questions.store.reading import Reading
from questions.tracking.lifecycle import say
from questions.values import Probability


def question_rows(
    read: Reading,
    at: datetime,
    *,
    members: Collection[str] | None = None,
    only: Collection[str] | None = None,
    known: Known | None = None,
) -> list[Sheet]:
    """A row for each question: status, times, belief and crowd; the crowd of some ``members``.

    Of all questions, or of ``only`` some. Of a question that hides them from the reader, crowd
    and number of forecasters are None.
    """
    known = known or Known(read, at)
    outside = outsiders(read)
    disputed = {one.question for one in disputes(read) if not one.settled}
    rows = []
    for name, one in known.asked.items():
        if only is None or name in only:
            dossier = _said_by(known.dossiers[name], members)
            crowd = _crowd(one, dossier, at, outside)
            row = _row(one, dossier, known.belief(name), crowd, at)
            hidden = _CONCEALED if name in read.veil.hidden else {}
            rows.append({**row, **hidden, "disputed": name in disputed})
    return rows


def asked_rows(known: Known) -> list[Sheet]:
    """A row for each question without belief and crowd: status, times, who forecast it last."""
    return [
        {
            "id": name,
            "title": one.question.title,
            "status": one.status,
            "open_time": one.question.open_time,
            "scheduled_close_time": one.question.scheduled_close_time,
            "resolved_at": one.resolution.resolved_at if one.resolution else None,
            **_last_said(known.dossiers[name], known.at),
        }
        for name, one in known.asked.items()
    ]


def _said_by(dossier: Dossier, members: Collection[str] | None) -> Dossier:
    """A dossier with the forecasts of some members alone; of all where none are named."""
    if members is None:
        return dossier
    return replace(
        dossier, forecasts=tuple(one for one in dossier.forecasts if one.member in members)
    )


def _crowd(tracked: Tracked, dossier: Dossier, at: datetime, outside: Collection[str]) -> Sheet:
    method = default_method(tracked.question.kind)
    return crowd_view(tracked, dossier, method, at, outside=outside)


def _row(tracked: Tracked, dossier: Dossier, belief: Belief, crowd: Sheet, at: datetime) -> Sheet:
    question = tracked.question
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
        **_last_said(dossier, at),
    }


def _last_said(dossier: Dossier, at: datetime) -> Sheet:
    """When somebody forecast a question last, and whose forecast of it has expired."""
    return {
        "last_forecast": max((one.made_at for one in dossier.forecasts), default=None),
        "expired": expired(dossier.forecasts, at),
    }


_CONCEALED: Final[Sheet] = {"crowd": None, "crowd_short": HIDDEN, "n_forecasters": None}
"""What a row says of a crowd that is hidden from the reader, whatever it is."""


def question_view(
    read: Reading, reference: str, at: datetime, *, known: Known | None = None
) -> Sheet:
    """Everything about one question that ``show`` prints.

    Where others' forecasts are hidden from the reader, ``crowd`` and ``joint`` are absent.

    Raises:
        NotFound: no question of that id or title.
        BadInput: several questions.
    """
    known = known or Known(read, at)
    tracked = known.asked.get(reference) or shelf.find_question(read, reference, at)
    dossier = known.dossiers[tracked.question.id]
    belief = replace(known.belief(dossier.question), needs_refit=known.meter.asks)
    crowd = _crowd(tracked, dossier, at, outsiders(read))
    view = {
        **_row(tracked, dossier, belief, crowd, at),
        **_told(tracked, known),
        **_beliefs(dossier, belief, known),
        "refit": plain(known.meter),
        "blind": blind_view(read, dossier.question),
        "beliefs": _steps(dossier, known),
        "ties": tie_rows(read, at, only=dossier.question, known=known),
        **_reported(dossier.question, known),
        "forecasts": forecast_rows(dossier, at),
        "elsewhere": elsewhere(read, tracked.question, at),
        "origins": origins(read, dossier.question),
        "history": [{"at": when, "what": what} for when, what in tracked.history],
        "crowd": crowd,
    }
    if dossier.question not in read.veil.hidden:
        return view
    told = {**view, **_CONCEALED}
    return {name: value for name, value in told.items() if name not in ("crowd", "joint")}


def _told(tracked: Tracked, known: Known) -> Sheet:
    """What was asked, from where its belief starts, and what was said of it since."""
    question, resolution = tracked.question, tracked.resolution
    said = said_view(known.read, question.id)
    article = shelf.find_article(known.read, question.article) if question.article else None
    stated = priors(known.read, question.id).get(question.id)
    return {
        "disputed": any(not one["settled"] for one in said["disputes"]),
        **said,
        "resolution_criteria": question.resolution_criteria,
        "fine_print": question.fine_print,
        "family": question.family,
        "asked_by": question.asked_by,
        "resolution_source": resolution.source if resolution else None,
        "quote": question.quotation.text if question.quotation else None,
        "article": _article(article),
        "kind": kind_to_json(question.kind),
        "prior": _prior(
            prior_for(question, stated, question.open_time), known.dossiers[question.id]
        ),
    }


def _reported(question: str, known: Known) -> Sheet:
    """The reports that bear on a question, how many wait, and what they propose as its answer."""
    return {
        "share": known.shares.get(question, NO_STORIES),
        "proposals": [row for row in known.proposed if row["question"] == question],
        "evidence": evidence_rows(known.read, question, known.news),
    }


def _beliefs(dossier: Dossier, belief: Belief, known: Known) -> Sheet:
    """The belief; and the joint where the model knows what forecasts are worth."""
    fit, at = known.fit, known.at
    found: Sheet = {"belief": belief_sheet(dossier.kind, belief)}
    joint = believe(dossier, fit, at, joint=True, needs_refit=belief.needs_refit)
    found["joint"] = belief_sheet(dossier.kind, joint)
    found["joint"] |= _why(dossier, joint, known, joint=True)
    found["belief"] |= _why(dossier, belief, known)
    found["belief"]["levers"] = [plain(one) for one in movers(dossier, fit, belief)]
    return found


def _why(dossier: Dossier, belief: Belief, known: Known, *, joint: bool = False) -> Sheet:
    """What each thing added to a belief, in log odds, and of which event these are."""
    found, reports = account(dossier, known.fit, belief, joint=joint), known.news.every
    titles: dict[str, str] = {}
    for one in reported(dossier):
        titles.setdefault(one.story or one.report, reports[one.report].title)
    event = {"event": _event(dossier.kind, found.of), "prob": found.prob}
    parts = [
        {**plain(one), "title": titles.get(one.reference, "") if one.cause == "story" else ""}
        for one in found.parts
    ]
    return {"why": parts, "why_of": event}


def _event(kind: Kind, of: str | float | None) -> str:
    """The event of an account in words: ``yes``, or what follows "that"."""
    match of:
        case None:
            return "yes"
        case str():
            return f"it is {of}"
    if isinstance(kind, Date):
        return f"it comes by {format_number(kind, of)}"
    return f"it is above {format_number(kind, of)} {getattr(kind, 'unit', '')}".strip()


def _steps(dossier: Dossier, known: Known) -> list[Sheet]:
    """Every step of the belief; of other kinds than yes or no the values, and in a few words."""
    reports = known.news.every
    if isinstance(dossier.kind, Binary):
        found = changes(dossier, known.fits, known.at)
        return [{**_fields(one), "title": _title(one, reports)} for one in found]
    return [
        {
            **_fields(one),
            "title": _title(one, reports),
            "before": None,
            "after": None,
            "was": None if one.before is None else value_sheet(dossier.kind, one.before),
            "now": value_sheet(dossier.kind, one.after),
            "was_short": short(dossier.kind, one.before),
            "now_short": short(dossier.kind, one.after),
        }
        for one in steps(dossier, known.fits, known.at)
    ]


def _fields(one: Change | Step) -> Sheet:
    return {name: getattr(one, name) for name in one.__slots__}


def _title(one: Change | Step, reports: Mapping[str, Report]) -> str:
    """What the report that a step came from is called; empty of any other step."""
    is_report = one.cause in ("evidence", "retraction") and one.reference in reports
    return reports[one.reference].title if is_report else ""


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
