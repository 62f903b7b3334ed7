"""Pooling and its backtest from pandas to pandas give what the commands give on files."""

import json
from math import exp, log

import pandas as pd
import pytest
from typer.testing import CliRunner

import forecast
from forecast.cli.main import app
from questions.errors import BadFile, BadInput

ASKED = pd.DataFrame(
    {
        "question_id": ["a", "b", "c"],
        "type": "binary",
        "open_time": "2025-01-01",
        "scheduled_close_time": ["2025-01-31", "2025-02-28", "2025-03-31"],
        "resolution": ["yes", "no", "no"],
    }
)
SAID = pd.DataFrame(
    {
        "question_id": [name for name in "abc" for _ in range(2)],
        "forecaster": ["Ana", "Bo"] * 3,
        "made_at": pd.Timestamp("2025-01-02", tz="UTC"),
        "prob": [0.6, 0.9, 0.2, 0.4, 0.1, 0.3],
    }
)


def test_the_mean_of_log_odds_is_the_default():
    found = forecast.aggregate(SAID, ASKED)
    odds = exp((log(0.6 / 0.4) + log(0.9 / 0.1)) / 2)
    assert found["prob"].iloc[0] == pytest.approx(odds / (1 + odds))
    assert found["n"].tolist() == [2, 2, 2]


def test_before_anybody_spoke_there_is_no_crowd():
    found = forecast.aggregate(SAID, ASKED, "mean", at="2025-01-01T12:00Z")
    assert found["n"].tolist() == [0, 0, 0]
    assert found["prob"].isna().all()


def test_a_method_that_is_not_known_is_told():
    with pytest.raises(BadInput, match="method"):
        forecast.aggregate(SAID, ASKED, "vote")


def test_a_table_without_a_column_is_told():
    with pytest.raises(BadFile, match="made_at"):
        forecast.backtest(SAID.drop(columns="made_at"), ASKED)


def test_the_backtest_is_that_of_the_command(tmp_path):
    SAID.to_csv(tmp_path / "f.csv", index=False)
    ASKED.to_csv(tmp_path / "q.csv", index=False)
    files = ["--forecasts", str(tmp_path / "f.csv"), "--questions", str(tmp_path / "q.csv")]
    told = CliRunner().invoke(app, ["backtest", *files, "--method", "median", "--json"])
    (row,) = json.loads(told.stdout)
    (mine,) = forecast.backtest(SAID, ASKED, ["median"]).to_dict("records")
    assert mine == pytest.approx(row)
