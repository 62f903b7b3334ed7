"""Who may see what others said of a question, and what a forecast's author had been shown.

A blind question hides from a member what others forecast and commented, and so all that is
made of it, until that member has forecast it, has asked to see all the same, its time has
come, or it was resolved. Who reads under no name has done none of the first two. Whoever
holds the file, or may read the database, can look anyway.

A belief is made of prior, time and reports, never of a forecast on its question. A fit's shared
parameters (how far sources, judges and members can be trusted, how sure the team is) are learned
from forecasts too, but from none that is hidden from anybody when it is made.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from forecast.ledger import (
    BLINDS,
    COMMENTS,
    FORECASTS,
    NOTES,
    QUOTES,
    REVEALS,
    SENDINGS,
    WITHDRAWALS,
)
from questions.store.reading import Reading
from questions.store.tables import RESOLUTIONS
from questions.store.veil import Veil

Shown = Literal["blind", "revealed", "open"]
"""What the author of a forecast had been shown of the others' before: nothing, because the
question was blind; what they had asked to see of a blind question; or whatever they liked."""

HIDDEN: Final = {
    FORECASTS.name: "member",
    WITHDRAWALS.name: "member",
    COMMENTS.name: "member",
    QUOTES.name: "",
    SENDINGS.name: "member",
}
"""The tables that a blind question hides, and which column says whose a row is."""

PRIVATE: Final = {NOTES.name: "member"}
"""The tables of which nobody is shown another's rows."""


@dataclass(frozen=True, slots=True)
class Blind:
    """A question that is blind, at the latest until an instant."""

    question: str
    until: datetime


def hidden_at(
    blinds: Iterable[Blind], at: datetime, *, resolved: Iterable[str], lifted: Iterable[str]
) -> frozenset[str]:
    """The questions that are hidden at an instant from somebody.

    ``resolved`` were ever resolved; ``lifted`` are those that they forecast or asked to see.

    >>> from datetime import UTC
    >>> day = [datetime(2030, 5, number, tzinfo=UTC) for number in range(1, 4)]
    >>> blinds = [Blind("Q1", day[1]), Blind("Q2", day[2]), Blind("Q3", day[2])]
    >>> sorted(hidden_at(blinds, day[1], resolved=["Q3"], lifted=[]))
    ['Q2']
    """
    waiting = {one.question for one in blinds if at < one.until}
    return frozenset(waiting - {*resolved} - {*lifted})


def blinds(read: Reading, question: str | None = None) -> list[Blind]:
    """The questions that were asked blind; all of them, or the one."""
    where = {} if question is None else {"question": question}
    return [Blind(row["question"], row["until"]) for row in read.rows(BLINDS, **where)]


def veil_of(read: Reading, reader: str, at: datetime) -> Veil:
    """What is hidden at an instant from a member, or from nobody in particular (empty)."""
    found = [one for one in blinds(read) if at < one.until]
    resolved = read.distinct(RESOLUTIONS, "question") if found else ()
    lifted = _lifted(read, reader) if found and reader else ()
    return Veil(
        reader=read.ids().get(reader, "") if reader else "",
        hidden=hidden_at(found, at, resolved=resolved, lifted=lifted),
        authors=HIDDEN,
        private=PRIVATE,
    )


def shown_to(read: Reading, question: str, member: str, at: datetime) -> Shown:
    """What a member who forecasts a question now has been shown of the others'."""
    found = blinds(read, question)
    if not found:
        return "open"
    if read.distinct(REVEALS, "question", question=question, member=member):
        return "revealed"
    lifted = read.distinct(FORECASTS, "question", question=question, member=member)
    resolved = read.distinct(RESOLUTIONS, "question", question=question)
    return "blind" if hidden_at(found, at, resolved=resolved, lifted=lifted) else "open"


def _lifted(read: Reading, member: str) -> set[str]:
    """The questions that a member has forecast or asked to see."""
    asked: set[str] = read.distinct(REVEALS, "question", member=member)
    return asked | read.distinct(FORECASTS, "question", member=member)
