from datetime import UTC, datetime

import pytest

from questions.articles import article_from_bytes
from questions.drafting import draft
from questions.language import english

MONDAY = datetime(2024, 5, 6, tzinfo=UTC)


def titles(text: str) -> list[str]:
    article = article_from_bytes(text.encode(), source="-", published=MONDAY)
    return [
        one.title
        for one in draft(article, english())
        if all(finding.level != "error" for finding in one.problems)
    ]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Northwind Airlines said on Friday that it will open a repair hangar in June.",
            ["Will Northwind Airlines open a repair hangar by 30 June 2024?"],
        ),
        (
            "Ana Duarte plans to publish a second volume of letters on 3 June.",
            ["Will Ana Duarte publish a second volume of letters by 10 June 2024?"],
        ),
        (
            "On 3 June, Ana Duarte will unveil the Bergen memorial, which cost two million.",
            ["Will Ana Duarte unveil the Bergen memorial by 10 June 2024?"],
        ),
        (
            "President-elect Ana Duarte will be inaugurated on 20 May.",
            ["Will Ana Duarte be inaugurated by 27 May 2024?"],
        ),
        (
            "Ana Duarte plans to publish a second volume of letters.",
            ["Will Ana Duarte publish a second volume of letters by 31 August 2024?"],
        ),
        ("Ana Duarte plans to cross the Bergen fjord.", []),
        ("Ana Duarte published a second volume of letters on 3 May.", []),
        (
            "Ana Duarte may publish a second volume of letters on 3 June.",
            ["Will Ana Duarte publish a second volume of letters by 10 June 2024?"],
        ),
        ("Ana Duarte may recite a second volume of letters.", []),
        ("Ana Duarte can publish a second volume of letters.", []),
        ("If all goes well, Ana Duarte will publish a second volume in June.", []),
        ("Ana Duarte will publish it on 3 June.", []),
        ("Ana Duarte will cross the street on 3 June.", []),
        ("The editor will publish a second volume of letters on 3 June.", []),
        ("Ana Duarte plans to publish a second volume of letters by 2050.", []),
        ("“Ana Duarte will publish a second volume on 3 June,” I was told.", []),
    ],
)
def test_a_plan_is_asked_about_only_where_the_sentence_says_enough(
    text: str, title: list[str]
) -> None:
    assert titles(text) == title


def test_what_a_family_knows_is_left_to_it() -> None:
    assert titles("Ana Duarte will visit Kenya on 3 June.") == [
        "Will Ana Duarte visit Kenya by 10 June 2024?"
    ]
