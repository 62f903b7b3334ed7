"""What the news says of the questions, and what of it waits for people, as of an instant."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forecast.belief.observations import standing
from forecast.desk.proposing import proposals
from forecast.ledger import EVIDENCE
from forecast.people.judgements import judgements, retractions
from forecast.people.sources import Register, find_source, known_as, register
from forecast.records import Evidence
from questions.records import Bearing, Report
from questions.store import shelf
from questions.store.decoding import kind_to_json
from questions.store.reading import Reading
from questions.store.tables import DIRECTIONS, RETRACTIONS
from questions.tracking.lifecycle import say

Sheet = dict[str, Any]
Pair = tuple[str, str]
"""A story, or a report, and a question."""


@dataclass(frozen=True, slots=True)
class News:
    """Reports, what they bear on, and what was judged of them."""

    reports: Mapping[str, Report]
    """By id; those that were retracted, or that repeat one that was, are not among them."""
    every: Mapping[str, Report]
    """Those too."""
    bearings: Sequence[Bearing]
    said: Sequence[Evidence]
    """Every judgement of these reports, also those that do not stand."""
    sources: Register


def news(read: Reading, *, question: str | None = None) -> News:
    """The reports that are not retracted, and what bears on all questions or on one."""
    gone = {report for report, turns in retractions(read).items() if turns[-1][2]}
    every = {one.id: one for one in shelf.reports(read)}
    reports = {
        name: one for name, one in every.items() if name not in gone and one.copy_of not in gone
    }
    return News(
        reports,
        every,
        [one for one in shelf.bearings(read, question=question) if one.report in reports],
        [one for one in judgements(read, question) if one.report in reports],
        register(read),
    )


def judged_pairs(found: News, judge: str | None = None) -> set[Pair]:
    """The stories and questions of which a judgement stands, by anybody or by one judge."""
    by_question: dict[str, list[Evidence]] = {}
    for one in found.said:
        if judge in (None, one.judge):
            by_question.setdefault(one.question, []).append(one)
    return {
        (found.reports[one.report].story, question)
        for question, said in by_question.items()
        for one in standing(said)
    }


def shares(found: News) -> dict[str, Sheet]:
    """Of each question how many stories bear on it, and how many of them nobody has judged."""
    judged = judged_pairs(found)
    bearing = {(found.reports[one.report].story, one.question) for one in found.bearings} | judged
    counts: dict[str, Sheet] = {}
    for pair in bearing:
        count = counts.setdefault(pair[1], {"stories": 0, "unjudged": 0})
        count["stories"] += 1
        count["unjudged"] += pair not in judged
    return counts


NO_STORIES: Mapping[str, int] = {"stories": 0, "unjudged": 0}


def inbox_rows(
    read: Reading, at: datetime, *, judge: str | None = None, found: News | None = None
) -> list[Sheet]:
    """A row for each story and question that nobody, or not yet one judge, has judged.

    The sure ones first, then those that may bear on it; among either the newest story first.
    """
    found = found or news(read)
    asked = {
        one.question.id: one.question
        for one in shelf.questions(read, at)
        if one.status in ("upcoming", "open", "closed")
    }
    judged, counts, says = judged_pairs(found, judge), shares(found), sayings(read, found)
    told: dict[Pair, list[Bearing]] = {}
    for one in found.bearings:
        pair = (found.reports[one.report].story, one.question)
        if pair not in judged and one.question in asked:
            told.setdefault(pair, []).append(one)
    rows = [
        {
            **_waiting(near, found),
            "question": question,
            "asks": asked[question].title,
            "type": kind_to_json(asked[question].kind)["kind"],
            **_saying(says, near),
            **counts[question],
        }
        for (_, question), near in told.items()
    ]
    return _in_turn(rows)


def sayings(read: Reading, found: News) -> dict[Pair, Sheet]:
    """What each report says of the event that a question asks about, by report and question."""
    return {
        (row["report"], row["question"]): {
            "says": row["says"],
            "quote": (found.reports[row["report"]].text or "")[row["start"] : row["end"]],
        }
        for row in read.rows(DIRECTIONS)
        if row["report"] in found.reports
    }


def _saying(says: Mapping[Pair, Sheet], near: Sequence[Bearing]) -> Sheet:
    """What the first of a story's reports says that says anything."""
    said = (says.get((one.report, one.question)) for one in near)
    return next(filter(None, said), {"says": None, "quote": None})


