"""What a text means, as a direction: the one interface behind which models are exchanged."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from questions.reports.terms import Floats
from questions.reports.words import informative

if TYPE_CHECKING:
    from spacy.language import Language

Meaning = Callable[[Sequence[str]], Floats]
"""Texts to one row each, of length 1, or of zeros where nothing is known of any word.

Shape ``(len(texts), d)`` with the same ``d`` for every call.
"""


def word_vectors(language: "Language") -> Meaning:
    """The mean direction of a text's informative words, by the parser's word vectors.

    Only the tokenizer runs, so that a thousand reports take seconds.
    """

    def meaning(texts: Sequence[str]) -> Floats:
        rows = [_direction(text, language) for text in texts]
        return np.array(rows).reshape(len(texts), language.vocab.vectors.shape[1])

    return meaning


def _direction(text: str, language: "Language") -> Floats:
    """The sum of the unit vectors of informative words, as a unit vector."""
    vectors = language.vocab.vectors
    keys = [token.orth for token in language.make_doc(text) if token.has_vector]
    telling = [key for key in keys if informative(language.vocab.strings[key])]
    rows = vectors.find(keys=telling) if telling else []
    return unit(unit(np.asarray(vectors.data[rows], dtype=np.float64)).sum(axis=0))


def remembering(meaning: Meaning) -> Meaning:
    """The same meanings, each text's found once: for a slow model and texts that come again.

    >>> asked = []
    >>> slow = remembering(lambda texts: asked.extend(texts) or np.ones((len(texts), 1)))
    >>> slow(["aid", "rain"]).shape, slow(["rain", "aid", "rain"]).shape, asked
    ((2, 1), (3, 1), ['aid', 'rain'])
    """
    rows: dict[str, Floats] = {}

    def remembered(texts: Sequence[str]) -> Floats:
        if new := [text for text in dict.fromkeys(texts) if text not in rows]:
            rows.update(zip(new, meaning(new), strict=True))
        return np.array([rows[text] for text in texts])

    return remembered


def unit(rows: Floats) -> Floats:
    """Rows (or one vector) scaled to length 1; zeros stay zeros.

    >>> unit(np.array([3.0, 4.0])).tolist()
    [0.6, 0.8]
    """
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
