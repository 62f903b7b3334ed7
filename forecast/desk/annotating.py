"""What is said of a question beside forecasts: clarifications, tags, comments, private notes."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from forecast.desk.asking import words
from forecast.desk.desk import Receipt, once, receipt
from forecast.ledger import COMMENTS, NOTES
from forecast.people.roster import known_member
from questions.errors import BadInput, Conflict
from questions.store import shelf
from questions.store.log import Entry
from questions.tracking.lifecycle import say


@once
def clarify(entry: Entry, reference: str, *, why: str) -> Receipt:
    """Say what a question's words mean; it still asks what it asked, and shows this beside it.

    Raises:
        NotFound: no such question.
        BadInput: no words.
        Conflict: it is resolved, or a replay's clock stands before it was asked.
    """
    tracked = shelf.find_asked(entry, reference)
    if tracked.resolution is not None:
        said = say(tracked.resolution.outcome)
        raise Conflict(
            f"{tracked.question.id} is resolved ({said})", "dispute that, or reopen it first"
        )
    record = {"question": tracked.question.id, "why": words("clarification", why)}
    return receipt(tracked.question.id, record, entry.append("question.clarified", record))


@once
def tag(entry: Entry, reference: str, tags: Sequence[str], *, remove: bool = False) -> Receipt:
    """Give a question tags, or take some from it.

    Raises:
        NotFound: no such question.
        BadInput: no tag, or one with a comma or a control character.
        Conflict: it has them already, or has none of those that are to go.
    """
    question = shelf.find_asked(entry, reference).question
    wanted = list(dict.fromkeys(_checked_tag(one) for one in tags))
    if not wanted:
        raise BadInput("tag", "", "one tag or several")
    had = {one.casefold() for one in question.tags}
    changes = [one for one in wanted if (one.casefold() in had) == remove]
    if not changes:
        has = ", ".join(question.tags) or "none"
        raise Conflict(f"the tags of {question.id} are {has}", "there is nothing to change")
    record: dict[str, Any] = {
        "question": question.id,
        "added": [] if remove else changes,
        "removed": changes if remove else [],
    }
    return receipt(question.id, record, entry.append("question.tagged", record))


def _checked_tag(said: str) -> str:
    name = " ".join(said.split())
    if not name or not name.isprintable() or "," in name:
        raise BadInput("tag", said, "printable characters without a comma")
    return name


@once
def comment(entry: Entry, reference: str, text: str, *, member: str) -> Receipt:
    """Say something about a question, for the team to read.

    Raises:
        NotFound: no such question or member.
        BadInput: no words.
        Conflict: a replay's clock stands before the question was asked.
    """
    return _kept(entry, "comment.made", COMMENTS, "C", reference, text, member)


@once
def note(entry: Entry, reference: str, text: str, *, member: str) -> Receipt:
    """Keep something about a question that no other member is shown; raises as a comment does."""
    return _kept(entry, "note.kept", NOTES, "N", reference, text, member)


def _kept(
    entry: Entry,
    kind: str,
    table: sa.Table,
    letter: str,
    reference: str,
    text: str,
    member: str,
) -> Receipt:
    record = {
        "id": entry.next_id(table, letter),
        "question": shelf.find_asked(entry, reference).question.id,
        "member": known_member(entry.everything(), member),
        "text": words(kind.partition(".")[0], text),
    }
    return receipt(record["id"], record, entry.append(kind, record))
