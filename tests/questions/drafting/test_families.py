import pytest

from questions.articles import article_from_bytes
from questions.drafting import draft
from questions.drafting.families import Example, families, family_from_toml
from questions.instants import parse_instant
from questions.language import english
from questions.records import Draft

EXAMPLES = [
    pytest.param(family.name, example, id=f"{family.name}: {example.text[:40]}")
    for family in families()
    for example in family.examples
]
SMALL = """
name = "prize"
title = "Will {winner} win the prize by {date}?"
yes = "{winner} wins."
no = "somebody else wins."
void = "no prize is given."
settles = "the jury."
fine_print = ["A shared prize counts."]
horizon_days = 30
consequence = 0.5
examples = []
[roles]
winner = ["person"]
[[forms]]
verbs = ["win"]
subject = "winner"
"""


def is_sound(one: Draft) -> bool:
    return all(finding.level != "error" for finding in one.problems)


@pytest.mark.parametrize(("family", "example"), EXAMPLES)
def test_an_example_gives_its_title_and_nothing_else(family: str, example: Example) -> None:
    article = article_from_bytes(
        example.text.encode(), source="-", published=parse_instant(example.published)
    )
    drafts = [one for one in draft(article, english()) if one.family == family and is_sound(one)]
    assert [one.title for one in drafts] == ([example.title] if example.title else [])


@pytest.mark.parametrize("family", families(), ids=lambda family: family.name)
def test_a_family_has_an_example_of_each_kind(family) -> None:  # type: ignore[no-untyped-def]
    assert any(example.title for example in family.examples)
    assert any(not example.title for example in family.examples)
    assert 0 < family.consequence <= 1
    assert 7 <= family.horizon_days <= 365


def test_the_kinds_of_event_that_international_affairs_need_are_there() -> None:
    needed = {
        "call", "meeting", "negotiation", "visit", "warrant", "charge", "capture",
        "encirclement", "withdrawal", "offensive", "ceasefire", "agreement", "sanctions",
        "election", "appointment", "resignation", "vote",
    }  # fmt: skip
    assert needed <= {family.name for family in families()}


def test_a_family_is_its_file() -> None:
    family = family_from_toml(SMALL)
    assert family.key == ("winner",)
    assert family.kin == "prize"
    assert family.reference_class.trials == 423


@pytest.mark.parametrize(
    ("old", "new", "match"),
    [
        ("void = ", "vacuum = ", "lacks 'void'"),
        ("{winner} win", "{loser} win", "the title needs 'loser'"),
        ('subject = "winner"', 'subject = "loser"', "fills 'loser', which is no role"),
    ],
)
def test_a_file_whose_parts_do_not_fit_is_refused(old: str, new: str, match: str) -> None:
    with pytest.raises(ValueError, match=match):
        family_from_toml(SMALL.replace(old, new, 1))
