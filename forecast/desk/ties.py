"""What ties questions together, as the store has it: ladders, implications, exclusive sets."""

from dataclasses import dataclass
from typing import Literal

from forecast.ledger import LADDERS, LINKS
from questions.store.reading import Reading

LadderKind = Literal["deadline", "above", "below"]
Relation = Literal["implies", "exclusive", "exhaustive", "given"]


@dataclass(frozen=True, slots=True)
class Ladder:
    """Questions each of which implies the next, and share one belief."""

    id: str
    title: str
    relation: LadderKind
    questions: tuple[str, ...]
    """The narrowest first: the earliest deadline, the number that is hardest to pass."""
    marks: tuple[float, ...]
    """Deadlines in days since 1970, or numbers; in the order of the questions."""


@dataclass(frozen=True, slots=True)
class Link:
    """What is declared of some questions.

    ``implies``: the first implies the second. ``exclusive``: at most one is yes;
    ``exhaustive``: exactly one. ``given``: the first hangs on the second, with its chances if
    that is yes and if it is no.
    """

    id: str
    relation: Relation
    questions: tuple[str, ...]
    chances: tuple[float, ...] = ()


def ladders(read: Reading) -> list[Ladder]:
    """Every ladder on record."""
    return [
        Ladder(
            id=row["id"],
            title=row["title"],
            relation=row["relation"],
            questions=tuple(row["questions"]),
            marks=tuple(map(float, row["marks"])),
        )
        for row in read.rows(LADDERS)
    ]


def links(read: Reading) -> list[Link]:
    """Every link that stands."""
    last = {row["id"]: row for row in read.rows(LINKS)}
    return [
        Link(row["id"], row["relation"], tuple(row["questions"]), tuple(row["chances"] or ()))
        for row in last.values()
        if row["stands"]
    ]


def ladder_of(known: list[Ladder], question: str) -> Ladder | None:
    """The ladder that a question is a rung of."""
    return next((one for one in known if question in one.questions), None)


def hanging(known: list[Link], question: str) -> Link | None:
    """The link by which a question hangs on another; the newest."""
    found = [one for one in known if one.relation == "given" and one.questions[0] == question]
    return found[-1] if found else None


def tied(read: Reading, question: str) -> set[str]:
    """A question and those whose evidence its belief rests on."""
    ladder, link = ladder_of(ladders(read), question), hanging(links(read), question)
    return {question, *(ladder.questions if ladder else ()), *(link.questions if link else ())}
