import pytest

from questions.reports.origins import origins, share_origin


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("A diplomat told Reuters that talks go on.", ("Reuters",)),
        ("The harbour closes, a clerk told the Reuters news agency.", ("Reuters",)),
        ("The Harbour Journal had reported the sale.", ("Harbour Journal",)),
        ("The ship sank, according to TASS.", ("TASS",)),
        ("All is lost, according to the Institute for Harbours.", ("Institute for Harbours",)),
        ("In an interview with the Coast Times, she spoke of a sale.", ("Coast Times",)),
        ("The letter, seen by Bloomberg, has two pages.", ("Bloomberg",)),
        ("Citing the Coast Post, he named a price.", ("Coast Post",)),
        ("OSLO (AFP) - The envoy has arrived.", ("AFP",)),
        ("TASS reported it first; a guard told CNN the same.", ("TASS", "CNN")),
    ],
)
def test_the_origin_is_named_in_the_texts_own_words(text, named):
    assert origins(text) == named


@pytest.mark.parametrize(
    "text",
    [
        "The minister told parliament that nothing was decided.",
        "The president told Putin so.",
        "According to plan, the ship sails.",
        "They sold the house to the Post.",
        "He told reporters in Oslo.",
        "",
    ],
)
def test_listeners_are_not_origins(text):
    assert origins(text) == ()


def test_an_origin_broken_over_lines_is_found():
    assert origins("a diplomat told\nReuters so") == ("Reuters",)


def test_full_and_short_names_are_one_origin():
    assert share_origin(("Wall Street Journal",), ("Journal",))
    assert share_origin(("Reuters news agency",), ("Reuters",))


def test_two_papers_with_one_word_in_common_are_two_origins():
    assert not share_origin(("Coast Post",), ("Harbour Post",))


def test_hostile_text_is_read_in_one_go():
    assert len(origins("According to the " + "Aa of the " * 20_000 + "Bb")) == 1
    assert origins("A " * 50_000) == ()


def test_very_many_initials_are_soon_read():
    assert origins("A." * 50_000) == ()
