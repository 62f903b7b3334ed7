"""Matters without a name of their own: "the fisheries bill", "the crime of genocide"."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from questions.drafting.names import Name
from questions.english.lexicon import words as listed

if TYPE_CHECKING:
    from spacy.tokens import Token

_SPECIFYING: Final = frozenset({"amod", "compound", "nummod", "nmod", "poss"})
_LONGEST_THING: Final = 12
_BARE: Final = 2
_VAGUE: Final = listed("vague words")


def thing(token: "Token") -> Name | None:
    """A common noun phrase that is specific enough to ask about: "the budget for 2025"."""
    if token.pos_ not in {"NOUN", "PROPN"}:
        return None
    left = [c for c in token.children if c.dep_ in _SPECIFYING and c.i < token.i]
    right = [c for c in token.children if c.dep_ == "prep" and _specifies(c)]
    first = min((c.left_edge.i for c in (*left, *_articles(token))), default=token.i)
    last = max((c.right_edge.i for c in right), default=token.i)
    words = token.doc[first : last + 1]
    known = not any(c.lower_ in {"a", "an"} for c in token.children)
    specific = bool(right) or (known and any(c.pos_ in {"PROPN", "NOUN", "NUM"} for c in left))
    if not specific or len(words) > _LONGEST_THING or any(needs_context(t) for t in words):
        return None
    return Name(words.text, "thing")


def _specifies(preposition: "Token") -> bool:
    """Whether "of genocide", "for 2025" or "on Kenya" tells which one is meant."""
    words = list(preposition.subtree)
    if preposition.lower_ == "of" and len(words) == _BARE and words[1].pos_ == "NOUN":
        return True
    known = any(token.pos_ == "PROPN" or token.like_num for token in words)
    return known and preposition.lower_ in {"of", "on", "for", "in"}


def _articles(token: "Token") -> Iterator["Token"]:
    return (child for child in token.children if child.dep_ == "det")


def needs_context(token: "Token") -> bool:
    """Words that need their context, or that nobody can measure."""
    return (
        token.tag_ in {"PRP", "PRP$", "WDT", "WP", "_SP", "VBD", "VBZ"}
        or token.lower_ in _VAGUE
        or token.is_quote
        or (token.ent_type_ in {"DATE", "TIME"} and not _is_year(token))
        or token.lower_ in {"such", "these", "those", "this", "that", "other", "same"}
    )


def _is_year(token: "Token") -> bool:
    return len(token.text) == len("2025") and token.text.isdigit()
