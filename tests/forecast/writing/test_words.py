"""Words of estimative probability, against the bands of the standard."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.writing.words import (
    BANDS,
    band_named,
    leading_word,
    middle,
    parse_chance,
    parse_confidence,
    word_for,
)
from questions.errors import BadInput

STANDARD = {
    ("almost no chance", "remote"): (1, 5),
    ("very unlikely", "highly improbable"): (5, 20),
    ("unlikely", "improbable"): (20, 45),
    ("roughly even chance", "roughly even odds"): (45, 55),
    ("likely", "probable"): (55, 80),
    ("very likely", "highly probable"): (80, 95),
    ("almost certain", "nearly certain"): (95, 99),
}
"""ICD 203 (2015), section D.6.e(2), in percent."""
MIRRORED = dict(zip([one.word for one in BANDS], [one.word for one in BANDS[::-1]], strict=True))
PROBS = st.integers(0, 1000).map(lambda thousandths: float(Fraction(thousandths, 1000)))


@pytest.mark.parametrize(("words", "percents"), STANDARD.items())
def test_both_words_of_a_band_mean_its_middle(words, percents):
    for word in words:
        assert parse_chance(word) == pytest.approx(sum(percents) / 200)
        assert parse_chance(word.upper().replace(" ", "-")) == parse_chance(word)


def test_a_word_is_given_back_for_what_it_was_logged_as():
    for band in BANDS:
        assert word_for(middle(band)) == band.word


@pytest.mark.parametrize(
    ("edge", "word"),
    [
        (0.05, "very unlikely"),
        (0.20, "unlikely"),
        (0.45, "roughly even chance"),
        (0.55, "roughly even chance"),
        (0.80, "likely"),
        (0.95, "very likely"),
    ],
)
def test_a_shared_edge_belongs_to_the_band_nearer_to_even(edge, word):
    assert word_for(edge) == word
    away = 0.001 if edge > 0.5 else -0.001
    assert word_for(edge + away) != word


@given(PROBS)
def test_the_words_of_yes_and_of_no_mirror_each_other(prob):
    assert word_for(round(1 - prob, 3)) == MIRRORED[word_for(prob)]


@given(PROBS, PROBS)
def test_what_is_likelier_never_has_a_word_of_less(one, other):
    order = [band.word for band in BANDS]
    low, high = sorted([one, other])
    assert order.index(word_for(low)) <= order.index(word_for(high))


def test_the_outermost_words_reach_where_the_standard_has_none():
    assert (word_for(0.0), word_for(1.0)) == ("almost no chance", "almost certain")


@pytest.mark.parametrize("text", ["possible", "lively", "even"])
def test_a_word_that_the_standard_does_not_have_is_refused_with_those_that_it_has(text):
    with pytest.raises(BadInput, match=r"or a word: almost no chance, .*, almost certain$"):
        parse_chance(text)


def test_a_number_stays_a_number():
    assert (parse_chance("7/20"), band_named("35%")) == (0.35, None)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("likely", ("likely", "")),
        ("Very likely: she comes", ("", "Very likely: she comes")),
        ("very likely  she comes", ("very likely", "she comes")),
        ("highly unlikely", ("", "highly unlikely")),
        ("", ("", "")),
    ],
)
def test_a_text_may_begin_with_a_word(text, parts):
    assert leading_word(text) == parts


def test_confidence_is_a_word_of_its_own():
    assert (parse_confidence("Moderate"), parse_confidence("")) == ("moderate", "")
    with pytest.raises(BadInput, match="confidence 'likely' cannot be used: give low, moderate"):
        parse_confidence("likely")
