"""Whether a text is in English: by the share of its smallest words, and by what its page says."""

from typing import Final

from questions.articles.words import words

_SMALL: Final = frozenset(
    words(
        "the of and to a in that is was for on with as by at from it its he his she her they "
        "their be been are were has have had not but or an this which will would who said after "
        "over more about into than up out new can could also we our you i"
    )
)
"""Words that any English text of some length is full of."""
_ENGLISH: Final = 0.2
"""The share of small words in English prose is .35 to .5, in other languages below .15."""
_ENOUGH: Final = 40
"""Words that a text must have for its own words to tell."""
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
