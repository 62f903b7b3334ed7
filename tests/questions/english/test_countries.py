import pytest

from questions.english.countries import countries, country_of


@pytest.mark.parametrize(
    ("word", "country"),
    [
        ("Russian", "Russia"),
        ("Moscow", "Russia"),
        ("Kyiv", "Ukraine"),
        ("Kiev", "Ukraine"),
        ("Dutch", "the Netherlands"),
        ("U.S.", "the United States"),
        ("Britain", "the United Kingdom"),
        ("Danes", "Denmark"),
    ],
)
def test_a_word_stands_for_its_country(word: str, country: str) -> None:
    assert country_of(word) == country


def test_a_town_that_is_no_capital_stands_for_no_country() -> None:
    assert country_of("Bakhmut") is None


def test_no_word_stands_for_two_countries() -> None:
    table = countries()
    names = (table.by_name, table.by_adjective, table.by_people, table.by_capital)
    for one in names:
        for other in names:
            assert all(one[word] == other[word] for word in one.keys() & other.keys())


def test_every_adjective_leads_back_to_its_country() -> None:
    table = countries()
    for country, adjective in table.adjective.items():
        assert table.by_adjective[adjective] == country
