"""What type of event a text tells: by the forms of the event families, and by what goes with them.

A report may tell of a capture without the word: troops, an assault, a garrison are signs of it.
The families' files have the forms; ``topics.toml`` has the signs, shared by related families.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np

from questions.drafting.families import Family, families
from questions.reports.terms import Floats
from questions.reports.words import COMMON, stems, words

SIGNS_ALONE: Final = 0.85
"""How far any number of signs without a form of the event can tell it."""
SURE_OF_TITLE: Final = 0.5
"""How far a title has to tell a type of event to ask about it: by a form, or by two signs."""

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n+")


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


def told(text: str) -> Floats:
    """How far a text tells each of :func:`event_types`, from 0 (not at all) towards 1.

    Each further sign halves what is left; a form counts as two signs.

    >>> types = [one.family for one in event_types()]
    >>> float(told("The rebels stormed the fort and captured it.")[types.index("capture")])
    0.9375
    """
    sentences = [frozenset(stems(sentence)) for sentence in _SENTENCE_END.split(text)]
    held = frozenset[str]().union(*sentences)
    return np.array([_told(one, sentences, held) for one in event_types()])


def _told(one: EventType, sentences: list[frozenset[str]], held: frozenset[str]) -> float:
    possible = [form for form in one.forms if form <= held]
    formed = [form for form in possible if any(form <= sentence for sentence in sentences)]
    signs = len((one.signs & held).difference(*formed))
    if formed:
        return float(1 - 0.5 ** (2 * len(formed) + signs))
    return float(SIGNS_ALONE * (1 - 0.5**signs))


def asked_type(family: str, title: str) -> int | None:
    """The place in :func:`event_types` of what a question asks: its family's, or by its title.

    >>> event_types()[asked_type("", "Ingrid Solberg resign as mayor")].family
    'resignation'
    >>> asked_type("", "the museum open its tower")
    """
    types = [one.family for one in event_types()]
    if family in types:
        return types.index(family)
    degrees = told(title)
    best = int(degrees.argmax())
    return best if degrees[best] >= SURE_OF_TITLE else None
