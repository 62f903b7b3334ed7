"""A resolution is proposed, with its source; a person resolves, or declines."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from operator import itemgetter
from typing import Any, Final

from forecast.belief.dossier import is_retracted
from forecast.belief.observations import standing
from forecast.desk.desk import Receipt, once, receipt
from forecast.people.judgements import judgements, retractions
from forecast.people.roster import Turn
from forecast.records import Evidence
from questions.errors import Conflict
from questions.instants import EPOCH
from questions.store import shelf
from questions.store import tables as t
from questions.store.decoding import outcome as outcome_of
from questions.store.log import Entry
from questions.store.reading import Reading
from questions.values import NO, YES, Outcome

Row = Mapping[str, Any]
_NEVER: Final = (EPOCH, 0)
_HAPPENED: Final = "happened"
"""Of what a report may say, the one thing that is an answer: what is ruled out may come yet."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody says a question's answer is, waiting for a person to resolve it."""

    question: str
    outcome: Outcome
    resolved_at: datetime
    source: str
    by: str
    """Who proposes; empty where a report says so and nobody has judged it."""
    recorded_at: datetime
    report: str = ""
    """The report that was judged decisive, or that says so; empty for a proposal in words."""
    why: str = ""
    """A person's reason, or the report's own words."""


def proposals(read: Reading, at: datetime, *, only: str | None = None) -> list[Proposal]:
    """What waits for a person to resolve, of all questions or of one; oldest first.

    That is what was proposed of questions that are not resolved, what a standing judgement calls
    decisive, and what a report says has happened, unless somebody calls that report irrelevant;
    all since the question was last reopened or its proposals declined.
    """
    asked = shelf.questions(read, at, only=only)
    unresolved = {one.question.id for one in asked if one.status != "resolved"}
    where = {} if only is None else {"question": only}
    ended: dict[str, Turn] = {}
    for row in [*read.rows(t.REOPENINGS, **where), *read.rows(t.DECLINATIONS, **where)]:
        turn = (row["recorded_at"], row["seq"])
        ended[row["question"]] = max(turn, ended.get(row["question"], turn))
    every = [*_in_words(read.rows(t.PROPOSALS, **where)), *_by_news(read, at, only)]
    return [
        one
        for turn, one in sorted(every, key=itemgetter(0))
        if one.question in unresolved and turn > ended.get(one.question, _NEVER)
    ]


def _in_words(rows: Iterable[Row]) -> Iterator[tuple[Turn, Proposal]]:
    for row in rows:
        yield (
            (row["recorded_at"], row["seq"]),
            Proposal(
                question=row["question"],
                outcome=outcome_of(row["outcome"]),
                resolved_at=row["resolved_at"],
                source=row["source"],
                by=row["actor"],
                recorded_at=row["recorded_at"],
                why=row["why"],
            ),
        )


def _by_news(read: Reading, at: datetime, only: str | None) -> Iterator[tuple[Turn, Proposal]]:
    said: dict[str, list[Evidence]] = {}
    for one in judgements(read, only):
        if not is_retracted(one.retracted, at):
            said.setdefault(one.question, []).append(one)
    standing_now = list(chain.from_iterable(map(standing, said.values())))
    for one in standing_now:
        if one.judgement == "decisive":
            yield (one.recorded_at, 0), _of(one)
    settled = {
        (one.report, one.question)
        for one in standing_now
        if one.judgement in ("decisive", "irrelevant")
    }
    where = {} if only is None else {"question": only}
    if rows := read.rows(t.DIRECTIONS, says=_HAPPENED, **where):
        yield from _by_direction(read, at, rows, settled)


def _by_direction(
    read: Reading, at: datetime, rows: Iterable[Row], settled: Collection[tuple[str, str]]
) -> Iterator[tuple[Turn, Proposal]]:
    """What reports say has happened, copies of others apart."""
    reports = {one.id: one for one in shelf.reports(read)}
    turns = retractions(read)
    for row in rows:
        report = reports[row["report"]]
        if report.copy_of or (report.id, row["question"]) in settled:
            continue
        if not is_retracted(turns.get(report.id, ()), at):
            told = Proposal(
                question=row["question"],
                outcome=YES,
                resolved_at=report.published,
                source=f"{report.source or 'a report'} ({report.id})",
                by="",
                recorded_at=row["recorded_at"],
                report=report.id,
                why=(report.text or "")[row["start"] : row["end"]],
            )
            yield (row["recorded_at"], row["seq"]), told


def _of(one: Evidence) -> Proposal:
    """What a decisive judgement proposes."""
    return Proposal(
        question=one.question,
        outcome=YES if one.weight > 0 else NO,
        resolved_at=one.published or one.recorded_at,
        source=f"{one.source or 'a report'} ({one.report})",
        by=one.judge,
        recorded_at=one.recorded_at,
        report=one.report,
        why=one.why,
    )


@once
def decline(entry: Entry, reference: str, *, why: str) -> Receipt:
    """Let what was proposed of a question rest, with the reason; it stays open.

    Raises:
        NotFound: no such question.
        Conflict: nothing is proposed of it.
    """
    question = shelf.find_asked(entry, reference).question.id
    if not proposals(entry, entry.now, only=question):
        raise Conflict(f"nothing is proposed of {question}", "there is nothing to decline")
    record = {"question": question, "why": why}
    return receipt(question, record, entry.append("resolution.declined", record))
