"""Questions made ready once for many reports: what each asks, in words, names and meaning."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from questions.instants import micros
from questions.records import Question, Report
from questions.reports.events import asked_types
from questions.reports.meaning import Meaning, remembering, unit
from questions.reports.naming import Names, names_of, written_names
from questions.reports.ordinary import ORDINARY_NEWS
from questions.reports.passages import whole
from questions.reports.sparse import sparse
from questions.reports.terms import Floats, Rarity, Terms, rarity, terms_of, weigh
from questions.reports.tokens import Ids, word_id
from questions.reports.words import names

if TYPE_CHECKING:
    from scipy.sparse import csr_array

NAME: Final = 1.3
"""What a name in a question counts beside another word of the same rarity."""
CENTRED: Final = 200
"""The newest known reports whose mean meaning is the centre: reading meanings is the slow part,
and from a hundred on more of them changed no figure."""

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
    """``n`` questions in ``v`` words."""

    ids: tuple[str, ...]
    alphabetical: NDArray[np.intp]
    """The place of each id in the order of the alphabet, by which ties are broken."""
    opens: Ids
    closes: Ids
    rare: Rarity
    words: Ids
    """The ``v`` words of all questions, rising."""
    weights: "csr_array"
    """``(v, n)``; a question's weights have length 1."""
    shares: "csr_array"
    """The same weights; a question's sum to 1."""
    meaning: Meaning
    centre: Floats
    """What the meanings of any two pieces of news have in common."""
    directions: Floats
    """``(n, d)``, of length 1 after the centre is taken off."""
    names: Names
    types: Ids
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
    return _DEADLINE.sub("", _WILL.sub("", " ".join(title.split()))).strip(" ?.,")


def prepare(
    questions: Sequence[Question],
    meaning: Meaning,
    known: Iterable[Report] = (),
    encoder: Meaning | None = None,
) -> Prepared:
    """Make questions ready for :func:`~questions.reports.bearing.bearings`.

    ``known`` are reports by which the rarity of words and the centre of meanings are judged, the
    centre by the newest of them; without any, the questions and some sentences of ordinary news
    have to do. ``encoder``, which may be slow, is asked only about reports worth a look.
    """
    texts = [asked(question.title) for question in questions]
    reports = [whole(report) for report in sorted(known, key=attrgetter("published"))]
    counted = terms_of([*texts, *reports])
    rare = rarity(counted)
    centre = meaning([*ORDINARY_NEWS, *reports[-CENTRED:]]).mean(axis=0)
    words, weights, shares = _weighed(texts, counted[: len(texts)], rare)
    ids = [question.id for question in questions]
    return Prepared(
        ids=tuple(ids),
        alphabetical=np.argsort(np.argsort(ids)),
        opens=np.array([micros(one.open_time) for one in questions], dtype=np.int64),
        closes=np.array([micros(one.scheduled_close_time) for one in questions], dtype=np.int64),
        rare=rare,
        words=words,
        weights=weights,
        shares=shares,
        meaning=meaning,
        centre=centre,
        directions=unit(meaning(texts) - centre),
        names=names_of(texts),
        types=_types(questions, texts),
        texts=tuple(texts),
        encoder=encoder,
        asked_again=remembering(encoder) if encoder else None,
    )


def _types(questions: Sequence[Question], texts: Sequence[str]) -> Ids:
    """The type of event of each question that has a name; else -1."""
    types = asked_types([one.family for one in questions], texts)
    return np.where([bool(written_names(text)) for text in texts], types, -1)


def _weighed(
    texts: Sequence[str], counted: Sequence[Terms], rare: Rarity
) -> tuple[Ids, "csr_array", "csr_array"]:
    """The words of questions, and what each counts: of length 1, and summing to 1.

    Names count a little more than other words.
    """
    named = [{word_id(name) for name in names(text)} for text in texts]
    lengths = [len(count.ids) for count in counted]
    ids = np.concatenate([np.zeros(0, dtype=np.int64), *(count.ids for count in counted)])
    counts = np.concatenate([np.zeros(0), *(count.counts for count in counted)])
    owners = np.repeat(np.arange(len(texts)), lengths)
    called = [
        word in named[owner] for word, owner in zip(ids.tolist(), owners.tolist(), strict=True)
    ]
    weights = weigh(Terms(ids, counts), rare) * np.where(called, NAME, 1.0)
    words, rows = np.unique(ids, return_inverse=True)
    shape = (len(words), len(texts))
    length = np.sqrt(np.bincount(owners, weights**2, len(texts)))
    total = np.bincount(owners, weights, len(texts))
    return (
        words,
        sparse(rows, owners, weights / length[owners], shape),
        sparse(rows, owners, weights / total[owners], shape),
    )
