"""Whose scores are infinite, and what a new resolution changed."""

from datetime import UTC, datetime, timedelta

import pytest

from forecast.histories.history import histories
from forecast.histories.targets import Target
from forecast.records import Forecast, Score
from forecast.scoring.changes import Verdict, changes
from forecast.scoring.infinite import reasons
from forecast.scoring.score import score
from questions.values import YES, Probability

DAY0 = datetime(2025, 1, 1, tzinfo=UTC)
TARGET = Target("Q1", "binary", DAY0, DAY0 + timedelta(days=10), YES)


def said(member, prob, day):
    at = DAY0 + timedelta(days=day)
    return Forecast("", "Q1", member, Probability(prob), at, at)


def told(rows, rule):
    return reasons(score([TARGET], rows, [rule]), histories([TARGET], rows))


def test_whoever_ruled_it_out_is_named_with_the_moment_and_so_are_those_who_gain():
    rows = [said("Ana", 0.5, 0), said("Bo", 0.9, 0), said("Bo", 0.0, 3), said("Bo", 0.8, 4)]
    assert told(rows, "log") == [
        "Bo on Q1: log is infinity, because of 0% for what happened, said at 2025-01-04T00:00:00Z"
    ]
    assert told(rows, "peer") == [
        "Ana on Q1: peer is infinity, against 0% for what happened, said by Bo at "
        "2025-01-04T00:00:00Z",
        "Bo on Q1: peer is minus infinity, because of 0% for what happened, said at "
        "2025-01-04T00:00:00Z",
    ]


def test_a_crowd_that_ruled_it_out_is_named_by_its_members():
    found = told([said("a", 0.0, 0), said("b", 0.0, 0), said("c", 0.5, 0)], "relative_legacy")
    assert found[2].startswith("c on Q1: relative_legacy is infinity, against 0%")
    assert "a at 2025-01-01T00:00:00Z, b at" in found[2]


def test_finite_scores_need_no_reason():
    assert told([said("a", 0.3, 0)], "brier") == []


def verdict(outcome, day, *pairs):
    scores = tuple(Score("Q1", name, "brier", amount, 1.0) for name, amount in pairs)
    return Verdict("Q1", outcome, DAY0 + timedelta(days=day), scores)


def test_each_verdict_is_compared_with_the_one_before():
    found = changes(
        [
            verdict("yes", 10, ("a", 0.04), ("b", 0.25)),
            verdict("", 11),
            verdict("no", 12, ("a", 0.64), ("b", 0.25)),
        ]
    )
    assert [(one.forecaster, one.before, one.after, one.resolved_anew) for one in found] == [
        ("a", 0.04, None, ""),
        ("b", 0.25, None, ""),
        ("a", None, 0.64, "no"),
        ("b", None, 0.25, "no"),
    ]


def test_a_score_that_stays_is_no_change():
    found = changes([verdict("yes", 10, ("a", 0.25)), verdict("no", 12, ("a", 0.25))])
    assert found == []
    assert changes([verdict("yes", 10, ("a", pytest.approx(0.25)))]) == []
