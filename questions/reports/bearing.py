"""Which open questions a report bears on: its window first, then words, names and meaning.

A report bears on nothing that opens after it or closes before it. Among the rest, nearness to
what a question asks, without its "Will" and its deadline, is the cosine of weighted words, plus a
share of the cosine of meanings, of the report's best passage, plus a share of how much of what is
asked the report names at all. Then names and type of event are compared: with both, a report is
worth a look whatever its words; without the names it is not, and without the event never sure.
What is worth a look is looked at again by a sentence encoder, where there is one: what it finds
unlike counts for less. The shares and bounds were set on a month of agency news.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log
from operator import attrgetter
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from questions.instants import micros
from questions.records import Bearing, Decision, Question, Report
from questions.reports.events import asked_type, told
from questions.reports.meaning import Meaning, remembering, unit
from questions.reports.naming import Names, named, names_of, written_names
from questions.reports.ordinary import ORDINARY_NEWS
from questions.reports.terms import Floats, Ids, Rarity, Terms, rarity, terms, weigh, word_id
from questions.reports.words import names

MEANING: Final = 0.3
"""What a cosine of meanings counts beside a cosine of words."""
COVERAGE: Final = 0.15
"""What it counts that the report holds all the question's words, by their weight."""
NAME: Final = 1.3
"""What a name in a question counts beside another word of the same rarity."""
YES: Final = 0.47
"""Nearness, from 0 to ``1 + MEANING + COVERAGE``, from which a report bears on a question."""
MAYBE: Final = 0.36
"""Nearness from which somebody should look."""
DRAWN: Final = 0.44
"""Nearness towards which names and type of event draw: worth a look, and not yet sure."""
NAMED: Final = 0.75
"""How much of a question's names is enough: a country may be missing beside another name."""
TOLD: Final = 0.6
"""How far a report has to tell a question's type of event to be as near as its words are."""
STEEPEST: Final = 0.98
"""The most that is taken from what is nearer than ``DRAWN``, so that "yes" is out of reach."""
STEEPNESS: Final = log(3) / (YES - MAYBE)
"""So that relevance is .5 where "yes" begins and .25 where "maybe" begins."""
PASSAGE_WORDS: Final = 60
"""Paragraphs are joined until they have as many words."""
OPENING_WORDS: Final = 100
"""How many words of the text are its opening."""
CENTRED: Final = 200
"""The newest known reports whose mean meaning is the centre: reading meanings is the slow part,
and from a hundred on more of them changed no figure."""

ALIKE: Final = 0.6
"""Cosine of a sentence encoder's meanings below which it doubts that a report bears on a
question: most reports that do are nearer."""
DOUBT: Final = 0.5
"""How much of what is missing from ALIKE is taken from nearness."""
ASSURED: Final = 0.025
"""What at most is added for what is above ALIKE."""

