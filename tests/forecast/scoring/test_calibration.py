"""Calibration and its null band."""

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.histories.history import histories
from forecast.histories.targets import Grid, Target
from forecast.records import Forecast
from forecast.scoring import rules
from forecast.scoring.calibration import bins_of, calibrate, calibration_in
from forecast.scoring.corp import decompose
from forecast.scoring.nulls import null_band, spiegelhalter
from forecast.scoring.pairs import Paired, paired
from questions.errors import BadInput
from questions.values import NO, YES, Number, Probability, Void
from tests.forecast.scoring.equals import walks

DAY0 = datetime(2025, 1, 1, tzinfo=UTC)
HAND_P = [0.1, 0.2, 0.3, 0.6, 0.7, 0.9, 0.9, 0.4]
HAND_Y = [0, 0, 1, 1, 0, 1, 1, 0]


def on(day):
    return DAY0 + timedelta(days=day)


def target(id_, outcome):
    return Target(id_, "binary", on(0), on(10), outcome)


def said(question, member, prob, day=0.0):
    return Forecast("", question, member, Probability(prob), on(day), on(day))


def alone(probs, outcomes):
    count = len(probs)
    return Paired(np.arange(count), np.array(probs), np.array(outcomes), np.ones(count))


def test_eight_forecasts_by_hand():
    parts = decompose(HAND_P, HAND_Y)
    assert parts.score == pytest.approx(0.17125)
    assert parts.miscalibration == pytest.approx(0.04625)
    assert parts.discrimination == pytest.approx(0.125)
    assert parts.uncertainty == pytest.approx(0.25)


ROWS = st.lists(
    st.tuples(
        st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]) | st.floats(0, 1),
        st.booleans(),
        st.integers(1, 5),
    ),
    min_size=1,
    max_size=30,
)


@given(ROWS)
def test_the_score_is_exactly_the_sum_of_its_parts(rows):
    probs, outcomes, weights = zip(*rows, strict=True)
    parts = decompose(probs, outcomes, weights)
    rebuilt = parts.miscalibration - parts.discrimination + parts.uncertainty
    assert parts.score == pytest.approx(rebuilt, abs=1e-12)
    assert parts.miscalibration >= -1e-12
    assert parts.discrimination >= -1e-12


@given(ROWS)
def test_a_weight_of_two_is_the_same_as_saying_it_twice(rows):
    probs, outcomes, weights = zip(*rows, strict=True)
    repeated = [row for row in rows for _ in range(row[2])]
    weighted = decompose(probs, outcomes, weights)
    plain = decompose([row[0] for row in repeated], [row[1] for row in repeated])
    assert weighted.miscalibration == pytest.approx(plain.miscalibration, abs=1e-12)
    assert weighted.discrimination == pytest.approx(plain.discrimination, abs=1e-12)


@given(ROWS)
def test_the_reliability_curve_rises(rows):
    probs, outcomes, _ = zip(*rows, strict=True)
    curve = np.array(decompose(probs, outcomes).curve)
    assert (np.diff(curve, axis=0) >= -1e-12).all()


def test_recalibrated_forecasts_have_no_miscalibration_left():
    curve = dict(decompose(HAND_P, HAND_Y).curve)
    again = decompose([curve[prob] for prob in HAND_P], HAND_Y)
    assert again.miscalibration == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(("count", "published"), [(25, 0.050), (100, 0.023), (250, 0.013)])
def test_a_calibrated_forecaster_shows_the_published_miscalibration(count, published):
    rng = np.random.default_rng(7)
    shown = []
    for _ in range(800):
        probs = rng.random(count)
        shown.append(decompose(probs, rng.random(count) < probs).miscalibration)
    assert np.mean(shown) == pytest.approx(published, rel=0.06)


def test_the_null_band_holds_a_calibrated_forecaster_nineteen_times_in_twenty():
    rng = np.random.default_rng(3)
    held = []
    for _ in range(150):
        probs = rng.random(40)
        rows = alone(probs, (rng.random(40) < probs).astype(int))
        low, high = null_band(rows, rng=rng, draws=200)
        shown = decompose(rows.probs, rows.outcomes).miscalibration
        held.append(low <= shown <= high)
    assert 0.90 <= np.mean(held) <= 0.99


def test_the_null_band_knows_that_forecasts_on_one_question_stand_and_fall_together():
    rng = np.random.default_rng(5)
    probs = rng.random(20)
    apart = alone(np.repeat(probs, 10), np.zeros(200, dtype=int))
    together = Paired(np.repeat(np.arange(20), 10), apart.probs, apart.outcomes, np.full(200, 0.1))
    assert null_band(together, rng=rng)[0] > null_band(apart, rng=rng)[1]


