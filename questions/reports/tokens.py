"""Many texts read once: each word becomes a number, beside its text and its sentence.

Whatever is compared (words, names, types of event) starts from this table, so that a text is
taken apart once and all that follows is arithmetic on arrays.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from questions.reports.words import COMMON, WORD, first_form, plain, stem

Ids = NDArray[np.int64]
Flags = NDArray[np.bool_]

_TOKEN: Final = re.compile(rf"{WORD}|[.!?;](?=\s)|\n")
"""A word, or what ends a sentence."""


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The ``k`` words of ``n`` texts in their order; each array has shape ``(k,)``."""

    text: Ids
    """The place of the text that each word stands in, rising."""
    sentence: Ids
    """A number for the sentence; no two texts share one."""
    stem: Ids
    """The number of the word's stem."""
    telling: Flags
    """Whether it says what a text is about: not "the" or "have"."""
    capital: Flags
    """Whether it is written with a capital."""

    def __getitem__(self, rows: Ids | Flags | slice) -> "Tokens":
        """Some of the words, as numpy picks rows."""
        return Tokens(
            self.text[rows],
            self.sentence[rows],
            self.stem[rows],
            self.telling[rows],
            self.capital[rows],
        )


def tokens(texts: Sequence[str]) -> Tokens:
    """Take texts apart.

    >>> read = tokens(["The ferry left. Ferries leave.", "Left!"])
    >>> read.text.tolist(), read.sentence.tolist(), read.telling.tolist()
    ([0, 0, 0, 0, 0, 1], [0, 0, 0, 1, 1, 2], [False, True, True, True, True, True])
    >>> bool(read.stem[2] == read.stem[5])
    True
    """
    found = [_TOKEN.findall(plain(text)) for text in texts]
    every = list(chain.from_iterable(found))
    place = {token: at for at, token in enumerate(dict.fromkeys(every))}
    known = np.array([_known(token) for token in place], dtype=np.int64).reshape(-1, 4).T
    rows = np.fromiter(map(place.__getitem__, every), np.intp, len(every))
    word, stems, telling, capital = (column[rows] for column in known)
    text = np.repeat(np.arange(len(texts)), [len(row) for row in found])
    sentence = np.cumsum(word == 0) + text
    read = Tokens(text, sentence, stems, telling.astype(bool), capital.astype(bool))
    return read[word.astype(bool)]


@lru_cache(maxsize=2**17)
def _known(token: str) -> tuple[bool, int, bool, bool]:
    """Whether it is a word, the number of its stem, whether it tells, whether it has a capital."""
    form = first_form(token)
    is_word = token[0].isalnum()
    return is_word, word_id(stem(form)), is_word and form not in COMMON, token[0].isupper()


def word_id(stem: str) -> int:
    """The number of a stem, from 0 to 2**32 - 1, the same on every machine (its CRC-32)."""
    return crc32(stem.encode())


def found_in(ids: Ids, rising: Ids) -> tuple[NDArray[np.intp], Flags]:
    """Where those ids stand that stand in ``rising``, and which of them do.

    >>> found_in(np.array([7, 5, 9, 7]), np.array([5, 7]))
    (array([1, 0, 1]), array([ True,  True, False,  True]))
    """
    if not len(rising):
        return np.zeros(0, dtype=np.intp), np.zeros(len(ids), dtype=bool)
    place = np.minimum(np.searchsorted(rising, ids), len(rising) - 1)
    found = rising[place] == ids
    return place[found], found
