"""What a token names: full names, "Russian forces", "the city", "its", or nothing.

An expression that cannot be traced to a name gives no name, and the event that needs it is
dropped: a question about "officials" or "it" is worth nothing.
"""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Final

from questions.drafting.arguments import subject_of
from questions.drafting.names import PARTS, TITLES, Name, NameKind, Names, nationality
from questions.drafting.things import amount, named_thing, thing
from questions.english.countries import countries
from questions.english.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

FORCES: Final = words("forces")
OFFICIALS: Final = words("officials")
OFFICES: Final = words("offices")
_GROUPS: Final = FORCES | words("groups")
_ANAPHORS: Final[dict[str, tuple[NameKind, frozenset[str]]]] = {
    "city": ("place", frozenset()),
    "town": ("place", frozenset()),
    "village": ("place", frozenset()),
    "court": ("organization", frozenset({"Court", "Tribunal"})),
    "bank": ("organization", frozenset({"Bank", "Reserve"})),
    "council": ("organization", frozenset({"Council"})),
    "commission": ("organization", frozenset({"Commission"})),
    "agency": ("organization", frozenset({"Agency"})),
    "party": ("organization", frozenset({"Party"})),
    "union": ("organization", frozenset({"Union"})),
    "company": ("organization", frozenset()),
}
_GOODS: Final = words("goods")
_PERSONAL: Final = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
_THINGS: Final = frozenset({"it", "its", "they", "them", "their", "itself", "themselves"})
_DEEP: Final = 6
"""How often "a part of" may stand before a name."""
_REACH: Final = 3
"""Sentences back that a definite description such as "the city" is looked for."""


def name_of(
    token: "Token", names: Names, kinds: Collection[NameKind], taken: Collection[Name] = ()
) -> Name | None:
    """The name that a noun phrase's head stands for, if it is of one of the kinds.

    ``taken`` are names that fill other roles of the event, which a pronoun cannot repeat.
    """
    if "amount" in kinds:
        return amount(token)
    if token.tag_ in {"PRP", "PRP$"}:
        return _antecedent(token, names, kinds, taken)
    for name in _literal(token, names):
        if (fitting := fit(name, kinds)) is not None:
            return fitting
    found = _described(token, names, kinds, taken)
    if found is None and "named" in kinds:
        return named_thing(token)
    return thing(token) if found is None and "thing" in kinds else found


def fit(name: Name, kinds: Collection[NameKind]) -> Name | None:
    """The name as one of the kinds: a capital speaks for its country, a country for its forces.

    A "group" is a name that the model took for a people without more; it may be a place.

    >>> fit(Name("Moscow", "place", "Russia"), ("forces", "country")).text
    'Russian forces'
    """
    capital = name.kind == "place" and name.side
    if "forces" in kinds and (capital or name.kind == "country"):
        adjective = countries().adjective.get(name.side, name.side)
        return Name(f"{adjective} forces", "forces", name.side)
    if "country" in kinds and capital:
        return Name(name.side, "country", name.side)
    if name.kind == "group" and "group" not in kinds and "place" in kinds:
        return Name(name.text, "place", name.side)
    return name if name.kind in kinds else None


def _literal(token: "Token", names: Names, depth: int = 0) -> Iterator[Name]:
    """Names that the words around a token spell out, the longest form first."""
    if depth < _DEEP and (token.lower_ in PARTS or token.lemma_.lower() in _GROUPS):
        yield from _whole_of(token, names, depth + 1)
    if token.pos_ == "PROPN" or token.text in names:
        yield from _spelled(token, names)
    if token.pos_ in {"NOUN", "PROPN"}:
        yield from _national(token)
    if token.pos_ == "NOUN":
        yield from _apposed(token, names)
        yield from _grouped(token, names)
    if token.pos_ == "ADJ" and token.text in countries().by_adjective:
        yield _country(countries().by_adjective[token.text])


def _whole_of(token: "Token", names: Names, depth: int) -> Iterator[Name]:
    """As in "the rest of Omdurman", "fighters of Wagner"; a parent company is another one."""
    if any(child.lower_ in {"parent", "holding"} for child in token.children):
        return
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            for whole in child.children:
                yield from _literal(whole, names, depth)


def _spelled(token: "Token", names: Names) -> Iterator[Name]:
    doc = token.doc
    for first in range(max(0, token.i - 6), token.i + 1):
        for last in range(min(len(doc), token.i + 5), token.i, -1):
            if (name := names.get(doc[first:last].text)) is not None:
                yield name


def _national(token: "Token") -> Iterator[Name]:
    """As in "Russian forces", "Russian officials", "the Ukrainian parliament", "Russians"."""
    if token.text in countries().by_people and token.tag_ == "NNPS":
        yield _country(countries().by_people[token.text])
    if (country := nationality(token)) is None:
        return
    adjective = countries().adjective.get(country, country)
    lemma = token.lemma_.lower()
    if lemma in _GOODS:
        yield _country(country)
    if lemma in FORCES:
        yield Name(f"{adjective} forces", "forces", country)
    if lemma in OFFICIALS and token.tag_ == "NNS":
        yield Name(f"{adjective} {token.lower_}", "officials", country)
    if lemma in OFFICES and token.tag_ == "NN":
        yield Name(f"the {adjective} {token.lower_}", "organization", country)


def _country(name: str) -> Name:
    return Name(name, "country", name)


def _apposed(token: "Token", names: Names) -> Iterator[Name]:
    """As in "the entertainment giant Paramount" is Paramount."""
    for child in token.children:
        if child.dep_ == "appos" and child.pos_ == "PROPN" and child.left_edge.i == token.i + 1:
            yield from _spelled(child, names)