def _waiting(near: Sequence[Bearing], found: News) -> Sheet:
    """A story as its first report tells it, with what repeats and retells it."""
    told = [found.reports[one.report] for one in near]
    first = min(told, key=lambda one: one.copy_of != "")
    best = max(near, key=lambda one: (one.decision == "yes", one.relevance))
    return {
        "story": first.story,
        "report": first.id,
        "title": first.title,
        "source": known_as(found.sources, first.source),
        "grade": grade_of(first, found.sources),
        "published": first.published,
        "origin": first.origin,
        "reports": len(told),
        "copies": [one.id for one in told if one.copy_of],
        "retold": [one.id for one in told if not one.copy_of and one is not first],
        "relevance": best.relevance,
        "decision": best.decision,
    }


def _in_turn(rows: list[Sheet]) -> list[Sheet]:
    """Stories that surely bear on something before those that may; each story's rows together."""
    sure = {row["story"] for row in rows if row["decision"] == "yes"}
    newest: dict[str, float] = {}
    for row in rows:
        when = row["published"].timestamp()
        newest[row["story"]] = max(when, newest.get(row["story"], when))

    def turn(row: Sheet) -> tuple[Any, ...]:
        story = row["story"]
        return story not in sure, -newest[story], story, row["decision"] != "yes", -row["relevance"]

    return sorted(rows, key=turn)


def grade_of(report: Report, sources: Register) -> str:
    """A report's own grade, or its source's; empty where nobody gave one."""
    source = find_source(sources, report.source)
    held = source.grades[-1][1] if source and source.grades else ""
    return report.grade or held


def evidence_rows(read: Reading, question: str, found: News) -> list[Sheet]:
    """The reports that bear on a question, judged or not, in the order of their publication."""
    judged: dict[str, list[Sheet]] = {}
    for report, row in _said(read, question, found.every):
        judged.setdefault(report, []).append(row)
    near = {one.report: one for one in shelf.bearings(read, question=question)}
    gone = {row["report"]: row for row in read.rows(RETRACTIONS)}
    return [
        {
            "report": one.id,
            "title": one.title,
            "source": known_as(found.sources, one.source),
            "grade": grade_of(one, found.sources),
            "published": one.published,
            "story": one.story,
            "copy_of": one.copy_of,
            "relevance": near[one.id].relevance if one.id in near else None,
            "decision": near[one.id].decision if one.id in near else None,
            "retracted": _retraction(gone, (one.copy_of, one.id)),
            "judgements": judged.get(one.id, []),
        }
        for one in sorted(found.every.values(), key=lambda one: one.published)
        if one.id in judged or one.id in near
    ]


def _said(
    read: Reading, question: str, reports: Mapping[str, Report]
) -> Iterator[tuple[str, Sheet]]:
    """Every judgement on a question, by its report; ``stands`` until its judge says otherwise."""
    rows = read.rows(EVIDENCE, question=question)
    copied = {row["report"]: reports[row["report"]].copy_of or row["report"] for row in rows}
    last = {(copied[row["report"]], row["judge"]): row["seq"] for row in rows}
    for row in rows:
        stands = last[copied[row["report"]], row["judge"]] == row["seq"]
        yield (
            row["report"],
            {
                "judge": row["judge"],
                "judgement": row["judgement"],
                "weight": row["weight"],
                "words": row["words"],
                "why": row["why"],
                "at": row["recorded_at"],
                "stands": stands and row["judgement"] != "withdrawn",
            },
        )


def _retraction(gone: Mapping[str, Mapping[str, Any]], names: Collection[str]) -> Sheet | None:
    """How a report, or what it copies, was retracted; None where it stands."""
    for name in names:
        if (row := gone.get(name)) and row["stands"]:
            return {
                "at": row["recorded_at"],
                "why": row["why"],
                "corrected_by": row["corrected_by"] or None,
                "by": row["actor"],
            }
    return None


def proposal_rows(read: Reading, at: datetime, *, only: str | None = None) -> list[Sheet]:
    """What was proposed as the answer of a question and waits for a person to resolve it."""
    asked = shelf.questions(read, at, only=only)
    titles = {one.question.id: one.question.title for one in asked}
    return [
        {
            "question": one.question,
            "asks": titles[one.question],
            "outcome": say(one.outcome),
            "resolved_at": one.resolved_at,
            "source": one.source,
            "report": one.report or None,
            "by": one.by,
            "why": one.why,
            "at": one.recorded_at,
        }
        for one in proposals(read, at, only=only)
    ]
