"""What wants a member's attention: questions that are new, expired, moved, stale or due."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from forecast.belief import memory
from forecast.belief.dossier import Dossier
from forecast.belief.fold import believe
from forecast.belief.history import fit_at
from forecast.desk.believing import dossiers
from forecast.records import Forecast
from forecast.views.known import Known
from forecast.views.movement import moves
from forecast.views.news import evidence_rows, news
from forecast.views.sayings import clarification_rows, comment_rows
from forecast.views.sheets import Sheet, short
from questions.store import shelf
from questions.store.reading import Reading
from questions.store.tables import BEARINGS

SOON: Final = timedelta(days=7)
STALE: Final = timedelta(days=7)
MOVED: Final = 0.05


def attention(
    read: Reading, member: str, at: datetime, *, known: Known | None = None
) -> list[Sheet]:
    """Questions that a member never forecast, or whose forecast asks to be looked at again.

    ``reason`` says which: new to you, expired, moved, looked at N days ago, due. ``last`` is
    the member's last forecast. Who has withdrawn from a question is not asked again.
    """
    known = known or Known(read, at)
    rows = []
    for row in moves(known):
        last = last_of(member, known.dossiers[row["id"]])
        if reason := _reason(row, last, at):
            rows.append({**row, "last": last, "reason": reason})
    return rows


def last_of(member: str, dossier: Dossier) -> Forecast | None:
    """The last that a member said of a question."""
    return next((one for one in reversed(dossier.forecasts) if one.member == member), None)


def _reason(row: Sheet, last: Forecast | None, now: datetime) -> str:
    """Why a question wants attention; nothing if it does not."""
    if last is None:
        return "new to you"
    if last.ended_at is not None and last.ended_at <= now:
        return "" if last.withdrawn else "expired"
    if abs(row["move"]) >= MOVED:
        return "moved"
    age = now - last.made_at
    if age >= STALE:
        return f"looked at {age.days} days ago"
    return "due" if row["closes"] - now <= SOON and age >= timedelta(days=1) else ""


def since_view(
    read: Reading, question: str, member: str, since: datetime | None, at: datetime
) -> Sheet:
    """What is new of a question since an instant; all of it where there is none.

    Reports that came, or that were judged, since; clarifications; comments of others; and how
    the belief moved.
    """
    from_then = since or datetime.min.replace(tzinfo=at.tzinfo)
    dossier = dossiers(read, at, only=question)[question]
    comments = [row for row in comment_rows(read, question) if row["by"] != member]
    (tracked,) = shelf.questions(read, at, only=question)
    return {
        "since": since,
        "criteria": tracked.question.resolution_criteria,
        "reports": _reports(read, question, from_then),
        "clarifications": [
            row for row in clarification_rows(read, question) if row["at"] > from_then
        ],
        "comments": [row for row in comments if row["at"] > from_then],
        **_beliefs(read, dossier, since, at),
    }


def _reports(read: Reading, question: str, since: datetime) -> list[Sheet]:
    """The reports that came since an instant, or of which a judgement did; copies apart."""
    came: dict[str, datetime] = {}
    for row in read.rows(BEARINGS, question=question):
        came.setdefault(row["report"], row["recorded_at"])
    return [
        row
        for row in evidence_rows(read, question, news(read))
        if not row["copy_of"] and _newest(row, came) > since
    ]


def _newest(row: Sheet, came: Mapping[str, datetime]) -> datetime:
    """When a report came to a question, or was last judged."""
    arrived = came[row["report"]] if row["report"] in came else row["published"]
    moments: list[datetime] = [arrived, *(one["at"] for one in row["judgements"])]
    return max(moments)


def _beliefs(read: Reading, dossier: Dossier, since: datetime | None, at: datetime) -> Sheet:
    """The belief now and then, as a person reads them."""
    fits = memory.fits(read)
    now = believe(dossier, fit_at(fits, at), at).value
    start = max(since, dossier.open_time) if since else None
    then = believe(dossier, fit_at(fits, start), start).value if start else None
    return {"believed": short(dossier.kind, now), "before": short(dossier.kind, then)}
