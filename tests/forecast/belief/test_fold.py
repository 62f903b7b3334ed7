"""A belief is a pure fold of evidence, fit and instant."""

from dataclasses import replace
from datetime import timedelta
from math import inf, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecast.belief.cold import cold_weight
from forecast.belief.draws import SHARED
from forecast.belief.fold import believe, hold, updated
from forecast.belief.history import changes, path, prob_at
from forecast.belief.observations import observations
from forecast.belief.posterior import Start, posterior
from forecast.probability import expit, logit
from forecast.records import Cases, Rate, Stated
from tests.forecast.belief.worlds import CLOSE, OPEN, dossier, fit_of, judged, said

DAY = timedelta(days=1)
WEEK = OPEN + 7 * DAY
MEANS = {
    **dict.fromkeys(("c1", "kappa"), 1.0),
    **dict.fromkeys(("tau_R", "tau_F", "tau_F2"), 0.3),
    **dict.fromkeys(("tau_k", "omega", "g0"), 0.5),
    "sd_mu": 0.1,
    "s_g": 0.2,
    "delta": 0.7,
    "mu_grade[A]": 0.6,
    "mu_grade[B]": 0.45,
    "mu_grade[C]": 0.3,
    "mu_grade[F]": 0.25,
}


def some_fit(size=400, day=0.0, **changed):
    """Draws that scatter a little about plain values."""
    rng = np.random.Generator(np.random.PCG64(11))
    means = {**dict.fromkeys(SHARED, 0.0), **MEANS, **changed}
    draws = {name: mean + 0.02 * rng.standard_normal(size) for name, mean in means.items()}
    return fit_of(draws, day=day)


def prob(matter, fit=None, at=WEEK, **options):
    return believe(matter, fit, at, **options).value.yes


class TestInterval:
    def test_the_mean_starts_from_the_priors_mean_not_from_its_draws(self):
        """Beta(.5, 4.5) and a ratio of 10: prior odds 1/9, so 10/19 = .526, not .379."""
        theta = np.random.Generator(np.random.PCG64(6)).beta(0.5, 4.5, 1000)
        start = Start(np.full(1000, 0.1), theta)
        found, _, _ = posterior(start, np.full(1000, log(10)), np.zeros(1000))
        assert found == pytest.approx(10 / 19)

    def test_its_weighted_draws_have_that_same_mean(self):
        """The interval's own distribution: theta e^LR / (theta e^LR + 1 - theta), weighted."""
        size = 400_000
        theta = np.random.Generator(np.random.PCG64(6)).beta(0.5, 4.5, size)
        start = Start(np.full(size, 0.1), theta)
        _, low, high = posterior(start, np.full(size, log(10)), np.zeros(size), 0.8)
        weight = theta * 10 + 1 - theta
        value = theta * 10 / weight
        assert np.average(value, weights=weight) == pytest.approx(10 / 19, abs=0.003)
        inside = np.average((low <= value) & (value <= high), weights=weight)
        assert inside == pytest.approx(0.8, abs=0.005)

    def test_an_immense_ratio_is_still_a_probability(self):
        start = Start(np.full(8, 0.5), np.full(8, 0.5))
        for ratio, answer in ((1e4, 1.0), (-1e4, 0.0)):
            found = posterior(start, np.full(8, ratio), np.zeros(8))
            assert found == pytest.approx((answer,) * 3)

    def test_a_small_reference_class_leaves_a_wide_interval(self):
        few, many = (believe(dossier(basis=Cases(n, 2 * n)), None, WEEK) for n in (2, 200))
        assert few.ci_high - few.ci_low > 3 * (many.ci_high - many.ci_low)

    @pytest.mark.parametrize("fit", [None, some_fit()])
    def test_it_holds_the_mean(self, fit):
        held = believe(dossier(judged("R1", 1.0)), fit, WEEK)
        assert held.ci_low < held.value.yes < held.ci_high
        assert held.ci_prob == 0.9


