"""Scores from pandas to pandas."""

import numpy as np
import pandas as pd
import pytest

import forecast
from forecast.scoring.files import read_tables
from forecast.scoring.frames import score
from forecast.scoring.score import score as scored
from forecast.scoring.tables import checked, outside_in, targets_in
from questions.errors import BadFile, BadInput


def times(*days):
    return pd.to_datetime([f"2025-01-{day:02}" for day in days], utc=True)


def said(**columns):
    table = {
        "question_id": ["q1", "q1", "q2"],
        "forecaster": ["Ana", "Bo", "Ana"],
        "made_at": times(1, 3, 2),
        "prob": [0.9, 0.4, 0.2],
    }
    return pd.DataFrame(table | columns, index=[10, 11, 12])


def asked(**columns):
    table = {
        "question_id": ["q1", "q2"],
        "open_time": ["2025-01-01", "2025-01-01"],
        "scheduled_close_time": ["2025-01-10", "2025-01-10"],
        "resolution": ["yes", "no"],
    }
    return pd.DataFrame(table | columns, index=["first", "second"])


def test_three_lines_give_a_row_for_each_question_forecaster_and_rule():
    table = forecast.score(said(), asked(), "last_brier,peer")
    assert list(table.columns) == ["question_id", "forecaster", "rule", "score", "coverage"]
    assert table[["question_id", "forecaster", "rule"]].to_numpy().tolist() == [
        ["q1", "Ana", "last_brier"],
        ["q1", "Bo", "last_brier"],
        ["q1", "Ana", "peer"],
        ["q1", "Bo", "peer"],
        ["q2", "Ana", "last_brier"],
        ["q2", "Ana", "peer"],
    ]
    assert table["score"].head(2).tolist() == pytest.approx([0.01, 0.36])


def test_the_board_the_comparison_and_calibration_are_there_too():
    board = forecast.leaderboard(said(), asked())
    assert board["forecaster"].tolist() == ["Ana", "Bo"]
    assert forecast.compare(said(), asked(), "Ana", "Bo").n_questions == 1
    assert forecast.calibrate(said(), asked()).n_forecasts == 3
    with pytest.raises(AttributeError, match="no attribute 'guess'"):
        _ = forecast.guess


def test_tables_are_scored_as_files_are(tmp_path):
    many = pd.DataFrame(
        {
            "question_id": ["b", "b", "m", "n"],
            "forecaster": ["Ana", "bot", "Ana", "Bo"],
            "made_at": times(2, 3, 4, 5),
            "prob": [0.3, 0.6, np.nan, np.nan],
            "probs": [None, None, [0.2, None, 0.8], None],
            "cdf": [None, None, None, [0.0, 0.5, 1.0]],
            "ended_at": [pd.Timestamp("2025-01-06", tz="UTC"), None, None, None],
            "in_crowd": [1, 0, 1, 1],
        }
    )
    questions = pd.DataFrame(
        {
            "question_id": ["b", "m", "n"],
            "type": ["binary", "multiple_choice", "numeric"],
            "open_time": times(1, 1, 1),
            "scheduled_close_time": times(11, 11, 11),
            "resolution": ["yes", "z", 4.0],
            "options": [None, ["x", "y", "z"], None],
            "range_min": [None, None, 0.0],
            "range_max": [None, None, 10.0],
        }
    )
    rules = ["brier", "crps", "peer", "baseline"]
    found = score(many, questions, rules)
    as_text = many.assign(probs=["", "", "[0.2, null, 0.8]", ""], cdf=["", "", "", "[0, 0.5, 1]"])
    as_text.to_csv(tmp_path / "f.csv", index=False)
    questions.assign(options=["", '["x", "y", "z"]', ""]).to_csv(tmp_path / "q.csv", index=False)
    held = read_tables(tmp_path / "f.csv", tmp_path / "q.csv")
    expected = scored(held.targets, held.forecasts, rules, outside=held.outside)
    assert [tuple(row) for row in found.itertuples(index=False)] == [
        (one.question_id, one.forecaster, one.rule, pytest.approx(one.score), one.coverage)
        for one in expected
    ]


