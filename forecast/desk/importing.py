"""A history from elsewhere comes in: one transaction, and nothing twice.

What comes in is marked as imported and counts from its claimed time. What is on record already
is known by where it comes from: a question by its id on its platform, a forecast by question,
member and instant.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from forecast.desk.asking import question_record
from forecast.desk.desk import Desk
from forecast.desk.sending import without_echoes
from forecast.exchange.plan import Choices, Handle, Held, Key, Known, Plan
from forecast.exchange.planning import plan_of
from forecast.exchange.records import Batch, Person, PlatformResolution
from forecast.ledger import ALIASES, COMMENTS, FORECASTS, HANDLES, ORIGINS, QUOTES
from forecast.people.roster import forecasts, members
from forecast.people.sources import register
from questions.errors import NotFound
from questions.store import decoding, shelf
from questions.store import tables as t
from questions.store.log import Entry
from questions.store.reading import Reading
from questions.values import Outcome

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or would do, and the head of the log behind it."""

    plan: Plan
    head: str


def preview(desk: Desk, batch: Batch, choices: Choices) -> Imported:
    """What importing a batch would do; nothing is written."""
    with desk.reading() as read:
        news = _news(read, batch, choices)
        return Imported(plan_of(news, _known_of(read, news, desk), choices), read.head())


def bring_in(desk: Desk, batch: Batch, choices: Choices, file: str = "") -> Imported:
    """Put on record what of a batch is new; all of it or nothing.

    What cannot come in is listed in the plan with its reason, and the rest comes in. A batch that
    holds nothing new writes nothing.
    """
    with desk.writing() as entry:
        entry.mode = "import"
        everything = entry.everything()
        news = _news(everything, batch, choices)
        plan = plan_of(news, _known_of(everything, news, desk), choices)
        if any(plan.counts().values()) or plan.handles:
            _write(entry, plan, batch, file)
        return Imported(plan, entry.head())


def _news(read: Reading, batch: Batch, choices: Choices) -> Batch:
    """A batch without the forecasts that went out from here and are told back."""
    try:
        others = without_echoes(read, batch.platform, choices.me, batch.forecasts)
    except NotFound:  # who is no member yet has sent nothing
        return batch
    return replace(batch, forecasts=tuple(others))


def _known_of(read: Reading, batch: Batch, desk: Desk) -> Known:
    """What is on record of the questions and people that a batch is about."""
    platform = batch.platform
    origins = {row["theirs"]: row["question"] for row in read.rows(ORIGINS, platform=platform)}
    tracked = {one.question.id: one for one in shelf.questions(read, desk.now)}
    standing = {row["question"]: row for row in read.rows(t.RESOLUTIONS)}
    told = [*standing.values(), *read.rows(t.PROPOSALS)]
    concerned = _concerned(batch, origins, tracked)
    return Known(
        now=desk.now,
        tracked=tracked,
        imported=frozenset(r["id"] for r in read.rows(t.QUESTIONS) if r["mode"] == "import"),
        origins=origins,
        outcomes=_outcomes([row for row in told if row["mode"] == "import"]),
        resolved_by_hand=frozenset(
            question for question, row in standing.items() if row["mode"] != "import"
        ),
        members={row["alias"].casefold(): row["member"] for row in read.rows(ALIASES)}
        | {name.casefold(): name for name in members(read)},
        handles=tuple(
            Handle(row["handle"], row["theirs"], row["member"])
            for row in read.rows(HANDLES, platform=platform)
        ),
        forecasts=_held(read, concerned),
        quotes=frozenset(
            (row["question"], row["crowd"], row["at"])
            for row in read.rows(QUOTES, platform=platform)
        ),
        comments=frozenset(
            (row["question"], row["member"], row["effective_at"], row["text"])
            for row in (read.rows(COMMENTS) if batch.comments else ())
        ),
        grades={
            one.name.casefold(): one.grades[-1][1]
            for one in (register(read).sources if batch.sources else ())
            if one.grades
        },
        next_question=_following(tracked, "Q"),
    )


def _concerned(batch: Batch, origins: Mapping[str, str], tracked: Iterable[str]) -> set[str]:
    """The questions on record on which a batch may bring forecasts."""
    theirs = {one.origin.question for one in batch.forecasts}
    if theirs <= origins.keys():
        return {origins[one] for one in theirs}
    return {*tracked}


def _held(read: Reading, questions: set[str]) -> dict[Key, Held]:
    """The forecasts on record of some questions; of few one by one, of many in one go."""
    if not questions:
        return {}
    few = len(questions) < 20
    some = [one for name in questions for one in forecasts(read, name)] if few else forecasts(read)
    return {
        (one.question, one.member, one.made_at): Held(one.id, one.value, one.ended_at)
        for one in some
        if one.question in questions
    }


def _outcomes(rows: Iterable[Row]) -> dict[str, tuple[Outcome, ...]]:
    found: dict[str, tuple[Outcome, ...]] = {}
    for row in rows:
        so_far = found.get(row["question"], ())
        found[row["question"]] = (*so_far, decoding.outcome(row["outcome"]))
    return found


def _following(ids: Iterable[str], letter: str) -> int:
    return max((int(one.removeprefix(letter)) for one in ids), default=0) + 1


