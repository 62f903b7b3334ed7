import pytest

from questions.drafting.deeds import deed_of, is_joint
from questions.language import english


@pytest.mark.parametrize(
    ("text", "lemma", "deed", "whole", "specific"),
    [
        ("Ana will open a hangar in Bergen.", "open", "open a hangar in Bergen", True, True),
        ("Ana will open it.", "open", "open it", False, False),
        ("Ana will cross the street.", "cross", "cross the street", True, False),
        ("Ana will be crowned in Oslo.", "crown", "be crowned in Oslo", True, True),
        ("Ana will open a hangar, which cost two million.", "open", "open a hangar", True, False),
        ("Ana will open a hangar after talks in Oslo.", "open", "open a hangar", True, False),
        (
            "Ana will sell its ultra-light hangar.",
            "sell",
            "sell its ultra-light hangar",
            True,
            True,
        ),
        ("Ana will resign.", "resign", "resign", True, False),
    ],
)
def test_a_deed_is_what_belongs_to_its_verb(
    text: str, lemma: str, deed: str, whole: bool, specific: bool
) -> None:
    verb = next(token for token in english()(text) if token.lemma_ == lemma)
    found = deed_of(verb, range(0))
    assert (found.text, found.whole, found.specific) == (deed, whole, specific)


def test_the_time_is_left_out() -> None:
    text = "Ana will open a hangar on 3 June."
    verb = next(token for token in english()(text) if token.lemma_ == "open")
    at = text.index("3 June")
    assert deed_of(verb, range(at, at + 6)).text == "open a hangar"


def test_a_hyphen_joins_only_within_a_word() -> None:
    doc = english()("An ultra-light hangar - of steel.")
    assert [is_joint(token) for token in doc if token.text == "-"] == [True, False]
