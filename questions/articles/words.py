"""Texts as bags of words: how much two of them have in common."""

import html
import re
from collections import Counter
from typing import Final

_WORD: Final = re.compile(r"\w+")
_UNSEEN: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
    r"\ud800-\udfff]"
)
_TAG: Final = re.compile(r"<[^<>]*>")
_LONGEST: Final = 300
"""Characters of a title, a byline, a publisher."""


def words(text: str) -> list[str]:
    """The words of a text in lower case.

    >>> words("It's 5 o'clock.")
    ['it', 's', '5', 'o', 'clock']
    """
    return _WORD.findall(text.lower())


def bare(text: str) -> str:
    """A text as its words with one space between them: for telling whether two say the same."""
    return " ".join(words(text))


def shared(ours: str, theirs: str) -> tuple[float, float]:
    """The shares of our words that are theirs, and of theirs that are ours (with repeats).

    >>> shared("a b b c", "b b")
    (0.5, 1.0)
    """
    mine, other = Counter(words(ours)), Counter(words(theirs))
    both = (mine & other).total()
    return both / (mine.total() or 1), both / (other.total() or 1)


def likeness(ours: str, theirs: str) -> float:
    """Token F1: the harmonic mean of the two shares, from 0 to 1.

    >>> likeness("Ships leave port", "ships leave")
    0.8
    """
    precision, recall = shared(ours, theirs)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def tidy(text: object) -> str:
    r"""A text that a page holds in its markup, on one line, references to characters resolved.

    >>> tidy(" Ships &amp;amp; ports\n"), tidy(None)
    ('Ships & ports', '')
    """
    return " ".join(html.unescape(html.unescape(text)).split()) if isinstance(text, str) else ""


def untagged(text: str) -> str:
    """A text without the mark-up in it.

    >>> untagged("<b>Ships</b> leave")
    ' Ships  leave'
    """
    return _TAG.sub(" ", text)


def label(text: str) -> str:
    r"""A title, byline or name as it is kept: on one line, and with an end.

    >>> label("Ships\x07 &amp; ports\n")
    'Ships & ports'
    """
    return " ".join(seen(tidy(text)).split())[:_LONGEST]


def seen(text: str) -> str:
    r"""A text without control characters, marks of writing direction and halves of characters.

    >>> seen("a\x1b[31mred\u202e\nb")
    'a [31mred \nb'
    """
    return _UNSEEN.sub(" ", text)