def _write(entry: Entry, plan: Plan, batch: Batch, file: str) -> None:
    for name in plan.members:
        entry.append("member.added", {"name": name})
    _extend(entry, "member.known_as", [_handle(plan, *one) for one in plan.handles])
    asked = [question for question, _ in plan.questions]
    _extend(
        entry,
        "question.asked",
        [{**question_record(one), "asked_by": entry.actor} for one in asked],
    )
    _extend(entry, "question.imported", _origins(plan))
    _extend(entry, "forecast.made", _forecasts(entry, plan))
    _extend(entry, "forecast.withdrawn", _endings(plan))
    _extend(entry, "crowd.quoted", _quotes(plan))
    _extend(entry, "comment.made", _comments(entry, plan))
    for question in plan.reopened:
        why = f"{plan.platform} resolved it otherwise since"
        entry.append("question.reopened", {"question": question, "why": why})
    _extend(entry, "question.resolved", _resolutions(plan.resolutions))
    proposed = [{**row, "why": ""} for row in _resolutions(plan.proposals)]
    _extend(entry, "resolution.proposed", proposed)
    _extend(entry, "source.described", _sources(entry, plan))
    record = {
        "platform": plan.platform,
        "file": file,
        "counts": {**plan.counts(), "refused": len(plan.refused)},
        "mapping": dict(batch.mapping) if batch.mapping else None,
    }
    entry.append("history.imported", record)


def _extend(entry: Entry, kind: str, rows: Sequence[Row]) -> None:
    """Write an event for each row; all have the same columns."""
    if rows:
        entry.extend(kind, {name: [row[name] for row in rows] for name in rows[0]})


def _handle(plan: Plan, person: Person, member: str) -> Row:
    return {
        "platform": plan.platform,
        "handle": person.name,
        "theirs": person.id,
        "member": member,
        "in_crowd": not person.bot,
    }


def _origins(plan: Plan) -> list[Row]:
    """Where questions come from; one asked here keeps its own times."""
    asked = [(ours.id, theirs) for ours, theirs in plan.questions]
    bare = [
        (ours, replace(theirs, spot_scoring_time=None, actual_close_time=None))
        for ours, theirs in plan.joined
    ]
    return [
        {
            "question": ours,
            "platform": plan.platform,
            "theirs": theirs.origin.question,
            "post": theirs.post,
            "url": theirs.url,
            "spot_scoring_time": theirs.spot_scoring_time,
            "actual_close_time": theirs.actual_close_time,
        }
        for ours, theirs in [*asked, *bare]
    ]


def _numbered(entry: Entry, table: sa.Table, letter: str, count: int) -> list[str]:
    """The next ids of a table."""
    first = int(entry.next_id(table, letter).removeprefix(letter))
    return [f"{letter}{number}" for number in range(first, first + count)]


def _forecasts(entry: Entry, plan: Plan) -> list[Row]:
    by_time = sorted(plan.forecasts, key=lambda one: (one.said.made_at, one.question, one.member))
    ids = _numbered(entry, FORECASTS, "F", len(by_time))
    return [
        {
            "id": identity,
            "question": one.question,
            "member": one.member,
            "value": one.said.value,
            "made_at": one.said.made_at,
            "expires": one.expires,
            "why": one.said.why,
            "confirmed": False,
            "corrects": "",
            "words": one.said.words,
            "confidence": one.said.confidence,
            "effective_at": one.said.made_at,
        }
        for identity, one in zip(ids, by_time, strict=True)
    ]


def _endings(plan: Plan) -> list[Row]:
    return [
        {"question": one.question, "member": one.member, "effective_at": one.at}
        for one in plan.endings
    ]


def _quotes(plan: Plan) -> list[Row]:
    return [
        {
            "question": question,
            "platform": plan.platform,
            "crowd": crowd,
            "value": quote.value,
            "at": quote.at,
            "n": quote.n,
            "effective_at": quote.at,
        }
        for question, crowd, quote in plan.quotes
    ]


def _comments(entry: Entry, plan: Plan) -> list[Row]:
    ids = _numbered(entry, COMMENTS, "C", len(plan.comments))
    return [
        {
            "id": identity,
            "question": question,
            "member": member,
            "text": one.text,
            "effective_at": one.at,
        }
        for identity, (question, member, one) in zip(ids, plan.comments, strict=True)
    ]


def _resolutions(pairs: Iterable[tuple[str, PlatformResolution]]) -> list[Row]:
    return [
        {
            "question": question,
            "outcome": one.outcome,
            "resolved_at": one.resolved_at,
            "source": one.source,
            "effective_at": one.resolved_at,
        }
        for question, one in pairs
    ]


def _sources(entry: Entry, plan: Plan) -> list[Row]:
    known = register(entry.everything()).by_name if plan.sources else {}
    found = [(one, known.get(one.name.casefold())) for one in plan.sources]
    return [
        {
            "name": was.name if was else one.name,
            "aliases": list(was.aliases) if was else [],
            "domains": list(was.domains) if was else [],
            "grade": one.grade,
            "why": one.why or (was.why if was else ""),
        }
        for one, was in found
    ]
