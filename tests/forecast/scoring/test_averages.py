"""Scores over time."""

import math
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.histories.history import history_of
from forecast.histories.outcomes import outcomes_of
from forecast.histories.targets import Target
from forecast.records import Forecast
from forecast.scoring import averages, rules
from questions.values import YES, Probability

DAY0 = datetime(2025, 1, 1, tzinfo=UTC)


def on(day):
    return DAY0 + timedelta(days=day)


def said(member, prob, day, until=None):
    ended = None if until is None else on(until)
    return Forecast("", "Q1", member, Probability(prob), on(day), on(day), ended)


def history(rows, days=10.0, outside=()):
    return history_of(Target("Q1", "binary", on(0), on(days), YES), rows, outside)


def earned(rule, rows, days=10.0, outside=()):
    past = history(rows, days, outside)
    return dict(zip(past.forecasters, rule(past).tolist(), strict=True))


def averaged(rule):
    def time_averaged(past):
        losses = rule(past.values, outcomes_of(past.target, past.values))
        return averages.time_average(past, losses)

    return time_averaged


FATEBOOK = [
    said("1", 0.9, 0),
    said("1", 0.95, 3),
    said("2", 0.25, 0),
    said("2", 0.2, 2),
    said("3", 0.99, 5),
]


def test_each_value_weighs_the_time_that_it_held():
    rows = [said("a", 0.5, 0), said("a", 1.0, 5), said("b", 0.5, 0, until=2), said("b", 0.9, 8)]
    found = earned(averaged(rules.brier), rows)
    assert found == pytest.approx({"a": 0.125, "b": (0.25 + 0.01) / 2})


def test_an_infinite_score_is_an_answer_however_short_it_held():
    rows = [said("a", 0.0, 0), said("a", 0.9, 0.001), said("b", 0.9, 0)]
    found = earned(averaged(rules.log), rows)
    assert found == {"a": math.inf, "b": pytest.approx(-math.log(0.9))}


def test_the_last_word_alone():
    past = history([said("a", 0.5, 0), said("a", 0.9, 9), said("b", 0.2, 0, until=3)])
    losses = rules.brier(past.values, outcomes_of(past.target, past.values))
    assert averages.last(past, losses) == pytest.approx([0.01, 0.64])


def test_relative_scores_published_by_fatebook():
    found = earned(averages.relative_brier, FATEBOOK, days=7)
    assert found == pytest.approx({"1": -0.43, "2": 0.7942857, "3": -0.0013714}, abs=5e-8)


def test_daily_scores_count_the_active_days_alone():
    found = earned(averages.daily_brier, FATEBOOK, days=7)
    assert found["1"] == pytest.approx((3 * 0.02 + 4 * 0.005) / 7)
    assert found["3"] == pytest.approx(2 * 0.01**2)


def test_a_day_takes_the_value_at_its_end_and_a_last_partial_day_is_dropped():
    rows = [said("a", 0.5, 0), said("a", 0.9, 1.9), said("a", 0.0, 2.2)]
    found = earned(averages.daily_brier, rows, days=2.5)
    assert found["a"] == pytest.approx((0.5 + 0.02) / 2)
    assert earned(averages.daily_brier, rows[:1], days=0.5)["a"] == pytest.approx(0.5)


def test_who_was_active_at_no_days_end_has_no_daily_score():
    rows = [said("a", 0.5, 0.2, until=0.7), said("b", 0.6, 0)]
    for rule in (averages.daily_brier, averages.relative_brier):
        assert math.isnan(earned(rule, rows)["a"])


def test_the_median_is_that_of_the_crowd():
    rows = [said("a", 0.5, 0), said("b", 0.7, 0), said("bot", 1.0, 0)]
    found = earned(averages.relative_brier, rows, outside={"bot"})
    assert found["bot"] == pytest.approx(-(0.5 + 0.18) / 2)
    assert found["a"] == pytest.approx(0.5 - 0.34)


def test_without_a_crowd_there_is_nothing_to_be_relative_to():
    found = earned(averages.relative_brier, [said("bot", 0.5, 0)], outside={"bot"})
    assert math.isnan(found["bot"])


@given(
    st.lists(st.tuples(st.integers(0, 9), st.floats(0, 1)), min_size=1, unique_by=lambda m: m[0])
)
def test_saying_the_same_again_changes_no_average(moves):
    once = [said("a", prob, day) for day, prob in moves]
    again = [said("a", prob, day + 0.5) for day, prob in moves]
    rule = averaged(rules.brier)
    assert earned(rule, once + again) == pytest.approx(earned(rule, once))
    assert earned(averages.daily_brier, once + again) == pytest.approx(
        earned(averages.daily_brier, once)
    )


@given(st.lists(st.floats(0, 1), min_size=1, max_size=9))
def test_an_average_lies_between_the_best_and_the_worst_value(probs):
    past = history([said("a", prob, day) for day, prob in enumerate(probs)])
    losses = rules.brier(past.values, outcomes_of(past.target, past.values))
    average = averages.time_average(past, losses)[0]
    assert np.min(losses) - 1e-12 <= average <= np.max(losses) + 1e-12
