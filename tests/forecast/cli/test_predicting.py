"""Forecasts: logged, corrected, confirmed, withdrawn."""

import math

import pytest

WRITTEN = {"id", "head"}


def test_a_forecast_is_logged_and_read_back(shell):
    made = shell.data(
        "predict", "oslo by", "7/20", "--as", "ana", "-m", "clouds", "--expires", "+3d"
    )
    assert made["head"] == shell.head()
    assert made["value"] == {"kind": "probability", "yes": 0.35}
    (last,) = [one for one in shell.data("show", "Q1")["forecasts"] if one["id"] == made["id"]]
    assert (last["member"], last["prob"], last["why"], last["active"]) == (
        *("Ana", 0.35, "clouds", True),
    )


def test_what_was_logged_is_said_in_a_sentence(shell):
    assert shell.ok("predict", "Q1", "0.5%", "--as", "Bo").startswith("Bo says 0.5% on Q1\n")
    assert shell.ok("confirm", "Q1", "--as", "Bo") == "Bo stands by Q1\n"
    assert shell.ok("withdraw", "Q1", "--as", "Bo") == "Bo has withdrawn from Q1\n"
    assert shell.ok("crowd", "Q1") == "20%  log_odds_mean of 1 active forecast\n"


def test_a_forecast_is_answered_with_the_crowd_and_how_far_it_is_from_it(shell):
    """Ana says 20 %: with 80 % the mean of the log odds is 0, which is 50 %."""
    told = shell.ok("predict", "Q1", "80%", "--as", "Bo").splitlines()[1]
    far = "this is 30.0 points above it (+1.39 in log odds)"
    assert told == f"crowd 50%  log_odds_mean of 2 active forecasts; {far}"
    made = shell.data("predict", "Q1", "50%", "--as", "Bo")
    assert made["crowd"]["n"] == 2
    assert made["from_crowd"]["points"] == pytest.approx(0.5 - 1 / 3)
    assert made["from_crowd"]["log_odds"] == pytest.approx(math.log(2))


def test_who_is_alone_is_told_of_no_crowd(shell):
    shell.ok("withdraw", "Q1", "--as", "Ana")
    assert shell.ok("predict", "Q1", "80%", "--as", "Bo") == "Bo says 80% on Q1\n"


def test_confirming_and_withdrawing_print_what_they_wrote(shell):
    for verb in ("confirm", "withdraw"):
        made = shell.data(verb, "Q1", "--as", "Ana")
        assert made.keys() >= WRITTEN
        assert made["head"] == shell.head()


@pytest.mark.parametrize(
    "value", ["1.2", "NaN", "-0.1", "-5%", "1", "0", "lively", "101%", "7/0", "", "inf", "½"]
)
def test_what_is_no_probability_is_refused(shell, value):
    head = shell.head()
    line = shell.refused(2, "predict", "Q1", value, "--as", "Ana")
    assert "probability" in line
    assert "give " in line
    assert shell.head() == head


@pytest.mark.parametrize("value", ["0%", "100%", "0.0000001"])
def test_certainty_is_taken_when_it_is_meant(shell, value):
    shell.ok("predict", "Q1", value, "--as", "Ana")


@pytest.mark.parametrize(
    ("code", "words", "right"),
    [
        (3, ["Q9", "35%", "--as", "Ana"], "no question 'Q9'"),
        (2, ["Oslo", "35%", "--as", "Ana"], "give one of Q1, Q2: it names all of them"),
        (4, ["Q2", "35%", "--as", "Ana"], "Q2 closed at 2023-03-17T00:00:00Z"),
        (2, ["Q1", "--as", "Ana"], "a value too, such as: tidings predict Q1 35%"),
        (2, [], "a question and a value, or - to read lines"),
        (2, ["Q1", "35%", "--as", "Ana", "--expires", "2023-03-14"], "a time to come"),
    ],
)
def test_a_forecast_that_cannot_be_is_refused(shell, code, words, right):
    head = shell.head()
    assert right in shell.refused(code, "predict", *words)
    assert shell.head() == head


def test_lines_of_forecasts_are_logged_together(shell):
    made = shell.data("predict", "-", typed="Ana Q1 30% clouds\nbo Q1 40%\n")
    assert [(one["member"], one["why"]) for one in made] == [("Ana", "clouds"), ("Bo", "")]
    assert made[-1]["head"] == shell.head()
    assert shell.ok("predict", "-", typed="Ana Q1 31%\n") == "1 forecast logged\n"


@pytest.mark.parametrize(
    ("code", "line", "right"),
    [
        (2, "Ana Q1 1.2", "line 2: probability '1.2' cannot be used"),
        (2, "Ana Q1", "line 2: 'Ana Q1' is no forecast"),
        (3, "Anna Q1 20%", "line 2: no member 'Anna'; did you mean 'Ana'?"),
        (3, "Ana Q9 20%", "line 2: no question 'Q9'"),
        (4, "Ana Q2 20%", "line 2: Q2 closed at"),
        (2, b"Ana Q1 20% \xff", "-: not UTF-8 at byte "),
    ],
)
def test_a_bad_line_keeps_all_of_them_out(shell, code, line, right):
    head = shell.head()
    typed = b"Ana Q1 30%\n" + (line if isinstance(line, bytes) else line.encode())
    assert right in shell.refused(code, "predict", "-", typed=typed)
    assert shell.head() == head


@pytest.mark.parametrize("words", [("40%", "Q1"), ("likely", "q1"), ("10%,30%", "L1")])
def test_arguments_in_the_wrong_order_are_told_in_the_right_one(shell, words):
    value, question = words
    told = shell.refused(2, "predict", value, question, "--as", "Ana")
    assert told.endswith(f"give the other: tidings predict {question} {value}")


def test_a_ladder_is_corrected_a_question_at_a_time(shell):
    told = shell.refused(2, "predict", "L1", "5%", "--correct", "--as", "Ana")
    assert "a question of the ladder, one at a time" in told
