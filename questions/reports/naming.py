"""Whom and what questions name, and how far a text names them too.

How many of the known reports hold a name does not matter here: in the week of a battle every
report names the town, and that makes none of them less about it. A country, which is in the news
every day, counts a third of another name, and its people and capital stand for it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from questions.english.countries import countries, country_of
from questions.reports.terms import Floats, Ids, terms, word_id
from questions.reports.words import names, words

COUNTRY: Final = 1 / 3
"""What a country counts beside another name of the same question."""

_CAPITAL = r"\(?[A-Z][\w.'’&-]*\)?"
_NAME = re.compile(rf"{_CAPITAL}(?:\s+(?:of\s+(?:the\s+)?|for\s+)?{_CAPITAL})*")


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """The ``m`` names of ``n`` questions in ``k`` words; a name's words stand together."""

    words: Ids
    """``(k,)``"""
    degrees: Floats
    """``(k,)``: how far each word alone gives the name, from 0 to 1."""
    starts: NDArray[np.intp]
    """``(m,)``: where each name's words begin."""
    owners: NDArray[np.intp]
    """``(m,)``: the place of the question that has the name."""
    shares: Floats
    """``(m,)``: what each name counts; those of a question sum to 1."""
    questions: int


def written_names(text: str) -> list[str]:
    """The names in a text, as runs of words that are written with a capital.

    >>> written_names("Xi Jinping visit the International Criminal Court (ICC) in Europe")
    ['Xi Jinping', 'International Criminal Court (ICC)', 'Europe']
    """
    runs = [run.rstrip(".'’-") for run in _NAME.findall(text)]
    return [run for run in runs if words(run)]


def names_of(texts: Sequence[str]) -> Names:
    """The names of questions, ready for :func:`named`.

    >>> named("The ICC has spoken.", names_of(["Court of Auditors", "Inter City Club (ICC)"]))
    array([0., 1.])
    """
    written = [written_names(text) for text in texts]
    called = [_called(name) for row in written for name in row]
    lengths = np.array([len(ids) for ids, _ in called], dtype=np.intp)
    counts = [[COUNTRY if country_of(name) else 1.0 for name in row] for row in written]
    return Names(
        words=np.concatenate([np.zeros(0, dtype=np.int64), *(ids for ids, _ in called)]),
        degrees=np.concatenate([np.zeros(0), *(degrees for _, degrees in called)]),
        starts=np.cumsum(lengths) - lengths,
        owners=np.repeat(np.arange(len(texts)), [len(row) for row in written]),
        shares=np.array([one / sum(row) for row in counts for one in row]),
        questions=len(texts),
    )


def _called(name: str) -> tuple[Ids, Floats]:
    """The words that give a name and how far: an equal part each; its initials give it whole."""
    if country := country_of(name):
        ids = terms(_said_of_countries()[country]).ids
        return ids, np.ones(len(ids))
    spelled, _, short = name.partition("(")
    initials = "".join(word[0] for word in spelled.split() if word[0].isupper())
    own = terms(spelled).ids
    whole = terms(f"{short} {initials if len(initials) > 1 else ''}").ids
    ids = np.union1d(own, whole)
    return ids, np.where(np.isin(ids, whole), 1.0, 1 / max(len(own), 1))


@cache
def _said_of_countries() -> dict[str, str]:
    """Of each country, the names, demonyms and capitals; of those of several words, the last."""
    table = countries()
    said: dict[str, str] = {}
    for index in (table.by_name, table.by_adjective, table.by_people, table.by_capital):
        for word, country in index.items():
            said[country] = f"{said.get(country, '')} {word.split()[-1]}"
    return said


def named(text: str, asked: Names) -> Floats:
    """How far a text gives the names of each question, from 0 (none) to 1 (all); ``(n,)``.

    >>> asked = names_of(["Ana Duarte visit Bergen", "Russian forces capture Omdurman", "it rain"])
    >>> named("Moscow sent Duarte to Bergen.", asked).round(2).tolist()
    [0.75, 0.25, 0.0]
    """
    if not len(asked.words):
        return np.zeros(asked.questions)
    given = np.isin(asked.words, [word_id(name) for name in names(text)])
    degrees = np.minimum(np.add.reduceat(given * asked.degrees, asked.starts), 1.0)
    every: Floats = np.bincount(asked.owners, asked.shares * degrees, asked.questions)
    return every
