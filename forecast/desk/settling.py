"""Questions are resolved by a person, with a source, and reopened if that was wrong."""

from datetime import datetime

from forecast.desk.desk import Receipt, once, receipt
from questions.errors import BadInput, Conflict
from questions.instants import iso
from questions.records import Binary, Question, Tracked
from questions.store import shelf
from questions.store.log import Entry
from questions.tracking.lifecycle import say
from questions.values import NO, YES, Outcome, Void

_OUTCOMES: dict[str, Outcome] = {
    "yes": YES,
    "no": NO,
    "ambiguous": Void("ambiguous"),
    "annulled": Void("annulled"),
}


def parse_outcome(question: Question, text: str) -> Outcome:
    """What happened, as a person writes it for this kind of question.

    Raises:
        BadInput: not an outcome of this question.
    """
    outcome = _OUTCOMES.get(text.strip().lower())
    if not isinstance(question.kind, Binary) or outcome is None:
        raise BadInput("outcome", text, "yes, no, ambiguous or annulled")
    return outcome


@once
def resolve(
    entry: Entry, reference: str, outcome: str, *, resolved_at: datetime, source: str
) -> Receipt:
    """Put on record what happened, when the answer was known, and who says so.

    Raises:
        NotFound: no such question.
        BadInput: an outcome it cannot have, no source, a time before its opening or to come.
        Conflict: it is resolved already, or a replay's clock was set back behind that.
    """
    tracked = shelf.find_question(entry.everything(), reference, entry.now)
    question = tracked.question
    if tracked.resolution is not None:
        said = say(tracked.resolution.outcome)
        raise Conflict(f"{question.id} is resolved already ({said})", "reopen it first")
    _check_time(question, resolved_at, entry.now)
    _check_order(tracked, entry.now)
    if not source.strip():
        raise BadInput("source", source, "who says so: an address, an office, a document")
    record = {
        "question": question.id,
        "outcome": parse_outcome(question, outcome),
        "resolved_at": resolved_at,
        "source": source.strip(),
    }
    event = entry.append("question.resolved", record, effective_at=resolved_at)
    return receipt(question.id, record, event)


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
