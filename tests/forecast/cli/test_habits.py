"""Habits through the command line."""

import pytest

from forecast.cli.habits import between


@pytest.fixture
def lived(shell):
    """A store in which Ana has changed her mind on two questions."""
    for prob in ("30%", "25%"):
        shell.ok("predict", "Q1", prob, "--as", "Ana")
        shell.ok("predict", "Q3", prob, "--as", "Ana")
    return shell


def test_a_member_and_the_crowd_have_a_row(lived):
    rows = lived.data("habits", "--member", "ana")
    assert [row["forecaster"] for row in rows] == ["Ana", "crowd"]
    assert rows[0]["n_questions"] == 2
    assert rows[0]["movement"] == pytest.approx(0.1**2 + 0.05**2 + 0.05**2)
    assert {"slope", "n", "ci_low", "ci_high"} <= rows[0]["following"].keys()


def test_the_table_says_what_its_numbers_mean(lived):
    shown = lived.ok("habits")
    assert shown.splitlines()[0].split()[:2] == ["forecaster", "questions"]
    assert "ratio: movement over learning, 1 for a Bayesian" in shown


def test_a_team_is_looked_at_alone(lived):
    lived.ok("member", "team", "north", "Bo")
    assert [row["forecaster"] for row in lived.data("habits", "--team", "north")] == ["Bo", "crowd"]


def test_a_question_tells_who_moved(lived):
    (row,) = lived.data("habits", "Q1")
    assert (row["report"], row["weight"]) == ("R1", 1.5)
    assert row["members"] == []
    shown = lived.ok("habits", "Q1", "--window", "2w")
    assert "Clouds over Oslo" in shown
    assert "changes within 14 days of each report" in shown
    assert lived.ok("habits", "Q3") == "no report on it was judged\n"


@pytest.mark.parametrize(
    ("code", "words", "right"),
    [
        (3, ["--member", "Cleo"], "no member 'Cleo'"),
        (3, ["--team", "south"], "no team 'south'"),
        (2, ["--window", "soon"], "duration 'soon' cannot be used"),
        (3, ["Q9"], "no question 'Q9'"),
    ],
)
def test_what_is_not_there_is_refused(shell, code, words, right):
    assert right in shell.refused(code, "habits", *words)


def test_an_empty_store_has_no_habits(alone):
    alone.ok("init", "--db", alone.db)
    assert alone.ok("habits") == "nobody has forecast anything yet\n"
    assert alone.data("habits") == []


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (0.3, 1.06, "0.30 to 1.06"),
        (-89750218.4, 2.5, "-inf to 2.50"),
        (0.3, float("inf"), "0.30 to inf"),
        (-2750249.16, float("inf"), "-"),
    ],
)
def test_an_interval_beyond_all_reason_is_open(low, high, told):
    assert between({"ci_low": low, "ci_high": high}) == told
