"""The share of a belief that is the model's grows with what it has foreseen."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from forecast.belief.fold import believe, hold, updated
from forecast.belief.observations import observations
from forecast.belief.stacking import halfway, share, trust, without_itself
from forecast.records import Cases
from tests.forecast.belief.test_fold import WEEK, some_fit
from tests.forecast.belief.worlds import CLOSE, OPEN, dossier, judged


def answered(number, answer, weight):
    name = f"Q{number}"
    end = CLOSE if answer == "no" else OPEN + timedelta(days=40)
    report = replace(judged(f"R{number}", weight, grade="A1"), question=name)
    basis = Cases(9, 19)
    return dossier(report, basis=basis, question=name, answer=answer, answered_at=end)


def test_the_rule_holds_until_there_is_something_to_learn_from():
    assert share([], []) == pytest.approx(0.2, abs=1e-4)  # the mean of Beta(1/4, 1)
    assert trust([dossier()], some_fit(), WEEK) == share([], [])


def test_a_better_log_score_earns_the_model_its_share():
    better, worse = np.full(40, 0.8), np.full(40, 0.6)
    assert share(better, worse) > 0.85
    assert share(worse, better) < 0.1
    assert share(better[:3], worse[:3]) < 0.5


def test_the_share_is_the_mean_of_its_posterior():
    """One answer, given .9 and .5: (.5 E s + .4 E s^2) / (.5 + .4 E s) of Beta(1/4, 1)."""
    first, second = 1 / 5, 1 / 9
    exact = (0.5 * first + 0.4 * second) / (0.5 + 0.4 * first)
    assert share([0.9], [0.5]) == pytest.approx(exact, abs=1e-4)


def test_questions_that_are_answered_are_looked_at_half_way():
    matter = answered(1, "yes", 1.0)
    assert halfway(matter) == OPEN + timedelta(days=20)


def test_a_question_is_left_out_of_what_it_is_foreseen_by():
    """Draws that knew the answer to the question weigh less in what is foreseen of it."""
    fit = some_fit(size=4000)
    spread = {**fit.draws, "c0": np.linspace(-2, 2, 4000)}
    fit = replace(fit, draws=spread, made_at=CLOSE)
    matter = answered(1, "yes", 1.0)
    foreseen = without_itself(matter, fit, CLOSE)
    seen = believe(matter, replace(fit, made_at=OPEN - timedelta(days=1)), halfway(matter))
    assert foreseen < seen.value.yes
    assert 0 < foreseen < 1


def test_a_belief_of_two_minds_is_their_linear_pool():
    fit = some_fit()
    shared = replace(fit, diagnostics=replace(fit.diagnostics, trust=0.3))
    matter = dossier(judged("R1", 2.5), judged("R2", 2.0, story="S2"))
    cold, model, both = (believe(matter, one, WEEK) for one in (None, fit, shared))
    assert both.value.yes == pytest.approx(0.3 * model.value.yes + 0.7 * cold.value.yes)
    assert both.ci_low < both.value.yes < both.ci_high
    assert min(cold.ci_low, model.ci_low) <= both.ci_low <= max(cold.ci_low, model.ci_low)


def test_an_update_is_of_two_minds_as_well():
    fit = some_fit()
    shared = replace(fit, diagnostics=replace(fit.diagnostics, trust=0.3), made_at=OPEN)
    news = judged("R9", 1.2, story="S1")
    held = hold(dossier(judged("R1", 0.5, story="S1")), shared, WEEK)
    _, found = updated(held, *observations([news]))
    whole = believe(dossier(judged("R1", 0.5, story="S1"), news), shared, WEEK)
    assert found == pytest.approx((whole.value.yes, whole.ci_low, whole.ci_high))
