import pytest

from questions.drafting.things import amount, named_thing, needs_context, phrase_of, thing
from questions.language import english


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("They debate the fisheries *bill*.", "the fisheries bill"),
        ("The *budget* for 2025 is late.", "the budget for 2025"),
        ("They name the *crime* of genocide.", "the crime of genocide"),
        ("They debate a $60 billion *package* for Kenya.", "a $60 billion package for Kenya"),
        ("They debate a draft *resolution*.", None),
        ("They debate the *matter*.", None),
        ("They debate their tax *bill*.", None),
        ("They debate further tax *measures*.", None),
        ("They debate this tax *bill*.", None),
    ],
)
def test_a_matter_is_asked_about_only_where_it_is_told_apart(marked: str, text: str | None) -> None:
    at = marked.index("*")
    token = next(t for t in english()(marked.replace("*", "")) if t.idx == at)
    found = thing(token)
    assert (found.text if found else None) == text


def test_a_pronoun_needs_its_context() -> None:
    doc = english()("They like Oslo.")
    assert [needs_context(token) for token in doc] == [True, False, False, False]


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("It costs $200 *per* barrel.", None),
        ("It will reach 2.8 million *units* soon.", "2.8 million units"),
        ("It will grow by 3 *percent*.", "3 percent"),
        ("It will grow by *2017*.", None),
        ("It will grow by more *units*.", None),
    ],
)
def test_an_amount_is_a_number_with_its_unit(marked: str, text: str | None) -> None:
    at = marked.index("*")
    token = next(t for t in english()(marked.replace("*", "")) if t.idx == at)
    found = amount(token)
    assert (found.text if found else None) == text


def test_a_named_thing_says_whose_or_where_it_is() -> None:
    doc = english()("Car sales in Norway fell, the fisheries budget rose.")
    assert [named_thing(doc[at]) is not None for at in (1, 7)] == [True, False]


def test_a_phrase_stops_at_its_clauses() -> None:
    doc = english()("The old ferry to Bergen, which sank, will be raised.")
    assert phrase_of(doc[2]) == "the old ferry to Bergen"
