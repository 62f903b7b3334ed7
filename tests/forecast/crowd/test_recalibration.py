"""The crowd recalibrated and pooled."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.crowd import recalibration
from forecast.crowd.methods import log_odds_mean
from forecast.crowd.past import answered, crowds_of, joined
from forecast.crowd.recalibration import (
    SHARED,
    UNLEARNED,
    Recalibration,
    log_odds_of,
    mode_of,
    recalibrated,
)
from forecast.histories.history import histories
from forecast.probability import expit
from forecast.scoring.points import peer
from tests.forecast.crowd.crowds import asked, world

NAMES = tuple(f"m{number}" for number in range(6))
PLACE = {name: at for at, name in enumerate(NAMES)}


def events(targets, forecasts):
    return joined(answered(histories(targets, forecasts), peer), PLACE)


@given(st.lists(st.floats(0.02, 0.98), min_size=1, max_size=6))
def test_with_nothing_resolved_it_is_the_log_odds_mean(probs):
    values = np.array(probs)
    crowd = crowds_of(asked("Q1", 0, 1), values, np.arange(len(probs)))
    found = expit(log_odds_of(UNLEARNED, crowd, NAMES[: len(probs)]))
    assert found[0] == pytest.approx(float(log_odds_mean(values)))


def test_the_gradient_is_the_slope_of_the_loss():
    crowds = events(*world(20))
    rng = np.random.Generator(np.random.PCG64(2))
    vector = 0.3 * rng.standard_normal(SHARED + 3 * 6)
    scale = np.full(len(vector), 0.4)
    _, gradient = recalibration._loss(vector, crowds, scale)
    for place in range(len(vector)):
        step = np.zeros(len(vector))
        step[place] = 1e-6
        above, below = (
            recalibration._loss(vector + sign * step, crowds, scale)[0] for sign in (1, -1)
        )
        assert gradient[place] == pytest.approx((above - below) / 2e-6, abs=1e-5)


@pytest.mark.parametrize(("power", "sharper"), [(2.5, True), (0.5, False)])
def test_a_timid_crowd_is_made_extreme_and_a_bold_one_timid(power, sharper):
    known = recalibrated(events(*world(400, power=power)), NAMES)
    crowd = crowds_of(asked("Q", 0, 1), np.full(6, 0.7), np.arange(6))
    pooled = expit(log_odds_of(known, crowd, NAMES)[0])
    assert (pooled > 0.75) if sharper else (pooled < 0.65)


def test_a_leaning_of_everybody_is_taken_back():
    known = recalibrated(events(*world(400, power=1.0, bias=1.0)), NAMES)
    crowd = crowds_of(asked("Q", 0, 1), expit(np.full(6, 1.0)), np.arange(6))
    assert abs(log_odds_of(known, crowd, NAMES)[0]) < 0.35


def test_who_says_the_opposite_of_what_happens_loses_slope_and_weight():
    targets, forecasts = world(300)
    contrary = [
        replace(one, value=type(one.value)(1 - one.value.yes)) if one.member == "m0" else one
        for one in forecasts
    ]
    mode = mode_of(events(targets, contrary), 6, np.zeros(SHARED + 18))
    slopes, precisions = mode[SHARED:].reshape(3, -1)[1:]
    assert slopes.argmin() == 0
    assert precisions.argmin() == 0


def test_recency_is_learned_where_the_late_know_more():
    rng = np.random.Generator(np.random.PCG64(3))
    targets, forecasts = world(400, power=1.0)
    noisy = [
        replace(one, value=type(one.value)(float(rng.uniform(0.05, 0.95))))
        if one.made_at.hour < 11
        else one
        for one in forecasts
    ]
    shuffled = rng.permuted(np.tile(np.arange(6), (400, 1)), axis=1).ravel()
    mixed = [replace(one, member=f"m{who}") for one, who in zip(noisy, shuffled, strict=True)]
    mode = mode_of(events(targets, mixed), 6, np.zeros(SHARED + 18))
    assert mode[3] > 0.2


def test_a_near_start_leads_to_the_same_place():
    crowds = events(*world(100))
    cold = mode_of(crowds, 6, np.zeros(SHARED + 18))
    warm = mode_of(crowds, 6, cold + 0.05)
    assert warm == pytest.approx(cold, abs=5e-3)


def test_a_stranger_is_as_the_crowd_is():
    known = Recalibration(("m0",), np.array([[0.2, 0.0, 0.0, 0.0, 1.0, 0.5, 0.0]]))
    crowd = crowds_of(asked("Q1", 0, 1), np.array([0.7]), np.arange(1))
    (stranger,), (own,) = (log_odds_of(known, crowd, [name]) for name in ("new", "m0"))
    assert stranger == pytest.approx(np.exp(0.2) * np.log(7 / 3))
    assert own == pytest.approx(np.exp(0.2) * (1 + 1.5 * np.log(7 / 3)))
