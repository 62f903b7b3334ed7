"""Questions are asked blind, and a member asks to see all the same: both are on record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from forecast.desk.agreed import BLIND, agreed
from forecast.desk.desk import Receipt, once, once_each, receipt
from forecast.people.roster import known_member
from forecast.people.sight import veil_of
from questions.errors import BadInput, Conflict
from questions.instants import iso
from questions.records import Question
from questions.store import shelf
from questions.store.envelope import Event
from questions.store.log import Entry


@dataclass(frozen=True, slots=True)
class Hiding:
    """Whether a new question is blind, and until when at the latest."""

    blind: bool | None = None
    """None: as the team has agreed, or blind where an instant is given."""
    until: datetime | None = None
    """None: until the question closes."""


AS_AGREED: Final = Hiding()


def blind(entry: Entry, question: Question, wanted: Hiding) -> Event | None:
    """Put on record that a question is blind, under an entry that asks it; None if it is not.

    Raises:
        BadInput: an instant that is not after its opening, or for a question that is not blind.
    """
    close, until = question.scheduled_close_time, wanted.until
    if until is not None:
        _check_end(question, until, wanted)
    if not _is_wanted(entry, wanted):
        return None
    record = {"question": question.id, "until": min(until or close, close)}
    return entry.append("question.blinded", record)


def _check_end(question: Question, until: datetime, wanted: Hiding) -> None:
    if wanted.blind is False:
        raise BadInput("end of blindness", iso(until), "none where the question is not blind")
    if until <= question.open_time:
        right = f"a time after the opening at {iso(question.open_time)}"
        raise BadInput("end of blindness", iso(until), right)


def _is_wanted(entry: Entry, wanted: Hiding) -> bool:
    if wanted.blind is None:
        return wanted.until is not None or agreed(entry, BLIND) == "on"
    return wanted.blind


@once
def reveal(entry: Entry, reference: str, *, member: str) -> Receipt:
    """Let a member see what others said of a blind question before a forecast of their own.

    Raises:
        NotFound: no such question or member.
        BadInput: several questions.
        Conflict: nothing of it is hidden from the member.
    """
    name = known_member(entry.everything(), member)
    question = shelf.find_question(entry, reference, entry.now).question.id
    if question not in veil_of(entry, name, entry.now).hidden:
        raise Conflict(f"{question} hides nothing from {name}", "`tidings show` has it all")
    return _revealed(entry, question, name)


@once_each
def reveal_all(entry: Entry, *, member: str) -> list[Receipt]:
    """The same for everything that is hidden from a member; it may be nothing.

    Raises:
        NotFound: no such member.
    """
    name = known_member(entry.everything(), member)
    return [
        _revealed(entry, one, name) for one in by_number(veil_of(entry, name, entry.now).hidden)
    ]


def _revealed(entry: Entry, question: str, member: str) -> Receipt:
    record: dict[str, Any] = {"question": question, "member": member}
    return receipt(question, record, entry.append("crowd.revealed", record))


def by_number(questions: frozenset[str]) -> list[str]:
    """Ids in the order in which they were given.

    >>> by_number(frozenset({"Q10", "Q9"}))
    ['Q9', 'Q10']
    """
    return sorted(questions, key=lambda one: (len(one), one))
