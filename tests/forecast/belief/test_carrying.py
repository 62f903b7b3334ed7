"""A fit is carried on to what is new: draws weighed by all of it, and drawn again."""

from dataclasses import replace

import numpy as np
import pytest

from forecast.belief.carrying import carried, drawn_again, worth
from forecast.belief.fold import believe
from forecast.belief.meter import joint_weight, moved_since
from tests.forecast.belief.test_meter import WEEK, question, spread_fit
from tests.forecast.belief.worlds import OPEN, judged


def answered(count, weight=1.5):
    """Questions that came true, each with a report by the wire that the fit has not seen."""
    return [
        question(number, judged(f"R{number}", weight, day=4, grade="B1"), answer="yes")
        for number in range(count)
    ]


def known(count, **more):
    return [replace(one, answered_at=OPEN + 6 * (WEEK - OPEN) / 7) for one in answered(count)]


def test_where_nothing_is_new_the_draws_stay():
    fit = spread_fit()
    found = carried([], fit, WEEK)
    assert (found.k_hat, found.share) == (0.0, 1.0)
    assert all(np.array_equal(found.draws[name], fit.draws[name]) for name in fit.draws)


def test_what_one_question_teaches_of_a_source_moves_another():
    """The wire was right four times: its grade is worth more, and so is its next report."""
    fit, other = spread_fit(), question(99, judged("R99", 1.5, day=2, grade="B1"))
    other = replace(other, scheduled=True)
    found = carried([*known(4), other], fit, WEEK)
    after = replace(fit, draws=found.draws, made_at=WEEK)
    assert found.draws["mu_grade[B]"].mean() > fit.draws["mu_grade[B]"].mean() + 0.02
    assert believe(other, after, WEEK).value.yes > believe(other, fit, WEEK).value.yes + 0.002


def test_the_draws_have_the_weighted_mean():
    fit, news = spread_fit(), known(4)
    weight = np.exp(joint_weight(moved_since(news, fit, WEEK), fit))
    for name in ("c0", "mu_grade[B]"):
        wanted = np.average(fit.draws[name], weights=weight)
        found = carried(news, fit, WEEK).draws[name].mean()
        assert found == pytest.approx(wanted, abs=0.02)


def test_each_draw_comes_as_often_as_it_weighs_to_within_one():
    fit = spread_fit()
    log_weight = np.random.Generator(np.random.PCG64(4)).standard_normal(fit.size)
    numbered = replace(fit, draws={**fit.draws, "number": np.arange(fit.size, dtype=float)})
    drawn = drawn_again(numbered, log_weight, np.random.Generator(np.random.PCG64(5)))
    times = np.bincount(drawn["number"].astype(int), minlength=fit.size)
    wanted = fit.size * np.exp(log_weight) / np.exp(log_weight).sum()
    assert np.abs(times - wanted).max() < 1.0 + 1e-9


def test_the_more_is_new_the_less_the_draws_are_worth():
    few, many = (carried(known(count), spread_fit(), WEEK) for count in (2, 30))
    assert many.share < few.share < 1.0
    assert many.k_hat > few.k_hat


def test_even_weights_are_worth_all_draws():
    assert worth(np.full(50, -3.0)) == pytest.approx(1.0)
