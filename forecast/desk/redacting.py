"""A text is erased on request: the entry stays, and the chain still verifies."""

from collections.abc import Iterator

from forecast.desk.desk import Receipt, once, receipt
from forecast.ledger import (
    ALIASES,
    COMMENTS,
    EVIDENCE,
    FORECASTS,
    MODEL_ANSWERS,
    NOTES,
    SUGGESTIONS,
    SUGGESTIONS_DECLINED,
)
from questions.errors import Conflict, NotFound
from questions.store import tables as t
from questions.store.log import Entry

RIGHT = (
    "name an article (A1), a report (R7), a forecast (F3), a judgement (R7/Q2), a comment (C4), "
    "a note (N2), a suggestion (G1) or a member"
)


@once
def redact(entry: Entry, reference: str, why: str) -> Receipt:
    """Erase the free text of an article, report, forecast, judgement, comment or note, or a name.

    What a model was shown of an article, and what it answered, goes with the article; with a
    forecast the reason of what it corrected, and of what corrected it.

    Raises:
        NotFound: nothing of that name has a text.
        Conflict: its text was erased before.
    """
    places = list(_places(entry, reference.strip()))
    if not places:
        raise NotFound("text of", reference, otherwise=RIGHT)
    gone = [digest for seq in places for digest in entry.erase(seq)]
    known = {one for row in entry.rows(t.REDACTIONS) for one in row["digests"]}
    if not set(gone) - known:
        raise Conflict(f"the text of {reference} is erased already", "nothing is left to erase")
    identity = entry.ids().get(reference.strip(), reference.strip())
    record = {"reference": identity, "why": why, "digests": gone}
    return receipt(identity, record, entry.append("text.redacted", record))


def _places(entry: Entry, reference: str) -> Iterator[int]:
    """The entries whose free text a reference means."""
    for table in (
        *(t.ARTICLES, t.REPORTS, COMMENTS, NOTES),
        *(SUGGESTIONS, SUGGESTIONS_DECLINED),
    ):
        yield from (row["seq"] for row in entry.rows(table, id=reference.upper()))
    yield from (row["seq"] for row in entry.rows(MODEL_ANSWERS, article=reference.upper()))
    yield from _forms(entry, reference.upper())
    report, _, question = reference.upper().partition("/")
    if question:
        found = entry.rows(EVIDENCE, report=report, question=question)
        yield from (row["seq"] for row in found)
    names = entry.names()
    for row in entry.rows(t.PERSONS):
        if reference in (row["id"], names[row["id"]]):
            yield row["seq"]
            aliases = entry.rows(ALIASES)
            yield from (one["seq"] for one in aliases if one["member"] == names[row["id"]])


def _forms(entry: Entry, forecast: str) -> Iterator[int]:
    """The entries of a forecast, of what it corrected and of what corrected it: one reason."""
    for found in entry.rows(FORECASTS, id=forecast):
        said = entry.rows(FORECASTS, question=found["question"])
        first: dict[str, str] = {}
        for row in said:
            first[row["id"]] = first.get(row["corrects"], str(row["id"]))
        yield from (row["seq"] for row in said if first[row["id"]] == first[forecast])
