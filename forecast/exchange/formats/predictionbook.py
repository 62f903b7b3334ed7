"""PredictionBook: pages of predictions with the responses to them.

Confidences are whole percentages; a response without one is a comment. Of several judgements the
newest counts; a page that has no list of them has the outcome, and was last changed when judged.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from forecast.exchange.cells import blank, instant, moment, probability, required, said
from forecast.exchange.documents import Document, items, trees
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

PLATFORM: Final = "predictionbook"
KEYS: Final = {"description", "deadline", "responses"}
OUTCOMES: Final[dict[str, Outcome | None]] = {
    **dict.fromkeys(("right", "true", "1"), YES),
    **dict.fromkeys(("wrong", "false", "0"), NO),
    "unknown": None,
}
Item = Mapping[str, Any]


def suits(documents: Sequence[Document]) -> bool:
    """Whether a tree holds predictions with their responses."""
    found = (item for tree in trees(documents) for _, item in items(tree, "predictions")[:5])
    return any(isinstance(item, Mapping) and item.keys() >= KEYS for item in found)


def read(documents: Sequence[Document]) -> Batch:
    """What the pages hold."""
    found = Gathering(PLATFORM)
    for tree in trees(documents):
        for place, item in items(tree, "predictions"):
            with found.at(place):
                _prediction(found, item, place)
    return found.batch()


def _prediction(found: Gathering, item: Item, place: str) -> None:
    question = required(item, "id")
    opens = moment(item.get("created_at"), "created_at")
    url = f"https://predictionbook.com/predictions/{question}"
    record = PlatformQuestion(
        origin=found.origin(question, place),
        title=required(item, "description"),
        kind=Binary(),
        open_time=opens,
        scheduled_close_time=_close(found, item, opens),
        resolution_criteria="As it is judged on PredictionBook.",
        tags=tuple(map(str, item.get("tag_names") or ())),
        url=url,
    )
    found.questions.append(record)
    with found.at(f"{place}, judgement"):
        ended, when = _judged(item)
        if ended is not None:
            source = f"PredictionBook, {url}"
            found.resolutions.append(PlatformResolution(record.origin, ended, when, source))
    for at, one in enumerate(item["responses"], start=1):
        where = f"{place}, response {at}"
        with found.at(where):
            _response(found, question, one, where)


def _close(found: Gathering, item: Item, opens: datetime) -> datetime:
    """The deadline; the judgement where the deadline had passed when it was asked."""
    deadline = moment(item.get("deadline"), "deadline")
    if deadline > opens:
        return deadline
    ended, when = _judged(item)
    if ended is None or when <= opens:
        raise BadInput("deadline", item["deadline"], f"a time after it was asked at {iso(opens)}")
    found.passed["predictions asked after their deadline, which close when judged"] += 1
    return when


def _judged(item: Item) -> tuple[Outcome | None, datetime]:
    """How it was judged last, and when."""
    judged = item.get("judgements")
    if judged:
        newest = max(judged, key=lambda one: moment(one.get("created_at"), "created_at"))
        when = moment(newest.get("created_at"), "created_at")
        return _outcome(newest.get("outcome")), when
    when = instant(item.get("updated_at"), "updated_at") or moment(item["deadline"], "deadline")
    if item.get("withdrawn"):
        return Void("annulled"), when
    return _outcome(item.get("outcome")), when


def _outcome(thing: Any) -> Outcome | None:
    if blank(thing):
        return None
    word = str(thing).strip().lower()
    if word not in OUTCOMES:
        raise BadInput("judgement", thing, "right, wrong or unknown")
    return OUTCOMES[word]


def _response(found: Gathering, question: str, one: Item, where: str) -> None:
    identity = said(one, "user_id")
    who = Person(said(one, "user_label") or said(one, "user_name") or identity, identity)
    made = moment(one.get("created_at"), "created_at")
    origin, words = found.origin(question, where), said(one, "comment")
    if not blank(one.get("confidence")):
        value = probability(one["confidence"], "confidence", scale=100)
        found.forecasts.append(PlatformForecast(origin, who, value, made, why=words))
    elif words:
        found.comments.append(PlatformComment(origin, who, words, made))
