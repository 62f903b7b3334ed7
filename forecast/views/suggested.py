"""What programs suggest, as plain dictionaries."""

from datetime import datetime
from math import exp

from forecast.desk.suggesting import suggestions
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
            "relevance": one.relevance,
            "weight": one.weight,
            "ratio": exp(one.weight),
            "why": one.why,
            "by": one.by,
            "at": one.recorded_at,
        }
        for one in found
    ]