def test_times_may_be_texts_with_an_offset():
    written = said(made_at=["2025-01-01T00:00Z", "2025-01-03", "2025-01-02T01:00+01:00"])
    pd.testing.assert_frame_equal(score(written, asked()), score(said(), asked()))


def test_an_empty_table_has_an_empty_answer():
    found = score(said().head(0), asked())
    assert list(found.columns) == ["question_id", "forecaster", "rule", "score", "coverage"]
    assert found.empty


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (said().drop(columns="prob"), "forecasts: no column prob; the table has question_id"),
        (said().rename(columns={"made_at": "when"}), "forecasts: no column made_at"),
        (said(prob=["90%", "40%", "20%"]), "column prob: str instead of numbers"),
        (said(prob=[True, False, True]), "column prob: bool instead of numbers"),
        (said(prob=[0.9, 1.4, np.nan]), "rows 11, 12, column prob: not from 0 to 1"),
        (
            said(made_at=times(1, 3, 2).tz_localize(None)),
            "rows 10, 11, 12, column made_at: times without a zone",
        ),
        (said(made_at=[1, 2, 3]), "column made_at: numbers"),
        (said(made_at=["2025-01-01", "soon", "2025-01-02"]), "row 11, column made_at: 'soon'"),
        (said(made_at=["2025-01-01", "2025-01-02T10:00", "2025-01-02"]), "row 11, .* an offset"),
        (
            said(question_id=["q1", "q9", "q2"]),
            "row 11, column question_id: not among the questions",
        ),
        (said(forecaster=["Ana", None, "Ana"]), "row 11, column forecaster, made_at: empty"),
        (
            said(forecaster=["Ana", "Ana", "Ana"], made_at=times(1, 1, 2)),
            "rows 10, 11, .* more than one forecast",
        ),
        (said(ended_at=times(2, 2, 9)), "row 11, column ended_at: before made_at"),
        (said(in_crowd=[1, 1, 0]), "rows 10, 12, column in_crowd: both in and out"),
        (said(in_crowd=["1", "perhaps", "1"]), "row 11, column in_crowd: 'perhaps' .* 1 or 0"),
    ],
)
def test_forecasts_that_cannot_be_used_are_refused_with_their_rows(table, why):
    with pytest.raises(BadFile, match=why) as refusal:
        score(table, asked())
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("out", ["0", "no", False, 0, 0.0])
def test_who_is_out_of_the_crowd_is_out_however_a_table_says_so(out):
    found = checked(said(in_crowd=[None, out, None]), targets_in(asked()))
    assert outside_in(found) == {"Bo"}


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (asked().drop(columns="resolution"), "questions: no column resolution"),
        (asked(question_id=["q1", "q1"]), "row second, column question_id: the same twice"),
        (asked(resolution=["yes", "maybe"]), "row second, column resolution: 'maybe' .* yes, no"),
        (asked(type=["binary", "ternary"]), "row second, column type: 'ternary'"),
        (
            asked(type=["binary", "multiple_choice"], options=[None, ["x", "y"]]),
            "row second, column resolution: 'no' cannot be used; give one of x, y",
        ),
        (
            asked(open_time=times(1, 1).tz_localize(None)),
            "row first, column open_time: .* an offset",
        ),
    ],
)
def test_questions_that_cannot_be_used_are_refused_with_their_rows(table, why):
    with pytest.raises(BadFile, match=why) as refusal:
        score(said(), table)
    assert "\n" not in str(refusal.value)


def test_many_wrong_rows_are_named_by_the_first_five():
    table = pd.concat([said(prob=[2.0, 2.0, 2.0])] * 3, ignore_index=True)
    table["made_at"] = pd.date_range("2025-01-01", periods=9, tz="UTC")
    with pytest.raises(BadFile, match="rows 0, 1, 2, 3, 4 and 4 more, column prob"):
        score(table, asked())


def test_an_unknown_rule_is_refused():
    with pytest.raises(BadInput, match="rule 'nice'"):
        score(said(), asked(), ["nice"])
