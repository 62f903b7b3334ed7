"""What the engine has learned of a source."""

from dataclasses import replace

import numpy as np
import pytest

from forecast.belief.collapsed import add_report, empty, log_ratio
from forecast.belief.draws import GRAIN
from forecast.belief.learned import learned
from tests.forecast.belief.test_fold import some_fit

SIZE, NOISE = 400, 0.8


def taught(mean):
    """A fit that has seen the wire: its deviation from its grade, in units of sd_mu."""
    fit = some_fit(SIZE)
    rng = np.random.Generator(np.random.PCG64(5))
    own = {
        "z_source[wire]": mean + 0.05 * rng.standard_normal(SIZE),
        "sd_b": np.full(SIZE, 0.1),
        "z_b[wire]": np.ones(SIZE),
        "log_sigma_source[wire]": np.full(SIZE, np.log(NOISE)),
    }
    return replace(fit, draws={**fit.draws, **own})


def test_without_a_fit_it_is_what_the_grade_is_worth_in_the_cold_start_rule():
    """B2: .75 x .8 x .6."""
    found = learned("wire", "B2", None)
    assert found.counts == found.low == found.high == pytest.approx(0.36)
    assert found.leans == 0


def test_it_is_the_slope_of_the_engines_own_log_ratio_of_a_report_alone():
    fit = taught(1.0)
    found = learned("wire", "A1", fit)
    mean = fit.draws["mu_grade[A]"] + fit.draws["sd_mu"] * fit.draws["z_source[wire]"]
    ratios = [
        log_ratio(
            add_report(
                empty(SIZE),
                "S1",
                residual=np.full(SIZE, weight),
                mean=mean,
                variance=np.full(SIZE, NOISE**2 + GRAIN**2),
                tau_narrative=fit.draws["tau_R"],
                tau_story=fit.draws["tau_k"],
            )
        )
        for weight in (1.0, 2.0)
    ]
    assert found.counts == pytest.approx(np.mean(ratios[1] - ratios[0]))
    assert found.leans == pytest.approx(0.1)


def test_a_source_that_the_fit_saw_is_known_more_narrowly_than_one_it_did_not():
    fit = taught(1.0)
    known, unknown = learned("wire", "B2", fit), learned("somebody", "B2", fit)
    assert known.low < known.counts < known.high
    assert known.high - known.low < unknown.high - unknown.low


def test_a_source_may_mislead():
    assert learned("wire", "E5", taught(-9.0)).high < 0
