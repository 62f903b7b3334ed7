"""A check on who acts: a name, not a pronoun, a demonym or "officials"."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from questions.english.countries import countries
from questions.english.lexicon import words
from questions.lint.single import verbs
from questions.lint.subject import Subject
from questions.records import Finding

if TYPE_CHECKING:
    from spacy.tokens import Token

_OPENING: Final = re.compile(
    r"(?:(?:when|where|how|which|what|whom)\b[^?]*?\b)??"
    r"(?:will|does|did|is|are|has|have|can|could|would)\s+",
    re.IGNORECASE,
)
_EMPTY_IT: Final = re.compile(r"it (?:rain|snow|hail|freeze|thunder|be$)")
_COUNTED: Final = frozenset({"any", "another", "every", "each", "no"})
_PRONOUN: Final = words("pronouns")
_GENERIC: Final = words("nobody in particular")
_ARTICLES: Final = frozenset({"the", "a", "an", "any", "some", "more", "all", "both", "its"})
_HINT: Final = "name who acts, in full"


def agent_is_named(subject: Subject) -> Iterator[Finding]:
    """The one who acts is named."""
    words = _opening_words(subject.asked.title)
    if not words:
        return
    first, word = words[0].lower(), _first_noun(words)
    if first in _PRONOUN and not _is_more_than_a_pronoun(words):
        yield Finding("error", "title", f'the agent is a pronoun, "{words[0]}"', _HINT)
    elif _is_demonym_alone(words):
        yield Finding("error", "title", f'the agent is a people, "{word}"', _HINT)
    elif word.lower() in _GENERIC and not _is_told_apart(words, word):
        yield Finding("error", "title", f'the agent is nobody in particular, "{word}"', _HINT)
    elif not any(w[:1].isupper() or w[:1].isdigit() for w in _before_by(words)):
        yield Finding("warning", "title", "it names nobody and no place", _HINT)
    elif subject.parser is not None:
        yield from _parsed(subject)


def _is_more_than_a_pronoun(words: list[str]) -> bool:
    """As in "one of the ministers", "it rains", "it be legal", "anyone else", and as a title."""
    opening = " ".join(words[:2]).lower()
    named = words[0][0].isupper() and len(words) > 1 and words[1][0].isupper()
    anyone = words[0].lower() in {"anyone", "anybody"}
    return named or anyone or opening == "one of" or _EMPTY_IT.match(opening) is not None


def _opening_words(title: str) -> list[str]:
    """The words after "Will"; none for a question of another form."""
    opening = _OPENING.match(title.strip())
    return re.findall(r"[^\s,?]+", title.strip()[opening.end() :]) if opening else []


def _first_noun(words: list[str]) -> str:
    return next((word for word in words if word.lower() not in _ARTICLES), "")


def _is_told_apart(words: list[str], noun: str) -> bool:
    """Whether more than a common noun acts.

    As in "President Duarte", "the prosecutor of the Hague court", "any country" and, where the
    noun only belongs to the next one, "the government shutdown".
    """
    after = words[words.index(noun) + 1 :]
    if not after:
        return False
    if noun[0].isupper() and after[0][0].isupper():
        return True
    if after[0] in {"of", "from"} and any(word[:1].isupper() for word in after[1:3]):
        return True
    if noun.endswith("s"):
        return False
    return words[0].lower() in _COUNTED or not _may_be_a_verb(after[0])


def _may_be_a_verb(word: str) -> bool:
    return word in _VERBS or word in verbs() or word in {"be", "have", "do", "not", "ever", "also"}


def _before_by(words: list[str]) -> list[str]:
    """The words before the deadline, whose month is no name."""
    ends = [i for i, word in enumerate(words) if word == "by"]
    return words[: ends[-1]] if ends else words


def _is_demonym_alone(words: list[str]) -> bool:
    """As in "the Russians", or "the Chinese" with no noun after it."""
    table = countries()
    start = 1 if words[0].lower() in _ARTICLES else 0
    if len(words) <= start + 1:
        return False
    name, after = words[start], words[start + 1]
    if name in table.by_name or name.isupper():
        return False
    if name in table.by_people:
        return True
    return words[0].lower() == "the" and name in table.by_adjective and after in _VERBS


_VERBS: Final = words("verbs after agents")
"""Verbs that often follow the agent of a question."""


def _parsed(subject: Subject) -> Iterator[Finding]:
    """With a parse: the title's subject holds a name."""
    assert subject.parser is not None
    heads = [token for token in subject.parser(subject.asked.title) if _is_subject(token)]
    if heads and not any(part.text[:1].isupper() for part in heads[0].subtree):
        yield Finding("warning", "title", f'the agent "{heads[0].text}" has no name', _HINT)


def _is_subject(token: "Token") -> bool:
    return token.dep_ in {"nsubj", "nsubjpass"}
