"""Who did best."""

import math
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from forecast.histories.targets import Target
from forecast.records import Forecast, Score
from forecast.scoring.intervals import always
from forecast.scoring.leaderboard import leaderboard, noise_share, ranked_by
from forecast.scoring.score import score
from questions.errors import BadInput
from questions.values import YES, Probability


def peers(forecaster, amounts, coverage=1.0):
    return [
        Score(f"Q{number}", forecaster, "peer", amount, coverage)
        for number, amount in enumerate(amounts)
    ]


def board(scores, **changes):
    return leaderboard(scores, rng=np.random.default_rng(1), **changes)


def test_points_are_the_sum_over_thirty_or_the_coverage_if_that_is_more():
    few, many = board([*peers("few", [60.0]), *peers("many", [1.5] * 60)])
    assert (few.forecaster, few.points) == ("few", pytest.approx(2.0))
    assert (many.forecaster, many.points) == ("many", pytest.approx(1.5))
    assert (few.n_questions, many.n_questions) == (1, 60)


def test_late_entry_lifts_nobody():
    whole, late = board([*peers("whole", [10.0] * 40), *peers("late", [1.0] * 40, coverage=0.1)])
    assert (whole.forecaster, late.forecaster) == ("whole", "late")
    assert late.points == pytest.approx(40 / 30)


def test_equal_points_share_a_rank():
    places = board([*peers("b", [3.0]), *peers("a", [3.0]), *peers("c", [1.0])])
    assert [(place.forecaster, place.rank) for place in places] == [("a", 1), ("b", 1), ("c", 3)]


def test_the_interval_says_how_much_rests_on_few_questions():
    steady, lucky = board([*peers("steady", [10.0] * 20), *peers("lucky", [199.0] + [0.0] * 19)])
    assert steady.ci_low == pytest.approx(steady.ci_high)
    assert lucky.ci_low == 0
    assert lucky.ci_high > steady.points


def test_an_interval_of_less_probability_is_narrower():
    amounts = list(np.linspace(-50, 60, 40))
    wide = board(peers("a", amounts))[0]
    narrow = board(peers("a", amounts), ci_prob=0.5)[0]
    assert wide.ci_low < narrow.ci_low < narrow.ci_high < wide.ci_high


def test_what_may_be_watched_is_of_the_points_over_thirty():
    amounts = [10.0, -5.0, 20.0] * 4
    (place,) = board(peers("a", amounts))
    scaled = np.array(always(amounts)) * 12 / 30
    assert [place.always_low, place.always_high] == pytest.approx(scaled.tolist())
    assert place.always_low < place.points < place.always_high


def test_infinite_points_stay_infinite():
    winner, loser = board([*peers("up", [math.inf, -1.0]), *peers("down", [-math.inf, 1.0])])
    assert (winner.forecaster, winner.points, winner.ci_high) == ("up", math.inf, math.inf)
    assert (loser.points, loser.ci_low) == (-math.inf, -math.inf)
    assert (winner.error, loser.error) == (math.inf, math.inf)


def test_brier_scores_are_shown_beside_the_points():
    rows = [*peers("a", [3.0, 5.0]), *peers("b", [1.0])]
    rows += [Score("Q0", "a", "brier", 0.1, 1.0), Score("Q1", "a", "brier", 0.3, 1.0)]
    first, second = board(rows)
    assert (first.mean_brier, second.mean_brier) == (pytest.approx(0.2), None)
    assert (first.mean_points, first.coverage) == (4.0, 2.0)


def test_without_peer_points_there_is_no_board():
    assert board([Score("Q0", "a", "brier", 0.1, 1.0)]) == []


DAY0 = datetime(2025, 1, 1, tzinfo=UTC)


def on(day):
    return DAY0 + timedelta(days=day)


def said(question, member, prob, day=0.0, until=None):
    ended = None if until is None else on(until)
    return Forecast("", question, member, Probability(prob), on(day), on(day), ended)


def questions(count, days=100):
    return [Target(f"Q{number}", "binary", on(0), on(days), YES) for number in range(count)]


def ranked(targets, rows, rule="brier"):
    """Forecasters from the first to the last place, with their points."""
    by = ranked_by(rule)
    found = board(score(targets, rows, [by, "brier"]), rule=by)
    return {place.forecaster: place.points for place in found}


def test_a_plain_average_cannot_rank_and_does_not():
    """Half for ninety days and then .95 averages .225; joining for the last ten days .0025."""
    targets = questions(40)
    rows = []
    for target in targets:
        rows += [said(target.id, "steady", 0.5), said(target.id, "steady", 0.95, 90)]
        rows += [said(target.id, "late", 0.95, 90)]
    averages = {one.forecaster: one.score for one in score(targets, rows, ["brier"])}
    assert averages == {"steady": pytest.approx(0.22525), "late": pytest.approx(0.0025)}
    assert ranked(targets, rows) == {"late": pytest.approx(0), "steady": pytest.approx(0)}


