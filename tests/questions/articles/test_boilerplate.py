import re

import pytest

from questions.articles.boilerplate import KINDS, Boilerplate, is_boilerplate
from tests.questions.articles.newspaper import BODY, LEAD


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.example)
def test_every_kind_is_known_by_its_own_pattern(kind: Boilerplate) -> None:
    assert re.search(kind.pattern, kind.example, re.IGNORECASE)
    assert is_boilerplate(kind.example)


@pytest.mark.parametrize(
    "paragraph",
    [
        *BODY,
        LEAD,
        "More ships than ever came to Vestby, and more of them stayed.",
        "Read more slowly, the report says something else.",
        "Reporting by the ministry was late, the court found.",
        "Follow the money, the prosecutor said.",
        "The minister said he would sign up to the treaty.",
        "Comments by the president are expected on Friday.",
        "The company is expected to subscribe to new shares in May.",
        "Watch towers were built along the border.",
        "Please do not come, the mayor said.",
        "The union called on its members to join our strike.",
        "Join the army, the poster said.",
    ],
)
def test_what_an_article_says_is_kept(paragraph: str) -> None:
    assert not is_boilerplate(paragraph)


def test_a_long_paragraph_is_kept_whatever_it_begins_with() -> None:
    assert not is_boilerplate("Read more: " + "it rained and rained. " * 30)
