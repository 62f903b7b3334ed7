"""Questions are resolved by a person, with a source, and reopened if that was wrong."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from forecast.desk.agreed import SECOND, agreed
from forecast.desk.desk import Receipt, once, receipt
from forecast.desk.disputing import is_disputed, uphold
from forecast.desk.proposing import proposals
from forecast.ledger import FORECASTS
from forecast.people.roster import known_member
from forecast.writing.outcomes import parse_outcome
from questions.errors import BadInput, Conflict
from questions.instants import iso
from questions.records import Question, Tracked
from questions.store import shelf
from questions.store.log import Entry
from questions.tracking.lifecycle import say


@once
def resolve(
    entry: Entry, reference: str, outcome: str, *, resolved_at: datetime, source: str
) -> Receipt:
    """Put on record what happened, when the answer was known, and who says so.

    Where the team has agreed on a second resolver, the first to say so proposes; it holds when
    somebody else, who did not forecast on the question, says the same. A resolution that is
    disputed is upheld when somebody else than who made it says the same again.

    Raises:
        NotFound: no such question; a stranger, where a second resolver is agreed on.
        BadInput: an outcome it cannot have, no source, a time before its opening or to come.
        Conflict: it is resolved already, or a replay's clock was set back behind that; who
            resolves cannot be the second.
    """
    if (upheld := _upheld(entry, reference, outcome, source)) is not None:
        return upheld
    tracked, record = _said(entry, reference, outcome, resolved_at, source)
    if agreed(entry, SECOND) == "on" and not _seconds(entry, tracked.question.id, record):
        return _proposed(entry, record, "")
    event = entry.append("question.resolved", record, effective_at=resolved_at)
    return receipt(tracked.question.id, record, event)


def _upheld(entry: Entry, reference: str, outcome: str, source: str) -> Receipt | None:
    """What settles a dispute; None where none stands."""
    tracked = shelf.find_question(entry.everything(), reference, entry.now)
    if not is_disputed(entry, tracked.question.id):
        return None
    _check_order(tracked, entry.now)
    said = parse_outcome(tracked.question.kind, outcome, now=entry.now)
    return uphold(entry, tracked, said, _checked_source(source))


def _checked_source(source: str) -> str:
    if not source.strip():
        raise BadInput("source", source, "who says so: an address, an office, a document")
    return source.strip()


@once
def propose(
    entry: Entry,
    reference: str,
    outcome: str,
    *,
    resolved_at: datetime,
    source: str,
    why: str = "",
) -> Receipt:
    """Propose a resolution with its source; a person resolves.

    Raises:
        NotFound: no such question.
        BadInput: an outcome it cannot have, no source, a time before its opening or to come.
        Conflict: it is resolved already, or a replay's clock was set back behind that.
    """
    _, record = _said(entry, reference, outcome, resolved_at, source)
    return _proposed(entry, record, why)


def _proposed(entry: Entry, record: Mapping[str, Any], why: str) -> Receipt:
    made = {**record, "why": why}
    event = entry.append("resolution.proposed", made, effective_at=record["resolved_at"])
    return receipt(record["question"], made, event)


def _said(
    entry: Entry, reference: str, outcome: str, resolved_at: datetime, source: str
) -> tuple[Tracked, dict[str, Any]]:
    """What is said to have happened, once nothing speaks against it."""
    tracked = shelf.find_question(entry.everything(), reference, entry.now)
    question = tracked.question
    if tracked.resolution is not None:
        said = say(tracked.resolution.outcome)
        raise Conflict(f"{question.id} is resolved already ({said})", "reopen it first")
    _check_time(question, resolved_at, entry.now)
    _check_order(tracked, entry.now)
    return tracked, {
        "question": question.id,
        "outcome": parse_outcome(question.kind, outcome, now=entry.now),
        "resolved_at": resolved_at,
        "source": _checked_source(source),
    }


def _seconds(entry: Entry, question: str, record: Mapping[str, Any]) -> bool:
    """Whether somebody else has said the same, so that it holds now.

    Raises:
        NotFound: the actor is no member.
        Conflict: the actor has forecast on the question, or has said so before.
    """
    me = known_member(entry.everything(), entry.actor)
    same = [
        one
        for one in proposals(entry, entry.now, only=question)
        if not one.report and one.outcome == record["outcome"]
    ]
    if not same:
        return False
    if all(one.by == me for one in same):
        problem = f"{me} has proposed {say(record['outcome'])} for {question} already"
        raise Conflict(problem, "a second person has to say so too")
    if entry.rows(FORECASTS, question=question, member=me):
        problem = f"{me} has forecast on {question}, so cannot be the second to resolve it"
        raise Conflict(problem, "somebody who did not has to")
    return True


def _check_time(question: Question, resolved_at: datetime, now: datetime) -> None:
    if resolved_at < question.open_time:
        right = f"a time at or after {question.id}'s opening at {iso(question.open_time)}"
        raise BadInput("resolution time", iso(resolved_at), right)
    if resolved_at > now:
        raise BadInput(
            "resolution time", iso(resolved_at), f"a time that has come: it is {iso(now)}"
        )


def _check_order(tracked: Tracked, now: datetime) -> None:
    """A replay's clock may be set back, but not behind the question's last step."""
    if tracked.history[-1][0] > now:
        raise shelf.too_early(tracked, now)


@once
def reopen(entry: Entry, reference: str, why: str) -> Receipt:
    """Take a resolution back, with the reason; both stay on record.

    Raises:
        NotFound: no such question.
        Conflict: it is not resolved, or a replay's clock was set back behind its last step.
    """
    tracked = shelf.find_question(entry.everything(), reference, entry.now)
    if tracked.resolution is None:
        raise Conflict(f"{tracked.question.id} is not resolved", "there is nothing to reopen")
    _check_order(tracked, entry.now)
    record = {"question": tracked.question.id, "why": why}
    event = entry.append("question.reopened", record)
    return receipt(tracked.question.id, record, event)