_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_DAY = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH}|{_MONTH}(?:\s+\d{{1,2}}(?:st|nd|rd|th)?)?)"
)
_DATE = rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|{_DAY}(?:,?\s+\d{{4}})?|(?:\d{{4}}|Q[1-4](?:\s+\d{{4}})?))"
_BOUND = r"(?:by|before|until|through|in|on|during|after|from|between|no later than|as of)"
_END = r"(?:(?:the\s+)?(?:end|start|beginning|middle|close)\s+of\s+)?"
_DEADLINE = re.compile(
    rf",?\s*\b{_BOUND}\s+{_END}(?:the\s+)?{_DATE}(?:\s+(?:and|to|-)\s+{_END}{_DATE})?(?=[\s,.?)]|$)"
)
_WILL = re.compile(r"^\s*(?:Will|Does|Do|Is|Are|Has|Have|Did|Shall)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """Questions made ready once for many reports; ``n`` questions, ``v`` words, ``k`` entries."""

    ids: tuple[str, ...]
    alphabetical: NDArray[np.intp]
    """The place of each id in the order of the alphabet, by which ties are broken."""
    opens: Ids
    closes: Ids
    rare: Rarity
    words: Ids
    """The ``v`` words of all questions, rising."""
    columns: NDArray[np.intp]
    """Of each entry, its word's place in ``words``; a question's entries stand together."""
    weights: Floats
    """Of each entry; a question's weights have length 1."""
    shares: Floats
    """The same weights; a question's sum to 1."""
    starts: NDArray[np.intp]
    """Where each question's entries begin."""
    meaning: Meaning
    centre: Floats
    """What the meanings of any two pieces of news have in common."""
    directions: Floats
    """``(n, d)``, of length 1 after the centre is taken off."""
    names: Names
    types: NDArray[np.intp]
    """Of each question, the place of its type of event among all types, or -1."""
    texts: tuple[str, ...]
    """What each asks."""
    encoder: Meaning | None
    """What looks again at reports that may bear on a question."""
    asked_again: Meaning | None
    """The same of questions, each met once."""


def asked(title: str) -> str:
    """What a question asks, without "Will" and its deadline.

    >>> asked("Will Xi Jinping visit Russia by 31 March 2023?")
    'Xi Jinping visit Russia'
    >>> asked("Will rain fall in May between June 1, 2024 and July 3, 2024?")
    'rain fall'
    """
    return _DEADLINE.sub("", _WILL.sub("", title)).strip(" ?.,")


def prepare(
    questions: Sequence[Question],
    meaning: Meaning,
    known: Iterable[Report] = (),
    encoder: Meaning | None = None,
) -> Prepared:
    """Make questions ready for :func:`bearings`.

    ``known`` are reports by which the rarity of words and the centre of meanings are judged, the
    centre by the newest of them; without any, the questions and some sentences of ordinary news
    have to do. ``encoder``, which may be slow, is asked only about reports worth a look.
    """
    texts = [asked(question.title) for question in questions]
    reports = [whole(report) for report in sorted(known, key=attrgetter("published"))]
    counted = [terms(text) for text in texts]
    rare = rarity([*counted, *map(terms, reports)])
    centre = meaning([*ORDINARY_NEWS, *reports[-CENTRED:]]).mean(axis=0)
    weighed = [_weighed(text, count, rare) for text, count in zip(texts, counted, strict=True)]
    entries = np.concatenate([count.ids for count in weighed] or [np.zeros(0, dtype=np.int64)])
    vocabulary, columns = np.unique(entries, return_inverse=True)
    weights = np.concatenate([count.counts for count in weighed] or [np.zeros(0)])
    lengths = np.array([len(count.ids) for count in weighed], dtype=np.intp)
    totals = np.array([count.counts.sum() or 1.0 for count in weighed])
    return Prepared(
        ids=tuple(question.id for question in questions),
        alphabetical=np.argsort(np.argsort([question.id for question in questions])),
        opens=np.array([micros(question.open_time) for question in questions], dtype=np.int64),
        closes=np.array(
            [micros(question.scheduled_close_time) for question in questions], dtype=np.int64
        ),
        rare=rare,
        words=vocabulary,
        columns=columns,
        weights=weights,
        shares=weights / np.repeat(totals, lengths),
        starts=np.cumsum(lengths) - lengths,
        meaning=meaning,
        centre=centre,
        directions=unit(meaning(texts) - centre) if texts else np.zeros((0, len(centre))),
        names=names_of(texts),
        types=np.array([_type(one) for one in questions], dtype=np.intp),
        texts=tuple(texts),
        encoder=encoder,
        asked_again=remembering(encoder) if encoder else None,
    )


def _type(question: Question) -> int:
    """The place of its type of event, where it has one, and a name; else -1."""
    text = asked(question.title)
    place = asked_type(question.family, text) if written_names(text) else None
    return -1 if place is None else place


def _weighed(text: str, counted: Terms, rare: Rarity) -> Terms:
    """A question's words with weights of length 1, names a little heavier; never empty."""
    if not len(counted.ids):
        return Terms(np.array([word_id("")], dtype=np.int64), np.zeros(1))
    called = {word_id(name) for name in names(text)}
    emphasis = np.array([NAME if word in called else 1.0 for word in counted.ids.tolist()])
    return Terms(counted.ids, unit(weigh(counted, rare) * emphasis))


def bearings(report: Report, prepared: Prepared, depth: int | None = None) -> list[Bearing]:
    """The questions that were open when the report came, the nearest first.

    ``depth`` keeps that many, and all that are decided besides. Relevance is from 0 to 1 and
    comparable between reports: "yes" from .5, "maybe" from .25, else no decision.
    """
    moment = micros(report.published)
    opened = np.flatnonzero((prepared.opens <= moment) & (moment < prepared.closes))
    if not len(opened):
        return []
    near = nearness(report, prepared)[opened]
    near = near + second_look(report, near, opened, prepared)
    relevance = np.round(_relevance(near), 6)
    ranked = np.lexsort((prepared.alphabetical[opened], -relevance))
    kept = len(ranked) if depth is None else max(depth, int((relevance >= 0.25).sum()))
    return [
        Bearing(report.id, prepared.ids[opened[place]], found, _decision(found))
        for place, found in zip(ranked[:kept], relevance[ranked[:kept]].tolist(), strict=True)
    ]


def nearness(report: Report, prepared: Prepared) -> Floats:
    """How near each question is to a report, whatever its window; shape ``(n,)``."""
    texts = passages(report)
    rows = np.array([_row(terms(text), prepared) for text in texts])
    turned = unit(prepared.meaning(texts) - prepared.centre) @ prepared.directions.T
    best = (_sums(rows, prepared.weights, prepared) + MEANING * turned).max(axis=0)
    near: Floats = best + COVERAGE * _sums(rows[:1] > 0, prepared.shares, prepared)[0]
    return _drawn(near, report, prepared)


def second_look(
    report: Report, near: Floats, places: NDArray[np.intp], prepared: Prepared
) -> Floats:
    """What the encoder adds to the nearness of the questions at ``places``, or takes from it.

    Of the shape of ``near``. Nothing where there is no encoder, nor for what is not worth a look.
    """
    change = np.zeros(len(near))
    worth = np.flatnonzero(near >= MAYBE)
    if prepared.encoder is None or prepared.asked_again is None or not len(worth):
        return change
    told = prepared.encoder(passages(report))
    asked = prepared.asked_again([prepared.texts[place] for place in places[worth]])
    change[worth] = np.minimum(DOUBT * ((told @ asked.T).max(axis=0) - ALIKE), ASSURED)
    return change


def _drawn(near: Floats, report: Report, prepared: Prepared) -> Floats:
    """Nearness after names and type of event are compared, of questions that have both.

    A report that leaves out most of the names is farther. One that opens with names and event is
    drawn up to ``DRAWN``; one that tells nothing of the event is drawn down, in the same order.
    """
    event, names = _told_and_named(whole(report), prepared)
    first_event, first_names = _told_and_named(opening(report), prepared)
    closer = near * names
    up = first_event * first_names * np.maximum(DRAWN - closer, 0)
    down = np.clip(1 - event / TOLD, 0, STEEPEST) * np.maximum(closer - DRAWN, 0)
    drawn: Floats = np.where(prepared.types >= 0, closer + up - down, near)
    return drawn


def _told_and_named(text: str, prepared: Prepared) -> tuple[Floats, Floats]:
    """How far a text tells each question's type of event, and gives enough of its names."""
    return told(text)[prepared.types], np.minimum(named(text, prepared.names) / NAMED, 1)


def _row(passage: Terms, prepared: Prepared) -> Floats:
    """The weights of a passage's words, of length 1, in the order of the questions' words."""
    own = unit(weigh(passage, prepared.rare))
    place = np.searchsorted(prepared.words, passage.ids)
    inside = place < len(prepared.words)
    inside[inside] = prepared.words[place[inside]] == passage.ids[inside]
    row = np.zeros(len(prepared.words))
    row[place[inside]] = own[inside]
    return row


def _sums(rows: NDArray[Any], weights: Floats, prepared: Prepared) -> Floats:
    """For each row and question, the sum over the question's words of value times weight."""
    each: Floats = rows[:, prepared.columns] * weights
    sums: Floats = np.add.reduceat(each, prepared.starts, axis=1)
    return sums


def whole(report: Report) -> str:
    """Title and text of a report; the title twice, as a headline says what matters."""
    return f"{report.title}\n{report.title}\n{report.text}".strip()


def opening(report: Report) -> str:
    """Title and first words of a report, where news says what it is about."""
    return f"{report.title}\n{' '.join(report.text.split()[:OPENING_WORDS])}"


def passages(report: Report) -> list[str]:
    """The whole of a report, and its paragraphs, the short ones joined to the next."""
    joined: list[str] = []
    pending = ""
    for paragraph in filter(str.strip, report.text.splitlines()):
        pending = f"{pending}\n{paragraph}".strip()
        if len(pending.split()) >= PASSAGE_WORDS:
            joined.append(pending)
            pending = ""
    joined += [pending] if pending else []
    return [whole(report), *(joined if len(joined) > 1 else [])]


def _relevance(near: Floats) -> Floats:
    """Nearness on a scale from 0 to 1 that is .5 where "yes" begins."""
    scaled: Floats = 1 / (1 + np.exp(-STEEPNESS * (near - YES)))
    return scaled


def _decision(relevance: float) -> Decision | None:
    if relevance >= 0.5:
        return "yes"
    return "maybe" if relevance >= 0.25 else None
