"""Forecasts and questions from CSV files."""

from datetime import UTC, datetime

import pytest

from forecast.histories.targets import Grid
from forecast.scoring.files import read_tables, read_targets
from questions.errors import BadFile
from questions.values import Cdf, Chosen, Moment, Number, Probability, Shares, Void

QUESTIONS = """question_id,type,open_time,scheduled_close_time,resolution
Q1,binary,2025-01-01,2025-01-10,yes
"""
FORECASTS = """question_id,forecaster,made_at,prob
Q1,ana,2025-01-02,0.35
"""


@pytest.fixture
def read(tmp_path):
    """Write two files and read them."""

    def read(forecasts=FORECASTS, questions=QUESTIONS):
        written = [("f.csv", forecasts), ("q.csv", questions)]
        for name, text in written:
            data = text if isinstance(text, bytes) else text.encode()
            (tmp_path / name).write_bytes(data)
        return read_tables(tmp_path / "f.csv", tmp_path / "q.csv")

    return read


def question(**cells):
    """A file of one question with these cells changed or added."""
    row = {
        "question_id": "Q1",
        "type": "binary",
        "open_time": "2025-01-01",
        "scheduled_close_time": "2025-01-10",
        "resolution": "yes",
    } | cells
    quoted = ['"' + cell.replace('"', '""') + '"' for cell in row.values()]
    return ",".join(row) + "\n" + ",".join(quoted) + "\n"


def forecast(value, column="prob"):
    """A file of one forecast."""
    cell = value.replace('"', '""')
    return f'question_id,forecaster,made_at,{column}\nQ1,ana,2025-01-02,"{cell}"\n'


def test_a_closing_date_is_its_next_midnight_and_an_opening_date_its_own(read):
    target = read().targets[0]
    assert target.open_time == datetime(2025, 1, 1, tzinfo=UTC)
    assert target.scheduled_close_time == datetime(2025, 1, 11, tzinfo=UTC)
    assert target.actual_close_time is None
    assert target.outcome == Chosen("yes")


def test_a_forecast_is_read_as_it_was_written(read):
    found = read(
        "question_id,forecaster,made_at,prob,ended_at\nQ1,ana,2025-01-02T12:00Z,7/20,2025-01-05\n"
    )
    forecast = found.forecasts[0]
    assert (forecast.member, forecast.value) == ("ana", Probability(0.35))
    assert forecast.made_at == datetime(2025, 1, 2, 12, tzinfo=UTC)
    assert forecast.ended_at == datetime(2025, 1, 5, tzinfo=UTC)
    assert found.notes == ()


def test_a_time_with_a_blank_and_a_short_offset_is_read(read):
    found = read(FORECASTS.replace("2025-01-02", "2025-01-02 01:33:23.176046+00"))
    assert found.forecasts[0].made_at == datetime(2025, 1, 2, 1, 33, 23, 176046, tzinfo=UTC)


@pytest.mark.parametrize("end", ["0", "1"])
def test_the_bare_ends_are_taken_from_a_file(read, end):
    assert read(forecast(end)).forecasts[0].value == Probability(float(end))


def test_a_mark_before_the_first_column_does_no_harm(read):
    assert read(b"\xef\xbb\xbf" + FORECASTS.encode()).forecasts[0].member == "ana"


@pytest.mark.parametrize(
    ("cells", "outcome"),
    [
        ({"resolution": ""}, None),
        ({"resolution": "No"}, Chosen("no")),
        ({"resolution": "annulled"}, Void("annulled")),
        ({"resolution": "ambiguous"}, Void("ambiguous")),
        (
            {"type": "multiple_choice", "options": '["x, y", "z"]', "resolution": "x, y"},
            Chosen("x, y"),
        ),
        (
            {"type": "numeric", "range_min": "0", "range_max": "9", "resolution": "62.3"},
            Number(62.3),
        ),
        (
            {
                "type": "discrete",
                "range_min": "0",
                "range_max": "9",
                "resolution": "below_lower_bound",
            },
            Number(float("-inf")),
        ),
        (
            {
                "type": "date",
                "range_min": "2025-01-01",
                "range_max": "1767225600",
                "resolution": "2025-03-01T00:00Z",
            },
            Moment(datetime(2025, 3, 1, tzinfo=UTC)),
        ),
    ],
)
def test_every_way_of_resolving(read, cells, outcome):
    header = FORECASTS.splitlines()[0] + "\n"
    assert read(header, question(**cells)).targets[0].outcome == outcome


