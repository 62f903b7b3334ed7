"""Who acts, where no family has a role for it: a name, several names, or words as they stand."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Final, NamedTuple

from questions.drafting.anaphora import antecedents, name_of
from questions.drafting.arguments import words_at
from questions.drafting.deeds import is_passive
from questions.drafting.names import Name, NameKind, Names
from questions.drafting.stance import GOVERNING_NOUNS
from questions.drafting.things import phrase_of, thing
from questions.english.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_MOST: Final = 3
_PERSON: Final[tuple[NameKind, ...]] = ("person",)
_TRACED: Final = frozenset({"he", "she", "it", "they"})
_PRONOUNS: Final = frozenset({"PRP", "PRP$", "WDT", "WP", "DT", "EX"})
_ANYBODY: Final = words("pronouns")


class Agent(NamedTuple):
    """Who acts, as a title writes it."""

    name: Name
    named: bool
    """Whether it is, or holds, the name of somebody."""
    told: int
    """Where the sentence starts that says who it is, in code points of the text."""


def agent_of(verb: "Token", names: Names, kinds: Collection[NameKind]) -> Agent | None:
    """Who does what a verb says, or to whom it is done in the passive voice.

    Of several agents each has to have a name; otherwise the first one's words stand as they are.
    None where the verb has nobody, or a pronoun whose name is not plain.
    """
    place = "object" if is_passive(verb) else "subject"
    heads = words_at(verb, place, frozenset())
    if not heads:
        return None
    heads = [_holder(head) for head in heads]
    if heads[0].tag_ == "PRP":
        return _repeated(heads[0], names, kinds) if len(heads) == 1 else None
    found = [name for head in heads[:_MOST] if (name := _named(head, names, kinds)) is not None]
    if found and len(found) == len(heads):
        return Agent(_joined(found), named=True, told=verb.sent.start_char)
    return _described(heads[0])


def _holder(head: "Token") -> "Token":
    """Whose plan it is: "the bank's aim is to open a branch"."""
    if head.lemma_.lower() not in GOVERNING_NOUNS:
        return head
    return next((child for child in head.children if child.dep_ == "poss"), head)


def _repeated(pronoun: "Token", names: Names, kinds: Collection[NameKind]) -> Agent | None:
    """Whom "he", "it" or "they" repeats: the nearest likely one that agrees with it."""
    if pronoun.lower_ not in _TRACED:
        return None
    for one in antecedents(pronoun):
        if not _agrees(pronoun, one):
            continue
        person = pronoun.lower_ in {"he", "she"}
        name = _named(one, names, [kind for kind in kinds if (kind == "person") == person])
        if name is not None:
            return Agent(name, named=True, told=one.sent.start_char)
        if person and one.pos_ == "PROPN":
            return None
        if not person and name_of(one, names, _PERSON) is None:
            return _described(one)
    return None


def _agrees(pronoun: "Token", noun: "Token") -> bool:
    if noun.ent_type_ in {"DATE", "TIME"}:
        return False
    if pronoun.lower_ == "they":
        return noun.pos_ == "PROPN" or noun.tag_ == "NNS" or noun.dep_ == "conj"
    return noun.pos_ == "PROPN" or noun.tag_ == "NN"


def _described(head: "Token") -> Agent | None:
    """An agent without a name of its own, in the words of the article."""
    if head.tag_ in _PRONOUNS or head.lower_ in _ANYBODY:
        return None
    text = phrase_of(head)
    return Agent(Name(text, "thing"), _holds_name(head), head.sent.start_char) if text else None


def _named(head: "Token", names: Names, kinds: Collection[NameKind]) -> Name | None:
    """The name of one agent; a country or capital stands for itself before its forces."""
    if head.tag_ in {"WDT", "WP", "DT", "EX", "JJ"} or head.pos_ == "ADJ":
        return None
    plain = [kind for kind in kinds if kind != "forces"]
    return name_of(head, names, plain) or name_of(head, names, kinds)


def _holds_name(head: "Token") -> bool:
    """As in "the Bergen ferry", "Northwind's second hangar"."""
    return thing(head) is not None and any(map(_is_owner, head.children))


def _is_owner(child: "Token") -> bool:
    """Whether a name before a noun says whose it is; a place does so as a possessor alone."""
    if child.pos_ != "PROPN":
        return False
    placed = child.ent_type_ in {"GPE", "LOC", "NORP", "FAC"}
    return child.dep_ == "poss" or (child.dep_ in {"compound", "nmod"} and not placed)


def _joined(found: list[Name]) -> Name:
    texts = list(dict.fromkeys(name.text for name in found))
    *first, last = texts
    text = f"{', '.join(first)} and {last}" if first else last
    return Name(text, found[0].kind, found[0].side)
