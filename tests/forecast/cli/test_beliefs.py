"""Beliefs: where they start and where they are; fitting is tested where the model is."""

import math
import re
from pathlib import Path

import pytest

from tests.forecast.views.test_movement import taught


@pytest.mark.parametrize(
    ("words", "basis", "sentence"),
    [
        (
            ["--hits", "12", "--trials", "20"],
            {"kind": "cases", "hits": 12.0, "trials": 20.0},
            "prior of Q1: 12 of 20 comparable cases\n",
        ),
        (
            ["--events", "3", "--over", "2y"],
            {"kind": "rate", "events": 3.0, "exposure_days": 730.5},
            "prior of Q1: 3 events in 730.5 days\n",
        ),
        (
            ["--prob", "80%", "--worth", "5"],
            {"kind": "stated", "prob": 0.8, "worth": 5.0},
            "prior of Q1: 80%, worth 5 cases\n",
        ),
        (
            ["--prob", "1/3"],
            {"kind": "stated", "prob": 1 / 3, "worth": 4.0},
            "prior of Q1: 33.33%, worth 4 cases\n",
        ),
    ],
)
def test_a_prior_is_stated_in_three_ways(shell, words, basis, sentence):
    assert shell.ok("prior", "Q1", *words) == sentence
    made = shell.data("prior", "Q1", *words, "--why", "springs", "--scheduled", "--as", "Bo")
    assert (made["id"], made["basis"], made["head"]) == ("Q1", basis, shell.head())
    prior = shell.data("show", "Q1")["prior"]
    assert basis.items() <= prior.items()
    assert (prior["why"], prior["by"], prior["scheduled"]) == ("springs", "Bo", True)


@pytest.mark.parametrize(
    ("code", "words", "right"),
    [
        (2, [], "no prior: give --hits K --trials N, or "),
        (2, ["--hits", "2"], "prior '--hits' cannot be used"),
        (2, ["--trials", "2"], "prior '--trials' cannot be used"),
        (2, ["--hits", "2", "--prob", "3%"], "prior '--hits --prob' cannot be used"),
        (2, ["--hits", "2", "--trials", "3", "--events", "1", "--over", "2y"], "prior '--hits"),
        (2, ["--hits", "2", "--trials", "3", "--prob", "3%"], "prior '--hits --trials --prob'"),
        (2, ["--hits", "2", "--trials", "3", "--worth", "4"], "cannot be used"),
        (2, ["--hits", "2", "--over", "2y"], "prior '--hits --over' cannot be used"),
        (2, ["--hits", "-1", "--trials", "-3"], "hits from 0 to trials"),
        (2, ["--hits", "4", "--trials", "3"], "hits from 0 to trials"),
        (2, ["--hits", "nan", "--trials", "3"], "hits from 0 to trials"),
        (2, ["--events", "-1", "--over", "2y"], "a count from 0"),
        (2, ["--events", "1", "--over", "soon"], "such as 90d or 10y"),
        (2, ["--prob", "1.2"], "a number from 0 to 1"),
        (2, ["--prob", "100%"], "strictly between 0 and 1"),
        (2, ["--prob", "30%", "--worth", "0"], "a number of cases above 0"),
        (4, ["--prob", "30%", "--as", "Ana"], "Q2 is resolved"),
        (3, ["--prob", "30%", "--as", "Zoe"], "no member 'Zoe'"),
    ],
)
def test_what_is_no_prior_is_refused(shell, code, words, right):
    head = shell.head()
    assert right in shell.refused(code, "prior", "Q2" if code == 4 else "Q1", *words)
    assert shell.head() == head


def test_an_update_has_all_that_programs_rely_on(shell):
    rows = shell.data("update")
    assert [row["id"] for row in rows] == ["Q1", "Q3"]
    for row in rows:
        assert row["ci_low"] < row["prob"] < row["ci_high"]
        assert {"ci_prob", "at", "fit", "needs_refit", "last_report", "without_it"} <= row.keys()
    assert rows[0]["last_report"] == "R1"
    assert rows[0]["prob"] > rows[0]["without_it"]
    assert rows[1]["last_report"] is None


def test_an_update_of_named_questions_has_those_alone(shell):
    assert [row["id"] for row in shell.data("update", "snow", "Q1")] == ["Q1", "Q2"]
    assert "no question 'Q9'" in shell.refused(3, "update", "Q9")


def test_an_update_writes_nothing_and_repeats_itself(shell):
    head = shell.head()
    then = ("update", "--as-of", "2023-03-19")
    assert shell.data(*then) == shell.data(*then)
    assert shell.head() == head


def test_an_update_reads_as_a_table(shell):
    header, _, first, _ = shell.ok("update", "--as-of", "2023-03-19").splitlines()
    assert "90% interval" in header
    assert "in a week" in header
    assert re.search(r"R1 \+[0-9.]+ pts", first)
    assert "no fit yet" in first


def test_there_is_nothing_to_fit_in_an_empty_store(alone):
    alone.ok("init", "--db", alone.db)
    assert "there is nothing to fit yet" in alone.refused(4, "fit")


def test_show_says_why_a_belief_is_what_it_is(shell):
    text = shell.ok("show", "Q1")
    assert "Why the belief is" in text
    assert "What would move it most" in text
    (belief,) = (shell.data("show", "Q1")["belief"],)
    odds = belief["prob"] / (1 - belief["prob"])
    assert sum(one["nats"] for one in belief["why"]) == pytest.approx(math.log(odds), abs=1e-6)


def test_an_update_says_whether_a_refit_is_due_and_why(shell):
    for row in shell.data("update"):
        assert row["refit"] == {"k_hat": None, "asks": False, "stale": False, "why": ""}


def test_an_update_says_whom_the_news_of_others_would_move(alone):
    """Which it moves once the fit is carried on."""
    taught(Path(alone.db)).store.close()
    said = alone("update", "--as-of", "2023-03-20T00:00Z").output
    lesson = "note: what is new teaches of its sources too: that would move 1 belief, Q1 most by "
    assert re.search(lesson + r"\+[0-9.]+ pts; run: tidings fit --quick", said)


def test_why_is_a_picture_too(shell):
    shell.ok("plot", "Q1", "--why", "-o", "why.svg")
    drawn = Path("why.svg").read_text(encoding="utf-8")
    assert "Q1 stands at" in drawn
    assert "prior" in drawn
    assert "time that passed" in drawn