def _grouped(token: "Token", names: Names) -> Iterator[Name]:
    """As in "the Wagner mercenary group" is Wagner; "the Biden administration" stays itself."""
    lemma = token.lemma_.lower()
    compounds = [child for child in token.children if child.dep_ in {"compound", "nmod"}]
    for child in compounds:
        name = next(_spelled(child, names), None) if child.pos_ == "PROPN" else None
        if name is None:
            continue
        if lemma in OFFICES and token.tag_ == "NN":
            yield Name(f"the {name.text} {token.lower_}", "organization", name.side)
        elif lemma in _GROUPS and name.kind not in {"country", "place"}:
            yield Name(name.text, "organization", nationality(token) or name.side)


def _described(
    token: "Token", names: Names, kinds: Collection[NameKind], taken: Collection[Name]
) -> Name | None:
    """The last name that "the city", "the court" or a person's forces can stand for."""
    if (owner := _owner(token, names, kinds)) is not None:
        return owner
    for word in (token, *(child for child in token.children if child.dep_ == "compound")):
        if word.lower_ not in _ANAPHORS or not _definite(token):
            continue
        kind, needed = _ANAPHORS[word.lower_]
        for name in _before(token, names, kind, _REACH):
            same_word = not needed or any(part in needed for part in name.text.split())
            if kind in kinds and same_word and name not in taken and not _is_capital(name):
                return name
    return None


def _owner(token: "Token", names: Names, kinds: Collection[NameKind]) -> Name | None:
    """As in "his forces": those of the group or country that the person is introduced with."""
    if token.lemma_.lower() not in FORCES or "forces" not in kinds:
        return None
    for child in token.children:
        if child.dep_ == "poss" and child.tag_ == "PRP$":
            persons: tuple[NameKind, ...] = ("person",)
            person = _antecedent(child, names, persons, ())
            return _led_by(person, token.doc, names) if person else None
    return None


def _led_by(person: Name, doc: "Doc", names: Names) -> Name | None:
    """The group of "Wagner boss Yevgeny Prigozhin", the forces of "Russian general ..."."""
    for token in doc:
        if token.pos_ != "PROPN" or next(_spelled(token, names), None) != person:
            continue
        for child in (grand for part in (token, *token.children) for grand in part.children):
            name = next(_spelled(child, names), None) if child.pos_ == "PROPN" else None
            if name is not None and name.kind == "organization" and child.text not in TITLES:
                return name
    return None


def _definite(token: "Token") -> bool:
    """Whether nothing but "the" or a compound stands with a noun: "the city", "the city centre"."""
    beside = [child for child in token.children if child.dep_ not in {"compound", "punct"}]
    return [child.lower_ for child in beside] in (["the"], ["this"])


def _is_capital(name: Name) -> bool:
    return name.kind == "place" and bool(name.side)


def _before(token: "Token", names: Names, kind: NameKind, sentences: int) -> Iterator[Name]:
    """Names before a token, the nearest first, back to so many sentences."""
    doc = token.doc
    starts = 0
    for at in range(token.i - 1, -1, -1):
        if doc[at].pos_ == "PROPN":
            name = next(_spelled(doc[at], names), None)
            if name is not None and name.kind == kind:
                yield name
        starts += bool(doc[at + 1].is_sent_start)
        if starts > sentences:
            return


def _antecedent(
    pronoun: "Token", names: Names, kinds: Collection[NameKind], taken: Collection[Name]
) -> Name | None:
    """The name that a pronoun repeats, or None where that is not plain."""
    word = pronoun.lower_
    if word in _PERSONAL:
        allowed: list[NameKind] = [kind for kind in kinds if kind == "person"]
    elif word in _THINGS:
        allowed = [kind for kind in kinds if kind != "person"]
    else:
        return None
    if not allowed:
        return None
    for candidate in antecedents(pronoun):
        name = name_of(candidate, names, allowed, taken)
        if name is not None and name not in taken:
            return name
    return None


def antecedents(pronoun: "Token") -> Iterator["Token"]:
    """Noun heads that a pronoun may repeat, the likeliest first.

    The subjects of the clauses above it, then what stands before it in the sentence, then
    the subject of the sentence before.
    """
    is_subject = pronoun.dep_ in {"nsubj", "nsubjpass", "poss"}
    subjects = list(_subjects_above(pronoun))
    earlier = [t for t in reversed(list(_earlier(pronoun.sent, pronoun.i))) if t not in subjects]
    yield from (*subjects, *earlier) if is_subject else (*earlier, *subjects)
    if pronoun.sent.start > 0:
        previous = pronoun.doc[pronoun.sent.start - 1].sent
        yield from (t for t in previous if t.dep_ in {"nsubj", "nsubjpass"} and t.tag_ != "PRP")


def _earlier(sentence: "Span", before: int) -> Iterator["Token"]:
    for token in sentence:
        if token.i < before and token.pos_ in {"NOUN", "PROPN"} and token.dep_ != "compound":
            yield token


def _subjects_above(token: "Token") -> Iterator["Token"]:
    """Subjects of the clauses above a word, understood ones too: "accused Bo of saying he"."""
    for ancestor in token.ancestors:
        own = [c for c in ancestor.children if c.dep_ in {"nsubj", "nsubjpass"}]
        understood = subject_of(ancestor) if ancestor.dep_ == "pcomp" and not own else []
        for child in own or understood:
            if child.i < token.i and child.tag_ != "WDT":
                yield child
