"""Whom and what questions name, and how far a text names them too.

How many of the known reports hold a name does not matter here: in the week of a battle every
report names the town, and that makes none of them less about it. A country, which is in the news
every day, counts a third of another name, and its people and capital stand for it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final

import numpy as np

from questions.english.countries import countries, country_of
from questions.reports.sparse import incidence, sparse
from questions.reports.terms import Floats
from questions.reports.tokens import Ids, Tokens, found_in, word_id
from questions.reports.words import words

if TYPE_CHECKING:
    from scipy.sparse import csr_array

COUNTRY: Final = 1 / 3
"""What a country counts beside another name of the same question."""

_CAPITAL = r"\(?[A-Z][\w.'’&-]*\)?"
_NAME = re.compile(rf"{_CAPITAL}(?:\s+(?:of\s+(?:the\s+)?|for\s+)?{_CAPITAL})*")


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """The ``m`` different names in ``n`` questions, given by ``w`` words."""

    words: Ids
    """``(w,)``, rising."""
    degrees: "csr_array"
    """``(w, m)``: how far each word alone gives each name, from 0 to 1."""
    shares: "csr_array"
    """``(m, n)``: what each name counts in each question; those of a question sum to 1."""


def written_names(text: str) -> list[str]:
    """The names in a text, as runs of words that are written with a capital.

    >>> written_names("Xi Jinping visit the International Criminal Court (ICC) in Europe")
    ['Xi Jinping', 'International Criminal Court (ICC)', 'Europe']
    """
    runs = [run.rstrip(".'’-") for run in _NAME.findall(text)]
    return [run for run in runs if words(run)]


def names_of(texts: Sequence[str]) -> Names:
    """The names of questions, ready for :func:`named`.

    >>> from questions.reports.tokens import tokens
    >>> asked = names_of(["Court of Auditors", "Inter City Club (ICC)"])
    >>> named(tokens(["The ICC has spoken."]), 1, asked)
    array([[0., 1.]])
    """
    written = [dict.fromkeys(written_names(text)) for text in texts]
    every = {name: at for at, name in enumerate(dict.fromkeys(chain.from_iterable(written)))}
    given = [(word, at, degree) for name, at in every.items() for word, degree in _called(name)]
    shares = [
        (every[name], at, share)
        for at, names in enumerate(written)
        for name, share in zip(names, _shares(names), strict=True)
    ]
    words = np.unique(np.array([word for word, _, _ in given], dtype=np.int64))
    by_word, of_name, degrees = np.array(given).reshape(-1, 3).T
    of_share, owners, counts = np.array(shares).reshape(-1, 3).T
    row = np.searchsorted(words, by_word)
    return Names(
        words,
        sparse(row, of_name.astype(int), degrees, (len(words), len(every))),
        sparse(of_share.astype(int), owners.astype(int), counts, (len(every), len(texts))),
    )


def _shares(names: Iterable[str]) -> list[float]:
    counts = [COUNTRY if country_of(name) else 1.0 for name in names]
    return [count / sum(counts) for count in counts]


@lru_cache(maxsize=2**15)
def _called(name: str) -> tuple[tuple[int, float], ...]:
    """The words that give a name and how far: an equal part each; its initials give it whole."""
    if country := country_of(name):
        return tuple((word_id(word), 1.0) for word in set(words(_said_of_countries()[country])))
    spelled, _, short = name.partition("(")
    initials = "".join(word[0] for word in spelled.split() if word[0].isupper())
    own = set(words(spelled))
    whole = set(words(f"{short} {initials if len(initials) > 1 else ''}"))
    return tuple((word_id(word), 1.0 if word in whole else 1 / len(own)) for word in own | whole)


@cache
def _said_of_countries() -> dict[str, str]:
    """Of each country, the names, demonyms and capitals; of those of several words, the last."""
    table = countries()
    said: dict[str, str] = {}
    for index in (table.by_name, table.by_adjective, table.by_people, table.by_capital):
        for word, country in index.items():
            said[country] = f"{said.get(country, '')} {word.split()[-1]}"
    return said


def named(read: Tokens, texts: int, asked: Names) -> Floats:
    """How far each of so many texts gives the names of each question; ``(texts, n)``.

    From 0 (none) to 1 (all).

    >>> from questions.reports.tokens import tokens
    >>> asked = names_of(["Ana Duarte visit Bergen", "Russian forces capture Omdurman", "it rain"])
    >>> named(tokens(["Moscow sent Duarte to Bergen."]), 1, asked).round(2).tolist()
    [[0.75, 0.25, 0.0]]
    """
    written = read[read.capital & read.telling]
    places, found = found_in(written.stem, asked.words)
    held = incidence(written.text[found], places, (texts, len(asked.words)))
    degrees = held @ asked.degrees
    degrees.data = np.minimum(degrees.data, 1)
    every: Floats = (degrees @ asked.shares).toarray()
    return every
