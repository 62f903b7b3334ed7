"""What is read, as of an instant: plain dictionaries for the terminal, JSON, pictures and page.

The one place that decides what a reader may see.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from forecast.belief import memory
from forecast.belief.dossier import Dossier, active, unmoved
from forecast.belief.draws import Fit
from forecast.belief.explained import explain, levers
from forecast.belief.fold import believe
from forecast.belief.history import changes, fit_at
from forecast.crowd.aggregate import pooled_at
from forecast.desk.believing import dossiers, meter, prior_for, priors
from forecast.histories.history import histories
from forecast.histories.targets import target_of
from forecast.ledger import basis_to_json
from forecast.linked import tie_rows
from forecast.news import NO_STORIES, evidence_rows, news, proposal_rows, shares
from forecast.records import Belief, Change, Prior
from forecast.sheets import belief_sheet, density_sheet, distance, prob_or_none, short, value_sheet
from forecast.written import format_value
from questions.lint import check, register_of
from questions.records import Binary, Kind, MultipleChoice, Tracked
from questions.store import shelf
from questions.store import tables as t
from questions.store.decoding import kind_to_json
from questions.store.envelope import plain
from questions.store.reading import Reading
from questions.tracking.lifecycle import say
from questions.values import YES, Cdf, Probability, Value

DEFAULT_METHOD = "log_odds_mean"
WEEK = timedelta(days=7)
Sheet = dict[str, Any]


def question_rows(read: Reading, at: datetime) -> list[Sheet]:
    """A row for each question: status, times, belief and crowd."""
    fit = memory.last_fit(read, at)
    stale = meter(read, fit, at).asks
    held = dossiers(read, at)
    return [_row(one, held[one.question.id], fit, stale, at) for one in shelf.questions(read, at)]


def _row(tracked: Tracked, dossier: Dossier, fit: Fit | None, stale: bool, at: datetime) -> Sheet:
    question = tracked.question
    belief = believe(dossier, fit, at, needs_refit=stale)
    crowd = crowd_view(tracked, dossier, default_method(question.kind), at)
    return {
        "id": question.id,
        "title": question.title,
        "type": kind_to_json(question.kind)["kind"],
        "status": tracked.status,
        "open_time": question.open_time,
        "scheduled_close_time": question.scheduled_close_time,
        "actual_close_time": tracked.actual_close_time,
        "resolution": say(tracked.resolution.outcome) if tracked.resolution else None,
        "tags": list(question.tags),
        "belief": prob_or_none(belief.value),
        "believed": short(question.kind, belief.value),
        "ci_low": belief.ci_low,
        "ci_high": belief.ci_high,
        "crowd": crowd.get("prob"),
        "crowd_short": crowd["short"],
        "n_forecasters": crowd["n"],
        "last_forecast": max((one.made_at for one in dossier.forecasts), default=None),
    }


def question_view(read: Reading, reference: str, at: datetime) -> Sheet:
    """Everything about one question that ``show`` prints.

    Raises:
        NotFound: no question of that id or title.
        BadInput: several questions.
    """
    tracked = shelf.find_question(read, reference, at)
    question = tracked.question
    dossier = dossiers(read, at, only=question.id)[question.id]
    fits = memory.fits(read)
    fit = fit_at(fits, at)
    due = meter(read, fit, at)
    article = shelf.find_article(read, question.article) if question.article else None
    prior = prior_for(question, priors(read).get(question.id), question.open_time)
    return {
        **_row(tracked, dossier, fit, due.asks, at),
        "resolution_criteria": question.resolution_criteria,
        "fine_print": question.fine_print,
        "family": question.family,
        "asked_by": question.asked_by,
        "resolved_at": tracked.resolution.resolved_at if tracked.resolution else None,
        "resolution_source": tracked.resolution.source if tracked.resolution else None,
        "quote": question.quotation.text if question.quotation else None,
        "article": _article(article),
        "kind": kind_to_json(question.kind),
        "prior": _prior(prior, dossier),
        **_beliefs(dossier, fit, at, due.asks),
        "refit": plain(due),
        "crowd": crowd_view(tracked, dossier, default_method(question.kind), at),
        "beliefs": [_change(read, one) for one in _steps(dossier, fits, at)],
        "ties": tie_rows(read, at, only=question.id),
        "share": shares(news(read, question=question.id)).get(question.id, NO_STORIES),
        "proposals": proposal_rows(read, at, only=question.id),
        "evidence": evidence_rows(read, question.id),
        "forecasts": forecast_rows(dossier, at),
        "history": [{"at": when, "what": what} for when, what in tracked.history],
    }


def _beliefs(dossier: Dossier, fit: Fit | None, at: datetime, stale: bool) -> Sheet:
    """The belief; and the joint where the model knows what forecasts are worth: yes or no."""
    belief = believe(dossier, fit, at, needs_refit=stale)
    found = {"belief": belief_view(dossier, belief)}
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


def _steps(dossier: Dossier, fits: Sequence[Fit], at: datetime) -> list[Change]:
    return changes(dossier, fits, at) if isinstance(dossier.kind, Binary) else []


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


def default_method(kind: Kind) -> str:
    """How forecasts are pooled where nobody says how: numbers and dates by the linear pool."""
    return DEFAULT_METHOD if isinstance(kind, Binary | MultipleChoice) else "mean"


def crowd_view(tracked: Tracked, dossier: Dossier, method: str, at: datetime) -> Sheet:
    """The crowd's value as of an instant; once the question has closed, the last before that.

    Raises:
        BadInput: a method that is not known.
    """
    history = histories([target_of(tracked)], dossier.forecasts)[0]
    pooled, kind = pooled_at(history, method, at), tracked.question.kind
    said = format_value(kind, pooled.value) if pooled.value else "-"
    value = value_sheet(kind, pooled.value) if pooled.value or _is_binary(kind) else {}
    told: Sheet = {"says": said, "short": short(kind, pooled.value)}
    if isinstance(pooled.value, Cdf):
        told["density"] = density_sheet(kind, pooled.value)
    return {"method": method, "at": at, "n": pooled.n, **value, **told}


def _is_binary(kind: Kind) -> bool:
    return isinstance(kind, Binary)


def crowd_of(read: Reading, reference: str, method: str | None, at: datetime) -> Sheet:
    """What the crowd says of the question that a reference names.

    Raises:
        NotFound: no question of that id or title.
        BadInput: several questions, or a method that is not known.
    """
    tracked = shelf.find_question(read, reference, at)
    question = tracked.question.id
    dossier = dossiers(read, at, only=question)[question]
    chosen = method or default_method(tracked.question.kind)
    return {"question": question, **crowd_view(tracked, dossier, chosen, at)}


def _change(read: Reading, change: Any) -> Sheet:
    is_report = change.cause in ("evidence", "retraction")
    reports = read.rows(t.REPORTS, id=change.reference) if is_report else []
    title = reports[0]["title"] if reports else ""
    return {**{name: getattr(change, name) for name in change.__slots__}, "title": title}


def forecast_rows(dossier: Dossier, at: datetime) -> list[Sheet]:
    """Everything that was forecast on a question, oldest first; ``active`` marks what holds."""
    holding = {one.id for one in active(dossier.forecasts, at)}
    return [
        {
            **plain(one),
            **value_sheet(dossier.kind, one.value),
            "says": format_value(dossier.kind, one.value),
            "active": one.id in holding,
        }
        for one in dossier.forecasts
    ]


def due_rows(rows: Sequence[Sheet], at: datetime, *, days: float) -> list[Sheet]:
    """Questions that close within some days, or that wait for a resolution."""
    soon = at + timedelta(days=days)
    return [
        row
        for row in rows
        if row["status"] == "closed"
        or (row["status"] == "open" and row["scheduled_close_time"] <= soon)
    ]


def stale_rows(rows: Sequence[Sheet], at: datetime, *, days: float) -> list[Sheet]:
    """Open questions on which nobody has forecast for some days."""
    limit = at - timedelta(days=days)
    return [
        row
        for row in rows
        if row["status"] == "open" and (row["last_forecast"] or row["open_time"]) <= limit
    ]


def movement(
    read: Reading, at: datetime, *, only: Sequence[str] | None = None, since: timedelta = WEEK
) -> list[Sheet]:
    """What each belief is, would be without its last report, and was ``since`` ago.

    Of the questions that are named, or of all that are not over.
    """
    fits = memory.fits(read)
    due = meter(read, fit_at(fits, at), at)
    held, counts = dossiers(read, at), shares(news(read))
    return [
        {
            **_moved(one, held[one.question.id], fits, due.asks, at, at - since),
            "refit": plain(due),
            **counts.get(one.question.id, NO_STORIES),
        }
        for one in shelf.questions(read, at)
        if (one.status in ("upcoming", "open") if only is None else one.question.id in only)
    ]


def _moved(
    tracked: Tracked,
    dossier: Dossier,
    fits: Sequence[Fit],
    stale: bool,
    at: datetime,
    since: datetime,
) -> Sheet:
    belief = believe(dossier, fit_at(fits, at), at, needs_refit=stale)
    last = max(reversed(dossier.evidence), key=lambda one: one.recorded_at, default=None)
    without = tuple(one for one in dossier.evidence if one is not last)
    before = believe(replace(dossier, evidence=without), fit_at(fits, at), at)
    earlier = max(since, tracked.question.open_time)
    then = believe(dossier, fit_at(fits, earlier), earlier)
    return {
        "id": tracked.question.id,
        "title": tracked.question.title,
        "closes": tracked.question.scheduled_close_time,
        "kind": kind_to_json(tracked.question.kind),
        **belief_view(dossier, belief),
        "prob": prob_or_none(belief.value),
        "believed": short(dossier.kind, belief.value),
        "move": _move(then.value, belief.value),
        "last_report": last.report if last else None,
        "last_judge": last.judge if last else None,
        "without_it": prob_or_none(before.value) if last else None,
        "last_move": _move(before.value, belief.value) if last else None,
        "earlier": prob_or_none(then.value),
    }


def _move(before: Value, after: Value) -> float:
    """How far a belief moved: of a probability with its sign, else as a distance from 0 to 1."""
    if isinstance(before, Probability) and isinstance(after, Probability):
        return after.yes - before.yes
    return distance(before, after)


def findings(read: Reading, at: datetime, *, only: str | None = None) -> list[Sheet]:
    """What the linter finds in one question, or in all that are not resolved, the gravest first.

    Raises:
        NotFound: no question of that id or title.
        BadInput: several questions.
    """
    known = shelf.questions(read, at)
    asked = [one.question for one in known if one.status != "resolved"]
    wanted = asked if only is None else [shelf.find_question(read, only, at).question]
    register = register_of(asked, [one.question for one in known if _came_true(one)])
    fit = memory.last_fit(read, at)
    held = dossiers(read, at, only=wanted[0].id if only else None)
    return [
        {"question": question.id, **plain(problem)}
        for question in wanted
        for problem in check(
            question,
            as_of=at,
            text=_text_of(read, question.article),
            open_questions=register,
            prob=prob_or_none(believe(held[question.id], fit, at).value),
        )
    ]


def _came_true(tracked: Tracked) -> bool:
    return tracked.resolution is not None and tracked.resolution.outcome == YES


def _text_of(read: Reading, article: str) -> str | None:
    kept = shelf.find_article(read, article) if article else None
    return kept.text if kept else None
