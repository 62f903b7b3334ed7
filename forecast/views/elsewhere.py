"""What communities and markets elsewhere say of a question, beside our own crowd."""

from datetime import datetime

from forecast.exchange.origins import quotes
from forecast.views.sheets import Sheet, short, value_sheet
from questions.records import Question
from questions.store.reading import Reading
from questions.values import Chosen, Void, value_from_json


def elsewhere(read: Reading, question: Question, at: datetime) -> list[Sheet]:
    """The last value of each crowd elsewhere as of an instant, and since when it holds.

    Nobody's forecast, and no part of our crowd; hidden with it from who may not see that.
    """
    last: dict[tuple[str, str], Sheet] = {}
    for row in quotes(read, question.id):
        if row["at"] <= at:
            last[row["platform"], row["crowd"]] = row
    return [_told(question, row) for row in last.values()]


def _told(question: Question, row: Sheet) -> Sheet:
    value = value_from_json(row["value"])
    if isinstance(value, Chosen | Void):
        raise ValueError(f"{value!r} is no crowd's value")
    return {
        "platform": row["platform"],
        "crowd": row["crowd"],
        "since": row["at"],
        "n": row["n"],
        **value_sheet(question.kind, value),
        "short": short(question.kind, value),
    }
