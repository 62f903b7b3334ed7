"""What judges said of reports, with what is known of each report and its source."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from forecast.ledger import EVIDENCE
from forecast.people.sources import Register, find_source, known_as, register
from forecast.records import Evidence
from questions.records import Report
from questions.store import shelf
from questions.store.reading import Reading
from questions.store.tables import RETRACTIONS

Row = Mapping[str, Any]
Turns = tuple[tuple[str, datetime, bool], ...]


def judgements(read: Reading, question: str | None = None) -> list[Evidence]:
    """Everything that was judged, oldest first; of all questions or of one."""
    where = {} if question is None else {"question": question}
    rows = read.rows(EVIDENCE, **where)
    if not rows:
        return []
    reports = {one.id: one for one in shelf.reports(read)}
    sources, turns = register(read), retractions(read)
    return [_judged(row, reports, sources, turns) for row in rows]


def retractions(read: Reading) -> dict[str, Turns]:
    """When each report was retracted, or that was taken back: ``(report, when, whether)``."""
    found: dict[str, Turns] = {}
    for row in read.rows(RETRACTIONS):
        turn = (row["report"], row["recorded_at"], bool(row["stands"]))
        found[row["report"]] = (*found.get(row["report"], ()), turn)
    return found


def _judged(
    row: Row, reports: Mapping[str, Report], sources: Register, turns: Mapping[str, Turns]
) -> Evidence:
    """A judgement of a copy is about the report that it repeats: its source, its grade."""
    report = reports[row["report"]]
    original = reports.get(report.copy_of, report)
    known = find_source(sources, original.source)
    return Evidence(
        report=report.id,
        question=row["question"],
        judge=row["judge"],
        judgement=row["judgement"],
        weight=float(row["weight"]),
        recorded_at=row["recorded_at"],
        story=report.story,
        copy_of=report.copy_of,
        source=known_as(sources, original.source),
        grade=original.grade,
        words=row["words"],
        why=row["why"],
        published=report.published,
        signal=tuple((name, float(amount)) for name, amount in row["signal"] or ()),
        regraded=known.grades if known else (),
        retracted=tuple(
            turn for one in dict.fromkeys((report.id, original.id)) for turn in turns.get(one, ())
        ),
    )
