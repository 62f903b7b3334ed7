"""A judge puts on record what a report says about a question."""

from math import inf, isfinite, log
from typing import Final

from forecast.desk.desk import Receipt, once, receipt
from forecast.records import Judgement
from questions.errors import BadInput, Conflict
from questions.store import shelf
from questions.store.log import Entry

STRENGTHS: Final = {"slightly": 0.25, "moderately": 0.75, "strongly": 1.25}
"""Decimal exponents of the likelihood ratio: the middles of Jeffreys' first three grades of
evidence (Theory of Probability, 1961, appendix B), ratios of 1.8, 5.6 and 18."""

WORDS_RIGHT: Final = "slightly, moderately or strongly, then 'for yes' or 'for no'"


def ratio_of_words(words: str) -> float:
    """The likelihood ratio that words of evidential strength stand for.

    Raises:
        BadInput: other words; words of probability are not understood on purpose.

    >>> round(ratio_of_words("moderately for yes"), 2), round(ratio_of_words("slightly for no"), 2)
    (5.62, 0.56)
    """
    said = words.lower().replace("weakly", "slightly").split()
    if len(said) != 3 or said[0] not in STRENGTHS or said[1] != "for" or said[2] not in _SIGNS:
        raise BadInput("strength", words, WORDS_RIGHT)
    return float(10.0 ** (_SIGNS[said[2]] * STRENGTHS[said[0]]))


_SIGNS: Final = {"yes": 1.0, "no": -1.0}


def weight_of_ratio(ratio: float) -> float:
    """The weight of evidence of a likelihood ratio, in nats.

    Raises:
        BadInput: not a positive, finite number.
    """
    if not (isfinite(ratio) and ratio > 0):
        right = "a positive number: how many times likelier the report is if yes than if no"
        raise BadInput("ratio", ratio, right)
    return log(ratio)


@once
def judge(
    entry: Entry,
    report: str,
    question: str,
    judgement: Judgement,
    weight: float,
    *,
    words: str = "",
    why: str = "",
) -> Receipt:
    """Record one judgement; the judge's last one on a report and question stands.

    Raises:
        NotFound: no such report or question.
        Conflict: the question is resolved.
    """
    tracked = shelf.find_asked(entry, question)
    found = shelf.find_report(entry, report)
    if tracked.resolution is not None:
        raise Conflict(f"{tracked.question.id} is resolved", "reopen it to judge more reports")
    record = {
        "report": found.id,
        "question": tracked.question.id,
        "judge": entry.actor,
        "judgement": judgement,
        "weight": weight,
        "words": words,
        "why": why,
    }
    event = entry.append("evidence.judged", record)
    return receipt(f"{found.id}/{tracked.question.id}", record, event)


def decisive_weight(answer: str) -> float:
    """The signed infinity of a report that settles its question.

    Raises:
        BadInput: neither yes nor no.
    """
    if answer not in _SIGNS:
        raise BadInput("decisive", answer, "yes or no")
    return _SIGNS[answer] * inf
