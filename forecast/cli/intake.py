"""Reports are taken in: once, or again and again while they are watched for."""

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from forecast.cli import setting
from forecast.cli.hearing import Speaker, attributed, hear, hear_all
from forecast.cli.output import Form, dumps, say, write
from forecast.cli.watching import Clockwork, seconds_of, until_interrupted, watch
from questions.articles import Errand
from questions.errors import BadInput
from questions.records import Report

if TYPE_CHECKING:
    from forecast.desk.reporting import Arrival
    from forecast.people.sources import Register

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Intake:
    """Which reports are wanted, and where they go."""

    places: Sequence[str]
    speaker: Speaker
    published: datetime | None
    question: str | None
    who: str | None
    at: str | None
    db: str | None
    seen: set[str] = field(default_factory=set)
    """Entries of feeds that need not be fetched again."""
    told: set[str] = field(default_factory=set)
    """What was said already of places that cannot be read."""


def read_once(intake: Intake) -> list[Row]:
    """Take in what is at all places now; what a folder or feed holds beside reports is told.

    Raises:
        BadFile: a place cannot be read, or nothing in it can.
        BadInput: a grade that is none.
        NotFound: an unknown question or name.
    """
    reports, errors = hear_all(intake.places, _errand(intake, set()), intake.speaker)
    for error in errors:
        say(f"passed over: {error}")
    return _kept(intake, reports)


def read_on(intake: Intake, every: str, wanted: Form) -> None:
    """Take in all places again and again until interrupted, a line for each new report.

    Raises:
        BadInput: an interval that is none, standard input, or one JSON document without an end.
    """
    seconds = seconds_of(every)
    if "-" in intake.places:
        raise BadInput("report", "-", "what can be read again: a feed, a folder, a file")
    if wanted.json:
        raise BadInput("output", "--json", "--jsonl: a watch has no end")
    from forecast.show.news import arrived

    new = 0

    def take(place: str) -> None:
        nonlocal new
        for row in _heard(intake, place):
            new += 1
            write(f"{dumps(row) if wanted.jsonl else arrived(row)}\n")
            sys.stdout.flush()

    with until_interrupted() as sleep:
        clockwork = Clockwork(time.monotonic, sleep)
        watch(intake.places, take, every=seconds, time=clockwork, tell=say)
    say(f"stopped; new reports: {new}")


def _heard(intake: Intake, place: str) -> list[Row]:
    """The new reports of one place; each thing that cannot be read is told once."""
    seen = set(intake.seen)
    heard = list(hear(place, _errand(intake, seen), intake.speaker))
    for error in (one for one in heard if not isinstance(one, Report)):
        if str(error) not in intake.told:
            intake.told.add(str(error))
            say(f"passed over: {error}")
    reports = [one for one in heard if isinstance(one, Report)]
    rows = _kept(intake, reports) if reports else []
    intake.seen.update(seen)
    return [row for row in rows if row["new"]]


def _errand(intake: Intake, seen: set[str]) -> Errand:
    return Errand(setting.clock(), intake.published, seen=seen)


def _kept(intake: Intake, reports: Sequence[Report]) -> list[Row]:
    from forecast.desk.reporting import take_in
    from forecast.people.sources import register
    from questions.language import english
    from questions.reports.meaning import word_vectors
    from questions.reports.sentences import sentence_vectors

    language = english()
    meaning, encoder = word_vectors(language), sentence_vectors()
    with setting.desk(intake.db, who=intake.who, at=intake.at, founds=True) as desk:
        with desk.reading() as read:
            known = register(read)
        sourced = attributed(reports, known)
        arrivals = take_in(
            desk, sourced, meaning, question=intake.question, encoder=encoder, language=language
        )
    return [arrival_row(one, known) for one in arrivals]


def arrival_row(arrival: "Arrival", sources: "Register") -> Row:
    """A report that came in as ``read --json`` has it."""
    from forecast.views.news import grade_of

    report = arrival.report
    return {
        "id": report.id,
        "title": report.title,
        "published": report.published,
        "source": report.source,
        "grade": grade_of(report, sources),
        "story": report.story,
        "copy_of": report.copy_of or None,
        "origin": report.origin or None,
        "new": arrival.new,
        "matches": [
            {"question": one.question, "relevance": one.relevance, "decision": one.decision}
            for one in arrival.bearings
        ],
        "head": arrival.head,
    }