def test_who_knew_early_stands_above_who_came_late():
    targets = questions(40)
    rows = []
    for target in targets:
        rows += [said(target.id, "early", 0.8), said(target.id, "early", 0.95, 90)]
        rows += [said(target.id, "other", 0.5), said(target.id, "other", 0.95, 90)]
        rows += [said(target.id, "late", 0.95, 90)]
    for rule in ("brier", "log", "peer"):
        found = ranked(targets, rows, rule)
        assert next(iter(found)) == "early"
        assert found["early"] > 0 > found["other"]
        assert found["late"] == pytest.approx(0, abs=1e-9)


def test_saying_what_all_say_on_many_more_questions_lifts_nobody():
    targets = questions(400)
    rows = [said(target.id, name, 0.6) for target in targets for name in ("crowd", "busy")]
    rows += [said(target.id, "good", 0.9) for target in targets[:40]]
    found = ranked(targets, rows)
    assert next(iter(found)) == "good"
    assert found["busy"] < found["good"] / 10


def test_updating_all_the_time_is_worth_what_the_forecasts_are_worth():
    targets = questions(40)
    rows = [said(target.id, "once", 0.7) for target in targets]
    rows += [said(target.id, "busy", 0.7, day) for target in targets for day in range(0, 100, 5)]
    rows += [said(target.id, "other", 0.5) for target in targets]
    found = ranked(targets, rows)
    assert found["busy"] == pytest.approx(found["once"])


def test_withdrawing_before_the_end_keeps_what_was_earned_and_earns_no_more():
    targets = questions(40)
    rows = [said(target.id, "gone", 0.8, 0, until=50) for target in targets]
    rows += [said(target.id, "stays", 0.8) for target in targets]
    rows += [said(target.id, "other", 0.5) for target in targets]
    found = ranked(targets, rows)
    assert found["gone"] < found["stays"]
    few = ranked(targets[:30], rows)
    assert few["gone"] < 0.75 * few["stays"]


def test_one_hundred_edges_under_the_logarithmic_score_are_the_peer_points():
    rows = [said("Q0", "a", 0.9), said("Q0", "b", 0.4, 3), said("Q0", "c", 0.2, 9, until=30)]
    found = score(questions(1), rows, ["edge_log", "peer"])
    edges = [100 * one.score for one in found if one.rule == "edge_log"]
    assert edges == pytest.approx([one.score for one in found if one.rule == "peer"])


def test_infinitely_wrong_is_last_under_the_edge_too():
    rows = [said("Q0", "a", 0.0), said("Q0", "b", 0.4), said("Q0", "c", 0.5)]
    assert ranked(questions(1), rows, "log") == {"b": math.inf, "c": math.inf, "a": -math.inf}


def test_points_that_compare_nobody_at_the_same_time_do_not_rank():
    for rule in ("baseline", "spot_peer", "daily_brier", "last_brier"):
        with pytest.raises(BadInput, match=r"rule to rank by .* one of peer, brier"):
            ranked_by(rule)
    assert [ranked_by(one) for one in ("peer", "crps", "edge_log")] == [
        *("peer", "edge_crps", "edge_log"),
    ]


def test_ranks_overlap_where_the_order_is_noise_and_do_not_where_it_is_not():
    rng = np.random.default_rng(3)
    level = board([row for name in "abcd" for row in peers(name, rng.normal(0, 30, 40))])
    assert max(place.rank_high - place.rank_low for place in level) >= 2
    assert noise_share(level) > 0.4
    apart = board(
        [
            row
            for step, name in enumerate("abcd")
            for row in peers(name, rng.normal(50 * step, 5, 40))
        ]
    )
    assert [(place.rank_low, place.rank_high) for place in apart] == [(n, n) for n in (1, 2, 3, 4)]
    assert noise_share(apart) < 0.02


def test_the_interval_that_may_be_watched_is_the_wider_one():
    place = board(peers("a", np.linspace(-10, 12, 40)))[0]
    assert place.always_low < place.ci_low < place.points < place.ci_high < place.always_high


def test_nobody_else_or_infinite_points_leave_the_share_of_noise_open():
    assert math.isnan(noise_share(board(peers("a", [1.0]))))
    assert math.isnan(noise_share(board([*peers("a", [math.inf]), *peers("b", [-math.inf])])))
    assert noise_share(board([*peers("a", [1.0]), *peers("b", [1.0])])) == 1.0
