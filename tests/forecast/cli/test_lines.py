"""Forecasts as lines of text."""

import pytest

from forecast.cli.lines import said_in
from forecast.desk.predicting import Said
from questions.errors import BadInput


def test_a_line_is_a_name_a_question_a_probability_and_a_reason():
    assert said_in("Ana Q1 35% it's clear,\tnot \"maybe") == [
        Said("Ana", "Q1", "35%", "it's clear,\tnot \"maybe", place="line 1")
    ]


def test_a_reason_may_be_left_out():
    assert said_in("Bo Q12 7/20")[0].why == ""


def test_names_and_titles_with_blanks_are_quoted():
    (said,) = said_in('"Team 35%" "rain in Oslo" 35% why not')
    assert (said.member, said.question, said.value, said.why) == (
        *("Team 35%", "rain in Oslo", "35%", "why not"),
    )


def test_values_with_blanks_are_quoted():
    (said,) = said_in('Ana Q3 "Dark Blue=35%, Red=65%" the polls')
    assert (said.value, said.why) == ("Dark Blue=35%, Red=65%", "the polls")


def test_empty_lines_and_remarks_are_passed_over():
    text = "\n# Tuesday\n  Ana Q1 1%\n\r\nBo Q1 100% sure\n"
    assert [(one.member, one.value, one.place) for one in said_in(text)] == [
        ("Ana", "1%", "line 3"),
        ("Bo", "100%", "line 5"),
    ]


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("Ana Q1", "'Ana Q1' is no forecast; write NAME QUESTION VALUE"),
        ("Ana", "is no forecast"),
        ('"Ana Q1 35%', "is no forecast"),
    ],
)
def test_a_line_that_is_none_is_named(line, right):
    with pytest.raises(BadInput, match=f"line 2: .*{right}"):
        said_in(f"Ana Q1 20%\n{line}\n")
