"""Likelihood in words, and confidence beside it, through the command line."""

import pytest


def mine(shell, question="Q1"):
    return shell.data("show", question)["forecasts"][-1]


def test_a_word_logs_the_middle_of_its_band_and_is_kept(shell):
    said = shell.ok("predict", "Q1", "Probable", "--as", "Ana")
    assert said.splitlines()[0] == "Ana says 67.5% on Q1"
    assert (mine(shell)["prob"], mine(shell)["words"]) == (0.675, "likely")
    shell.ok("predict", "Q1", "67.5%", "--as", "Ana")
    assert (mine(shell)["prob"], mine(shell)["words"]) == (0.675, "")


def test_confidence_is_kept_apart_from_the_number(shell):
    made = shell.data("predict", "Q1", "30%", "--confidence", "Low", "--as", "Ana")
    assert (made["value"]["yes"], made["confidence"], made["words"]) == (0.3, "low", "")
    crowd = shell.data("crowd", "Q1")["prob"]
    shell.ok("predict", "Q1", "30%", "--confidence", "high", "--as", "Ana")
    assert shell.data("crowd", "Q1")["prob"] == crowd
    assert mine(shell)["confidence"] == "high"


def test_what_is_confirmed_keeps_its_word_and_its_confidence(shell):
    shell.ok("predict", "Q1", "likely", "--confidence", "high", "--as", "Ana")
    shell.ok("confirm", "Q1", "--as", "Ana")
    assert (mine(shell)["words"], mine(shell)["confidence"]) == ("likely", "high")


def test_a_correction_has_its_own_word_and_the_same_confidence(shell):
    shell.ok("predict", "Q1", "likely", "--confidence", "high", "--as", "Ana")
    shell.ok("predict", "Q1", "40%", "--correct", "--as", "Ana")
    assert (mine(shell)["words"], mine(shell)["confidence"]) == ("", "high")


@pytest.mark.parametrize(
    ("words", "right"),
    [
        (["liekly"], "or a word: almost no chance, very unlikely, "),
        (["30%", "--confidence", "likely"], "give low, moderate or high"),
    ],
)
def test_another_word_is_refused(shell, words, right):
    head = shell.head()
    assert right in shell.refused(2, "predict", "Q1", *words, "--as", "Ana")
    assert shell.head() == head


def test_a_line_may_hold_a_word_of_two_words(shell):
    (made,) = shell.data("predict", "-", typed="Ana Q1 very likely the sky is grey\n")
    assert (made["value"]["yes"], made["words"], made["why"]) == (
        *(0.875, "very likely", "the sky is grey"),
    )


def test_questions_and_show_say_it_in_words_when_asked(shell):
    shell.ok("predict", "Q1", "very likely", "--confidence", "low", "--as", "Ana")
    assert "87.5%, very likely; low confidence" in shell.ok("show", "Q1")
    shown = shell.data("show", "Q1", "--words")
    assert shown["crowd"]["word"] == "likely"
    assert {one["word"] for one in shown["forecasts"]} == {"unlikely", "likely", "very likely"}
    assert "; " in shell.ok("show", "Q1", "--words").partition("\nbelief ")[2].splitlines()[0]
    (row, _) = shell.data("questions", "--status", "open", "--words")
    assert row["crowd_word"] == "likely"
    assert ", likely" in shell.ok("questions", "--words")
    assert "word" not in shell.data("show", "Q1")["crowd"]


def test_questions_can_be_looked_at_for_one_team(shell):
    shell.ok("member", "team", "north", "Bo")
    row = shell.data("questions", "--team", "North")[0]
    assert (row["crowd"], row["n_forecasters"]) == (pytest.approx(0.6), 1)
    assert "no team 'south'" in shell.refused(3, "questions", "--team", "south")


def test_a_ladder_keeps_confidence_on_every_rung(shell):
    told = ("ask", "Will it hail in Oslo?", "--criteria", "Yes if it hails {}.")
    shell.ok(*told, "--closes", "2089-06-30", "--closes", "2089-12-31")
    made = shell.data("predict", "L1", "10%,30%", "--confidence", "high", "--as", "Ana")
    assert [one["confidence"] for one in made] == ["high", "high"]
