"""What happened to the questions since an instant, and what wants doing now: for a daily mail."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from forecast.people.roster import forecasts
from forecast.people.sources import known_as, register
from forecast.views.attention import MOVED, SOON, STALE, attention
from forecast.views.movement import due_rows, movement, stale_rows
from forecast.views.news import news, proposal_rows
from forecast.views.questions import question_rows
from forecast.views.sayings import clarification_rows, comment_rows, dispute_rows
from forecast.views.sheets import Sheet, short
from questions.records import Tracked
from questions.store import shelf
from questions.store.decoding import outcome
from questions.store.reading import Reading
from questions.store.tables import BEARINGS, RESOLUTIONS
from questions.tracking.lifecycle import say

Rows = list[Sheet]

PARTS: Final = (
    "due",
    "stale",
    "closed",
    "moved",
    "reported",
    "proposed",
    "resolved",
    "clarified",
    "disputed",
    "commented",
)


def digest(read: Reading, at: datetime, since: datetime, *, member: str = "") -> Sheet:
    """What is due, stale and closed now, and what moved, was reported and said since an instant.

    Each of ``PARTS`` is a list of rows with the question's ``question`` and ``title``. For a
    ``member``, ``due`` and ``stale`` are the member's own, and own comments are left out.
    """
    asked = {one.question.id: one for one in shelf.questions(read, at)}
    mine = _mine(read, member, at) if member else _everybodys(question_rows(read, at), at)
    parts: dict[str, Rows] = {
        **mine,
        "closed": [_closed(one) for one in asked.values() if one.status == "closed"],
        "moved": _moved(read, at, since),
        "reported": _reported(read, since),
        "proposed": [row for row in proposal_rows(read, at) if row["at"] > since],
        "resolved": _resolved(read, since, at, member),
        "clarified": [row for row in clarification_rows(read) if row["at"] > since],
        "disputed": [row for row in dispute_rows(read) if row["at"] > since],
        "commented": [
            row for row in comment_rows(read) if row["at"] > since and row["by"] != member
        ],
    }
    return {
        "member": member,
        "at": at,
        "since": since,
        **{
            part: [{**row, "title": asked[row["question"]].question.title} for row in parts[part]]
            for part in PARTS
        },
    }


def is_empty(found: Mapping[str, Any]) -> bool:
    """Whether a digest has nothing to tell."""
    return not any(found[part] for part in PARTS)


def _mine(read: Reading, member: str, at: datetime) -> dict[str, Rows]:
    """What a member should forecast: closing soon, or new; and what to look at again."""
    rows = [
        {"question": row["id"], "closes": row["closes"], "reason": row["reason"]}
        for row in attention(read, member, at)
    ]
    due = [row for row in rows if row["closes"] - at <= SOON or row["reason"] == "new to you"]
    return {"due": due, "stale": [row for row in rows if row not in due]}


def _everybodys(asked: Rows, at: datetime) -> dict[str, Rows]:
    due = due_rows(asked, at, days=SOON.days)
    stale = stale_rows(asked, at, days=STALE.days)
    return {
        "due": [_named(row) for row in due if row["status"] == "open"],
        "stale": [
            {**_named(row), "reason": _stale(row["expired"])} for row in stale if row not in due
        ],
    }


def _stale(expired: list[str]) -> str:
    return f"expired: {', '.join(expired)}" if expired else "no forecast for a week"


def _named(row: Sheet) -> Sheet:
    return {"question": row["id"], "closes": row["scheduled_close_time"], "reason": ""}


def _closed(tracked: Tracked) -> Sheet:
    question = tracked.question
    return {"question": question.id, "closes": question.scheduled_close_time, "reason": ""}


def _moved(read: Reading, at: datetime, since: datetime) -> Rows:
    """Beliefs that moved by five points or more, those that moved most first."""
    rows = [
        {
            "question": row["id"],
            "move": row["move"],
            "prob": row["prob"],
            "believed": row["believed"],
        }
        for row in movement(read, at, since=at - since)
        if abs(row["move"]) >= MOVED
    ]
    return sorted(rows, key=lambda row: -abs(row["move"]))


def _reported(read: Reading, since: datetime) -> Rows:
    """Reports that came to bear on a question since an instant; copies of others apart."""
    found, sources = news(read), register(read)
    judged = {(one.report, one.question) for one in found.said}
    rows: dict[tuple[str, str], Sheet] = {}
    for row in read.rows(BEARINGS):
        report = found.reports.get(row["report"])
        if row["recorded_at"] > since and report is not None and not report.copy_of:
            rows[row["report"], row["question"]] = {
                "question": row["question"],
                "report": report.id,
                "headline": report.title,
                "source": known_as(sources, report.source),
                "judged": (report.id, row["question"]) in judged,
            }
    return list(rows.values())


def _resolved(read: Reading, since: datetime, at: datetime, member: str) -> Rows:
    """Resolutions since an instant, with what the member said last."""
    new = [row for row in read.rows(RESOLUTIONS) if row["recorded_at"] > since]
    if not new:
        return []
    said = {one.question: one.value for one in forecasts(read) if one.member == member}
    kinds = {one.question.id: one.question.kind for one in shelf.questions(read, at)}
    return [
        {
            "question": row["question"],
            "outcome": say(outcome(row["outcome"])),
            "source": row["source"],
            "by": row["actor"],
            "said": short(kinds[row["question"]], said.get(row["question"])),
        }
        for row in new
    ]
