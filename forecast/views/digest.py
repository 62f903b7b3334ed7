"""What happened to the questions since an instant, and what wants doing now: for a daily mail."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from forecast.belief.dossier import Dossier
from forecast.people.sources import known_as
from forecast.views.attention import MOVED, SOON, STALE, attention, last_of
from forecast.views.known import Known
from forecast.views.movement import due_rows, moves, stale_rows
from forecast.views.questions import asked_rows
from forecast.views.sayings import clarification_rows, comment_rows, dispute_rows
from forecast.views.sheets import Sheet, short
from questions.records import Tracked
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


def digest(
    read: Reading,
    at: datetime,
    since: datetime,
    *,
    member: str = "",
    known: Known | None = None,
) -> Sheet:
    """What is due, stale and closed now, and what moved, was reported and said since an instant.

    Each of ``PARTS`` is a list of rows with the question's ``question`` and ``title``. For a
    ``member``, ``due`` and ``stale`` are the member's own, and own comments are left out.
    """
    known = known or Known(read, at)
    asked = known.asked
    parts: dict[str, Rows] = {
        **(_mine(known, member) if member else _everybodys(known)),
        "closed": [_closed(one) for one in asked.values() if one.status == "closed"],
        "moved": _moved(known, since),
        "reported": _reported(known, since),
        "proposed": [row for row in known.proposed if row["at"] > since],
        "resolved": _resolved(known, since, member),
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


def _mine(known: Known, member: str) -> dict[str, Rows]:
    """What a member should forecast: closing soon, or new; and what to look at again."""
    rows = [
        {"question": row["id"], "closes": row["closes"], "reason": row["reason"]}
        for row in attention(known.read, member, known.at, known=known)
    ]
    due = [row for row in rows if row["closes"] - known.at <= SOON or row["reason"] == "new to you"]
    return {"due": due, "stale": [row for row in rows if row not in due]}


def _everybodys(known: Known) -> dict[str, Rows]:
    asked = asked_rows(known)
    due = due_rows(asked, known.at, days=SOON.days)
    stale = stale_rows(asked, known.at, days=STALE.days)
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


def _moved(known: Known, since: datetime) -> Rows:
    """Beliefs that moved by five points or more, those that moved most first."""
    rows = [
        {
            "question": row["id"],
            "move": row["move"],
            "prob": row["prob"],
            "believed": row["believed"],
        }
        for row in moves(known, since=known.at - since)
        if abs(row["move"]) >= MOVED
    ]
    return sorted(rows, key=lambda row: -abs(row["move"]))


def _reported(known: Known, since: datetime) -> Rows:
    """Reports that came to bear on a question since an instant; copies of others apart."""
    found = known.news
    judged = {(one.report, one.question) for one in found.said}
    rows: dict[tuple[str, str], Sheet] = {}
    for row in known.read.rows(BEARINGS):
        report = found.reports.get(row["report"])
        if row["recorded_at"] > since and report is not None and not report.copy_of:
            rows[row["report"], row["question"]] = {
                "question": row["question"],
                "report": report.id,
                "headline": report.title,
                "source": known_as(found.sources, report.source),
                "judged": (report.id, row["question"]) in judged,
            }
    return list(rows.values())


def _resolved(known: Known, since: datetime, member: str) -> Rows:
    """Resolutions since an instant, with what the member said last."""
    return [
        {
            "question": row["question"],
            "outcome": say(outcome(row["outcome"])),
            "source": row["source"],
            "by": row["actor"],
            "said": _said(known.dossiers[row["question"]], member),
        }
        for row in known.read.rows(RESOLUTIONS)
        if row["recorded_at"] > since
    ]


def _said(dossier: Dossier, member: str) -> str:
    last = last_of(member, dossier)
    return short(dossier.kind, last.value if last else None)
