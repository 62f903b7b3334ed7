"""How a person writes a probability."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.probability import expit, format_probability, logit, parse_probability
from questions.errors import BadInput

PROBS = st.floats(0, 1)


@pytest.mark.parametrize(
    ("text", "prob"),
    [
        ("0.35", 0.35),
        (".5", 0.5),
        ("35%", 0.35),
        (" 35 % ", 0.35),
        ("33.3%", 0.333),
        ("7/20", 0.35),
        ("7 / 20", 0.35),
        ("1e-3", 0.001),
        ("0%", 0.0),
        ("100%", 1.0),
        ("1%", 0.01),
    ],
)
def test_three_ways_of_writing_are_read(text, prob):
    assert parse_probability(text, bare_ends=False) == prob


@pytest.mark.parametrize(
    "text",
    [
        "nan",
        "inf",
        "1.2",
        "-0.1",
        "120%",
        "",
        " ",
        "likely",
        "0,35",
        "3/2",
        "1/0",
        "%",
        "1e9999",
        "٣",
    ],
)
def test_what_is_no_probability_is_refused_in_one_clear_line(text):
    with pytest.raises(BadInput, match=r"0\.35, 35% or 7/20") as refusal:
        parse_probability(text, bare_ends=True)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("text", ["0", "1", "1.0", "0.000"])
def test_a_bare_end_is_refused_where_a_person_may_have_meant_a_percentage(text):
    with pytest.raises(BadInput, match="could mean a percentage"):
        parse_probability(text, bare_ends=False)
    assert parse_probability(text, bare_ends=True) in (0.0, 1.0)


def test_the_refusal_names_what_the_value_was_for():
    with pytest.raises(BadInput, match=r"prob '1\.2' cannot be used"):
        parse_probability("1.2", bare_ends=True, what="prob")


@given(PROBS)
def test_any_probability_is_read_back_as_it_was_written(prob):
    assert parse_probability(repr(prob), bare_ends=True) == prob


@given(PROBS)
def test_only_certainty_is_shown_as_certainty(prob):
    assert (format_probability(prob) == "0%") == (prob == 0)
    assert (format_probability(prob) == "100%") == (prob == 1)


@given(st.floats(0.001, 0.999))
def test_a_shown_probability_is_close_to_the_true_one(prob):
    shown = parse_probability(format_probability(prob), bare_ends=False)
    assert abs(shown - prob) <= 0.0005 + 1e-12


@given(st.floats(-700, 700))
def test_log_odds_come_back(log_odds):
    assert expit(-log_odds) == pytest.approx(1 - expit(log_odds), abs=1e-15)
    if abs(log_odds) < 20:
        assert logit(expit(log_odds)) == pytest.approx(log_odds, abs=1e-6)


def test_the_ends_of_the_scale_are_infinite_and_overflow_nowhere():
    assert logit(0.0) == -math.inf
    assert logit(1.0) == math.inf
    assert expit(np.array([-np.inf, -1e4, 0, 1e4, np.inf])).tolist() == [0, 0, 0.5, 1, 1]
