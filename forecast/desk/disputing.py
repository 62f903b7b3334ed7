"""A resolution is disputed; that is settled by reopening it, or by a second who confirms it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

import sqlalchemy as sa

from forecast.desk.desk import Receipt, once, receipt
from forecast.people.roster import known_member
from questions.errors import BadInput, Conflict
from questions.records import Tracked
from questions.store import shelf
from questions.store import tables as t
from questions.store.log import Entry
from questions.store.reading import Reading
from questions.tracking.lifecycle import say
from questions.values import Outcome

Settled = Literal["", "upheld", "reopened"]
_ENDS: Final[tuple[tuple[sa.Table, Settled], ...]] = (
    (t.REOPENINGS, "reopened"),
    (t.UPHOLDINGS, "upheld"),
)


@dataclass(frozen=True, slots=True)
class Dispute:
    """Somebody holds that a resolution is wrong, and why."""

    question: str
    why: str
    by: str
    recorded_at: datetime
    settled: Settled = ""
    """How it ended; empty while it stands."""


def disputes(read: Reading, question: str | None = None) -> list[Dispute]:
    """Every dispute of all questions or of one, oldest first, with how it ended."""
    where = {} if question is None else {"question": question}
    rows = read.rows(t.DISPUTES, **where)
    if not rows:
        return []
    ends = sorted(
        (row["seq"], row["question"], how)
        for table, how in _ENDS
        for row in read.rows(table, **where)
    )
    return [
        Dispute(row["question"], row["why"], row["actor"], row["recorded_at"], _end_of(row, ends))
        for row in rows
    ]


def _end_of(row: Mapping[str, Any], ends: list[tuple[int, str, Settled]]) -> Settled:
    """How a dispute ended: by what was first put on record of its question after it."""
    later = (how for seq, name, how in ends if name == row["question"] and seq > row["seq"])
    return next(later, "")


def is_disputed(read: Reading, question: str) -> bool:
    """Whether a dispute of a question's resolution stands."""
    return any(not one.settled for one in disputes(read, question))


@once
def dispute(entry: Entry, reference: str, *, why: str) -> Receipt:
    """Hold that a resolution is wrong; it stays, marked as disputed, until that is settled.

    Raises:
        NotFound: no such question; a stranger.
        BadInput: no reason.
        Conflict: it is not resolved, or is disputed already.
    """
    tracked = shelf.find_question(entry.everything(), reference, entry.now)
    question = tracked.question.id
    known_member(entry.everything(), entry.actor)
    if tracked.resolution is None:
        raise Conflict(f"{question} is not resolved", "there is nothing to dispute")
    if tracked.history[-1][0] > entry.now:
        raise shelf.too_early(tracked, entry.now)
    if is_disputed(entry, question):
        raise Conflict(
            f"{question} is disputed already",
            "reopen it, or let somebody else resolve it the same way again",
        )
    if not why.strip():
        raise BadInput("reason", why, "what is wrong with the resolution")
    record = {"question": question, "why": why.strip()}
    return receipt(question, record, entry.append("resolution.disputed", record))


def uphold(entry: Entry, tracked: Tracked, outcome: Outcome, source: str) -> Receipt:
    """Settle a dispute under an entry that another verb holds: a second says the same again.

    Raises:
        NotFound: the actor is no member.
        Conflict: the actor resolved it, or says that something else has happened.
    """
    question, resolution = tracked.question.id, tracked.resolution
    if resolution is None:
        raise ValueError(f"{question} is not resolved")
    if outcome != resolution.outcome:
        problem = f"{question} is resolved {say(resolution.outcome)}, and disputed"
        raise Conflict(problem, "reopen it first")
    if known_member(entry.everything(), entry.actor) == resolution.by:
        problem = f"{entry.actor} resolved {question}"
        raise Conflict(problem, "somebody else has to confirm what is disputed")
    record = {"question": question, "source": source}
    return receipt(question, record, entry.append("resolution.upheld", record))
