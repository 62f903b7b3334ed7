"""Matters without a name of their own: "the fisheries bill", "the crime of genocide"."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from questions.drafting.names import Name
from questions.english.countries import countries
from questions.english.lexicon import words as listed

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_SPECIFYING: Final = frozenset({"amod", "compound", "nummod", "nmod", "poss"})
_LONGEST_THING: Final = 12
_LONGEST_PHRASE: Final = 14
_BARE: Final = 2
_LONGEST_AMOUNT: Final = 8
_EDGES: Final = " ,;:-–—“”*\"'"
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
    specific = bool(right) or (known and any(map(_tells_apart, left)))
    if not specific or len(words) > _LONGEST_THING or any(needs_context(t) for t in words):
        return None
    return Name(_in_a_line(words), "thing")


def _is_no_amount(word: "Token") -> bool:
    return needs_context(word) or word.is_bracket or _is_year(word)


def named_thing(token: "Token") -> Name | None:
    """A thing that says whose or where it is: "inflation in Kenya", "Northwind's profit"."""
    found = thing(token)
    held = found is not None and any(
        word.pos_ == "PROPN" or word.text in countries().by_adjective for word in token.subtree
    )
    return found if held else None


def _tells_apart(word: "Token") -> bool:
    """Whether a word before a noun says which one: "fisheries", "Norwegian", "2025"."""
    return word.pos_ in {"PROPN", "NOUN", "NUM"} or word.text in countries().by_adjective


def _in_a_line(words: "Span") -> str:
    """The words as they stand within a sentence, on one line."""
    text = " ".join(words.text.split())
    opens = words[0].is_sent_start and words[0].pos_ not in {"PROPN", "NUM"}
    spoken = len(words[0]) == 1 or not words[0].is_upper
    return text[:1].lower() + text[1:] if opens and spoken else text


def amount(token: "Token") -> Name | None:
    """A number with its unit: "$200 per barrel", "2.8 million units", "3 percent"."""
    rate = [c for c in token.children if c.dep_ == "prep" and c.lower_ in {"per", "a"}]
    last = max((c.right_edge.i for c in rate), default=token.i)
    words = token.doc[token.left_edge.i : last + 1]
    counted = any(word.like_num for word in words) and token.ent_type_ not in {"DATE", "TIME"}
    if not counted or len(words) > _LONGEST_AMOUNT or any(map(_is_no_amount, words)):
        return None
    return Name(words.text, "amount")


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


def phrase_of(token: "Token") -> str:
    """The words of a noun phrase as they stand, without clauses, brackets and what follows them."""
    words: list[Token] = []
    for word in token.subtree:
        after = word.i > token.i
        if after and (word.dep_ in {"relcl", "acl", "appos", "punct", "cc"} or word.is_punct):
            break
        if len(words) >= _LONGEST_PHRASE:
            break
        words.append(word)
    return _in_a_line(token.doc[words[0].i : words[-1].i + 1]).strip(_EDGES) if words else ""
