import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.reports.words import names, shingles, stems, words


def test_spellings_of_one_name_meet():
    assert words("Zelenskyy Zelenskiy Zelensky") == ["zelensky"] * 3
    assert words("Erdoğan") == words("Erdogan")


def test_the_country_is_not_the_pronoun():
    assert words("the U.S. and the US and us") == ["usa", "usa"]


def test_forms_of_one_word_meet():
    assert len(set(words("encircle encircled encircling encirclement"))) == 1
    assert len(set(words("Russia Russian Russians"))) == 1


def test_short_words_keep_their_ending():
    assert words("bus king wine") == ["bus", "king", "wine"]


def test_names_are_what_is_written_with_a_capital():
    assert names("a mayor of Oslo") == {"oslo"}


def test_case_marks_and_line_breaks_do_not_change_the_triples():
    assert shingles("The bridge\nis — open, AGAIN!") == shingles("the bridge is open again")


def test_two_words_make_no_triple():
    assert shingles("two words") == frozenset()


@given(st.text())
def test_any_text_has_words_and_triples(text):
    assert all(words(text))
    assert all(len(triple) == 3 for triple in shingles(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("voted", "vote"),
        ("firing", "fire"),
        ("testifies", "testify"),
        ("occupied", "occupy"),
        ("controlling", "control"),
        ("cities", "city"),
        ("fell", "fall"),
        ("retook", "retake"),
        ("withdrawn", "withdraw"),
    ],
)
def test_endings_and_irregular_forms_do_not_keep_words_apart(one, other):
    assert words(one) == words(other)


def test_other_words_do_not_meet():
    assert len({*words("vote void fire firm fall fail meet meat")}) == 8


def test_any_form_of_a_word_that_any_text_may_hold_is_left_out():
    assert words("They took, gave and kept; it was taken, given and gone.") == []
    assert stems("They took it.") == ["they", "take", "it"]
