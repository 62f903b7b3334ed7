import pytest

from questions.drafting.anaphora import fit, name_of
from questions.drafting.names import Name, NameKind, names_in
from questions.drafting.parsing import parse
from questions.language import english

PERSON: tuple[NameKind, ...] = ("person",)
PLACE: tuple[NameKind, ...] = ("place",)
FIGHTERS: tuple[NameKind, ...] = ("forces", "organization")


def read(marked: str, kinds: tuple[NameKind, ...], taken: tuple[Name, ...] = ()) -> str | None:
    """What the word between the stars stands for."""
    at = marked.index("*")
    doc = parse(marked.replace("*", ""), english())
    token = next(token for token in doc if token.idx == at)
    name = name_of(token, names_in(doc), kinds, taken)
    return name.text if name else None


@pytest.mark.parametrize(
    ("marked", "kinds", "name"),
    [
        ("Ana Duarte flew home. *Duarte* slept.", PERSON, "Ana Duarte"),
        ("Ana Duarte said that *she* would go.", PERSON, "Ana Duarte"),
        ("The soldiers in Omdurman failed to leave *it*.", PLACE, "Omdurman"),
        ("Shells fell in Omdurman. Troops hold the *city*.", PLACE, "Omdurman"),
        ("Russian *troops* advanced.", FIGHTERS, "Russian forces"),
        ("Russia's *army* advanced.", FIGHTERS, "Russian forces"),
        ("Moscow's *soldiers* advanced.", FIGHTERS, "Russian forces"),
        ("*Russia* advanced.", FIGHTERS, "Russian forces"),
        ("Russian *officials* fear it.", ("officials",), "Russian officials"),
        ("The Danish *parliament* met.", ("organization",), "the Danish parliament"),
        ("*Officials* fear it.", ("officials", "person"), None),
        ("*They* fear it.", ("officials", "person"), None),
        ("The *president* fears it.", PERSON, None),
        ("*It* was late.", PLACE, None),
    ],
)
def test_a_word_stands_for_this_name_or_for_none(
    marked: str, kinds: tuple[NameKind, ...], name: str | None
) -> None:
    assert read(marked, kinds) == name


def test_parts_of_a_place_are_the_place_however_many() -> None:
    assert read("They hold *parts* of parts of Omdurman.", PLACE) == "Omdurman"
    assert read(f"They hold *parts* {'of parts ' * 600}of Omdurman.", PLACE) is None


def test_a_pronoun_does_not_repeat_the_other_side() -> None:
    other = Name("Bo Hansen", "person")
    marked = "Ana Duarte has called on Bo Hansen to speak to *her*."
    assert read(marked, PERSON, (other,)) == "Ana Duarte"


def test_a_capital_speaks_for_its_country_only_where_a_country_can_act() -> None:
    moscow = Name("Moscow", "place", "Russia")
    assert fit(moscow, ("country",)) == Name("Russia", "country", "Russia")
    assert fit(moscow, ("place",)) == moscow
    assert fit(moscow, ("person",)) is None
