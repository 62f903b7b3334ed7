"""Reports come in: each finds its story and the questions it bears on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from forecast.desk.desk import Desk
from questions.records import Bearing, Question, Report, Tracked
from questions.reports.bearing import bearings, prepare
from questions.reports.meaning import Meaning
from questions.reports.stories import Told, place, tell
from questions.store import shelf
from questions.store import tables as t
from questions.store.envelope import plain
from questions.store.log import Entry


@dataclass(frozen=True, slots=True)
class Arrival:
    """A report as it was taken in, and what it bears on."""

    report: Report
    bearings: tuple[Bearing, ...]
    new: bool
    """False for a text that was read before: nothing was written."""
    head: str


def take_in(
    desk: Desk, reports: Sequence[Report], meaning: Meaning, *, question: str | None = None
) -> list[Arrival]:
    """Put reports on record with their stories and bearings; a text read before is left alone.

    ``question`` says which one they bear on, whatever the words.

    Raises:
        NotFound: no such question.
    """
    with desk.writing() as entry:
        named = shelf.find_asked(entry, question) if question else None
        known = shelf.reports(entry.everything())
        told = [tell(report) for report in known]
        asked = [one.question for one in shelf.questions(entry, desk.now) if _awaits(one)]
        prepared = prepare(asked, meaning, known) if asked else None
        arrivals = []
        for report in reports:
            found = entry.everything().rows(t.REPORTS, sha256=report.sha256)
            if found:
                arrivals.append(_known(entry, found[0]["id"]))
                continue
            numbered = _placed(entry, report, told)
            told.append(tell(numbered))
            entry.append("report.read", numbered, effective_at=numbered.published)
            near = bearings(numbered, prepared) if prepared else []
            decided = _decided(near, numbered, named.question if named else None)
            for one in decided:
                entry.append("report.bears", {**plain(one), "decision": one.decision})
            arrivals.append(Arrival(numbered, decided, new=True, head=entry.head()))
        return arrivals


def _awaits(tracked: Tracked) -> bool:
    return tracked.status != "resolved"


def _placed(entry: Entry, report: Report, told: Sequence[Told]) -> Report:
    """The report with its id, its story's id and what it repeats."""
    where = place(report, told)
    stories = {one.story for one in told}
    return replace(
        report,
        id=entry.next_id(t.REPORTS, "R"),
        story=where.story or f"S{len(stories) + 1}",
        copy_of=where.copy_of,
        origin=where.origin,
    )


def _decided(
    near: Sequence[Bearing], report: Report, named: Question | None
) -> tuple[Bearing, ...]:
    decided = [one for one in near if one.decision is not None]
    if named is None:
        return tuple(decided)
    others = [one for one in decided if one.question != named.id]
    return (Bearing(report.id, named.id, 1.0, "yes"), *others)


def _known(entry: Entry, identity: str) -> Arrival:
    record = entry.everything()
    report = shelf.find_report(record, identity)
    bears = tuple(one for one in shelf.bearings(record) if one.report == identity)
    return Arrival(report, bears, new=False, head=entry.head())
