"""The register of sources: described once, known by name, alias and domain."""

from datetime import timedelta

import pytest

from forecast.desk.sources import describe
from forecast.people.sources import find_source, known_as, register
from questions.errors import BadInput, Conflict
from tests.forecast.desk.conftest import OPEN

DAY = timedelta(days=1)


def known(office, said, day=9.0):
    with office.store.reading(OPEN + day * DAY) as read:
        return find_source(register(read), said)


@pytest.fixture
def journal(office):
    describe(
        office.on(1),
        " Evening  Journal ",
        aliases=["EJ"],
        domains=["https://www.Journal.example/news"],
        grade="c",
        why="a local paper",
    )


@pytest.mark.parametrize(
    "said",
    [
        *("Evening Journal", "evening  journal", "ej", "journal.example"),
        *("https://journal.example/a?b", "http://sport.journal.example:80/"),
    ],
)
def test_a_source_is_known_by_name_alias_and_domain(office, journal, said):
    assert known(office, said).name == "Evening Journal"


@pytest.mark.parametrize("said", ["", "Journal", "otherjournal.example", "http://[", "example"])
def test_what_only_looks_like_it_is_another(office, journal, said):
    assert known(office, said) is None


def test_the_longest_domain_decides(office, journal):
    describe(office.on(2), "Journal Sport", domains=["sport.journal.example"])
    assert known(office, "https://sport.journal.example/a").name == "Journal Sport"
    assert known(office, "https://www.journal.example/a").name == "Evening Journal"


def test_a_second_description_adds_and_regrades(office, journal):
    made = describe(office.on(3), "evening journal", aliases=["The EJ"], grade="B2")
    assert made.record == {
        "name": "Evening Journal",
        "aliases": ["EJ", "The EJ"],
        "domains": ["journal.example"],
        "grade": "B2",
        "why": "a local paper",
    }
    assert known(office, "the ej").grades == ((OPEN + DAY, "C"), (OPEN + 3 * DAY, "B2"))
    assert known(office, "EJ", day=2).grades == ((OPEN + DAY, "C"),)
    assert known(office, "EJ", day=0.5) is None


def test_a_description_without_a_grade_keeps_the_last(office, journal):
    describe(office.on(3), "EJ", domains=["ej.example"])
    assert known(office, "ej.example").grades == ((OPEN + DAY, "C"),)


def test_who_is_not_in_the_register_keeps_the_name_that_was_said(office, journal):
    with office.store.reading() as read:
        assert known_as(register(read), "  a  wire ") == "a wire"


@pytest.mark.parametrize(
    ("name", "given", "error", "right"),
    [
        (" ", {}, BadInput, "no name: give how the source is called"),
        ("A\x1b", {}, BadInput, "in printable characters"),
        ("A", {"grade": "G"}, BadInput, "grade 'G' .* a letter A to F, such as B"),
        ("A", {"domains": ["a b"]}, BadInput, "domain 'a b' .* such as example.org"),
        ("A", {"aliases": ["ej"]}, Conflict, "'ej' means Evening Journal already"),
        ("A", {"domains": ["journal.example"]}, Conflict, "means Evening Journal already"),
    ],
)
def test_what_cannot_be_described_is_refused(office, journal, name, given, error, right):
    head = office.head()
    with pytest.raises(error, match=right):
        describe(office.on(2), name, **given)
    assert office.head() == head