def test_the_same_chance_gives_the_same_band():
    rows = alone(HAND_P, HAND_Y)
    bands = [null_band(rows, rng=np.random.default_rng(11)) for _ in range(2)]
    assert bands[0] == bands[1]


def test_bins_hold_every_forecast_once_and_the_last_one_certainty():
    bins = bins_of(alone([0.0, 0.1, 0.1, 0.35, 0.99, 1.0], [0, 0, 1, 0, 1, 1]))
    assert [part.n for part in bins] == [1, 2, 0, 1, 0, 0, 0, 0, 0, 2]
    assert (bins[1].low, bins[1].high) == (0.1, 0.2)
    assert (bins[1].mean_forecast, bins[1].observed_frequency) == (pytest.approx(0.1), 0.5)
    assert (bins[2].mean_forecast, bins[2].observed_frequency) == (None, None)


def test_a_forecast_on_an_edge_is_in_the_bin_above_it():
    tenths = [round(tenth / 10, 1) for tenth in range(10)]
    bins = bins_of(alone(tenths, [1] * 10))
    assert [part.low for part in bins] == tenths
    assert [part.mean_forecast for part in bins] == tenths


def test_each_question_weighs_one_and_the_last_active_forecast_counts():
    rows = paired(
        histories(
            [target("Q1", YES), target("Q2", NO), target("Q3", YES)],
            [
                said("Q1", "a", 0.2),
                said("Q1", "a", 0.8, 5),
                said("Q1", "a", 0.9, 11),
                said("Q1", "b", 0.6),
                said("Q2", "a", 0.3),
            ],
        )
    )
    assert rows.probs.tolist() == [0.8, 0.6, 0.3]
    assert rows.question.tolist() == [0, 0, 1]
    assert rows.outcomes.tolist() == [1, 1, 0]
    assert rows.weights.tolist() == [0.5, 0.5, 1.0]


def test_calibration_reports_the_parts_and_the_band():
    targets = [target(f"Q{number}", YES if hit else NO) for number, hit in enumerate(HAND_Y)]
    targets += [
        target("void", Void("annulled")),
        target("open", None),
        Target("number", "numeric", on(0), on(10), Number(1), grid=Grid(0, 2)),
    ]
    rows = [said(f"Q{number}", "a", prob) for number, prob in enumerate(HAND_P)]
    rows += [said("void", "a", 0.9), said("open", "a", 0.9)]
    found = calibrate(targets, rows, rng=np.random.default_rng(1))
    assert (found.n_questions, found.n_forecasts) == (8, 8)
    assert found.brier == pytest.approx(0.17125)
    assert found.miscalibration == pytest.approx(0.04625)
    assert 0 <= found.null_low < found.null_high < 0.25
    assert sum(part.n for part in found.bins) == 8


def test_nothing_resolved_cannot_be_calibrated():
    with pytest.raises(BadInput, match="at least one resolved binary question"):
        calibrate([target("Q1", None)], [said("Q1", "a", 0.5)], rng=np.random.default_rng(1))


def test_spiegelhalters_statistic_of_eight_forecasts_by_hand():
    z, p_value = spiegelhalter(alone(HAND_P, HAND_Y))
    assert z == pytest.approx(0.0710669, abs=5e-8)
    assert p_value == pytest.approx(0.94334, abs=1e-4)


def test_of_two_questions_the_statistic_is_students_with_two_degrees():
    """Each question's sum is -.1: z = -.2 / sqrt(.02), and P(|t| > sqrt 2) = 1 - 1 / sqrt 2."""
    rows = Paired(
        np.array([0, 0, 1, 1]),
        np.array([0.8, 0.6, 0.3, 0.1]),
        np.array([1, 1, 0, 0]),
        np.full(4, 0.5),
    )
    z, p_value = spiegelhalter(rows)
    assert (z, p_value) == (pytest.approx(-math.sqrt(2)), pytest.approx(1 - 1 / math.sqrt(2)))


def test_the_logarithmic_score_of_eight_forecasts_by_hand():
    assert rules.log(HAND_P, HAND_Y).mean() == pytest.approx(0.4961027, abs=5e-8)


def test_who_is_too_bold_has_a_statistic_above_zero_and_the_timid_one_below():
    answers = np.tile([1, 1, 1, 0], 50)
    bold, timid = alone(np.full(200, 0.95), answers), alone(np.full(200, 0.55), answers)
    assert spiegelhalter(bold)[0] > 3
    assert spiegelhalter(timid)[0] < -3


