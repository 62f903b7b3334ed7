"""Reports come in: each finds its story and the questions it bears on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from forecast.desk.desk import Desk
from forecast.desk.pointing import Spoken, plainly, point
from questions.records import Bearing, Report, Tracked
from questions.reports.asking import prepare
from questions.reports.bearing import bearings_of
from questions.reports.copies import may_repeat, runs
from questions.reports.likeness import Told
from questions.reports.meaning import Meaning
from questions.reports.stories import moved, place, tell
from questions.store import shelf
from questions.store import tables as t
from questions.store.envelope import plain
from questions.store.log import Entry

if TYPE_CHECKING:
    from spacy.language import Language

REMEMBERED: Final = timedelta(days=60)
"""How far from a report's date others are compared with it; what repeats it is known always."""


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
    """Those of about the same time, and what may be repeated, in the order they were read."""
    new: tuple[Told, ...]
    """The reports that come in, in their order, without ids."""
    near: tuple[tuple[Bearing, ...], ...]
    """The open questions that each bears on, or may."""
    says: Sequence[tuple[Spoken, ...]]
    """What each plainly says of the events asked about."""


def take_in(
    desk: Desk,
    reports: Sequence[Report],
    meaning: Meaning,
    *,
    question: str | None = None,
    encoder: Meaning | None = None,
    language: "Language | None" = None,
) -> list[Arrival]:
    """Put reports on record with their stories and bearings; a text read before is left alone.

    ``question`` says which one they bear on, whatever the words; ``encoder`` looks again at what
    may bear. Stories that a report shows to be one are joined. With a ``language``, what a report
    plainly says of an event asked about is kept with it, and judged by the team's rules. All of
    it is one transaction: a report is on record with everything that belongs to it, or not.

    Raises:
        NotFound: no such question.
    """
    ready = _made_ready(desk, reports, meaning, question, encoder, language)
    with desk.writing() as entry:
        known = _caught_up(entry, ready)
        arrivals = []
        each = zip(reports, ready.new, ready.near, ready.says, strict=True)
        for report, new, about, says in each:
            if found := entry.everything().rows(t.REPORTS, sha256=report.sha256):
                arrivals.append(_known(entry, found[0]["id"]))
                continue
            numbered = _placed(entry, report, new, known)
            near = tuple(replace(one, report=numbered.id) for one in about)
            for one in near:
                entry.append("report.bears", {**plain(one), "decision": one.decision})
            point(entry, numbered, says)
            arrivals.append(Arrival(numbered, near, new=True, head=entry.head()))
        return arrivals


def _made_ready(
    desk: Desk,
    reports: Sequence[Report],
    meaning: Meaning,
    question: str | None,
    encoder: Meaning | None,
    language: "Language | None",
) -> Ready:
    """What takes long: reading the words of what is known, matching and reading what is new."""
    with desk.store.reading() as read:
        on_record = shelf.reports(read)
    known = _comparable(on_record, reports)
    with desk.reading() as read:
        asked = [one.question for one in shelf.questions(read, desk.now) if _awaits(one)]
        named = shelf.find_question(read, question, desk.now).question.id if question else None
    near: list[tuple[Bearing, ...]] = [()] * len(reports)
    if asked and reports:
        prepared = prepare(asked, meaning, known, encoder)
        near = [_decided(found) for found in bearings_of(reports, prepared, 0)]
    if named:
        near = [_with(named, found) for found in near]
    says: Sequence[tuple[Spoken, ...]] = [()] * len(reports)
    if language:
        says = plainly(asked, reports, near, language)
    told, new = tuple(map(tell, known)), tuple(map(tell, reports))
    return Ready(len(on_record), told, new, tuple(near), says)


def _comparable(known: Sequence[Report], reports: Sequence[Report]) -> list[Report]:
    """The known reports within REMEMBERED of some new one, and those that one may repeat."""
    dates = [report.published for report in reports]
    if not dates:
        return []
    first, last = min(dates) - REMEMBERED, max(dates) + REMEMBERED
    sought = [run for report in reports for run in runs(report.text)]
    return [one for one in known if first <= one.published <= last or may_repeat(one.text, sought)]


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
    begun = [numbered.story, *_new_stories(entry, where.beginning())]
    for at, one in enumerate(told):
        told[at] = moved(one, where, begun)
        if (now := told[at].story) != one.story:
            change = {"report": one.id, "story": now, "was": one.story, "by_hand": False}
            entry.append("story.changed", {**change, "why": ""})
    told.append(replace(new, id=numbered.id, story=numbered.story, copy_of=where.copy_of))
    return numbered


def _new_stories(entry: Entry, count: int) -> list[str]:
    """So many ids of stories that nothing was ever in."""
    first = int(shelf.next_story(entry.everything()).removeprefix("S")) if count else 0
    return [f"S{first + number}" for number in range(count)]


def _decided(near: Sequence[Bearing]) -> tuple[Bearing, ...]:
    return tuple(one for one in near if one.decision is not None)


def _with(named: str, near: tuple[Bearing, ...]) -> tuple[Bearing, ...]:
    """What a report bears on besides the question that somebody named."""
    return (Bearing("", named, 1.0, "yes"), *(one for one in near if one.question != named))


def _known(entry: Entry, identity: str) -> Arrival:
    record = entry.everything()
    report = shelf.find_report(record, identity)
    bears = tuple(one for one in shelf.bearings(record) if one.report == identity)
    return Arrival(report, bears, new=False, head=entry.head())