class TestColdStart:
    def test_a_report_is_discounted_by_grade_damped_and_capped(self):
        """B2: .75 x .8 x ln 4 x .6, through 3 tanh(x / 3)."""
        found = cold_weight(observations([judged("R1", log(4), grade="B2")]))
        x = 0.75 * 0.8 * log(4) * 0.6
        assert found == pytest.approx(3 * np.tanh(x / 3))

    def test_a_story_counts_once_by_its_mean(self):
        one = [judged("R1", 1.0, story="S1")]
        same = [*one, judged("R2", 1.0, story="S1"), judged("R3", 1.0, story="S1")]
        assert cold_weight(observations(same)) == pytest.approx(cold_weight(observations(one)))

    def test_a_poor_paper_that_repeats_a_good_one_takes_nothing_away(self):
        good = judged("R1", 1.4, story="S1", grade="B2")
        poor = judged("R2", 1.4, story="S1", grade="D4")
        assert cold_weight(observations([good, poor])) == pytest.approx(
            cold_weight(observations([good]))
        )

    def test_a_poor_paper_counts_little_within_its_story(self):
        """Worth .6 and .09: (.6 x 1.4 + .09 x 0) / .69 at the better's discount of .6."""
        good = judged("R1", 1.4, story="S1", grade="B2")
        poor = judged("R2", 0.0, story="S1", grade="D4")
        x = 0.6 * (0.6 * 0.6 * 1.4 / 0.69)
        assert cold_weight(observations([good, poor])) == pytest.approx(3 * np.tanh(x / 3))

    @given(st.lists(st.floats(-50, 50), max_size=30))
    def test_no_pile_of_reports_goes_beyond_the_cap(self, weights):
        pile = [judged(f"R{at}", weight, grade="A1") for at, weight in enumerate(weights)]
        assert abs(cold_weight(observations(pile))) <= 3

    def test_without_reports_it_is_the_decayed_prior(self):
        assert prob(dossier(basis=Stated(0.3, 4)), at=OPEN + 24 * DAY) == pytest.approx(
            1 - 0.7**0.5
        )

    def test_a_scheduled_event_does_not_decay(self):
        matter = replace(dossier(basis=Stated(0.3, 4)), scheduled=True)
        assert prob(matter, at=OPEN + 24 * DAY) == pytest.approx(0.3)


@pytest.mark.parametrize("fit", [None, some_fit()], ids=["cold", "fitted"])
class TestInvariants:
    def test_copies_leave_the_belief_where_it_was(self, fit):
        first = judged("R1", 1.4, story="S1")
        copies = [
            judged(f"R{at}", 1.4, story="S1", copy_of="R1", source=f"paper {at}")
            for at in range(2, 7)
        ]
        assert prob(dossier(first, *copies), fit) == pytest.approx(prob(dossier(first), fit))

    def test_the_order_of_arrival_does_not_matter(self, fit):
        reports = [judged(f"R{at}", w, story=f"S{at % 2}") for at, w in enumerate((1, -0.5, 2))]
        assert prob(dossier(*reports), fit) == pytest.approx(prob(dossier(*reports[::-1]), fit))

    def test_a_rewrite_from_one_origin_moves_it_less_than_an_independent_report(self, fit):
        first = judged("R1", 1.0, story="S1")
        rewrite = dossier(first, judged("R2", 1.0, story="S1", source="other"))
        fresh = dossier(first, judged("R2", 1.0, story="S2", source="other"))
        assert prob(dossier(first), fit) - 1e-9 <= prob(rewrite, fit) < prob(fresh, fit)

    def test_what_is_judged_after_the_instant_is_not_used(self, fit):
        matter = dossier(judged("R1", 2.0, day=8))
        assert prob(matter, fit, at=WEEK) == prob(dossier(), fit, at=WEEK)
        assert prob(matter, fit, at=WEEK + 2 * DAY) > prob(dossier(), fit, at=WEEK + 2 * DAY)

    def test_an_irrelevant_report_changes_nothing(self, fit):
        with_it = dossier(judged("R1", 0.0, judgement="irrelevant"))
        assert prob(with_it, fit) == prob(dossier(), fit)

    def test_a_report_for_yes_raises_it_and_one_for_no_lowers_it(self, fit):
        up, none, down = (prob(dossier(judged("R1", w)), fit) for w in (1.5, 0.0, -1.5))
        assert down < none < up

    def test_a_decisive_report_goes_past_the_cap(self, fit):
        yes = prob(dossier(judged("R1", inf, judgement="decisive")), fit)
        no = prob(dossier(judged("R1", -inf, judgement="decisive")), fit)
        assert no < 0.01 < 0.98 < yes

    def test_a_judges_last_word_stands(self, fit):
        matter = dossier(judged("R1", -3.0, day=1), judged("R1", 1.0, day=2))
        assert prob(matter, fit) == prob(dossier(judged("R1", 1.0, day=2)), fit)

    def test_belief_never_contains_a_forecast(self, fit):
        without, crowd = dossier(), dossier(forecasts=[said("ana", 0.99), said("bo", 0.98)])
        assert prob(crowd, fit) == prob(without, fit)

    def test_the_same_inputs_give_the_same_belief(self, fit):
        matter = dossier(judged("R1", 1.0))
        assert believe(matter, fit, WEEK) == believe(matter, fit, WEEK)

    def test_it_stops_at_the_answer(self, fit):
        late = judged("R2", 5.0, day=20)
        over = dossier(judged("R1", 1.0), late, answer="yes", answered_at=OPEN + 9 * DAY)
        open_then = dossier(judged("R1", 1.0))
        assert prob(over, fit, at=CLOSE) == pytest.approx(prob(open_then, fit, at=OPEN + 9 * DAY))


