"""What reports say of cells counts by the weights of the yes-or-no model."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.belief.cold import cold_weight
from forecast.belief.collapsed import log_ratio
from forecast.belief.dossier import case_of
from forecast.belief.draws import SHARED
from forecast.belief.kinds.signals import capped, evidence_of, learned_shares, signals
from forecast.belief.observations import observations
from forecast.belief.seen import state_of
from tests.forecast.belief.worlds import OPEN, dossier, fit_of, judged

DAY = OPEN.replace(month=3, day=20)
MEANS = {
    **dict.fromkeys(SHARED, 0.0),
    **dict.fromkeys(("c1", "kappa"), 1.0),
    **dict.fromkeys(("tau_R", "tau_k", "sd_mu"), 0.4),
    **{f"mu_grade[{letter}]": 0.5 for letter in "ABCDEF"},
    "z_b[wire]": 0.0,
    "z_b[radio]": 0.0,
    "b_judge[ana]": 0.0,
    "b_judge[bo]": 0.0,
}

weights = st.floats(-3, 3)
reports = st.lists(
    st.tuples(weights, st.sampled_from("ABF"), st.sampled_from("123"), st.integers(1, 3)),
    min_size=1,
    max_size=6,
)


def two_cells(judged_by):
    return np.array([judged_by[-1].weight, 0.0])


def told(rows):
    return [
        judged(f"R{at}", weight, grade=letter + number, story=f"S{story}")
        for at, (weight, letter, number, story) in enumerate(rows)
    ]


KNOWING = {"g0": 0.6, "s_g": 0.2, "omega": 0.5, "tau_F": 0.3, "tau_F2": 0.4, "delta": 0.7}
"""Of members who know something."""


def some_fit(size=50, **more):
    rng = np.random.Generator(np.random.PCG64(3))
    means = {**MEANS, **more}
    noisy = {name: mean * (1 + 0.1 * rng.standard_normal(size)) for name, mean in means.items()}
    return fit_of(noisy)


@given(reports)
def test_two_cells_give_back_the_cold_start_rule(rows):
    evidence = told(rows)
    found = evidence_of(signals(evidence, two_cells), None, 2)[0]
    assert found[0] - found[1] == pytest.approx(cold_weight(observations(evidence)), abs=1e-9)


@given(reports)
def test_two_cells_give_back_the_log_ratio_of_every_draw_of_a_fit(rows):
    evidence, fit = told(rows), some_fit()
    found = evidence_of(signals(evidence, two_cells), fit, 2)
    case = case_of(dossier(*evidence), DAY, with_forecasts=False)
    assert found[:, 0] - found[:, 1] == pytest.approx(log_ratio(state_of(case, fit)), abs=1e-9)


def test_what_a_report_counts_for_is_the_inverse_of_the_covariance_written_out():
    """2 V^-1 mu, V = diag(sigma^2) + tau_k^2 within a story + tau_R^2 everywhere."""
    evidence = told([(1.0, "A", "1", 1), (2.0, "B", "2", 1), (0.5, "F", "3", 2)])
    fit, found = some_fit(1), signals(evidence, two_cells)
    shares = learned_shares(found, fit)[0]
    draws = {name: float(values[0]) for name, values in fit.draws.items()}
    from forecast.belief.draws import source_mean, source_variance

    mean = np.array([o.credibility * source_mean(fit, o.source, o.letter)[0] for o in found])
    noise = np.array([source_variance(fit, o.source)[0] for o in found])
    same = np.array([[a.story == b.story for a in found] for b in found])
    covariance = np.diag(noise) + draws["tau_k"] ** 2 * same + draws["tau_R"] ** 2
    assert shares == pytest.approx(2 * np.linalg.solve(covariance, mean))


@given(st.lists(st.floats(-50, 50), min_size=2, max_size=5))
def test_no_cell_gains_more_than_three_nats_on_another_and_their_order_stays(values):
    total = np.array(values)
    found = capped(total)
    assert np.ptp(found) <= 3.0 + 1e-9
    order = np.argsort(total, kind="stable")
    assert (np.diff(found[order]) >= -1e-12).all()


def test_judges_are_pooled_and_who_calls_it_irrelevant_counts_as_nothing():
    one, other = judged("R1", 2.0), judged("R1", 0.0, judge="bo", judgement="irrelevant")
    (pooled,) = signals([one, other], two_cells)
    assert pooled.weights == pytest.approx([1.0, 0.0])


def test_a_copy_is_no_report_of_its_own_and_what_was_taken_back_is_none():
    first, copy = judged("R1", 2.0), judged("R2", 2.0, copy_of="R1", judge="bo")
    assert len(signals([first, copy], two_cells)) == 1
    gone = replace(first, judgement="withdrawn", recorded_at=first.recorded_at.replace(hour=5))
    assert signals([first, gone], two_cells) == []
