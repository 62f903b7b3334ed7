"""Pooling and the backtest, of the store and of files."""

import csv
import io
import json
from pathlib import Path

import pytest

FILES = ("--forecasts", "f.csv", "--questions", "q.csv")
COLUMNS = "method,n_questions,brier,log,gain_over_mean,ci_low,ci_high"


@pytest.fixture
def files(alone):
    said = [
        *("a,Ana,2023-01-01,0.9", "a,Bo,2023-01-01,0.3", "a,Bo,2023-01-03,0.5"),
        *("b,Ana,2023-01-06,0.2", "b,Bo,2023-01-06,0.4"),
        "c,Ana,2023-01-06,0.2",
    ]
    Path("f.csv").write_text("question_id,forecaster,made_at,prob\n" + "\n".join(said) + "\n")
    asked = [
        *("a,binary,2023-01-01,2023-01-05T00:00Z,yes", "b,binary,2023-01-06,2023-01-09,no"),
        "c,binary,2023-01-06,2023-01-09,no",
    ]
    header = "question_id,type,open_time,scheduled_close_time,resolution"
    Path("q.csv").write_text(header + "\n" + "\n".join(asked) + "\n")
    return alone


def test_a_backtest_by_hand(files):
    """Means .7 of yes and .3 of no just before the close; the third has one forecaster."""
    (row,) = files.data("backtest", *FILES, "--method", "mean")
    assert ",".join(row) == COLUMNS
    assert (row["method"], row["n_questions"], row["gain_over_mean"]) == ("mean", 2, 0)
    assert row["brier"] == pytest.approx(0.09)
    (row,) = files.data("backtest", *FILES, "--method", "mean", "--at", "0.25")
    assert row["brier"] == pytest.approx((0.16 + 0.09) / 2)
    (row,) = files.data("backtest", *FILES, "--method", "mean", "--min-forecasters", "1")
    assert row["n_questions"] == 3


def test_all_methods_stand_side_by_side(files):
    rows = list(csv.DictReader(io.StringIO(files.ok("backtest", *FILES, "--csv"))))
    assert len(rows) == 12
    assert {"mean", "bayes", "single_aggregation"} <= {row["method"] for row in rows}
    header, _, *lines = files.ok("backtest", *FILES).splitlines()
    assert header.split()[:3] == ["method", "questions", "Brier"]
    assert len(lines) == 12


def test_a_backtest_has_a_picture(files):
    files.ok("backtest", *FILES, "-o", "gains.svg")
    assert "<svg" in Path("gains.svg").read_text()


def test_the_store_is_replayed_without_files(shell):
    rows = shell.data("backtest", "--method", "mean", "--method", "bayes")
    assert [row["method"] for row in rows] == ["mean", "bayes"]
    assert rows[0]["n_questions"] == 1


def test_nothing_resolved_is_nothing_to_compare(alone):
    alone.ok("init", "--db", alone.db)
    assert json.loads(alone.ok("backtest", "--json")) == []
    assert alone.ok("backtest", "--csv") == COLUMNS + "\n"
    assert "no yes-or-no question" in alone.ok("backtest")
    alone.ok("backtest", "-o", "nothing.png")
    assert not Path("nothing.png").exists()


@pytest.mark.parametrize("method", ["bayes", "single_aggregation", "skill_weighted"])
def test_pooling_learns_from_what_was_resolved_before(files, method):
    rows = {row["question_id"]: row for row in files.data("aggregate", *FILES, "--method", method)}
    assert rows["a"]["n"] == 2
    assert rows["b"]["prob"] == pytest.approx(0.3, abs=0.1)
    plain = files.data("aggregate", *FILES, "--method", "log_odds_mean")
    assert rows["b"]["prob"] != pytest.approx(plain[1]["prob"], abs=1e-6)
    early = ("aggregate", *FILES, "--method", method, "--at", "2022-12-01T00:00Z")
    assert {row["prob"] for row in files.data(*early)} == {None}


def test_the_crowd_is_pooled_as_asked(shell):
    found = shell.data("crowd", "Q1", "--method", "mean")
    assert found["prob"] == pytest.approx((0.2 + 0.6) / 2)
    assert (found["question"], found["method"], found["n"]) == ("Q1", "mean", 2)
    assert "method 'mode' cannot be used: give mean, " in shell.refused(
        2, "crowd", "Q1", "--method", "mode"
    )


def test_the_crowd_of_nobody_has_no_value(shell):
    assert shell.ok("crowd", "Q3").startswith("-  log_odds_mean of 0 active forecasts")
    assert shell.data("crowd", "Q3")["prob"] is None


def test_each_type_is_pooled_as_suits_it_where_nobody_says_how(files):
    cdf = json.dumps([0.1, 0.5, 0.9])
    with Path("f.csv").open("a") as said:
        said.write(f'n,Ana,2023-01-01,,"{cdf}"\n')
    text = Path("f.csv").read_text().replace("made_at,prob\n", "made_at,prob,cdf\n")
    Path("f.csv").write_text(text)
    header, *rows = Path("q.csv").read_text().splitlines()
    ranged = f"{header},range_min,range_max,inbound_outcome_count"
    numeric = "n,numeric,2023-01-01,2023-01-05T00:00Z,3,0,10,2"
    Path("q.csv").write_text("\n".join([ranged, *(f"{row},,," for row in rows), numeric]) + "\n")
    methods = {row["question_id"]: row["method"] for row in files.data("aggregate", *FILES)}
    assert methods == {"n": "mean", **dict.fromkeys("abc", "log_odds_mean")}
    shown = files.ok("aggregate", *FILES)
    assert "4 Jan 2023" in shown
    assert "3 points (--json)" in shown
    told = files.refused(2, "aggregate", *FILES, "--method", "log_odds_mean")
    assert "one that suits numeric questions" in told
