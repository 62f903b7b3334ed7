import pytest

from questions.drafting.names import _acronyms, names_in
from questions.drafting.parsing import parse
from questions.language import english


def named(text: str, surface: str) -> tuple[str, str, str] | None:
    name = names_in(parse(text, english())).get(surface)
    return (name.text, name.kind, name.side) if name else None


def test_a_part_of_a_name_stands_for_the_whole() -> None:
    text = "President Gabriel Boric spoke in Lima. Later Boric left. “He is tired,” said an aide."
    assert named(text, "Boric") == ("Gabriel Boric", "person", "")


def test_a_name_with_a_particle_is_known_by_its_last_word_alone() -> None:
    text = "General Karim Nasser al-Hadid spoke. Hadid left."
    assert named(text, "Hadid") == ("Karim Nasser al-Hadid", "person", "")


def test_a_part_that_two_people_share_stands_for_neither() -> None:
    text = "Laura Mendes met Bruno Mendes. Mendes said nothing."
    assert named(text, "Mendes") not in [
        ("Laura Mendes", "person", ""),
        ("Bruno Mendes", "person", ""),
    ]


def test_an_acronym_in_brackets_stands_for_the_body() -> None:
    text = "The Northern Fisheries Commission (NFC) met on Monday. The NFC said nothing."
    full = ("the Northern Fisheries Commission (NFC)", "organization", "")
    assert named(text, "NFC") == full
    assert named(text, "Northern Fisheries Commission") == full


def test_a_word_without_end_is_soon_read() -> None:
    """A search that began anew within the word would take minutes."""
    assert _acronyms("A" * 200_000) == {}


def test_a_title_is_no_part_of_a_name() -> None:
    text = "Colonel General Pedro Alvarez spoke. Prime Minister Ana Duarte listened."
    names = names_in(parse(text, english()))
    assert {"Pedro Alvarez", "Ana Duarte"} <= set(names)
    assert "Prime Minister" not in names


def test_a_country_belongs_to_the_group_it_stands_before() -> None:
    text = "Russia's Wagner mercenary group attacked. The Wagner group said so."
    assert named(text, "Wagner") == ("Wagner", "organization", "Russia")


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Russia", ("Russia", "country", "Russia")),
        ("Moscow", ("Moscow", "place", "Russia")),
        ("U.S.", ("the United States", "country", "the United States")),
    ],
)
def test_countries_and_capitals_are_always_known(word: str, name: tuple[str, str, str]) -> None:
    assert named("Nothing happened.", word) == name


def test_a_town_is_a_place_whatever_single_labels_say() -> None:
    text = (
        "Shells fell on Omdurman. Families in Omdurman hid. Troops took eastern Omdurman, and "
        "the mayor of Omdurman fled."
    )
    found = named(text, "Omdurman")
    assert found is not None
    assert found[1] == "place"