class TestFitted:
    def test_the_joint_moves_with_the_crowd(self):
        fit = some_fit()
        high = dossier(forecasts=[said("ana", 0.97), said("bo", 0.95)])
        low = dossier(forecasts=[said("ana", 0.03), said("bo", 0.05)])
        assert prob(low, fit, joint=True) < prob(dossier(), fit) < prob(high, fit, joint=True)

    def test_a_forecast_that_has_ended_counts_no_more(self):
        fit = some_fit()
        gone = dossier(forecasts=[said("ana", 0.97, ended=3)])
        assert prob(gone, fit, joint=True) == pytest.approx(prob(dossier(), fit, joint=True))

    def test_only_a_members_active_forecast_counts(self):
        fit = some_fit()
        updated = dossier(forecasts=[said("ana", 0.02, day=1), said("ana", 0.9, day=2)])
        latest = dossier(forecasts=[said("ana", 0.9, day=2)])
        assert prob(updated, fit, joint=True) == prob(latest, fit, joint=True)

    def test_a_source_that_the_fit_never_saw_counts_as_its_grade(self):
        fit = some_fit()
        good = prob(dossier(judged("R1", 1.5, source="new", grade="A1")), fit)
        poor = prob(dossier(judged("R1", 1.5, source="new", grade="C1")), fit)
        assert prob(dossier(), fit) < poor < good

    def test_recalibration_comes_before_decay(self):
        """c0 = ln 2 doubles the prior odds; then half of the time passes."""
        fit = some_fit(c0=log(2))
        matter = dossier(basis=Stated(0.3, 1000))
        opening = expit(logit(0.3) + log(2))
        assert prob(matter, fit, at=OPEN) == pytest.approx(opening, abs=0.01)
        halfway = prob(matter, fit, at=OPEN + 24 * DAY)
        assert halfway == pytest.approx(1 - (1 - opening) ** 0.5, abs=0.01)

    def test_an_update_is_the_fold_with_one_report_more(self):
        fit = some_fit(**{f"{name}[wire]": 0.3 for name in ("z_source", "log_sigma_source")})
        reports = [judged(f"R{at}", 0.5 * at, story=f"S{at % 2}") for at in range(4)]
        (news,) = observations([judged("R9", 1.2, story="S1")])
        held = hold(dossier(*reports), replace(fit, made_at=OPEN), WEEK)
        _, found = updated(held, news)
        whole = believe(dossier(*reports, judged("R9", 1.2, story="S1")), held.fit, WEEK)
        assert found == pytest.approx((whole.value.yes, whole.ci_low, whole.ci_high))

    def test_what_came_since_the_fit_weighs_its_draws(self):
        """Draws that made the new report likely count for more; those the fit saw count once."""
        fit = some_fit(size=4000)
        scattered = {**fit.draws, "c0": np.linspace(-2, 2, 4000)}
        matter = dossier(judged("R1", 0.8, day=2, grade="A1"))
        fresh, known = (
            prob(matter, replace(fit, draws=scattered, made_at=OPEN + day * DAY)) for day in (1, 3)
        )
        assert fresh > known + 0.005

    @settings(max_examples=20, deadline=None)
    @given(st.floats(-3, 3), st.floats(-3, 3))
    def test_a_heavier_weight_never_moves_it_the_other_way(self, first, second):
        fit = some_fit()
        low, high = sorted((first, second))
        assert prob(dossier(judged("R1", low)), fit) <= prob(dossier(judged("R1", high)), fit)


class TestHistory:
    def test_each_change_says_what_moved_it_and_by_how_much(self):
        matter = dossier(judged("R1", 1.0, day=2), judged("R2", -1.0, day=5))
        steps = changes(matter, [], WEEK)
        assert [(step.cause, step.reference) for step in steps] == [
            ("prior", ""),
            ("evidence", "R1"),
            ("evidence", "R2"),
        ]
        assert steps[1].before < steps[1].after
        assert steps[2].before > steps[2].after
        assert steps[2].after == prob_at(matter, [], OPEN + 5 * DAY)

    def test_a_fit_is_a_change_too(self):
        fit = some_fit(day=3)
        steps = changes(dossier(judged("R1", 1.0, day=2)), [fit], WEEK)
        assert [step.cause for step in steps] == ["prior", "evidence", "fit"]
        assert steps[2].after == prob(dossier(judged("R1", 1.0, day=2)), fit, at=fit.made_at)

    def test_the_path_runs_from_the_opening_to_the_instant(self):
        beliefs = path(dossier(judged("R1", 1.0, day=2)), [], WEEK)
        assert beliefs[0].at == OPEN
        assert beliefs[-1].at == WEEK
        assert all(one.ci_low <= one.ci_high for one in beliefs)

    def test_a_rate_is_believed_as_well(self):
        assert 0 < prob(dossier(basis=Rate(2, 365))) < 1
