"""Which words stand where beside an event's word: its subject, object, possessor, "with" whom.

Control is followed: in "Ana urged Bo to visit" the visitor is Bo, in "Ana plans to visit" Ana.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from questions.drafting.stance import HAPPENING, LIGHT, is_verbal
from questions.english.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEEP: Final = 6
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj"})
_BESIDE: Final = frozenset({"amod", "acl", "relcl", "appos"})
_JUDGING: Final = words("verbs of judging")
"""Their object is somebody else's: "rejected a plan to"."""
_SUBJECT_CONTROL: Final = frozenset({"promise", "vow", "pledge", "threaten"})


def words_at(head: "Token", place: str, phrase: "frozenset[Token]") -> list["Token"]:
    """The heads of the noun phrases at a grammatical place, conjuncts included.

    ``phrase`` holds the other words of a form such as "take control", whose prepositions count.
    """
    match place:
        case "subject":
            found = subject_of(head) if is_verbal(head) else _support_subject(head)
        case "object":
            found = _object_of(head)
        case "poss":
            found = [c for c in head.children if c.dep_ == "poss"]
        case "extent":
            found = [c for c in head.children if c.dep_ in {"dobj", "npadvmod"} and c.i > head.i]
        case "modifier":
            found = [c for c in head.children if c.dep_ in {"compound", "amod", "nmod"}]
        case _:
            found = [word for part in (head, *phrase) for word in _after(part, place)]
    return [word for first in found for word in _with_conjuncts(first)]


def _with_conjuncts(word: "Token") -> Iterator["Token"]:
    yield word
    for child in word.children:
        if child.dep_ == "conj" and not is_verbal(child):
            yield from _with_conjuncts(child)


def subject_of(verb: "Token", depth: int = 0) -> list["Token"]:
    """Who does what a verb says, through passives and control."""
    if depth > _DEEP:
        return []
    if any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children):
        return _agents(verb)
    own = [child for child in verb.children if child.dep_ == "nsubj"]
    if own:
        return [_unrelative(word) for word in own]
    return _controller(verb, depth + 1)


def _agents(verb: "Token") -> list["Token"]:
    by = [c for c in verb.children if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by")]
    return [obj for preposition in by for obj in preposition.children if obj.dep_ == "pobj"]


def _unrelative(word: "Token") -> "Token":
    """The noun that "who", "which" or "that" repeats."""
    if word.tag_ in {"WDT", "WP"} and word.head.dep_ == "relcl":
        return word.head.head
    return word


def _controller(verb: "Token", depth: int) -> list["Token"]:
    """The understood subject of an infinitive or participle."""
    parent = verb.head
    loose = verb.dep_ == "advcl" and verb.tag_ == "VBN"
    if parent is verb or depth > _DEEP or loose:
        return []
    if verb.dep_ in {"pcomp", "pobj"} and parent.lower_ == "of" and parent.head.lemma_ == "accuse":
        return [child for child in parent.head.children if child.dep_ == "dobj"]
    if verb.dep_ in {"pcomp", "pobj"}:
        return _beside(parent.head, depth)
    if verb.dep_ in {"acl", "relcl"} and parent.pos_ in {"NOUN", "PROPN"}:
        return _holder(parent, depth)
    if verb.dep_ in {"xcomp", "ccomp"} and (objects := _persuaded(parent)):
        return objects
    return _surface_subject(parent, depth)


def _beside(governor: "Token", depth: int) -> list["Token"]:
    """The subject of "is considering ...", or the holder of "plans for ..."."""
    if is_verbal(governor):
        return _surface_subject(governor, depth)
    return _holder(governor, depth) if governor.pos_ == "NOUN" else []


def _surface_subject(verb: "Token", depth: int) -> list["Token"]:
    """The subject a reader sees: of a passive ("is expected to") the one expected."""
    own = [child for child in verb.children if child.dep_ in _SUBJECTS]
    if own:
        return [_unrelative(word) for word in own]
    if verb.pos_ == "ADJ" and verb.head.pos_ in {"NOUN", "PROPN"} and verb.dep_ in _BESIDE:
        return [verb.head]
    if verb.pos_ == "ADJ":
        return _surface_subject(verb.head, depth + 1) if depth < _DEEP else []
    return _controller(verb, depth + 1)


def _persuaded(verb: "Token") -> list["Token"]:
    """Whom "urge X to", "call on X to" or "want X to" is about."""
    if verb.lemma_ in _SUBJECT_CONTROL or not is_verbal(verb):
        return []
    if any(child.dep_ == "nsubjpass" for child in verb.children):
        return []
    objects = [c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i and c.pos_ != "NUM"]
    if verb.lemma_ in {"call", "appeal", "prevail"}:
        objects += [word for place in ("on", "upon", "to") for word in _after(verb, place)]
    return [o for o in objects if o.pos_ in {"PROPN", "PRON"} or verb.lemma_ not in LIGHT]


def _holder(noun: "Token", depth: int) -> list["Token"]:
    """Whose plan or attempt it is: "its attempt", "Russian efforts", "plans by the court"."""
    for wanted in ({"poss"}, {"amod", "compound", "nmod"}):
        held = [
            child
            for child in noun.children
            if child.dep_ in wanted and (child.tag_ != "JJ" or child.text[0].isupper())
        ]
        if held and (wanted == {"poss"} or held[0].text[0].isupper()):
            return held
    if by := _after(noun, "by"):
        return by
    if noun.dep_ == "dobj" and is_verbal(noun.head) and noun.head.lemma_ not in _JUDGING:
        return _surface_subject(noun.head, depth + 1) if depth < _DEEP else []
    return []


def _support_subject(noun: "Token") -> list["Token"]:
    """The subject that a verb lends its noun: "Ana will pay a visit", "plans a visit"."""
    verb = noun.head
    if noun.dep_ == "dobj" and is_verbal(verb):
        return subject_of(verb)
    if noun.dep_ == "nsubjpass" and is_verbal(verb):
        return _agents(verb)
    if noun.dep_ == "pobj" and noun.head.dep_ == "prep":
        return _beside(noun.head.head, 1)
    return []


def _object_of(verb: "Token") -> list["Token"]:
    found = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}]
    if not found and any(c.dep_ == "auxpass" for c in verb.children):
        found = _controller(verb, 1)
    if not found and verb.dep_ == "relcl" and verb.head.pos_ in {"NOUN", "PROPN"}:
        return []
    return [_unrelative(word) for word in found]


def _after(word: "Token", preposition: str) -> list["Token"]:
    """Objects of a preposition beside a word, or beside the verb that carries it."""
    holders = [word]
    verb = word.head
    carried = word.dep_ in {"dobj", "nsubj", "nsubjpass"} and is_verbal(verb)
    if carried and (verb.lemma_ in LIGHT or verb.lemma_ in HAPPENING or verb.lemma_ == "be"):
        holders.append(verb)
    return [
        obj
        for holder in holders
        for child in holder.children
        if child.dep_ in {"prep", "dative", "agent"} and child.lower_ == preposition
        for obj in child.children
        if obj.dep_ == "pobj"
    ]
