"""How alike reports are: what every pair shares, and what their nearest neighbours say of it.

Two reports are alike by the cosine of their weighted words, and by that of their openings. A word
is as rare as the stories that hold it are few, not the reports: a story told forty times makes its
names no commoner. Then a pair is judged by the company it keeps: half its likeness is that of
either one with the other's nearest reports (smoothing by nearest neighbours; Kurland and Lee 2004).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from questions.reports.meaning import unit
from questions.reports.origins import share_origin
from questions.reports.terms import Floats, Rarity, Terms, rarity, weigh
from questions.reports.tokens import Ids

OPENING: Final = 0.6
"""What the likeness of two openings counts beside that of the whole texts."""
OPENING_WORDS: Final = 80
"""How many words are an opening."""
SPAN: Final = timedelta(hours=72)
"""How far apart two reports of one story may be published, copies apart."""
FOLLOWING: Final = 0.25
"""What SPAN between two reports takes from their likeness, unless they name one origin: news
follows news in the same words."""
NEIGHBOURS: Final = 3
"""How many nearest reports say whom a report belongs with."""
SPEAKS: Final = 2.0
"""How often its own likeness to a report a neighbour may say of others: a far one says little."""


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A report that has its story, prepared for comparison."""

    id: str
    story: str
    copy_of: str
    published: datetime
    terms: Terms
    opening: Terms
    triples: Ids
    """The numbers of its triples of neighbouring words, rising."""
    origins: tuple[str, ...]
    held: bool = False
    """Whether a person said which reports its story has."""


def rarity_of_stories(known: Iterable[Told]) -> Rarity:
    """How rare words are, counted by stories."""
    ordered = sorted(known, key=attrgetter("story"))
    grouped = [list(members) for _, members in groupby(ordered, key=attrgetter("story"))]
    return rarity(_words_of(members) for members in grouped)


def _words_of(members: Sequence[Told]) -> Terms:
    """The words of a story, each once."""
    if len(members) == 1:
        return members[0].terms
    ids = np.unique(np.concatenate([told.terms.ids for told in members]))
    return Terms(ids, np.ones(len(ids)))


def likeness(reports: Sequence[Told], rare: Rarity) -> Floats:
    """How alike each pair is, from 0 to 1, by words and time alone; ``(n, n)``.

    Half of it is not smoothed yet: that is :func:`smoothed`.
    """
    whole = _cosines([told.terms for told in reports], rare)
    first = _cosines([told.opening for told in reports], rare)
    alike = (whole + OPENING * first) / (1 + OPENING)
    faded: Floats = np.maximum(alike - FOLLOWING * _apart(reports), 0)
    return faded


def smoothed(alike: Floats) -> Floats:
    """Likeness of which half is by nearest neighbours; symmetric as ``alike`` is; ``(n, n)``.

    Two reports alone keep no company that could speak for them.

    >>> alike = np.array([[1, 0.5, 0.1], [0.5, 1, 0.3], [0.1, 0.3, 1]])
    >>> smoothed(alike).round(3).tolist()
    [[0.65, 0.538, 0.2], [0.538, 0.7, 0.338], [0.2, 0.338, 0.6]]
    """
    size = len(alike)
    if size <= 2:
        return alike
    own = np.eye(size, dtype=bool)
    order = np.argsort(-np.where(own, -np.inf, alike), axis=1, kind="stable")
    nearest = order[:, : min(NEIGHBOURS, size - 1)]
    by_company = np.array([_company(alike, row, place) for place, row in enumerate(nearest)])
    half: Floats = (alike + (by_company + by_company.T) / 2) / 2
    return half


def _company(alike: Floats, nearest: NDArray[np.intp], place: int) -> Floats:
    """How alike every report is to the nearest of one, as far as they speak for it."""
    mean: Floats = np.minimum(alike[nearest], SPEAKS * alike[place, nearest, None]).mean(axis=0)
    return mean


def _cosines(texts: Sequence[Terms], rare: Rarity) -> Floats:
    """The cosine of every pair of texts."""
    every = np.concatenate([text.ids for text in texts])
    vocabulary, columns = np.unique(every, return_inverse=True)
    rows = np.repeat(np.arange(len(texts)), [len(text.ids) for text in texts])
    counts = np.concatenate([text.counts for text in texts])
    table = np.zeros((len(texts), len(vocabulary)))
    table[rows, columns] = weigh(Terms(every, counts), rare)
    table = unit(table)
    cosines: Floats = table @ table.T
    return cosines


def _apart(reports: Sequence[Told]) -> Floats:
    """How far apart each pair was published, in SPANs; nothing where it names one origin."""
    seconds = np.array([told.published.timestamp() for told in reports])
    apart: Floats = np.abs(seconds[:, None] - seconds[None]) / SPAN.total_seconds()
    named = [place for place, told in enumerate(reports) if told.origins]
    for place in named:
        for other in named:
            if apart[place, other] and share_origin(reports[place].origins, reports[other].origins):
                apart[place, other] = 0.0
    return apart
