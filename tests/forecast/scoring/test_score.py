"""From records to scores."""

import math
from datetime import UTC, datetime, timedelta

import pytest

from forecast.histories.targets import Grid, Target
from forecast.records import Forecast, Score
from forecast.scoring.score import RULES, rules_named, score
from questions.errors import BadInput
from questions.values import YES, Cdf, Chosen, Moment, Number, Probability, Shares, Void

DAY0 = datetime(2025, 1, 1, tzinfo=UTC)


def on(day):
    return DAY0 + timedelta(days=day)


def target(outcome=YES, id_="Q1", type_="binary", **changes):
    return Target(id_, type_, on(0), on(10), outcome, **changes)


def said(member, value, day=0.0, until=None, question="Q1"):
    ended = None if until is None else on(until)
    value = Probability(value) if isinstance(value, float) else value
    return Forecast("", question, member, value, on(day), on(day), ended)


def by_forecaster(rows):
    return {row.forecaster: row.score for row in rows}


def test_one_row_for_each_question_rule_and_forecaster():
    rows = score(
        [target(), target(id_="Q2")],
        [said("b", 0.5), said("a", 0.9), said("a", 0.8, question="Q2")],
        ["brier", "peer"],
    )
    assert [(row.question_id, row.rule, row.forecaster) for row in rows] == [
        ("Q1", "brier", "a"),
        ("Q1", "brier", "b"),
        ("Q1", "peer", "a"),
        ("Q1", "peer", "b"),
        ("Q2", "brier", "a"),
        ("Q2", "peer", "a"),
    ]
    assert rows[0] == Score("Q1", "a", "brier", pytest.approx(0.01), 1.0)


@pytest.mark.parametrize("outcome", [None, Void("annulled"), Void("ambiguous")])
def test_an_open_or_void_question_scores_nobody(outcome):
    assert score([target(outcome)], [said("a", 0.9)], list(RULES)) == []


def test_a_question_without_forecasts_has_no_rows():
    assert score([target()], [], list(RULES)) == []
    assert score([target()], [said("a", 0.9, 11)], list(RULES)) == []


def test_coverage_counts_the_scheduled_life_for_points_and_the_actual_for_scores():
    rows = score(
        [target(actual_close_time=on(8))],
        [said("a", 0.9, 4)],
        ["brier", "baseline", "peer", "spot_baseline"],
    )
    coverage = {row.rule: row.coverage for row in rows}
    assert coverage == {"brier": 0.5, "baseline": 0.4, "peer": 0.4, "spot_baseline": 1.0}


def test_the_last_word_can_be_scored_alone():
    rows = [said("a", 0.5), said("a", 0.9, 9)]
    assert by_forecaster(score([target()], rows, ["last_brier"])) == {"a": pytest.approx(0.01)}
    assert by_forecaster(score([target()], rows, ["brier"])) == {"a": pytest.approx(0.226)}


def test_an_infinite_score_is_reported_as_it_is():
    assert by_forecaster(score([target()], [said("a", 0.0)], ["log"])) == {"a": math.inf}
    assert by_forecaster(score([target()], [said("a", 0.0)], ["baseline"])) == {"a": -math.inf}


def test_every_rule_of_yes_and_no_gives_a_row():
    rows = score([target()], [said("a", 0.9), said("b", 0.6)], list(RULES))
    assert {row.rule for row in rows} == set(RULES) - MEASURED


SHAPES = {
    "multiple_choice": (
        target(Chosen("x"), type_="multiple_choice", options=("x", "y")),
        Shares((("x", 0.7), ("y", 0.3))),
    ),
    "numeric": (target(Number(3), type_="numeric", grid=Grid(0, 10)), Cdf((0.0, 0.5, 1.0))),
    "discrete": (target(Number(3), type_="discrete", grid=Grid(0, 10)), Cdf((0.0, 0.5, 1.0))),
    "date": (
        target(Moment(on(3)), type_="date", grid=Grid(on(0).timestamp(), on(10).timestamp())),
        Cdf((0.0, 0.5, 1.0)),
    ),
}
FORMS = ("", "last_", "edge_")
MEASURED = {form + name for form in FORMS for name in ("crps", "wis")}
RANKED = {form + name for form in FORMS for name in ("rps", "ordinal")}
POINTS = {"baseline", "peer", "spot_baseline", "spot_peer", "relative_legacy"}


@pytest.mark.parametrize(
    ("type_", "others"),
    [
        ("numeric", MEASURED),
        ("date", MEASURED),
        ("discrete", RANKED),
        ("multiple_choice", set(RULES) - POINTS - MEASURED),
    ],
)
def test_a_rule_that_does_not_suit_the_type_gives_no_row(type_, others):
    question, value = SHAPES[type_]
    rows = score([question], [said("a", value), said("b", value)], list(RULES))
    assert {row.rule for row in rows} == POINTS | others


def test_a_uniform_forecast_of_a_date_is_scored_in_days():
    question, value = SHAPES["date"]
    found = by_forecaster(score([question], [said("a", value)], ["crps"]))
    assert found["a"] == pytest.approx((27 + 343) / 300)


def test_a_discrete_question_ranks_what_lies_beyond_an_open_bound_only():
    closed = target(Number(3), type_="discrete", grid=Grid(0, 10))
    opened = target(Number(3), type_="discrete", grid=Grid(0, 10, open_upper_bound=True))
    cdf = Cdf((0.0, 0.5, 1.0))
    assert by_forecaster(score([closed], [said("a", cdf)], ["rps"]))["a"] == pytest.approx(0.25)
    assert by_forecaster(score([closed], [said("a", cdf)], ["ordinal"]))["a"] == pytest.approx(0.5)
    assert by_forecaster(score([opened], [said("a", cdf)], ["ordinal"]))["a"] == pytest.approx(0.25)


def test_rules_are_read_from_a_list_with_commas():
    assert rules_named("brier,last_log, peer") == ("brier", "last_log", "peer")


@pytest.mark.parametrize(("name", "near"), [("brierr", "brier"), ("peers", "peer"), ("lg", "log")])
def test_an_unknown_rule_is_refused_with_the_nearest_names(name, near):
    with pytest.raises(BadInput, match=f"rule '{name}' cannot be used: give .*{near}"):
        score([target()], [said("a", 0.9)], [name])


def test_a_rule_like_no_other_is_refused_with_all_names():
    with pytest.raises(BadInput, match="one of brier, "):
        rules_named("")
