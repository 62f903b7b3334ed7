"""Data on standard output, as programs and as people read it; text from outside is inert."""

import csv
import io
import json
import math

import numpy as np
import pytest

from forecast.cli.output import Form, dumps, emit, form, print_csv, say
from questions.errors import BadInput
from tests.forecast.cli.conftest import HOSTILE


def cells(text):
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("flags", [{"json": True, "csv": True}, {"jsonl": True, "json": True}])
def test_one_form_at_a_time(flags):
    with pytest.raises(BadInput, match="one of --json, --jsonl, --csv"):
        form(**flags)


LISTS = [
    ["questions"],
    ["inbox"],
    ["update"],
    ["score"],
    ["aggregate"],
    ["leaderboard"],
    ["member", "list"],
    ["lint"],
]


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_the_three_forms_of_a_list_hold_the_same_rows(shell, words):
    words = [*words, "--as-of", "2023-03-19"]
    document = shell(*words, "--json")
    assert document.stderr == ""
    rows = json.loads(document.stdout)
    lines = [json.loads(line) for line in shell.ok(*words, "--jsonl").splitlines()]
    header, *table = cells(shell.ok(*words, "--csv"))
    assert rows == lines
    assert [header] * len(rows) == [list(row) for row in rows]
    assert len(table) == len(rows) > 0


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_a_list_is_asked_for_in_one_form(shell, words):
    line = shell.refused(2, *words, "--json", "--csv")
    assert line == "output 'several forms' cannot be used: give one of --json, --jsonl, --csv"


def test_infinities_are_words_in_json_and_short_in_csv(capsys):
    row = {"low": -math.inf, "high": math.inf, "none": None, "odd": math.nan}
    assert json.loads(dumps(row)) == {
        "low": "-Infinity",
        "high": "Infinity",
        "none": None,
        "odd": None,
    }
    emit([row], Form(csv=True), lambda: None)
    assert cells(capsys.readouterr().out)[1] == ["-inf", "inf", "", ""]


def test_numbers_of_numpy_are_numbers(capsys):
    print_csv([{"score": np.float64(0.25)}])
    assert cells(capsys.readouterr().out)[1] == ["0.25"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\tx"])
def test_a_cell_that_a_spreadsheet_would_run_gets_a_quote(capsys, text):
    print_csv([{"title": text, "plain": "a=b"}])
    assert cells(capsys.readouterr().out)[1] == [f"'{text}", "a=b"]


def test_a_number_below_nothing_is_no_formula(capsys):
    print_csv([{"score": -1.5, "count": -2}])
    assert cells(capsys.readouterr().out)[1] == ["-1.5", "-2"]


def test_a_title_from_a_report_is_quoted_in_csv(shell):
    header, row = cells(shell.ok("inbox", "--csv"))
    assert row[header.index("title")] == "'=Clouds over Oslo"


@pytest.mark.parametrize("words", [["questions"], ["show", "Q3"], ["update"], []], ids=" ".join)
def test_a_hostile_title_is_inert_in_what_people_read(shell, words):
    shown = shell.ok(*words)
    for mark in ("\x1b", "\u202e", "\r"):
        assert mark not in shown
    if words:
        assert "[31mred [0m [bold]ice[/bold]  melt twice?" in shown


def test_a_hostile_title_is_inert_in_errors(shell):
    result = shell("predict", "\x1b[2J\u202eno such", "35%", "--as", "Ana")
    assert result.exit_code == 3
    assert result.stderr.strip().isprintable()


def test_a_hostile_title_is_kept_as_it_is_in_json_and_steers_nothing(shell):
    assert shell.data("show", "Q3")["title"] == HOSTILE
    shown = shell.ok("show", "Q3", "--json")
    assert "\\u001b[31mred" in shown
    assert "\\u202emelt" in shown
    assert not set(shown) & set("\x1b\u202e")


@pytest.mark.parametrize("mark", ["\x9b", "\u2028", "\u2066", "\U000e0041", "\x7f"])
def test_any_text_comes_back_from_json_as_it_was(mark):
    shown = dumps({"title": f"a{mark}b — ü 北京"})
    assert mark not in shown
    assert "ü 北京" in shown
    assert json.loads(shown) == {"title": f"a{mark}b — ü 北京"}


def test_a_cell_that_would_steer_a_terminal_has_blanks_there(capsys):
    print_csv([{"title": "a\x1b[2J\u202eb", "why": "two\nlines\tand more"}])
    assert cells(capsys.readouterr().out)[1] == ["a [2J b", "two\nlines\tand more"]


def test_a_message_is_one_line_on_standard_error(capsys):
    say("one\x1b[31m\ntwo")
    assert capsys.readouterr() == ("", "one [31m two\n")


def test_a_piped_table_keeps_each_row_on_one_line(shell):
    lines = shell.ok("questions").splitlines()
    assert [line.split()[0] for line in lines[2:]] == ["Q1", "Q2", "Q3"]
