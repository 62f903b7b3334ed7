"""Methods that learn from resolved questions."""

from dataclasses import replace

import numpy as np
import pytest

from forecast.crowd.aggregate import aggregate
from forecast.crowd.learned import BEYOND, WEIGHED, lessons, pooled_by
from forecast.crowd.methods import LEARNED
from forecast.crowd.past import answered
from forecast.histories.history import active_at, histories, history_of
from forecast.histories.targets import Grid
from forecast.scoring.points import peer
from questions.instants import micros
from questions.values import NO, YES, Cdf, Probability, Shares
from tests.forecast.crowd.crowds import asked, on, said, world


def last(targets, forecasts, method, **changes):
    return aggregate(targets, forecasts, method, points=peer, **changes)[-1].value


TAUGHT = [asked("Q0", 0, 1, YES)]
KNOWN = [said("good", 0.9, 0, "Q0"), said("bad", 0.4, 0, "Q0")]
NEXT = asked("Q1", 1, 3)
ROWS = [said("good", 0.8, 1), said("bad", 0.3, 1), said("new", 0.5, 2)]


@pytest.mark.parametrize(
    ("method", "value"),
    [("skill_weighted", None), ("contribution_weighted", 1.6 / 3), ("bayes", None)],
)
def test_with_nothing_resolved_each_counts_alike(method, value):
    alike = value or last([NEXT], ROWS, "log_odds_mean").yes
    assert last([NEXT], ROWS, method).yes == pytest.approx(alike)


def test_a_single_aggregation_weighs_peer_points_and_age():
    """Weights (decay rep)^3; ages 2, 2 and 1 of a life of 2 days."""
    points = 200 * np.log(0.9 / np.sqrt(0.9 * 0.4))
    reputations = np.array([points / 31, 1e-6, 1e-6])
    weights = (np.exp(-np.array([1, 1, 0.5])) * reputations) ** 3
    expected = np.average([0.8, 0.3, 0.5], weights=weights)
    found = last([*TAUGHT, NEXT], KNOWN + ROWS, "single_aggregation")
    assert found.yes == pytest.approx(expected)


def test_without_reputations_a_single_aggregation_weighs_age_alone():
    weights = np.exp(-3 * np.array([1, 1, 0.5]))
    found = last([NEXT], ROWS, "single_aggregation")
    assert found.yes == pytest.approx(np.average([0.8, 0.3, 0.5], weights=weights))


def test_points_beyond_all_measure_count_as_those_of_one_in_a_thousand():
    certain = [said("good", 1.0, 0, "Q0"), said("bad", 0.0, 0, "Q0")]
    past = answered(histories(TAUGHT, certain), peer)
    (lesson,) = lessons(past, "single_aggregation", [micros(on(2))]).values()
    assert lesson.weights == {"good": pytest.approx(BEYOND / 31), "bad": 1e-6}


def test_skill_is_shrunk_by_twenty_questions_at_the_mean():
    """Losses .01 and .36, mean .185; weights are squares of their inverses."""
    losses = np.array([(0.01 + 3.7) / 21, (0.36 + 3.7) / 21, 0.185])
    log_odds = np.log([0.8 / 0.2, 0.3 / 0.7, 1.0])
    pooled = np.average(log_odds, weights=losses**-2)
    found = last([*TAUGHT, NEXT], KNOWN + ROWS, "skill_weighted")
    assert found.yes == pytest.approx(1 / (1 + np.exp(-pooled)))


def test_only_those_who_made_the_crowd_better_contribute():
    assert last([*TAUGHT, NEXT], KNOWN + ROWS, "contribution_weighted").yes == pytest.approx(0.8)
    without = [one for one in ROWS if one.member != "good"]
    found = last([*TAUGHT, NEXT], KNOWN + without, "contribution_weighted")
    assert found.yes == pytest.approx(0.4)


@pytest.mark.parametrize("method", LEARNED)
def test_options_and_distributions_are_pooled_too(method):
    choice = replace(NEXT, type="multiple_choice", options=("x", "new", "y"))
    shares = [
        said("good", Shares((("x", 0.7), ("y", 0.3))), 1),
        said("bad", Shares((("x", 0.2), ("y", 0.8))), 1),
    ]
    found = dict(last([*TAUGHT, choice], KNOWN + shares, method).by_option)
    assert set(found) == {"x", "y"}
    assert sum(found.values()) == pytest.approx(1)
    measured = replace(NEXT, type="numeric", grid=Grid(0, 1))
    cdfs = [said("good", Cdf((0.0, 0.2, 1.0)), 1), said("bad", Cdf((0.0, 0.6, 1.0)), 1)]
    points = last([*TAUGHT, measured], KNOWN + cdfs, method).points
    assert 0.2 <= points[1] <= 0.6
    assert (points[0], points[2]) == (0, 1)


@pytest.mark.parametrize("method", LEARNED)
def test_nobody_is_null(method):
    assert last([*TAUGHT, NEXT], KNOWN, method) is None


@pytest.mark.parametrize("method", LEARNED)
def test_what_is_answered_later_changes_nothing(method):
    targets, forecasts = world(12)
    turned = {YES: NO, NO: YES}
    future = [
        replace(one, outcome=turned[one.outcome]) if number >= 8 else one
        for number, one in enumerate(targets)
    ]
    before, after = (aggregate(some, forecasts, method, points=peer) for some in (targets, future))
    assert [one.value for one in before[:9]] == [one.value for one in after[:9]]


@pytest.mark.parametrize("method", WEIGHED)
def test_a_lesson_is_the_same_whatever_was_asked_before_it(method):
    past = answered(histories(*world(9)), peer)
    days = [micros(on(day)) for day in (9, 0.5, 4, 2, 40)]
    together = lessons(past, method, days)
    for day in days:
        alone = lessons(past, method, [day])[day]
        assert (together[day].before, together[day].weights) == (day, alone.weights)
        assert together[day].others == alone.others
    assert len({one.weights.get("m1") for one in together.values()}) == 5


@pytest.mark.parametrize("method", LEARNED)
def test_a_lesson_of_later_answers_is_refused(method):
    targets, forecasts = world(3)
    found = histories(targets, forecasts)
    lesson = lessons(answered(found, peer), method, [micros(on(9))])[micros(on(9))]
    now = micros(on(0.9))
    rows = np.flatnonzero(active_at(found[0], now))
    with pytest.raises(ValueError, match="would look ahead"):
        pooled_by(lesson, found[0], rows, now)


def test_after_the_close_it_is_what_was_known_at_the_close():
    targets, forecasts = world(5)
    at_close = aggregate(targets, forecasts, "bayes", points=peer)[1].value
    later = aggregate(targets, forecasts, "bayes", at=on(99), points=peer)[1].value
    assert at_close == later


def test_what_learns_nothing_has_no_lessons():
    past = answered(histories(TAUGHT, KNOWN), peer)
    with pytest.raises(ValueError, match="mean learns nothing"):
        lessons(past, "mean", [micros(on(2))])


def test_who_never_stood_in_a_crowd_teaches_bayes_nothing():
    empty = history_of(TAUGHT[0], [])
    past = answered([empty], peer)
    (lesson,) = lessons(past, "bayes", [micros(on(2))]).values()
    assert lesson.known.forecasters == ()
    assert isinstance(last([*TAUGHT, NEXT], ROWS, "bayes"), Probability)
