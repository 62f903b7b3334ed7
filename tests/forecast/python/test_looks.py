"""What a desk shows is as of its hour, for who sits there, and ready for scoring."""

import pytest

import forecast


def test_a_question_is_shown_as_it_was(desk):
    forecast.resolve(forecast.seat(desk, now="2030-03-05"), "Q1", "yes", source="its clerk")
    late = forecast.seat(desk, now="2030-03-06")
    assert forecast.question(late, "ferry")["status"] == "resolved"
    assert forecast.question(late, "Q1", as_of="2030-03-02")["status"] == "open"


def test_the_tables_of_a_store_can_be_scored(desk):
    forecast.predict(desk, "Q1", 0.8)
    late = forecast.seat(desk, now="2030-03-05")
    forecast.resolve(late, "Q1", "yes", source="its clerk")
    scores = forecast.score(*forecast.tables(late), "brier")
    assert scores[["forecaster", "score"]].to_numpy().tolist() == [
        ["Ana", pytest.approx(0.04, abs=1e-12)]
    ]


def test_a_question_is_drawn(desk):
    figure = forecast.plot(desk, "Q1")
    assert figure.axes
