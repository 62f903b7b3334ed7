"""A program suggests what a report says of a question; a person judges so, or declines."""

import math
from dataclasses import dataclass
from datetime import datetime

from forecast.desk.desk import Receipt, once, receipt
from forecast.desk.judging import check_stands, matter, place_judgement
from forecast.desk.saying import check_plain
from forecast.ledger import EVIDENCE, SUGGESTIONS, SUGGESTIONS_DECLINED
from questions.errors import BadInput, Conflict, NotFound
from questions.store import shelf
from questions.store.log import Entry
from questions.store.reading import Reading

STRONGEST = 7.0
"""Nats: a likelihood ratio of about 1,100, beyond which a person has to say so first."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A judgement that waits for a person."""

    id: str
    report: str
    question: str
    by: str
    relevance: float
    """How much the report bears on the question, from 0 to 1; 0 calls it irrelevant."""
    weight: float
    """ln P(report | yes) / P(report | no), nats; 0 if irrelevant."""
    why: str
    recorded_at: datetime


@once
def suggest(
    entry: Entry,
    report: str,
    question: str,
    *,
    relevance: float,
    weight: float,
    why: str,
    by: str = "",
) -> Receipt:
    """Put on record what the actor would judge; the last word on a report and question waits.

    ``by`` is the program that was asked, where the actor asked one.

    Raises:
        NotFound: no such report or question.
        BadInput: a relevance beyond 0 to 1, a weight that is none or too strong, no reason; a
            kind of question that a weight does not suit.
        Conflict: the question is resolved, or the report was retracted.
    """
    tracked, found = matter(entry, report, question)
    check_stands(entry, found)
    _check(relevance, weight, why)
    check_plain(tracked.question.kind, "weighed" if relevance else "irrelevant")
    record = {
        "id": entry.next_id(SUGGESTIONS, "G"),
        "report": found.id,
        "question": tracked.question.id,
        "by": by or entry.actor,
        "relevance": relevance,
        "weight": weight if relevance else 0.0,
        "why": why.strip(),
    }
    return receipt(str(record["id"]), record, entry.append("judgement.suggested", record))


def _check(relevance: float, weight: float, why: str) -> None:
    if not 0 <= relevance <= 1:
        raise BadInput("relevance", relevance, "a number from 0 to 1")
    if not (math.isfinite(weight) and abs(weight) <= STRONGEST):
        right = f"nats from -{STRONGEST:g} to {STRONGEST:g}: what settles a question a person says"
        raise BadInput("weight", weight, right)
    if not why.strip():
        raise BadInput("reason", "", "what in the report says so")


def suggestions(read: Reading, at: datetime) -> list[Suggestion]:
    """What waits for a person, oldest first: of each program its last word on a pair.

    It waits until somebody judges that report on that question, or declines it.
    """
    declined = {row["id"] for row in read.rows(SUGGESTIONS_DECLINED)}
    judged = {(row["report"], row["question"]): row["seq"] for row in read.rows(EVIDENCE)}
    open_ = {one.question.id for one in shelf.questions(read, at) if one.resolution is None}
    last = {(row["by"], row["report"], row["question"]): row for row in read.rows(SUGGESTIONS)}
    return [
        Suggestion(**{name: row[name] for name in Suggestion.__slots__})
        for row in sorted(last.values(), key=lambda row: int(row["seq"]))
        if row["id"] not in declined
        and row["question"] in open_
        and row["seq"] > judged.get((row["report"], row["question"]), 0)
    ]


@once
def accept(entry: Entry, reference: str, *, weight: float | None = None) -> Receipt:
    """Judge as was suggested, or with another weight; the judgement is the actor's own.

    Raises:
        NotFound: no such suggestion.
        Conflict: it does not wait any more; the actor suggested it; otherwise as
            :func:`forecast.desk.judging.judge`.
        BadInput: a weight that is not finite.
    """
    one = _waiting(entry, reference, entry.now)
    if one.by == entry.actor:
        raise Conflict(f"{one.id} is a suggestion of {one.by}'s own", "somebody else has to judge")
    if weight is not None and not math.isfinite(weight):
        raise BadInput("weight", weight, "a finite number of nats")
    relevant = one.relevance > 0 or weight is not None
    return place_judgement(
        entry,
        one.report,
        one.question,
        "weighed" if relevant else "irrelevant",
        one.weight if weight is None else weight,
        why=f"{one.by} suggested ({one.id}): {one.why}",
    )


@once
def decline(entry: Entry, reference: str, *, why: str) -> Receipt:
    """Let a suggestion rest, with the reason.

    Raises:
        NotFound: no such suggestion.
        Conflict: it does not wait any more.
    """
    one = _waiting(entry, reference, entry.now)
    record = {"id": one.id, "why": why}
    return receipt(one.id, record, entry.append("suggestion.declined", record))


def _waiting(read: Reading, reference: str, at: datetime) -> Suggestion:
    known = [str(row["id"]) for row in read.rows(SUGGESTIONS)]
    wanted = reference.strip().upper()
    if wanted not in known:
        raise NotFound("suggestion", reference, known, "`tidings suggestion list` lists them")
    found = [one for one in suggestions(read, at) if one.id == wanted]
    if not found:
        raise Conflict(f"{wanted} does not wait any more", "it was judged, declined or replaced")
    return found[0]
