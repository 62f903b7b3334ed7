"""Texts as weighted words: how often a text holds each word, and how rare the word is.

A word's weight in a text is ``(1 + ln count) * ln((1 + n) / (1 + df))``, where ``df`` of ``n``
known texts hold it (Spärck Jones 1972; Manning, Raghavan and Schütze 2008, section 6.4). Words
are numbered by their CRC-32, so that no vocabulary has to be kept in step.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from questions.reports.ordinary import ORDINARY_NEWS
from questions.reports.tokens import Ids, Tokens, found_in, tokens

Floats = NDArray[np.float64]
_ID_BITS = 32


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """The words of a text: ``ids`` rising, and ``counts`` damped to ``1 + ln count``."""

    ids: Ids
    counts: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Rarity:
    """How many of ``texts`` known texts hold each word: ``ids`` rising, ``holding`` beside them."""

    texts: int
    ids: Ids
    holding: Ids


def terms(text: str) -> Terms:
    """The informative words of a text, counted.

    >>> terms("Aid arrives; more aid will follow.").counts.round(3).tolist()
    [1.693, 1.0, 1.0]
    """
    return terms_of([text])[0]


def terms_of(texts: Sequence[str]) -> list[Terms]:
    """The informative words of each text, counted."""
    text, every = counted(tokens(texts))
    ends = np.searchsorted(text, np.arange(len(texts) + 1))
    bounds = zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True)
    return [Terms(every.ids[start:end], every.counts[start:end]) for start, end in bounds]


def counted(read: Tokens) -> tuple[Ids, Terms]:
    """The informative words of texts, one text after another, and the text of each."""
    telling = read[read.telling]
    keys, counts = np.unique(telling.text << _ID_BITS | telling.stem, return_counts=True)
    return keys >> _ID_BITS, Terms(keys & (2**_ID_BITS - 1), 1 + np.log(counts))


@cache
def ordinary() -> tuple[Terms, ...]:
    """What every comparison knows before the first report: sentences of ordinary news."""
    return tuple(terms_of(ORDINARY_NEWS))


def rarity(known: Iterable[Terms]) -> Rarity:
    """How rare words are among the known texts and the sentences of ordinary news."""
    texts = (*ordinary(), *known)
    ids, holding = np.unique(np.concatenate([text.ids for text in texts]), return_counts=True)
    return Rarity(len(texts), ids, holding)


def weigh(text: Terms, rare: Rarity) -> Floats:
    """The weight of each of a text's words, in the order of ``text.ids``; not normalised."""
    return text.counts * np.log((1 + rare.texts) / (1 + _looked_up(text.ids, rare)))


def _looked_up(ids: Ids, rare: Rarity) -> Ids:
    """How many texts hold each word; 0 for a word that none holds."""
    place, found = found_in(ids, rare.ids)
    holding = np.zeros(len(ids), dtype=np.int64)
    holding[found] = rare.holding[place]
    return holding


def cosines(text: Terms, others: list[Terms], rare: Rarity) -> Floats:
    """The cosine of a text with each of others, from 0 (no word in common) to 1.

    >>> texts = [terms("aid for the town"), terms("rain in the hills")]
    >>> cosines(texts[0], texts, rarity(texts)).round(3).tolist()
    [1.0, 0.0]
    """
    if not others or not len(text.ids):
        return np.zeros(len(others))
    rows = np.repeat(np.arange(len(others)), [len(other.ids) for other in others])
    every = Terms(
        np.concatenate([other.ids for other in others]),
        np.concatenate([other.counts for other in others]),
    )
    weights, own = weigh(every, rare), weigh(text, rare)
    place, found = found_in(every.ids, text.ids)
    products = np.bincount(rows[found], weights[found] * own[place], minlength=len(others))
    lengths = np.sqrt(np.bincount(rows, weights**2, minlength=len(others)))
    lengths *= np.linalg.norm(own)
    return np.divide(products, lengths, out=np.zeros(len(others)), where=lengths > 0)
