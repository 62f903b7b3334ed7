"""How far beliefs moved, and what is due or stale."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from forecast.belief.dossier import Dossier, had_only, reported
from forecast.belief.fold import believe
from forecast.records import Belief
from forecast.views.known import Known
from forecast.views.news import NO_STORIES
from forecast.views.sheets import (
    Sheet,
    belief_sheet,
    distance,
    prob_or_none,
    short,
)
from questions.records import Tracked
from questions.store.decoding import kind_to_json
from questions.store.envelope import plain
from questions.store.reading import Reading
from questions.values import Probability, Value

WEEK = timedelta(days=7)


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
    """Open questions on which nobody has forecast for some days, or a forecast has expired."""
    limit = at - timedelta(days=days)
    return [
        row
        for row in rows
        if row["status"] == "open"
        and ((row["last_forecast"] or row["open_time"]) <= limit or row["expired"])
    ]


def moves(
    known: Known, *, only: Collection[str] | None = None, since: timedelta = WEEK
) -> list[Sheet]:
    """How far each belief went in a time: of the questions that are named, or of all not over."""
    rows = []
    for one in _running(known, only):
        kind, (belief, then) = one.question.kind, _went(one, known, since)
        rows.append(
            {
                **_asked(one),
                "prob": prob_or_none(belief.value),
                "ci_low": belief.ci_low,
                "ci_high": belief.ci_high,
                "believed": short(kind, belief.value),
                "move": _move(then, belief.value),
                "earlier": prob_or_none(then),
            }
        )
    return rows


def week_moves(
    read: Reading, at: datetime, rows: Sequence[Sheet], *, known: Known | None = None
) -> dict[str, float]:
    """How far the belief of each open question among some rows went within a week, by its id."""
    running = {row["id"] for row in rows if row["status"] in ("upcoming", "open")}
    return {row["id"]: row["move"] for row in moves(known or Known(read, at), only=running)}


def movement(
    read: Reading, at: datetime, *, only: Collection[str] | None = None, since: timedelta = WEEK
) -> list[Sheet]:
    """What each belief is, would be without its last report, and was ``since`` ago.

    And how far it would move by what all that is new teaches of its sources, were the fit
    carried on. Of the questions that are named, or of all that are not over.
    """
    known = Known(read, at)
    return [
        {
            **_moved(one, known, since),
            "refit": plain(known.meter),
            **known.shares.get(one.question.id, NO_STORIES),
        }
        for one in _running(known, only)
    ]


def _running(known: Known, only: Collection[str] | None) -> list[Tracked]:
    return [
        one
        for name, one in known.asked.items()
        if (one.status in ("upcoming", "open") if only is None else name in only)
    ]


def _asked(tracked: Tracked) -> Sheet:
    question = tracked.question
    return {
        "id": question.id,
        "title": question.title,
        "closes": question.scheduled_close_time,
        "kind": kind_to_json(question.kind),
    }


def _went(tracked: Tracked, known: Known, since: timedelta) -> tuple[Belief, Value]:
    """The belief, and its value some time ago, at the earliest when the question opened."""
    name = tracked.question.id
    earlier = max(known.at - since, tracked.question.open_time)
    return known.belief(name), known.belief(name, earlier).value


def _moved(tracked: Tracked, known: Known, since: timedelta) -> Sheet:
    dossier, (belief, then) = known.dossiers[tracked.question.id], _went(tracked, known, since)
    told = reported(dossier)
    last = told[-1] if told else None
    before = believe(had_only(dossier, {*told[:-1]}), known.fit, known.at)
    return {
        **_asked(tracked),
        **belief_sheet(dossier.kind, replace(belief, needs_refit=known.meter.asks)),
        "prob": prob_or_none(belief.value),
        "believed": short(dossier.kind, belief.value),
        "move": _move(then, belief.value),
        "last_report": last.report if last else None,
        "last_judge": last.judge if last else None,
        "without_it": prob_or_none(before.value) if last else None,
        "last_move": _move(before.value, belief.value) if last else None,
        "learned_move": _learned(dossier, known, belief.value),
        "earlier": prob_or_none(then),
    }


def _learned(dossier: Dossier, known: Known, value: Value) -> float | None:
    if known.carried_on is None:
        return None
    return _move(value, believe(dossier, known.carried_on, known.at).value)


def _move(before: Value, after: Value) -> float:
    """How far a belief moved: of a probability with its sign, else as a distance from 0 to 1."""
    if isinstance(before, Probability) and isinstance(after, Probability):
        return after.yes - before.yes
    return distance(before, after)
