"""What was said of questions beside forecasts: clarifications, disputes, comments, notes."""

from typing import Any

from forecast.desk.disputing import disputes
from forecast.ledger import COMMENTS, NOTES
from questions.store.reading import Reading
from questions.store.tables import CLARIFICATIONS

Sheet = dict[str, Any]


def clarification_rows(read: Reading, question: str | None = None) -> list[Sheet]:
    """What was said of a question's words since it opened, oldest first; or of every one's."""
    rows = read.rows(CLARIFICATIONS, **_of(question))
    return [
        {
            "question": row["question"],
            "at": row["recorded_at"],
            "by": row["actor"],
            "why": row["why"],
        }
        for row in rows
    ]


def dispute_rows(read: Reading, question: str | None = None) -> list[Sheet]:
    """Who held that a resolution is wrong, why, and how that ended (empty while it stands)."""
    return [
        {
            "question": one.question,
            "at": one.recorded_at,
            "by": one.by,
            "why": one.why,
            "settled": one.settled,
        }
        for one in disputes(read, question)
    ]


def comment_rows(read: Reading, question: str | None = None) -> list[Sheet]:
    """What members said of a question for all to read, oldest first; or of every one."""
    return [_said(row) for row in read.rows(COMMENTS, **_of(question))]


def note_rows(read: Reading, question: str | None = None) -> list[Sheet]:
    """What the reader keeps of a question, oldest first; the reading has no other's notes."""
    return [_said(row) for row in read.rows(NOTES, **_of(question))]


def said_view(read: Reading, question: str) -> Sheet:
    """All that was said of one question beside forecasts, as ``show`` has it."""
    return {
        "clarifications": clarification_rows(read, question),
        "disputes": dispute_rows(read, question),
        "comments": comment_rows(read, question),
        "notes": note_rows(read, question),
    }


def _of(question: str | None) -> dict[str, str]:
    return {} if question is None else {"question": question}


def _said(row: Any) -> Sheet:
    return {
        "id": row["id"],
        "question": row["question"],
        "at": row["recorded_at"],
        "by": row["member"],
        "text": row["text"],
    }
