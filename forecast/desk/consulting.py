"""A language model as second judge: what it would judge is kept, and waits for a person."""

from dataclasses import replace
from typing import Final

from forecast.desk.desk import Desk, Receipt
from forecast.desk.judging import ratio_of_words, weight_of_ratio
from forecast.desk.suggesting import suggest, suggestions
from questions.modelled.records import Answered, Opinion
from questions.modelled.weighing import EITHER_WAY, IRRELEVANT
from questions.store.envelope import plain
from questions.store.reading import Reading

Pair = tuple[str, str]
"""A report and a question."""
_NO_SIDE: Final = (EITHER_WAY, IRRELEVANT)


def name_of(model: str) -> str:
    """How a model is called among those who suggest, so that nobody takes it for a member."""
    return f"model {model}"


def asked_already(read: Reading, desk: Desk, model: str) -> set[Pair]:
    """The reports and questions of which a model's suggestion waits."""
    waiting = suggestions(read, desk.now)
    return {(one.report, one.question) for one in waiting if one.by == name_of(model)}


def keep(desk: Desk, pair: Pair, said: Answered[Opinion], model: str) -> Receipt | None:
    """Put on record what a model was asked and said; its opinion, if it has one, as a suggestion.

    Raises:
        NotFound, BadInput, Conflict: as :func:`forecast.desk.suggesting.suggest`.
    """
    report, question = pair
    here = replace(desk, key=f"{desk.key}/{model}/{report}/{question}")
    with here.writing() as entry:
        for turn in said.turns:
            entry.append("model.answered", {"article": report, **plain(turn)})
    if not said.found:
        return None
    opinion = said.found[0]
    return suggest(
        replace(here, key=f"{here.key}/suggested"),
        report,
        question,
        relevance=0.0 if opinion.evidence == IRRELEVANT else 1.0,
        weight=weight_of(opinion),
        why=reason_of(opinion),
        by=name_of(model),
    )


def weight_of(opinion: Opinion) -> float:
    """The weight of evidence that a model's words stand for, in nats.

    >>> round(weight_of(Opinion("moderately for no", "It rains.", "no")), 3)
    -1.727
    """
    if opinion.evidence in _NO_SIDE:
        return 0.0
    return weight_of_ratio(ratio_of_words(opinion.evidence))


def reason_of(opinion: Opinion) -> str:
    """Why a model says so, with the words that it rests on.

    >>> reason_of(Opinion("slightly for yes", "Rain is due.", "It is due."))
    'It is due. (“Rain is due.”)'
    """
    return f"{opinion.why} (“{opinion.quotation}”)" if opinion.quotation else opinion.why