def test_certainty_that_is_right_shows_nothing_and_that_is_wrong_everything():
    assert spiegelhalter(alone([0.0, 1.0], [0, 1])) == (0.0, 1.0)
    assert spiegelhalter(alone([0.0, 1.0], [0, 0])) == (np.inf, 0.0)


def rows_of_walks(count, rng):
    """All updates of a calibrated forecaster on so many questions, each question weighing one."""
    probs, answers = walks(count, rng)
    updates = probs.shape[1]
    return Paired(
        np.repeat(np.arange(count), updates),
        probs.ravel(),
        np.repeat(answers.astype(int), updates),
        np.full(count * updates, 1 / updates),
    )


def test_repeated_updates_of_a_calibrated_forecaster_are_rejected_one_time_in_twenty():
    rng = np.random.default_rng(2)
    rejected = [spiegelhalter(rows_of_walks(80, rng))[1] < 0.05 for _ in range(400)]
    assert 0.02 <= np.mean(rejected) <= 0.08


def test_taking_updates_for_independent_rejects_a_calibrated_forecaster_far_too_often():
    rng, rejected = np.random.default_rng(2), []
    for _ in range(100):
        rows = rows_of_walks(80, rng)
        rejected.append(spiegelhalter(alone(rows.probs, rows.outcomes))[1] < 0.05)
    assert np.mean(rejected) > 0.3


def test_sharpness_is_what_certainty_adds():
    rng = np.random.default_rng(1)
    for probs, sharpness in ((0.5, 0.0), (1.0, 1.0), (0.75, 0.25)):
        found = calibration_in(alone([probs] * 4, [1, 1, 1, 0]), rng=rng, draws=8)
        assert found.sharpness == pytest.approx(sharpness)


def test_the_curve_lies_in_its_band_and_a_calibrated_one_mostly_in_the_null_band():
    rng = np.random.default_rng(6)
    probs = rng.random(300)
    rows = alone(probs, (rng.random(300) < probs).astype(int))
    found = calibration_in(rows, rng=rng)
    curve = np.array(found.curve)
    fitted = np.interp([edge.forecast for edge in found.band], curve[:, 0], curve[:, 1])
    edges = list(zip(found.band, fitted, strict=True))
    assert len(edges) == 100
    assert np.mean([edge.low <= at <= edge.high for edge, at in edges]) > 0.9
    assert np.mean([edge.null_low <= at <= edge.null_high for edge, at in edges]) > 0.85
    assert np.mean([edge.null_low <= edge.forecast <= edge.null_high for edge, _ in edges]) > 0.9


def test_a_miscalibrated_curve_leaves_the_null_band():
    rng = np.random.default_rng(6)
    probs = rng.random(400)
    rows = alone(probs, (rng.random(400) < 0.5).astype(int))
    middle = calibration_in(rows, rng=rng).band[5]
    assert middle.null_high < middle.low


def early(id_, outcome, closes=6.0):
    return replace(target(id_, outcome), actual_close_time=on(closes))


def test_early_answers_are_counted_and_told_or_left_out_until_their_time_has_run_out():
    targets = [early("Q1", YES), target("Q2", NO)]
    rows = [said("Q1", "a", 0.9), said("Q2", "a", 0.2)]
    rng = np.random.default_rng(1)
    whole = calibrate(targets, rows, rng=rng, draws=20)
    assert (whole.n_questions, whole.n_early) == (2, 1)
    targets[0] = replace(targets[0], scheduled_close_time=on(30))
    waiting = calibrate(targets, rows, rng=rng, draws=20, due=on(20))
    assert (waiting.n_questions, waiting.n_early) == (1, 0)
    assert calibrate(targets, rows, rng=rng, draws=20, due=on(30)).n_questions == 2


def test_where_only_a_yes_comes_early_counting_it_at_once_leans_toward_yes():
    """Events at a steady rate over ten days, looked at after four, and said at their true odds."""
    rng = np.random.default_rng(4)
    when = rng.exponential(10 / np.log(2), size=800)
    targets = [
        early(f"Q{number}", YES, closes=day) if day < 4 else target(f"Q{number}", None)
        for number, day in enumerate(when)
    ]
    rows = [said(f"Q{number}", "a", 0.5) for number in range(800)]
    seen = calibrate(targets, rows, rng=rng, draws=40)
    assert seen.bins[5].observed_frequency == 1.0
    assert seen.n_early == seen.n_questions
    with pytest.raises(BadInput, match="at least one resolved"):
        calibrate(targets, rows, rng=rng, draws=40, due=on(4))
