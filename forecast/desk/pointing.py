"""What new reports say of the events asked about, and what a team has agreed that counts for."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, get_args

from forecast.desk.desk import Receipt, once, receipt
from forecast.desk.judging import ratio_of_words, weight_of_ratio
from forecast.people.sources import known_as, register
from questions.errors import BadInput, Conflict, NotFound
from questions.records import Bearing, Question, Report
from questions.reports.direction import Asked, Direction, Says, asked_of, direction, hear
from questions.store.log import Entry
from questions.store.reading import Reading
from questions.store.tables import RULES

if TYPE_CHECKING:
    from spacy.language import Language

SAYS: Final[tuple[str, ...]] = get_args(Says)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a report is taken for without a person's judgement, because the team agreed so."""

    name: str
    source: str
    """By the register's name; empty for every source."""
    says: str
    words: str


def rules(read: Reading) -> list[Rule]:
    """The rules that stand, by name."""
    last = {row["name"]: row for row in read.rows(RULES)}
    return [
        Rule(row["name"], row["source"], row["says"], row["words"])
        for _, row in sorted(last.items())
        if row["stands"]
    ]


@once
def agree(entry: Entry, name: str, *, source: str = "", says: str, words: str, why: str) -> Receipt:
    """Let reports of a source that say something of the event count without a judgement.

    Raises:
        BadInput: an empty name, what no report says, or no words of strength.
        Conflict: a rule of that name stands.
    """
    wanted = " ".join(name.split())
    if not wanted or not wanted.isprintable():
        raise BadInput("name", name, "how the rule is called, in printable characters")
    if says not in SAYS:
        raise BadInput("direction", says, ", ".join(SAYS))
    ratio_of_words(words)
    everything = entry.everything()
    if any(one.name == wanted for one in rules(everything)):
        raise Conflict(f"the rule {wanted!r} stands already", "end it first")
    official = known_as(register(everything), source)
    record = {
        "name": wanted,
        "source": official,
        "says": says,
        "words": words,
        "stands": True,
        "why": why,
    }
    return receipt(wanted, record, entry.append("rule.agreed", record))


@once
def end(entry: Entry, name: str, *, why: str) -> Receipt:
    """End a rule: what it has judged stays, and it judges no more.

    Raises:
        NotFound: no rule of that name stands.
    """
    known = {one.name: one for one in rules(entry.everything())}
    if name.strip() not in known:
        raise NotFound("rule", name, known, "`tidings rule list` lists them")
    rule = known[name.strip()]
    record = {
        "name": rule.name,
        "source": rule.source,
        "says": rule.says,
        "words": rule.words,
        "stands": False,
        "why": why,
    }
    return receipt(rule.name, record, entry.append("rule.agreed", record))


Spoken = tuple[str, Direction]
"""A question, and what a report says of its event."""


def plainly(
    asked: Iterable[Question],
    reports: Sequence[Report],
    near: Sequence[Sequence[Bearing]],
    language: "Language",
) -> list[tuple[Spoken, ...]]:
    """What each report says of those questions that it surely bears on, where it is plain."""
    known = {one.id: one for one in asked}
    sure = [[one.question for one in found if _is_sure(one, known)] for found in near]
    events = {name: asked_of(known[name], language) for names in sure for name in names}
    return [
        tuple(_spoken(report, {name: events[name] for name in names}, language))
        for report, names in zip(reports, sure, strict=True)
    ]


def _is_sure(one: Bearing, asked: Container[str]) -> bool:
    return one.decision == "yes" and one.question in asked


def _spoken(
    report: Report, about: Mapping[str, Asked | None], language: "Language"
) -> Iterator[Spoken]:
    events = {name: event for name, event in about.items() if event is not None}
    if not events:
        return
    heard = hear(report.text, report.published, language)
    for name, event in events.items():
        if found := direction(heard, event):
            yield name, found


def point(entry: Entry, report: Report, spoken: Sequence[Spoken]) -> None:
    """Put on record what a new report says of the events asked about, and judge by the rules.

    A rule judges under the name "rule NAME"; a copy of another report is left to that one.
    """
    if not spoken:
        return
    agreed, source = rules(entry), known_as(register(entry), report.source)
    for question, found in spoken:
        entry.append("report.says", _said(report, question, found))
        for rule in agreed:
            if rule.says == found.says and rule.source in ("", source) and not report.copy_of:
                entry.append("evidence.judged", _judged(report, question, rule))


def _said(report: Report, question: str, told: Direction) -> dict[str, Any]:
    return {
        "report": report.id,
        "question": question,
        "says": told.says,
        "start": told.quotation.start,
        "end": told.quotation.end,
    }


def _judged(report: Report, question: str, rule: Rule) -> dict[str, Any]:
    return {
        "report": report.id,
        "question": question,
        "judge": f"rule {rule.name}",
        "judgement": "weighed",
        "weight": weight_of_ratio(ratio_of_words(rule.words)),
        "words": rule.words,
        "why": f"the rule {rule.name}: {rule.says}",
    }