def test_the_range_of_a_date_question_is_read_as_time_or_as_seconds(read):
    cells = {"type": "date", "range_min": "2025-01-01", "range_max": "1767225600", "resolution": ""}
    grid = (
        read("question_id,forecaster,made_at\n", question(**cells, open_upper_bound="True"))
        .targets[0]
        .grid
    )
    assert grid == Grid(1735689600, 1767225600, None, False, True)


def test_options_that_did_not_exist_yet_are_left_out(read):
    questions = question(type="multiple_choice", options='["a", "b", "c"]', resolution="a")
    found = read(forecast("[0.4, null, 0.6]", "probs"), questions)
    assert found.forecasts[0].value == Shares((("a", 0.4), ("c", 0.6)))


def test_a_cdf_is_read(read):
    questions = question(type="numeric", range_min="0", range_max="1", resolution="0.5")
    assert read(forecast("[0, 0.5, 1]", "cdf"), questions).forecasts[0].value == Cdf((0, 0.5, 1))


def test_those_outside_the_crowd_are_named(read):
    found = read(
        "question_id,forecaster,made_at,prob,in_crowd\n"
        "Q1,ana,2025-01-02,0.5,1\nQ1,bot,2025-01-02,0.5,0\nQ1,eve,2025-01-02,0.5,\n"
    )
    assert found.outside == {"bot"}


def test_what_is_passed_over_is_said(read):
    found = read(
        FORECASTS
        + "Q1,ana,2025-01-02T00:00Z,35%\n"
        + "Q1,ana,2025-01-11,0.9\n"
        + "Q7,ana,2025-01-02,0.9\nQ8,ana,2025-01-02,0.9\n"
    )
    assert found.notes == (
        "2 rows ignored: not listed in q.csv (Q7, Q8)",
        "1 row dropped: exact repetitions",
        "1 row ignored: made at or after the close (Q1)",
    )
    assert len(found.forecasts) == 2


def test_two_values_at_one_instant_are_refused_with_both_lines(read):
    with pytest.raises(BadFile, match=r"f\.csv: lines 2 and 3: ana says two things of Q1"):
        read(FORECASTS + "Q1,ana,2025-01-02,0.36\n")


