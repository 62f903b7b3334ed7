"""Event families as data: what kind of happening a question is about, one file each.

A family file has the words that tell the event and where its roles stand beside them, the
question's wording, what settles it, the usual horizon, and examples that the tests run.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from questions.drafting.names import NameKind
from questions.records import ReferenceClass

BY_A_DATE: Final = ReferenceClass(
    name="questions whether a named event happens by a date",
    hits=122,
    trials=423,
    source="settled yes and no of such questions in one public scrape of an older platform",
)
"""Where no family knows better: most things that are announced do not happen by the date."""


@dataclass(frozen=True, slots=True)
class Role:
    """A slot of an event."""

    kinds: tuple[NameKind, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One way to tell the event: a verb or noun, and which role stands where beside it.

    ``slots`` maps a grammatical place (``subject``, ``object``, ``extent``, ``poss``,
    ``modifier`` or a preposition) to the roles that its names fill in turn.
    """

    words: tuple[tuple[str, ...], ...]
    noun: bool
    slots: tuple[tuple[str, tuple[str, ...]], ...]
    variant: str = ""
    subject_is: tuple[str, ...] = ()
    """Where not empty, the only nouns that may be the verb's subject: "the warrants include"."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of a question, with ``{role}`` and ``{date}`` to be filled."""

    title: str
    yes: str
    no: str
    void: str
    settles: str
    fine_print: tuple[str, ...]
    variants: Mapping[str, str]
    """Titles for a form's ``variant``."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text of a family's file, with the title that is drafted from it ("" for none)."""

    text: str
    published: str
    title: str


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of event."""

    name: str
    roles: Mapping[str, Role]
    key: tuple[str, ...]
    """The roles that tell two events apart; the others are detail."""
    forms: tuple[Form, ...]
    wording: Wording
    horizon_days: int
    consequence: float
    """How much hangs on such events, from 0 to 1."""
    pair: bool
    """Whether the roles of the key may be swapped: A calls B."""
    kin: str
    """Families of the same kin ask about the same event for the same names."""
    repeats: bool
    """Whether it can happen again soon after it happened."""
    general: bool
    """Whether it gives way to another family that reads the same verb."""
    inherits: str
    """The family whose names fill roles that are missing, where the article has one such event."""
    reference_class: ReferenceClass
    examples: tuple[Example, ...]


def families() -> tuple[Family, ...]:
    """Every family, by name."""
    return _families()


@cache
def _families() -> tuple[Family, ...]:
    folder = files("questions.drafting").joinpath("families")
    texts = sorted(
        (f.name, f.read_text("utf-8")) for f in folder.iterdir() if f.name.endswith(".toml")
    )
    return tuple(family_from_toml(text) for _, text in texts)


def family_from_toml(text: str) -> Family:
    """A family from the text of its file.

    Raises:
        ValueError: a key is missing, or a title names a role that is not there.
    """
    data = tomllib.loads(text)
    try:
        family = _family(data)
    except KeyError as error:
        raise ValueError(f"family {data.get('name', '?')!r} lacks {error}") from error
    _check(family)
    return family


def _family(data: Mapping[str, Any]) -> Family:
    roles = {name: _role(kinds) for name, kinds in data["roles"].items()}
    required = tuple(name for name, role in roles.items() if not role.optional)
    return Family(
        name=data["name"],
        roles=roles,
        key=tuple(data.get("key", required)),
        forms=tuple(_form(row) for row in data.get("forms", ())),
        wording=_wording(data),
        horizon_days=data["horizon_days"],
        consequence=data["consequence"],
        pair=data.get("pair", False),
        kin=data.get("kin", data["name"]),
        repeats=data.get("repeats", False),
        general=data.get("general", False),
        inherits=data.get("inherits", ""),
        reference_class=ReferenceClass(**data["reference_class"])
        if "reference_class" in data
        else BY_A_DATE,
        examples=tuple(Example(**row) for row in data["examples"]),
    )


def _role(kinds: list[Any]) -> Role:
    """``["person", "optional"]`` may stay empty."""
    named: tuple[NameKind, ...] = tuple(kind for kind in kinds if kind != "optional")
    return Role(named, optional="optional" in kinds)


def _form(row: Mapping[str, Any]) -> Form:
    noun = "nouns" in row
    words = row["nouns"] if noun else row["verbs"]
    slots = {k: v for k, v in row.items() if k not in {"nouns", "verbs", "variant", "subject_is"}}
    return Form(
        words=tuple(tuple(word.split()) for word in words),
        noun=noun,
        slots=tuple((place, tuple(roles.split())) for place, roles in slots.items()),
        variant=row.get("variant", ""),
        subject_is=tuple(row.get("subject_is", ())),
    )


def _wording(data: Mapping[str, Any]) -> Wording:
    return Wording(
        title=data["title"],
        yes=data["yes"],
        no=data["no"],
        void=data["void"],
        settles=data["settles"],
        fine_print=tuple(data["fine_print"]),
        variants=dict(data.get("variants", {})),
    )


def _check(family: Family) -> None:
    """Refuse a file whose parts do not fit together."""
    for title in (family.wording.title, *family.wording.variants.values()):
        try:
            title.format(date="", **dict.fromkeys(family.roles, ""))
        except (KeyError, IndexError) as error:
            raise ValueError(f"family {family.name!r}: the title needs {error}") from error
    for form in family.forms:
        for role in (role for _, roles in form.slots for role in roles):
            if role not in family.roles:
                raise ValueError(f"family {family.name!r}: a form fills {role!r}, which is no role")
