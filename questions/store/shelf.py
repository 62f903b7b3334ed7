"""What the store holds of articles, drafts, questions and reports, as of an instant."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime

from questions.errors import BadInput, Conflict, NotFound
from questions.instants import iso
from questions.records import Article, Bearing, Draft, Question, Report, Tracked
from questions.store import decoding
from questions.store import tables as t
from questions.store.log import Entry
from questions.store.reading import Reading, Row
from questions.tracking.lifecycle import track


def questions(read: Reading, at: datetime, *, only: str | None = None) -> list[Tracked]:
    """Every question on record, or the one of an id, with its status at ``at``."""
    mine = {} if only is None else {"question": only}
    resolutions, reopenings, taggings = (
        _by_question(read.rows(table, **mine))
        for table in (t.RESOLUTIONS, t.REOPENINGS, t.TAGGINGS)
    )
    return [
        track(
            _tagged(decoding.question(row), taggings[row["id"]]),
            resolutions=[decoding.resolution(one) for one in resolutions[row["id"]]],
            reopened=[(undo["recorded_at"], undo["why"]) for undo in reopenings[row["id"]]],
            asked_at=row["recorded_at"],
            at=at,
        )
        for row in read.rows(t.QUESTIONS, **({} if only is None else {"id": only}))
    ]


def _by_question(rows: list[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["question"]].append(row)
    return found


def _tagged(question: Question, taggings: list[Row]) -> Question:
    """A question with the tags that it was given since it was asked, without those taken away."""
    tags = question.tags
    for row in taggings:
        gone = {one.casefold() for one in row["removed"]}
        tags = (*(one for one in tags if one.casefold() not in gone), *row["added"])
    return replace(question, tags=tags) if taggings else question


def find_question(read: Reading, reference: str, at: datetime) -> Tracked:
    """The one question that an id, or a part of its title, names.

    Raises:
        NotFound: no question.
        BadInput: several questions.
    """
    if by_id := questions(read, at, only=reference.strip().upper()):
        return by_id[0]
    known = questions(read, at)
    wanted = reference.strip().lower()
    found = [one for one in known if wanted and wanted in one.question.title.lower()]
    if not found:
        near = [one.question.id for one in known] + [one.question.title for one in known]
        raise NotFound("question", reference, near, "`tidings questions` lists them")
    if len(found) > 1:
        names = ", ".join(one.question.id for one in found)
        raise BadInput("question", reference, f"one of {names}: it names all of them")
    return found[0]


def find_asked(entry: Entry, reference: str) -> Tracked:
    """The question that an entry is about, with its status by the clock of the entry.

    Raises:
        NotFound: no question.
        BadInput: several questions.
        Conflict: it was asked after the time at which a replay's clock was set.
    """
    try:
        return find_question(entry, reference, entry.now)
    except NotFound:
        later = find_question(entry.everything(), reference, entry.now)
    raise too_early(later, entry.now)


def too_early(tracked: Tracked, now: datetime) -> Conflict:
    """The refusal of a step that would come before what is on record of its question."""
    when, what = tracked.history[-1]
    step = f"{tracked.question.id} was {what.partition(':')[0]} at {iso(when)}"
    return Conflict(f"{step}, and the clock stands at {iso(now)}", "give a later --at")


def drafts(read: Reading) -> list[tuple[Draft, str]]:
    """Every draft, and what was decided of it: ``waiting``, ``accepted`` or ``rejected``."""
    return _with_verdicts(read.rows(t.DRAFTS), read.rows(t.DRAFT_VERDICTS))


def _with_verdicts(rows: list[Row], judged: list[Row]) -> list[tuple[Draft, str]]:
    verdicts = {row["draft"]: row["verdict"] for row in judged}
    return [(decoding.draft(row), verdicts.get(row["id"], "waiting")) for row in rows]


def find_draft(read: Reading, reference: str) -> tuple[Draft, str]:
    """A draft by its id, and what was decided of it.

    Raises:
        NotFound: no such draft.
    """
    rows = read.rows(t.DRAFTS, id=reference.strip().upper())
    if not rows:
        known = sorted(read.distinct(t.DRAFTS, "id"))
        raise NotFound("draft", reference, known, "`tidings drafts` lists them")
    return _with_verdicts(rows, read.rows(t.DRAFT_VERDICTS, draft=rows[0]["id"]))[0]


def find_article(read: Reading, identity: str) -> Article | None:
    """An article by its id."""
    rows = read.rows(t.ARTICLES, id=identity)
    return decoding.article(rows[0]) if rows else None


def reports(read: Reading) -> list[Report]:
    """Every report that was read, oldest first, in the story that it is in now."""
    return _in_stories([decoding.report(row) for row in read.rows(t.REPORTS)], read)


def _in_stories(found: list[Report], read: Reading) -> list[Report]:
    """Reports, with those they copy, in their stories; in another than its original none copies."""
    now = {row["report"]: row["story"] for row in read.rows(t.STORY_CHANGES)}
    if not now:
        return found
    told = {one.id: one.story for one in found} | now
    return [
        replace(
            one,
            story=told[one.id],
            copy_of=one.copy_of if told.get(one.copy_of) == told[one.id] else "",
        )
        for one in found
    ]


def held_stories(read: Reading) -> frozenset[str]:
    """The stories whose reports a person chose, by putting some in or taking some out."""
    rows = [row for row in read.rows(t.STORY_CHANGES) if row["by_hand"]]
    return frozenset(row[end] for row in rows for end in ("story", "was"))


def next_story(read: Reading) -> str:
    """The id of a story that nothing was ever in."""
    known = read.distinct(t.REPORTS, "story") | read.distinct(t.STORY_CHANGES, "story")
    return f"S{max((int(one[1:]) for one in known), default=0) + 1}"


def find_report(read: Reading, reference: str) -> Report:
    """A report by its id.

    Raises:
        NotFound: no such report.
    """
    rows = read.rows(t.REPORTS, id=reference.strip().upper())
    if not rows:
        known = sorted(read.distinct(t.REPORTS, "id"))
        raise NotFound("report", reference, known, "`tidings inbox` lists them")
    rows += read.rows(t.REPORTS, id=rows[0]["copy_of"])
    return _in_stories([decoding.report(row) for row in rows], read)[0]


def bearings(read: Reading, *, question: str | None = None) -> list[Bearing]:
    """Which reports bear on which questions, or on one question; the last word a pair."""
    rows = read.rows(t.BEARINGS) if question is None else read.rows(t.BEARINGS, question=question)
    return list({(row["report"], row["question"]): decoding.bearing(row) for row in rows}.values())
