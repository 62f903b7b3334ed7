"""A table that nobody has described: its columns are told by name and values."""

import pytest

from forecast.exchange.files import table_in
from forecast.exchange.guessing import guessed


def guess(*lines):
    return guessed([table_in("a.csv", "\n".join(lines) + "\n")])


def test_the_projects_own_columns_are_known():
    header = "question_id,title,open_time,scheduled_close_time,resolution,forecaster,made_at,prob"
    row = "q1,Will the kettle boil?,2024-01-01,2024-02-01,yes,ana,2024-01-02,0.3"
    columns = guess(header, row).columns
    assert columns == {name: name for name in header.split(",")}


def test_other_names_are_known_too():
    found = guess(
        "Statement,Analyst,Date,Confidence (%),Deadline,Outcome,Rationale",
        "The kettle boils,ana,2024-01-02,30,2024-02-01,yes,a hunch of mine",
    )
    assert found.scale == 100
    assert found.columns == {
        "title": "Statement",
        "forecaster": "Analyst",
        "made_at": "Date",
        "prob": "Confidence (%)",
        "scheduled_close_time": "Deadline",
        "resolution": "Outcome",
        "why": "Rationale",
    }


def test_values_decide_what_a_name_can_mean():
    numbers = guess("Question,Forecast,Date", "Will it rain?,0.3,2024-01-02")
    words = guess("Question,Forecast,Date", "Will it rain?,very likely,2024-01-02")
    ids = guess("Question,Title,p", "q7,Will it rain?,0.2")
    assert numbers.columns["prob"] == "Forecast"
    assert words.columns["words"] == "Forecast"
    assert (ids.columns["question_id"], ids.columns["title"]) == ("Question", "Title")


def test_a_column_that_can_be_nothing_else_needs_no_name():
    found = guess(
        "a;b;c", "Will it rain today?;0.3;2024-01-02", "Will it snow today?;0.4;2024-01-03"
    )
    assert found.columns == {"prob": "b", "made_at": "c", "title": "a"}


@pytest.mark.parametrize(
    ("values", "scale"),
    [(("0.1", "1"), 1.0), (("10", "1"), 100.0), (("0", "1"), 1.0), (("10%", "90%"), 1.0)],
)
def test_the_scale_is_told_by_the_values(values, scale):
    lines = [f"Will it rain?,{value}" for value in values]
    assert guess("title,prob", *lines).scale == scale


def test_a_day_above_twelve_tells_days_from_months():
    rows = ["Will it rain?,0.2,03/04/2024", "Will it rain?,0.3,25/04/2024"]
    assert guess("title,prob,date", *rows).time_format == "%d/%m/%Y"


def test_days_alone_and_days_with_times_stand_in_one_table():
    rows = [
        "Will it rain?,0.2,25/04/2024 10:30,30/04/2024",
        "Will it rain?,0.3,26/04/2024,1/5/2024",
    ]
    found = guess("title,prob,date,deadline", *rows)
    assert found.time_format == "%d/%m/%Y %H:%M"
    assert found.columns["scheduled_close_time"] == "deadline"


def test_days_and_months_that_may_be_either_are_not_guessed():
    assert guess("title,prob,date", "Will it rain?,0.2,03/04/2024").time_format == ""


def test_sources_with_grades_are_known():
    found = guess("source,grade", "Evening Journal,B2", "the court,A")
    assert found.columns == {"source": "source", "grade": "grade"}
