"""The crowd as one more forecaster."""

from datetime import UTC, datetime, timedelta

import pytest

from forecast.histories.history import history_of
from forecast.histories.targets import Target
from forecast.records import Forecast
from forecast.scoring.crowds import beside_crowd
from forecast.scoring.score import RULES, score_history
from questions.values import YES, Probability

DAY0 = datetime(2025, 1, 1, tzinfo=UTC)
TARGET = Target("Q1", "binary", DAY0, DAY0 + timedelta(days=10), YES)


def said(member, prob, day=0.0, until=None):
    at, ended = DAY0 + timedelta(days=day), until and DAY0 + timedelta(days=until)
    return Forecast("", "Q1", member, Probability(prob), at, at, ended)


def earned(history, rule):
    return {one.forecaster: one.score for one in score_history(history, RULES[rule])}


ROWS = [said("a", 0.4), said("b", 0.8, 5), said("a", 0.6, 8)]


def test_the_crowd_is_scored_on_what_it_said_between_changes():
    found = earned(beside_crowd(history_of(TARGET, ROWS), "mean", "crowd"), "brier")
    assert found["crowd"] == pytest.approx((5 * 0.36 + 3 * 0.16 + 2 * 0.09) / 10)


@pytest.mark.parametrize("rule", ["peer", "relative_legacy", "relative_brier", "spot_peer"])
def test_nobodys_score_changes_because_the_crowd_is_scored_too(rule):
    history = history_of(TARGET, ROWS)
    beside = earned(beside_crowd(history, "median", "crowd"), rule)
    assert {name: beside[name] for name in "ab"} == pytest.approx(earned(history, rule))


def test_the_recency_median_is_the_measure_of_the_legacy_points():
    found = earned(
        beside_crowd(history_of(TARGET, ROWS), "recency_median", "crowd"), "relative_legacy"
    )
    assert found["crowd"] == pytest.approx(0)


def test_while_nobody_is_active_the_crowd_is_silent():
    history = beside_crowd(
        history_of(TARGET, [said("a", 0.4, 0, 2), said("a", 0.6, 6)]), "mean", "crowd"
    )
    (score,) = [one for one in score_history(history, RULES["brier"]) if one.forecaster == "crowd"]
    assert score.coverage == pytest.approx(0.6)


def test_without_forecasts_there_is_no_crowd():
    assert beside_crowd(history_of(TARGET, []), "mean", "crowd").forecasters == ()