@pytest.mark.parametrize(
    ("forecasts", "why"),
    [
        (
            forecast("1.2"),
            r"f\.csv: line 2, column prob: '1\.2' cannot be used; give a number from 0",
        ),
        (forecast("nan"), "column prob: 'nan'"),
        (forecast(""), "column prob: '' cannot be used; give a value"),
        (FORECASTS.replace("2025-01-02", "2025-02-30"), "column made_at: '2025-02-30'"),
        (FORECASTS.replace("2025-01-02", "2025-01-02T10:00"), "an offset with the time of day"),
        (FORECASTS.replace("ana", " "), "column forecaster"),
        (FORECASTS.replace("prob", "probability"), "column prob: ''"),
        (
            FORECASTS.replace("made_at", "when"),
            "line 1: no column made_at; the header has question_id",
        ),
        (FORECASTS + "Q1,bo,2025-01-02,0.5,0.6\n", "line 3: more cells than the header has"),
        ("", "the file is empty; give a header with question_id"),
        (b"question_id,forecaster,made_at,prob\nQ1,\xff,2025-01-02,0.5\n", "not CSV in UTF-8"),
        ('question_id,forecaster,made_at,prob\n"Q1,ana', "not CSV"),
        (
            "question_id,forecaster,made_at,prob,ended_at\nQ1,a,2025-01-02,0.5,2025-01-01\n",
            "column ended_at: '2025-01-01' cannot be used; give a time after made_at",
        ),
        (
            "question_id,forecaster,made_at,prob,in_crowd\nQ1,a,2025-01-02,0.5,maybe\n",
            "column in_crowd: 'maybe' cannot be used; give 1 or 0",
        ),
        (
            "question_id,forecaster,made_at,prob,in_crowd\nQ1,a,2025-01-02,0.5,0\nQ1,a,2025-01-03,0.5,1\n",
            "line 3, column in_crowd: a is both in and out",
        ),
    ],
)
def test_a_forecast_that_cannot_be_used_is_refused_with_its_place(read, forecasts, why):
    with pytest.raises(BadFile, match=why) as refusal:
        read(forecasts)
    assert "\n" not in str(refusal.value)
    assert refusal.value.exit_code == 2


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"type": "ternary"}, "column type: 'ternary' cannot be used; give one of binary"),
        ({"question_id": ""}, "column question_id"),
        ({"resolution": "maybe"}, "give yes, no, ambiguous or annulled"),
        ({"scheduled_close_time": "2024-12-01"}, "column scheduled_close_time: .* after open_time"),
        ({"actual_close_time": "2024-12-01"}, "column actual_close_time: .* after open_time"),
        ({"open_time": "soon"}, "column open_time: 'soon'"),
        ({"type": "multiple_choice"}, "column options: '' cannot be used; give a value"),
        ({"type": "multiple_choice", "options": "x|y"}, "column options: .* a JSON list"),
        ({"type": "multiple_choice", "options": '{"x": 1}'}, "column options: .* a JSON list"),
        ({"type": "multiple_choice", "options": '["x", "x"]'}, "two or more different names"),
        ({"type": "multiple_choice", "options": '["x", "y"]'}, "resolution: 'yes' .*one of x, y"),
        ({"type": "numeric", "range_min": "0"}, "column range_max: ''"),
        ({"type": "numeric", "range_min": "a", "range_max": "1"}, "column range_min: 'a'"),
        ({"type": "numeric", "range_min": "0", "range_max": "inf"}, "column range_max: 'inf'"),
        ({"type": "numeric", "range_min": "5", "range_max": "1"}, "a bound above range_min"),
        (
            {"type": "numeric", "range_min": "0", "range_max": "1", "resolution": "yes"},
            "resolution: 'yes' .* a number",
        ),
        (
            {"type": "numeric", "range_min": "0", "range_max": "9", "zero_point": "3"},
            "column zero_point: '3' cannot be used; give a point outside the range",
        ),
        (
            {"type": "numeric", "range_min": "0", "range_max": "9", "open_lower_bound": "ja"},
            "column open_lower_bound: 'ja'",
        ),
        (
            {
                "type": "discrete",
                "range_min": "0",
                "range_max": "9",
                "inbound_outcome_count": "2.5",
            },
            "column inbound_outcome_count: '2.5' cannot be used; give a whole number",
        ),
        ({"type": "date", "range_min": "x", "range_max": "2025-01-01"}, "column range_min: 'x'"),
    ],
)
def test_a_question_that_cannot_be_used_is_refused_with_its_place(read, cells, why):
    measured = {"resolution": ""} if cells.get("type") in ("numeric", "discrete", "date") else {}
    with pytest.raises(BadFile, match=r"q\.csv: line 2.*" + why):
        read(questions=question(**(measured | cells)))


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("[0.4, 0.6]", "3 shares, null for what was not on offer"),
        ("[0.4, 0.4, 0.4]", "sum to 1"),
        ("[1.4, -0.4, 0.0]", "from 0 to 1"),
        ('["0.4", 0.6, 0]', "from 0 to 1"),
        ("[NaN, 0.6, 0.4]", "from 0 to 1"),
        ("[true, 0, 0]", "from 0 to 1"),
        ("[null, null, null]", "sum to 1"),
        ("[[", "a JSON list"),
    ],
)
def test_shares_that_cannot_be_used_are_refused(read, value, why):
    questions = question(type="multiple_choice", options='["a", "b", "c"]', resolution="a")
    with pytest.raises(BadFile, match=r"column probs: .*" + why):
        read(forecast(value, "probs"), questions)


@pytest.mark.parametrize(
    "value",
    ["[0.4, 0.2, 1]", "[0, 0.5, 1.2]", "[0.5]", '["a", 0.5]', "[null, 1]", "[[0], [1]]", "[]"],
)
def test_a_cdf_that_does_not_rise_from_0_to_1_is_refused(read, value):
    questions = question(type="numeric", range_min="0", range_max="1", resolution="0.5")
    with pytest.raises(BadFile, match=r"column cdf: .* rising numbers from 0 to 1"):
        read(forecast(value, "cdf"), questions)


def test_a_cdf_of_another_length_than_the_question_says_is_refused(read):
    questions = question(
        type="discrete", range_min="0", range_max="2", resolution="1", inbound_outcome_count="2"
    )
    assert read(forecast("[0, 0.5, 1]", "cdf"), questions).forecasts
    with pytest.raises(BadFile, match=r"column cdf: .* give 3 points, one more"):
        read(forecast("[0, 0.2, 0.5, 1]", "cdf"), questions)


def test_a_question_stands_in_the_table_once(read):
    with pytest.raises(BadFile, match="line 3: a second row for Q1"):
        read(questions=QUESTIONS + QUESTIONS.splitlines()[1] + "\n")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BadFile, match=r"none\.csv: No such file"):
        read_targets(tmp_path / "none.csv")
    with pytest.raises(BadFile, match="directory"):
        read_targets(tmp_path)
