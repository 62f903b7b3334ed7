"""What type of event a text tells: by the forms of the event families, and by what goes with them.

A report may tell of a capture without the word: troops, an assault, a garrison are signs of it.
The families' files have the forms; ``topics.toml`` has the signs, shared by related families.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from questions.drafting.families import Family, families
from questions.reports.sparse import incidence
from questions.reports.terms import Floats
from questions.reports.tokens import Ids, Tokens, found_in, tokens, word_id
from questions.reports.words import COMMON, stems, words

if TYPE_CHECKING:
    from scipy.sparse import csr_array

SIGNS_ALONE: Final = 0.85
"""How far any number of signs without a form of the event can tell it."""
SURE_OF_TITLE: Final = 0.5
"""How far a title has to tell a type of event to ask about it: by a form, or by two signs."""


@dataclass(frozen=True, slots=True)
class EventType:
    """How an event family is told."""

    family: str
    forms: tuple[frozenset[str], ...]
    """Each the stems that tell it when they stand in one sentence."""
    signs: frozenset[str]
    """Stems that go with it: those of its topics, and forms that tell other things as well."""


@cache
def event_types() -> tuple[EventType, ...]:
    """Every family that has forms, in the order of the families."""
    data = tomllib.loads(files("questions.reports").joinpath("topics.toml").read_text("utf-8"))
    loose = frozenset(words(data["loose"]))
    forms = {family.name: _forms(family) for family in families() if family.forms}
    return tuple(
        EventType(
            name,
            tuple(sorted((form for form in own if not form <= loose), key=sorted)),
            _signs(name, forms, data["topics"]),
        )
        for name, own in forms.items()
    )


def _forms(family: Family) -> frozenset[frozenset[str]]:
    """Its verbs and nouns, without those that any text may hold, such as "take"."""
    every = {
        (*word, noun)
        for form in family.forms
        for word in form.words
        for noun in form.subject_is or word[:1]
    }
    return frozenset(frozenset(stems(" ".join(one))) for one in every if not COMMON.issuperset(one))


def _signs(
    name: str, forms: Mapping[str, frozenset[frozenset[str]]], topics: Mapping[str, Any]
) -> frozenset[str]:
    """The words of its topics, and the single words that are forms of a family there."""
    own = [topic for topic in topics.values() if name in topic["families"]]
    kin = {name}.union(*(topic["families"] for topic in own))
    single = {word for one in kin for form in forms[one] if len(form) == 1 for word in form}
    return frozenset(single.union(*(words(topic["words"]) for topic in own)))


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """What tells the ``t`` types of event: ``w`` stems and ``f`` forms made of them."""

    stems: Ids
    """``(w,)``, rising."""
    made_of: "csr_array"
    """``(w, f)``: which stems make each form."""
    sizes: Ids
    """``(f,)``: how many."""
    types: Ids
    """``(f,)``: the type of event that each form tells."""
    more: Ids
    """``(f,)``: what each counts besides those of its stems that are signs."""
    signs: Floats
    """``(w, t)``: which stems are signs of which type."""


@cache
def _table() -> _Table:
    types = event_types()
    every = [(at, one, form) for at, one in enumerate(types) for form in one.forms]
    known = sorted({stem for one in types for group in (one.signs, *one.forms) for stem in group})
    place = {stem: at for at, stem in enumerate(sorted(known, key=word_id))}
    signs = np.zeros((len(place), len(types)))
    for at, one in enumerate(types):
        signs[[place[stem] for stem in one.signs], at] = 1
    made = [(place[stem], at) for at, (_, _, form) in enumerate(every) for stem in form]
    rows, columns = np.array(made).T
    return _Table(
        stems=np.array([word_id(stem) for stem in place]),
        made_of=incidence(rows, columns, (len(place), len(every))),
        sizes=np.array([len(form) for _, _, form in every]),
        types=np.array([at for at, _, _ in every]),
        more=np.array([max(2 - len(form & one.signs), 0) for _, one, form in every]),
        signs=signs,
    )


def told(read: Tokens, texts: int) -> Floats:
    """How far each of so many texts tells each of :func:`event_types`; ``(texts, types)``.

    From 0 (not at all) towards 1. Each further sign halves what is left; a form, whose words
    stand in one sentence, counts as two signs, those among its words included.

    >>> types = [one.family for one in event_types()]
    >>> read = tokens(["The rebels stormed the fort and captured it."])
    >>> float(told(read, 1)[0, types.index("capture")])
    0.9375
    """
    table = _table()
    stems, kept = found_in(read.stem, table.stems)
    text, sentence = read.text[kept], read.sentence[kept]
    signs = incidence(text, stems, (texts, len(table.stems))) @ table.signs
    text, form = _formed(text, sentence, stems, table)
    formed = np.zeros_like(signs, dtype=bool)
    formed[text, table.types[form]] = True
    np.add.at(signs, (text, table.types[form]), table.more[form])
    degrees: Floats = np.where(formed, 1.0, SIGNS_ALONE) * (1 - 0.5**signs)
    return degrees


def _formed(text: Ids, sentence: Ids, stems: Ids, table: _Table) -> tuple[Ids, Ids]:
    """The texts and the forms of which a sentence holds every stem, each pair once."""
    numbers, first, row = np.unique(sentence, return_index=True, return_inverse=True)
    every = (incidence(row, stems, (len(numbers), len(table.stems))) @ table.made_of).tocoo()
    whole = every.data == table.sizes[every.col]
    pairs = np.unique(text[first][every.row[whole]] * len(table.sizes) + every.col[whole])
    return np.divmod(pairs, len(table.sizes))


def asked_types(families: Sequence[str], titles: Sequence[str]) -> Ids:
    """The place in :func:`event_types` of what each question asks, or -1.

    That of its family, or else the one that its title tells.

    >>> titles = ["Ingrid Solberg resign as mayor", "the museum open its tower"]
    >>> [event_types()[at].family if at >= 0 else None for at in asked_types(["", ""], titles)]
    ['resignation', None]
    """
    known = {one.family: at for at, one in enumerate(event_types())}
    degrees = told(tokens(titles), len(titles))
    best = np.where(degrees.max(axis=1) >= SURE_OF_TITLE, degrees.argmax(axis=1), -1)
    return np.array([known.get(one, at) for one, at in zip(families, best, strict=True)], dtype=int)
