"""How far beliefs moved, and what is due or stale."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from forecast.belief import memory
from forecast.belief.dossier import Dossier
from forecast.belief.draws import Fit
from forecast.belief.fold import believe
from forecast.belief.history import fit_at
from forecast.desk.believing import dossiers, meter
from forecast.views.news import NO_STORIES, news, shares
from forecast.views.sheets import (
    Sheet,
    belief_sheet,
    distance,
    prob_or_none,
    short,
)
from questions.records import Tracked
from questions.store import shelf
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


def week_moves(read: Reading, at: datetime, rows: Sequence[Sheet]) -> dict[str, float]:
    """How far the belief of each open question among some rows went within a week, by its id."""
    running = [row["id"] for row in rows if row["status"] in ("upcoming", "open")]
    return {row["id"]: row["move"] for row in movement(read, at, only=running)}


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
        **belief_sheet(dossier.kind, belief),
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
