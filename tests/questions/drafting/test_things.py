import pytest

from questions.drafting.things import needs_context, thing
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
