"""What the crowd said, as of an instant."""

from datetime import UTC, datetime, timedelta

import pytest

from forecast.crowd.aggregate import aggregate, columns_of, pooled_at
from forecast.histories.history import history_of
from forecast.histories.targets import Grid, Target
from forecast.records import Forecast
from questions.errors import BadInput
from questions.values import Cdf, Probability, Shares

DAY0 = datetime(2025, 1, 1, tzinfo=UTC)


def on(day):
    return DAY0 + timedelta(days=day)


def said(member, value, day=0.0, until=None, question="Q1"):
    ended = None if until is None else on(until)
    value = Probability(value) if isinstance(value, float) else value
    return Forecast("", question, member, value, on(day), on(day), ended)


QUESTION = Target("Q1", "binary", on(0), on(10))
ROWS = [said("a", 0.2, 1), said("b", 0.6, 4), said("a", 0.4, 9), said("c", 0.9, 10)]


def value_at(at, rows=ROWS, **changes):
    found = aggregate([QUESTION], rows, "mean", at=at, **changes)[0]
    return found.n, found.value and found.value.yes


def test_by_default_it_is_the_last_value_before_the_close():
    found = aggregate([QUESTION], ROWS, "mean")[0]
    assert (found.question_id, found.method, found.at, found.n) == ("Q1", "mean", on(10), 2)
    assert found.value == Probability(pytest.approx(0.5))


def test_what_is_withdrawn_at_the_close_stood_just_before_it():
    assert value_at(None, [said("a", 0.2, 1, until=10)]) == (1, 0.2)
    assert value_at(None, [said("a", 0.2, 1, until=9)]) == (0, None)


@pytest.mark.parametrize(
    ("day", "n", "value"),
    [(0.5, 0, None), (1, 1, 0.2), (4, 2, 0.4), (9, 2, 0.5), (10, 2, 0.5), (99, 2, 0.5)],
)
def test_at_an_instant_what_starts_then_counts_already(day, n, value):
    assert value_at(on(day)) == (n, pytest.approx(value) if n else None)


def test_a_forecast_before_the_opening_counts_from_it():
    rows = [said("a", 0.2, -1)]
    assert value_at(on(-0.5), rows) == (0, None)
    assert value_at(on(0), rows) == (1, 0.2)


def test_those_outside_are_not_in_it():
    assert value_at(on(5), outside={"a"}) == (1, 0.6)


def test_a_row_of_the_table_names_the_kind_of_value():
    choice = Target("Q1", "multiple_choice", on(0), on(10), options=("x", "new", "y"))
    measured = Target("Q1", "numeric", on(0), on(10), grid=Grid(0, 1))
    shares, cdf = Shares((("x", 0.75), ("y", 0.25))), Cdf((0.0, 1.0))
    for target, value, column, written in [
        (QUESTION, 0.5, "prob", 0.5),
        (choice, shares, "probs", [0.75, None, 0.25]),
        (measured, cdf, "cdf", [0.0, 1.0]),
    ]:
        full = columns_of(aggregate([target], [said("a", value)], "mean")[0], target)
        empty = columns_of(aggregate([target], [], "mean")[0], target)
        assert full == {
            "question_id": "Q1",
            "method": "mean",
            "at": "2025-01-11T00:00:00Z",
            "n": 1,
            column: written,
        }
        assert empty == full | {"n": 0, column: None}


@pytest.mark.parametrize("method", ["log_odd_mean", ""])
def test_a_method_that_is_not_known_is_refused_even_without_questions(method):
    with pytest.raises(BadInput, match="log_odds_mean"):
        aggregate([], [], method)


def test_a_method_that_learns_must_be_told_how_to_earn_points():
    with pytest.raises(ValueError, match="give points"):
        aggregate([QUESTION], ROWS, "bayes")


def test_a_method_that_learns_is_refused_where_there_is_nothing_to_learn_from():
    with pytest.raises(BadInput, match="one that needs no resolved questions: mean, "):
        pooled_at(history_of(QUESTION, ROWS), "bayes", on(5))
