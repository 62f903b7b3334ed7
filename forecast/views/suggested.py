"""What programs suggest, as plain dictionaries."""

from datetime import datetime
from math import exp

from forecast.desk.suggesting import Suggestion, suggestions
from forecast.views.sheets import Sheet
from questions.store import shelf
from questions.store.reading import Reading


def suggestion_rows(read: Reading, at: datetime) -> list[Sheet]:
    """Each suggestion that waits, with what its report and question are called."""
    found = suggestions(read, at)
    titles = {one.id: one.title for one in shelf.reports(read)} if found else {}
    asks = {one.question.id: one.question.title for one in shelf.questions(read, at)}
    return [
        {
            "id": one.id,
            "report": one.report,
            "title": titles[one.report],
            "question": one.question,
            "asks": asks[one.question],
            **_weighed(one),
            "at": one.recorded_at,
        }
        for one in found
    ]


def with_suggestions(rows: list[Sheet], read: Reading, at: datetime) -> list[Sheet]:
    """Rows of the inbox, each with what programs suggest of its report and question."""
    beside: dict[tuple[str, str], list[Sheet]] = {}
    for one in suggestions(read, at):
        beside.setdefault((one.report, one.question), []).append({"id": one.id, **_weighed(one)})
    return [{**row, "suggested": beside.get((row["report"], row["question"]), [])} for row in rows]


def _weighed(one: Suggestion) -> Sheet:
    return {
        "relevance": one.relevance,
        "weight": one.weight,
        "ratio": exp(one.weight),
        "why": one.why,
        "by": one.by,
    }
