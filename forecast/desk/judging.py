"""A judge puts on record what a report says about a question."""

from collections.abc import Iterable
from math import inf, isfinite, log
from typing import Final

from forecast.belief.dossier import is_retracted
from forecast.belief.observations import standing
from forecast.desk.desk import Receipt, once, once_each, receipt
from forecast.desk.saying import Signal, check_plain, signal_of
from forecast.people.judgements import judgements, retractions
from forecast.records import Evidence, Judgement
from questions.errors import BadInput, Conflict
from questions.records import Report, Tracked
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


def place_judgement(
    entry: Entry,
    report: str,
    question: str,
    judgement: Judgement,
    weight: float,
    *,
    words: str = "",
    why: str = "",
    said: str = "",
) -> Receipt:
    """Record one judgement; the judge's last one on a report and question stands.

    ``said`` is what the report says of options, a number or a date, as
    :func:`forecast.desk.saying.signal_of` reads it.

    Raises:
        NotFound: no such report or question.
        BadInput: a judgement that questions of its type do not take.
        Conflict: the question is resolved, or the report was retracted.
    """
    tracked, found = matter(entry, report, question)
    check_stands(entry, found)
    kind = tracked.question.kind
    signal = signal_of(kind, said, now=entry.now) if said else ()
    if not said:
        check_plain(kind, judgement)
    return _recorded(entry, found, tracked, judgement, weight, words or said, why, signal)


judge = once(place_judgement)


@once
def take_back(entry: Entry, report: str, question: str, *, why: str = "") -> Receipt:
    """Take back one's judgement of a report; it stays on record, and counts no more.

    Raises:
        NotFound: no such report or question.
        Conflict: the question is resolved, or nothing of this judge stands.
    """
    tracked, found = matter(entry, report, question)
    told = found.copy_of or found.id
    mine = [one for one in own(entry, tracked.question.id) if told in (one.report, one.copy_of)]
    if not mine:
        what = f"{entry.actor} has no judgement of {found.id} on {tracked.question.id}"
        raise Conflict(what, "there is nothing to take back")
    about = shelf.find_report(entry, mine[-1].report)
    return _recorded(entry, about, tracked, "withdrawn", 0.0, "", why)


@once_each
def dismiss(entry: Entry, pairs: Iterable[tuple[str, str]], *, why: str = "") -> list[Receipt]:
    """Call reports irrelevant to questions, many at once; all of it is kept or nothing.

    Raises:
        NotFound: no such report or question.
        Conflict: a question is resolved.
    """
    return [
        _recorded(entry, found, tracked, "irrelevant", 0.0, "", why)
        for tracked, found in [matter(entry, *pair) for pair in pairs]
    ]


def own(entry: Entry, question: str) -> list[Evidence]:
    """The actor's standing judgements on a question, oldest first."""
    return [one for one in standing(judgements(entry, question)) if one.judge == entry.actor]


def matter(entry: Entry, report: str, question: str) -> tuple[Tracked, Report]:
    """The question that is judged about, and the report.

    Raises:
        NotFound: no such report or question.
        Conflict: the question is resolved.
    """
    tracked = shelf.find_asked(entry, question)
    found = shelf.find_report(entry, report)
    if tracked.resolution is not None:
        raise Conflict(f"{tracked.question.id} is resolved", "reopen it to judge more reports")
    return tracked, found


def check_stands(entry: Entry, report: Report) -> None:
    """Hold that neither a report nor what it copies was taken back by its source.

    Raises:
        Conflict: it was.
    """
    turns = retractions(entry)
    for one in dict.fromkeys((report.id, report.copy_of)):
        if is_retracted(turns.get(one, ()), entry.now):
            raise Conflict(f"{one} was retracted", "`tidings retract --undo` takes that back")


def _recorded(
    entry: Entry,
    report: Report,
    tracked: Tracked,
    judgement: Judgement,
    weight: float,
    words: str,
    why: str,
    signal: Signal = (),
) -> Receipt:
    record = {
        "report": report.id,
        "question": tracked.question.id,
        "judge": entry.actor,
        "judgement": judgement,
        "weight": weight,
        "signal": [list(pair) for pair in signal],
        "words": words,
        "why": why,
    }
    event = entry.append("evidence.judged", record)
    return receipt(f"{report.id}/{tracked.question.id}", record, event)


@once
def retract(
    entry: Entry, report: str, *, why: str, corrected_by: str = "", undo: bool = False
) -> Receipt:
    """Mark a report as taken back by its source: from now on its judgements do not count.

    ``corrected_by`` is the report that says it rightly; ``undo`` lets the judgements count again.

    Raises:
        NotFound: no such report.
        BadInput: no reason, or a report that corrects itself.
        Conflict: it is retracted already, or was not.
    """
    found = shelf.find_report(entry, report)
    better = shelf.find_report(entry, corrected_by).id if corrected_by else ""
    if not why.strip():
        raise BadInput("reason", why, "why, such as: --why 'the agency has withdrawn it'")
    if better == found.id:
        raise BadInput("correction", better, "another report than the one that it corrects")
    if is_retracted(retractions(entry.everything()).get(found.id, ()), entry.now) is not undo:
        state = "is not retracted" if undo else "is retracted already"
        raise Conflict(f"{found.id} {state}", "there is nothing to do")
    record = {"report": found.id, "stands": not undo, "corrected_by": better, "why": why.strip()}
    return receipt(found.id, record, entry.append("report.retracted", record))


def decisive_weight(answer: str) -> float:
    """The signed infinity of a report that settles its question.

    Raises:
        BadInput: neither yes nor no.
    """
    if answer not in _SIGNS:
        raise BadInput("decisive", answer, "yes or no")
    return _SIGNS[answer] * inf
