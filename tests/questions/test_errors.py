"""Errors: one line that says what was wrong and what would be right, and an exit code."""

import pytest

from questions.errors import (
    BadFile,
    BadInput,
    Conflict,
    Integrity,
    NotFound,
    TidingsError,
)


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (
            BadInput("outcome", "perhaps", "yes or no"),
            2,
            "outcome 'perhaps' cannot be used: give yes or no",
        ),
        (BadInput("source", "  ", "who says so"), 2, "no source: give who says so"),
        (
            BadFile("a.txt", "it is empty", "name a text"),
            2,
            "a.txt: it is empty; name a text",
        ),
        (NotFound("draft", "D9"), 3, "no draft 'D9'"),
        (NotFound("draft", "D9", (), "`tidings drafts` lists them"), 3, "no draft 'D9'; `tidings"),
        (Conflict("Q1 is resolved", "reopen it"), 4, "Q1 is resolved; reopen it"),
        (Integrity("one entry is missing"), 5, "one entry is missing"),
    ],
)
def test_each_error_says_its_line_and_carries_its_code(error, code, sentence):
    assert str(error).startswith(sentence)
    assert error.exit_code == code
    assert isinstance(error, TidingsError)


def test_the_nearest_names_are_told_whatever_their_case():
    error = NotFound("member", "ANNA", ["Anna M", "Bo"], otherwise="add one")
    assert str(error) == "no member 'ANNA'; did you mean 'Anna M'?"
    assert error.near == ["Anna M"]


def test_a_name_that_holds_what_was_given_is_near_however_long():
    assert NotFound("member", "dana", ["Ana", "Dana (of the night shift)"]).near == [
        "Dana (of the night shift)"
    ]
    assert NotFound("member", " ", ["Ana"]).near == []


def test_what_was_given_is_shown_without_its_control_characters():
    line = str(BadInput("title", "a\x1b[31m\n\u202eb", "plain words"))
    assert line.isprintable()


def test_an_error_in_a_list_names_its_place_and_keeps_its_kind():
    error = NotFound("member", "anna").at("line 3")
    assert str(error) == "line 3: no member 'anna'"
    assert error.exit_code == 3
