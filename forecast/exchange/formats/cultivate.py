"""Cultivate Forecasts, on which INFER and others run: questions and prediction sets.

A prediction set holds one probability for each answer of its question. A question with one
answer is yes or no; with several it is multiple choice, in the order of their ids.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from forecast.exchange.cells import blank, instant, moment, number, probability, required, said
from forecast.exchange.cells import shares as shares_of
from forecast.exchange.documents import Document, Tree, items, trees
from forecast.exchange.gathering import Gathering
from forecast.exchange.records import (
    Batch,
    Person,
    PlatformForecast,
    PlatformQuestion,
    PlatformResolution,
)
from questions.errors import BadInput
from questions.records import Binary, Kind, MultipleChoice
from questions.values import NO, YES, Chosen, Outcome, Value, Void

PLATFORM: Final = "cultivate"
QUESTION: Final = {"name", "answers", "ends_at"}
SET: Final = {"question_id", "predictions"}
CERTAIN: Final = 0.999
"""What an answer that came true stands at once it is resolved."""
Item = Mapping[str, Any]


def suits(documents: Sequence[Document]) -> bool:
    """Whether a tree holds questions with answers, or prediction sets."""
    found = [item for tree in trees(documents) for _, item in _items(tree)[:5]]
    return any(
        isinstance(item, Mapping) and (item.keys() >= QUESTION or item.keys() >= SET)
        for item in found
    )


def _items(tree: Tree) -> list[tuple[str, Any]]:
    """The items of both lists that an answer may hold."""
    if not isinstance(tree.value, Mapping):
        return items(tree)
    names = [name for name in ("questions", "prediction_sets") if name in tree.value]
    return [one for name in names for one in items(tree, name)]


def read(documents: Sequence[Document]) -> Batch:
    """What the questions and prediction sets hold."""
    found = Gathering(PLATFORM)
    answers: dict[str, tuple[str, ...]] = {}
    kinds: dict[str, Kind] = {}
    sets: list[tuple[str, Item]] = []
    for tree in trees(documents):
        for place, item in _items(tree):
            with found.at(place):
                if item.keys() >= SET:
                    sets.append((place, item))
                else:
                    _question(found, item, place, answers, kinds)
    for place, item in sets:
        with found.at(place):
            _set(found, item, place, answers, kinds)
    return found.batch()


def _question(
    found: Gathering,
    item: Item,
    place: str,
    answers: dict[str, tuple[str, ...]],
    kinds: dict[str, Kind],
) -> None:
    question = required(item, "id")
    options = sorted(item["answers"], key=lambda one: number(one["id"], "answer id"))
    names = tuple(required(one, "name") for one in options)
    if not names or len(set(names)) < len(names):
        raise BadInput("answers", list(names), "one or more answers with different names")
    kind: Kind = MultipleChoice(names) if len(names) > 1 else Binary()
    answers[question] = tuple(required(one, "id") for one in options)
    kinds[question] = kind
    times = ("starts_at", "published_at", "created_at")
    opens = next((one for name in times if (one := instant(item.get(name), name))), None)
    if opens is None:
        raise BadInput("starts_at", "", "when it opened")
    record = PlatformQuestion(
        origin=found.origin(question, place),
        title=required(item, "name"),
        kind=kind,
        open_time=opens,
        scheduled_close_time=moment(item.get("ends_at"), "ends_at"),
        resolution_criteria=said(item, "description") or "As it is resolved on its site.",
        tags=tuple(map(str, item.get("tag_names") or ())),
        url=said(item, "url"),
    )
    found.questions.append(record)
    with found.at(f"{place}, resolution"):
        _resolution(found, record, item, options)


def _resolution(
    found: Gathering, record: PlatformQuestion, item: Item, options: Sequence[Item]
) -> None:
    if not blank(item.get("voided_at")):
        when = moment(item["voided_at"], "voided_at")
        ended: Outcome = Void("annulled")
    elif not blank(item.get("resolved_at")):
        when = _known(item, options)
        ended = _outcome(record.kind, options)
    else:
        return
    source = f"Cultivate, question {record.origin.question}"
    found.resolutions.append(PlatformResolution(record.origin, ended, when, source))


def _known(item: Item, options: Sequence[Item]) -> datetime:
    """When it was known: as an administrator says of the answers, else when it was resolved."""
    told = [instant(one.get("correctness_known_at"), "correctness_known_at") for one in options]
    known = [one for one in told if one is not None]
    return min(known) if known else moment(item["resolved_at"], "resolved_at")


def _outcome(kind: Kind, options: Sequence[Item]) -> Outcome:
    true = [said(one, "name") for one in options if _came_true(one)]
    if isinstance(kind, Binary):
        return YES if true else NO
    if len(true) != 1:
        right = f"one answer that came true; {len(true)} of these did"
        raise BadInput("resolution", ", ".join(true) or "none", right)
    return Chosen(true[0])


def _came_true(answer: Item) -> bool:
    if not blank(answer.get("correct")):
        return str(answer["correct"]).lower() in ("true", "1")
    return number(answer.get("probability"), "probability") >= CERTAIN


def _set(
    found: Gathering,
    item: Item,
    place: str,
    answers: Mapping[str, tuple[str, ...]],
    kinds: Mapping[str, Kind],
) -> None:
    question = required(item, "question_id")
    if question not in kinds:
        raise BadInput("question_id", question, "the question in the same file or folder")
    told = {
        required(one, "answer_id"): one.get("forecasted_probability")
        for one in item["predictions"]
        if not blank(one.get("forecasted_probability"))
    }
    value = _value(kinds[question], answers[question], told)
    member = item.get("membership") or {}
    identity = said(item, "membership_id")
    name = said(item, "membership_username") or said(member, "username") or identity
    made = moment(item.get("created_at"), "created_at")
    origin = found.origin(question, place)
    who = Person(name, identity)
    found.forecasts.append(PlatformForecast(origin, who, value, made, why=said(item, "rationale")))


def _value(kind: Kind, answers: Sequence[str], told: Mapping[str, Any]) -> Value:
    if isinstance(kind, Binary):
        return probability(told[answers[0]], "forecasted_probability")
    if not isinstance(kind, MultipleChoice) or set(told) != set(answers):
        right = "one prediction for each answer: a trade on one is no forecast of all"
        raise BadInput("predictions", f"{len(told)} of {len(answers)}", right)
    amounts = [told[one] for one in answers]
    return shares_of(kind.options, amounts, "forecasted_probability")
