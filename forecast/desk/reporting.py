"""Reports come in: each finds its story and the questions it bears on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from forecast.desk.desk import Desk
from questions.records import Bearing, Question, Report, Tracked
from questions.reports.asking import prepare
from questions.reports.bearing import bearings_of
from questions.reports.likeness import Told
from questions.reports.meaning import Meaning
from questions.reports.stories import moved, place, tell
from questions.store import shelf
from questions.store import tables as t
from questions.store.envelope import plain
from questions.store.log import Entry

REMEMBERED: Final = timedelta(days=60)
"""How far from a report's date others are compared with it; the very same text is known always."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A report as it was taken in, and what it bears on."""

    report: Report
    bearings: tuple[Bearing, ...]
    new: bool
    """False for a text that was read before: nothing was written."""
    head: str


@dataclass(frozen=True, slots=True)
class Ready:
    """What was made ready before the transaction, which others wait for."""

    on_record: int
    """How many reports were on record."""
    told: tuple[Told, ...]
    """Those of about the same time, in the order they were read."""
    new: tuple[Told, ...]
    """The reports that come in, in their order, without ids."""
    near: tuple[tuple[Bearing, ...], ...]
    """The open questions that each bears on."""


def take_in(
    desk: Desk,
    reports: Sequence[Report],
    meaning: Meaning,
    *,
    question: str | None = None,
    encoder: Meaning | None = None,
) -> list[Arrival]:
    """Put reports on record with their stories and bearings; a text read before is left alone.

    ``question`` says which one they bear on, whatever the words; ``encoder`` looks again at what
    may bear. Stories that a report shows to be one are joined.

    Raises:
        NotFound: no such question.
    """
    ready = _made_ready(desk, reports, meaning, encoder)
    with desk.writing() as entry:
        named = shelf.find_asked(entry, question) if question else None
        told = _caught_up(entry, ready)
        arrivals = []
        for report, new, near in zip(reports, ready.new, ready.near, strict=True):
            found = entry.everything().rows(t.REPORTS, sha256=report.sha256)
            if found:
                arrivals.append(_known(entry, found[0]["id"]))
                continue
            numbered = _placed(entry, report, new, told)
            decided = _decided(near, numbered, named.question if named else None)
            for one in decided:
                entry.append("report.bears", {**plain(one), "decision": one.decision})
            arrivals.append(Arrival(numbered, decided, new=True, head=entry.head()))
        return arrivals


def _made_ready(
    desk: Desk, reports: Sequence[Report], meaning: Meaning, encoder: Meaning | None
) -> Ready:
    """What takes long: reading the words of what is known, matching what is new."""
    with desk.store.reading() as read:
        on_record = shelf.reports(read)
    with desk.reading() as read:
        asked = [one.question for one in shelf.questions(read, desk.now) if _awaits(one)]
    known = _recent(on_record, reports)
    near: tuple[tuple[Bearing, ...], ...] = ((),) * len(reports)
    if asked and reports:
        prepared = prepare(asked, meaning, known, encoder)
        near = tuple(map(tuple, bearings_of(reports, prepared, 0)))
    return Ready(len(on_record), tuple(map(tell, known)), tuple(map(tell, reports)), near)


def _recent(known: Sequence[Report], reports: Sequence[Report]) -> list[Report]:
    """The known reports that were published within REMEMBERED of some new one."""
    dates = [report.published for report in reports]
    if not dates:
        return []
    first, last = min(dates) - REMEMBERED, max(dates) + REMEMBERED
    return [one for one in known if first <= one.published <= last]


def _awaits(tracked: Tracked) -> bool:
    return tracked.status != "resolved"


def _caught_up(entry: Entry, ready: Ready) -> list[Told]:
    """What is known now, with what others put on record since it was made ready."""
    before = {one.id: one for one in ready.told}
    held = shelf.held_stories(entry.everything())
    now = shelf.reports(entry.everything())
    latest = [
        replace(one, story=report.story, copy_of=report.copy_of)
        for report in now
        if (one := before.get(report.id))
    ]
    latest += [tell(report) for report in now[ready.on_record :]]
    return [replace(one, held=one.story in held) for one in latest]


def _placed(entry: Entry, report: Report, new: Told, told: list[Told]) -> Report:
    """Put the report on record in its story, and what it changes among those told."""
    where = place(new, told)
    numbered = replace(
        report,
        id=entry.next_id(t.REPORTS, "R"),
        story=where.story or shelf.next_story(entry.everything()),
        copy_of=where.copy_of,
        origin=where.origin,
    )
    entry.append("report.read", numbered, effective_at=numbered.published)
    for one in told:
        if one.id in where.moved:
            now = where.moved[one.id] or numbered.story
            change = {"report": one.id, "story": now, "was": one.story, "by_hand": False}
            entry.append("story.changed", {**change, "why": ""})
    told[:] = [moved(one, where, numbered.story) for one in told]
    told.append(replace(new, id=numbered.id, story=numbered.story, copy_of=where.copy_of))
    return numbered


def _decided(
    near: Sequence[Bearing], report: Report, named: Question | None
) -> tuple[Bearing, ...]:
    decided = [replace(one, report=report.id) for one in near if one.decision is not None]
    if named is None:
        return tuple(decided)
    others = [one for one in decided if one.question != named.id]
    return (Bearing(report.id, named.id, 1.0, "yes"), *others)


def _known(entry: Entry, identity: str) -> Arrival:
    record = entry.everything()
    report = shelf.find_report(record, identity)
    bears = tuple(one for one in shelf.bearings(record) if one.report == identity)
    return Arrival(report, bears, new=False, head=entry.head())
