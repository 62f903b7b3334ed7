"""Fatebook: its CSV, which has no ids, and its interface's questions.

Rows of the CSV join on title, creator and time of creation; its times have no offset and are UTC.
The options of a multiple-choice question are forecast one by one and need not exclude each
other, so each becomes a yes-or-no question of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from forecast.exchange.cells import (
    instant,
    listed,
    moment,
    probability,
    required,
    said,
)
from forecast.exchange.documents import Cells, Document, items, tables, trees
from forecast.exchange.gathering import Gathering
from forecast.exchange.records import (
    Batch,
    Person,
    PlatformComment,
    PlatformForecast,
    PlatformQuestion,
    PlatformResolution,
)
from questions.errors import BadInput
from questions.instants import iso
from questions.records import Binary
from questions.values import NO, YES, Outcome, Void

PLATFORM: Final = "fatebook"
COLUMNS: Final = {"Question title", "Forecast created by", "Forecast (scale = 0-1)"}
KEYS: Final = {"title", "resolveBy"}
_FORECAST: Final = "Forecast (scale = 0-1)"
Item = Mapping[str, Any]


def suits(documents: Sequence[Document]) -> bool:
    """Whether a table has the CSV's columns, or a tree holds the interface's questions."""
    if any({*one.columns} >= COLUMNS for one in tables(documents)):
        return True
    found = (item for tree in trees(documents) for _, item in items(tree, "items")[:5])
    return any(isinstance(item, Mapping) and item.keys() >= KEYS for item in found)


def read(documents: Sequence[Document]) -> Batch:
    """What the CSV or the questions hold."""
    found = Gathering(PLATFORM)
    asked: dict[str, PlatformQuestion] = {}
    for table in tables(documents):
        if {*table.columns} >= COLUMNS:
            for line in table.lines:
                place = f"{table.name} line {line.number}"
                with found.at(place):
                    _row(found, line.cells, place, asked)
    for tree in trees(documents):
        for place, item in items(tree, "items"):
            with found.at(place):
                _item(found, item, place)
    return found.batch()


def _row(found: Gathering, row: Cells, place: str, asked: dict[str, PlatformQuestion]) -> None:
    """One row: a forecast, with its question repeated beside it."""
    title, option = required(row, "Question title"), said(row, "Multiple choice option")
    opens = moment(row.get("Question created at"), "Question created at", naive=True)
    who = said(row, "Question created by")
    question = " | ".join(part for part in (title, who, iso(opens), option) if part)
    if question not in asked:
        closes = moment(row.get("Question resolve by"), "Question resolve by", naive=True)
        record = _asked(found, question, place, title, option, opens, closes)
        asked[question] = record
        _of_row(found, record, row, option)
    _forecast(
        found,
        question,
        place,
        Person(required(row, "Forecast created by")),
        row.get(_FORECAST),
        moment(row.get("Forecast created at"), "Forecast created at", naive=True),
    )


def _of_row(found: Gathering, record: PlatformQuestion, row: Cells, option: str) -> None:
    found.questions.append(record)
    said_so = said(row, "Resolution")
    when = instant(row.get("Resolved at"), "Resolved at", naive=True)
    _resolution(found, record, said_so, when, option)


def _asked(
    found: Gathering,
    question: str,
    place: str,
    title: str,
    option: str,
    opens: datetime,
    closes: datetime,
    **more: Any,
) -> PlatformQuestion:
    return PlatformQuestion(
        origin=found.origin(question, place),
        title=f"{title} ({option})" if option else title,
        kind=Binary(),
        open_time=opens,
        scheduled_close_time=closes,
        resolution_criteria="As its author resolves it on Fatebook.",
        **more,
    )


def _forecast(
    found: Gathering, question: str, place: str, who: Person, amount: Any, at: datetime
) -> None:
    value = probability(amount, "forecast")
    found.forecasts.append(PlatformForecast(found.origin(question, place), who, value, at))


def _resolution(
    found: Gathering, record: PlatformQuestion, text: str, when: datetime | None, option: str
) -> None:
    """How a question, or one option of it, ended; an option that another one beat is no."""
    if not text:
        return
    with found.at(record.origin.place):
        ended = _outcome(text, option)
        known = when or record.scheduled_close_time
        source = f"Fatebook, {record.url}" if record.url else "Fatebook, as its author resolved it"
        found.resolutions.append(PlatformResolution(record.origin, ended, known, source))


def _outcome(text: str, option: str) -> Outcome:
    word = text.upper()
    if word == "AMBIGUOUS":
        return Void("ambiguous")
    if word in ("YES", "NO"):
        return YES if word == "YES" else NO
    if option:
        return YES if text == option else NO
    raise BadInput("resolution", text, "YES, NO or AMBIGUOUS")


def _item(found: Gathering, item: Item, place: str) -> None:
    """One question of the interface, or one for each of its options."""
    for option, part, forecasts in _parts(item):
        question = required(item, "id") + (f"/{required(part, 'id')}" if option else "")
        record = _asked(
            found,
            question,
            place,
            required(item, "title"),
            option,
            moment(item.get("createdAt"), "createdAt"),
            moment(item.get("resolveBy"), "resolveBy"),
            background=said(item, "notes"),
            tags=tuple(said(one, "name") for one in item.get("tags") or []),
            url=f"https://fatebook.io/q/{required(item, 'id')}",
        )
        found.questions.append(record)
        when = instant(part.get("resolvedAt"), "resolvedAt")
        text = said(part, "resolution") or said(item, "resolution")
        when = when or instant(item.get("resolvedAt"), "resolvedAt")
        _resolution(found, record, text, when, option)
        _said_of(found, question, place, forecasts)
        if part is item or part == (item.get("options") or [None])[0]:
            _comments(found, question, place, item)


def _parts(item: Item) -> Iterator[tuple[str, Item, Sequence[Item]]]:
    """The question itself, or each option with what was forecast of it."""
    forecasts = listed(item.get("forecasts"), "forecasts")
    options = item.get("options") or []
    if not options:
        yield "", item, forecasts
    for one in options:
        mine = [said_ for said_ in forecasts if _option_of(said_) == one["id"]]
        yield required(one, "text"), one, mine or listed(one.get("forecasts"), "forecasts")


def _option_of(forecast: Item) -> Any:
    nested = forecast.get("option")
    return nested.get("id") if isinstance(nested, Mapping) else forecast.get("optionId")


def _said_of(found: Gathering, question: str, place: str, forecasts: Sequence[Item]) -> None:
    for at, one in enumerate(forecasts, start=1):
        where = f"{place}, forecast {at}"
        with found.at(where):
            made = moment(one.get("createdAt"), "createdAt")
            _forecast(found, question, where, _person(one), one.get("forecast"), made)


def _person(item: Item) -> Person:
    user = item["user"]
    identity = said(user, "id")
    return Person(said(user, "name") or required(user, "id"), identity)


def _comments(found: Gathering, question: str, place: str, item: Item) -> None:
    for at, one in enumerate(item.get("comments") or [], start=1):
        where = f"{place}, comment {at}"
        with found.at(where):
            made = moment(one.get("createdAt"), "createdAt")
            origin = found.origin(question, where)
            text = required(one, "comment")
            found.comments.append(PlatformComment(origin, _person(one), text, made))
