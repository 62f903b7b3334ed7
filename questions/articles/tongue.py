"""Whether a text is in English: by the share of its smallest words, and by what its page says."""

import re
from typing import Final

from questions.articles.words import words

_SMALL: Final = frozenset(
    words(
        "the of and to that with by from it its his she they their be been are were has have not "
        "but this which would who said after about into than out can could our you"
    )
)
"""Words that English prose is full of, and that few other languages have."""
_ENGLISH: Final = 0.04
"""The share of these words is .13 to .4 in English prose, .05 and more in a heap of headlines,
and next to nothing in other languages."""
_ENOUGH: Final = 40
"""Words that a text must have for its own words to tell."""
_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_NAMES: Final = {
    "ar": "Arabic",
    "de": "German",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "zh": "Chinese",
}


def tag_of(said: str) -> str:
    """The tag of a language as a page or feed says it; empty where that is none.

    >>> tag_of(" en_GB "), tag_of("the Queen's")
    ('en-GB', '')
    """
    tag = said.strip()
    return tag.replace("_", "-") if _TAG.fullmatch(tag) else ""


def foreign(text: str, said: str = "") -> str:
    """What language a text is in, where it is not English; empty where it is, or may be.

    ``said`` is the language's tag by the page, such as ``de-AT``; the text's own words count
    for more, where there are enough of them.

    >>> foreign("Il pleut."), foreign("Il pleut.", "fr"), foreign("It rains.", "en-GB")
    ('', 'French', '')
    """
    tag = said.lower().partition("-")[0]
    if _has_latin(text) and len(words(text)) < _ENOUGH:
        return "" if tag in ("", "en") else _NAMES.get(tag, said)
    if _has_latin(text) and _small(text) >= _ENGLISH:
        return ""
    return _NAMES.get(tag, "another language than English")


def _has_latin(text: str) -> bool:
    """Whether at least half of a text's letters are Latin, or there are few letters."""
    letters = [one for one in text if one.isalpha()]
    latin = sum(one < "ɐ" for one in letters)
    return len(letters) < _ENOUGH or 2 * latin >= len(letters)


def _small(text: str) -> float:
    """The share of a text's words that are small English words."""
    all_words = words(text)
    return sum(one in _SMALL for one in all_words) / len(all_words)
