"""What new reports say of the events asked about, and what a team has agreed that counts for."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, get_args

from forecast.desk.desk import Desk, Receipt, once, receipt
from forecast.desk.judging import ratio_of_words, weight_of_ratio
from forecast.desk.reporting import Arrival
from forecast.people.sources import known_as, register
from questions.errors import BadInput, Conflict, NotFound
from questions.records import Report
from questions.reports.direction import Direction, Says, asked_of, direction, hear
from questions.store import shelf
from questions.store.envelope import Event
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


def point(desk: Desk, arrivals: Sequence[Arrival], language: "Language") -> list[Event]:
    """Put on record what new reports say of the events asked about, and judge by the rules.

    A report says something of a question that it surely bears on, and only where it is plain.
    A rule judges under the name "rule NAME"; a copy of another report is left to that one.
    """
    with desk.reading() as read:
        found = list(_found(read, desk, arrivals, language))
    if not found:
        return []
    with desk.writing() as entry:
        agreed, sources = rules(entry), register(entry)
        events = []
        for report, question, told in found:
            events.append(entry.append("report.says", _said(report, question, told)))
            source = known_as(sources, report.source)
            events += [
                entry.append("evidence.judged", _judged(report, question, rule))
                for rule in agreed
                if rule.says == told.says and rule.source in ("", source) and not report.copy_of
            ]
        return events


def _found(
    read: Reading, desk: Desk, arrivals: Sequence[Arrival], language: "Language"
) -> Iterator[tuple[Report, str, Direction]]:
    asked = {
        one.question.id: one.question
        for one in shelf.questions(read, desk.now)
        if one.status != "resolved"
    }
    known = {name: asked_of(asked[name], language) for name in _sure(arrivals, asked)}
    events = {name: event for name, event in known.items() if event is not None}
    for arrival in arrivals:
        report, about = arrival.report, _sure([arrival], events)
        if about:
            heard = hear(report.text, report.published, language)
            found = ((name, direction(heard, events[name])) for name in about)
            yield from ((report, name, told) for name, told in found if told)


def _sure(arrivals: Sequence[Arrival], asked: Container[str]) -> list[str]:
    """The questions asked that new reports surely bear on, in the order of their nearness."""
    near = [one for arrival in arrivals if arrival.new for one in arrival.bearings]
    sure = [one.question for one in near if one.decision == "yes" and one.question in asked]
    return list(dict.fromkeys(sure))


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
