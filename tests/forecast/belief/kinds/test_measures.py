"""Beliefs about numbers and dates."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.belief.fold import believe
from forecast.belief.kinds.measures import believe_measure
from forecast.belief.kinds.starts import still_to_come, within
from forecast.belief.prior import prior_mean
from forecast.histories.smooth import cdf_of, ignorance, values_at
from forecast.histories.targets import Grid, shape_of
from forecast.records import Cases, Rate, Spread, Stated
from questions.records import Date, Numeric
from questions.values import Cdf
from tests.forecast.belief.kinds.test_signals import KNOWING, some_fit
from tests.forecast.belief.worlds import CLOSE, OPEN, dossier, judged, said

DAY = timedelta(days=1)
RAIN = Numeric(0, 100, "mm", open_upper_bound=True)
WHEN = Date(OPEN, CLOSE)
GRID = shape_of(RAIN)[2]
DATES = shape_of(WHEN)[2]
MID = OPEN + 24 * DAY
BASES = (Stated(0.6, 4), Cases(3, 10), Rate(2, 100))


def rain(*evidence, prior=None, worth=4.0, forecasts=()):
    spread = prior and Spread(cdf(prior), worth)
    return replace(dossier(*evidence, forecasts=forecasts), kind=RAIN, spread=spread)


def cdf(pairs, grid=GRID):
    return Cdf(tuple(cdf_of(pairs, grid).tolist()))


def when(*evidence, basis=None):
    stated = basis is not None
    return replace(dossier(*evidence, basis=basis), kind=WHEN, stated=stated)


def reading(report, *pairs, grade="A1"):
    return replace(judged(report, 0.0, grade=grade), signal=pairs)


def median(belief, grid):
    return values_at(np.array(belief.value.points), grid, np.array([0.5]))[0]


def test_without_a_prior_every_number_is_alike():
    found = believe(rain(), None, OPEN + DAY)
    assert np.diff(found.value.points) == pytest.approx(ignorance(GRID)[1:-1])
    assert (found.ci_low, found.ci_high) == pytest.approx((100 * 0.05 / 0.95, 100))


def test_a_stated_prior_is_believed_until_something_is_reported():
    found = believe(rain(prior=[(0.1, 3.0), (0.5, 5.0), (0.9, 9.0)]), None, OPEN + DAY)
    assert median(found, GRID) == pytest.approx(5.0, abs=0.1)


@pytest.mark.parametrize("fit", [None, some_fit()])
def test_a_report_pulls_the_number_toward_what_it_says_and_a_better_one_more(fit):
    start = [(0.1, 20.0), (0.5, 40.0), (0.9, 60.0)]
    low = ((0.1, 18.0), (0.5, 20.0), (0.9, 22.0))
    before = median(believe(rain(prior=start), fit, OPEN + 2 * DAY), GRID)
    poor, good = (
        median(believe(rain(reading("R1", *low, grade=g), prior=start), fit, OPEN + 2 * DAY), GRID)
        for g in ("E5", "A1")
    )
    assert 20 < good < poor < before


def test_copies_of_one_story_count_about_once():
    low = ((0.1, 18.0), (0.5, 20.0), (0.9, 22.0))
    start = [(0.1, 20.0), (0.5, 40.0), (0.9, 60.0)]
    one = reading("R1", *low)
    same = replace(reading("R2", *low), story="R1")
    alone, twice = (
        believe(rain(*told, prior=start), None, OPEN + 2 * DAY) for told in ((one,), (one, same))
    )
    assert alone.value == twice.value


@pytest.mark.parametrize("basis", BASES)
def test_the_deadline_question_cut_from_a_date_question_agrees_at_its_opening(basis):
    deadline = believe(dossier(basis=basis), None, OPEN)
    date = believe(when(basis=basis), None, OPEN)
    assert within(np.array(date.value.points), DATES, CLOSE) == pytest.approx(deadline.value.yes)


@pytest.mark.parametrize("basis", BASES)
@given(st.floats(0, 47), st.floats(-2, 2))
def test_and_later_too_whatever_is_reported_of_it(basis, day, weight):
    """The grid is linear within each of its 200 bins, the hazard is not."""
    told = judged("R1", weight, day=day / 2, grade="B2")
    at = OPEN + day * DAY
    deadline = believe(dossier(told, basis=basis), None, at)
    date = believe(when(told, basis=basis), None, at)
    cut = within(np.array(date.value.points), DATES, CLOSE)
    assert cut == pytest.approx(deadline.value.yes, abs=2e-4)


def test_an_earlier_deadline_is_cut_from_the_same_distribution():
    half = OPEN + (CLOSE - OPEN) / 2
    early = replace(dossier(basis=Rate(2, 100)), scheduled_close_time=half)
    date = believe(when(basis=Rate(2, 100)), None, OPEN)
    assert within(np.array(date.value.points), DATES, half) == pytest.approx(
        believe(early, None, OPEN).value.yes, abs=1e-4
    )


@given(st.floats(0, 60))
def test_what_has_passed_without_the_event_is_gone(day):
    found = believe(when(basis=Stated(0.6, 4)), None, OPEN + day * DAY)
    assert max(found.value.points[: int(200 * min(day, 48) / 48) + 1]) <= 1e-9
    assert (np.diff(found.value.points) >= -1e-12).all()


def test_once_the_range_is_over_everything_lies_beyond_it():
    grid = Grid(0, 4, open_upper_bound=True, inbound_outcome_count=4)
    over = still_to_come(np.array([0, 0.25, 0.25, 0.25, 0.25, 0.0]), grid, 5.0)
    assert over.tolist() == [0, 0, 0, 0, 0, 1]


def test_a_rate_is_the_lomax_predictive_at_every_instant():
    chance = within(
        np.array(believe(when(basis=Rate(2, 365)), None, OPEN).value.points), DATES, MID
    )
    assert chance == pytest.approx(prior_mean(Rate(2, 365), 24))


START = [(0.1, 20.0), (0.5, 40.0), (0.9, 60.0)]
LOW = ((0.1, 18.0), (0.5, 20.0), (0.9, 22.0))


@pytest.mark.parametrize("fit", [None, some_fit()])
def test_a_prior_that_is_worth_more_cases_is_known_more_narrowly_about_the_same(fit):
    few, many = (believe(rain(prior=START, worth=w), fit, OPEN + DAY) for w in (5, 500))
    assert few.value == many.value
    for (level, low, high), (_, wide_low, wide_high) in zip(
        many.intervals, few.intervals, strict=True
    ):
        assert wide_low < low < high < wide_high
        place = np.array([float(level.removeprefix("p")) / 100])
        assert low < values_at(np.array(many.value.points), GRID, place)[0] < high


@pytest.mark.parametrize(
    "basis", [(Cases(3, 10), Cases(30, 100)), (Stated(0.6, 4), Stated(0.6, 400))]
)
def test_so_it_is_with_the_reference_class_of_a_date(basis):
    few, many = (believe(when(basis=one), None, OPEN).intervals[0] for one in basis)
    assert many[2] - many[1] < few[2] - few[1]


def test_a_fifth_of_fifty_cases_is_known_as_a_share_is():
    """Of a Dirichlet process worth 50 cases, P(X <= 20) is Beta(10, 40) where it is .2."""
    from scipy.stats import beta

    stated = [(0.2, 20.0), (0.5, 40.0), (0.8, 60.0)]
    held = believe_measure(rain(prior=stated, worth=50.0), RAIN, None, OPEN)
    below = float(np.interp(20.0, np.linspace(0, 100, 201), held.cdf))
    low, high = beta.ppf((0.05, 0.95), 50 * below, 50 * (1 - below))
    fifth = believe_measure(rain(prior=stated, worth=50.0), RAIN, None, OPEN, ci_prob=0.9)
    level, least, most = fifth.bands[0]
    assert level == 0.1
    reached = np.interp([least, most], np.linspace(0, 100, 201), held.cdf)
    tenth = beta.ppf((0.05, 0.95), 5, 45)
    assert reached == pytest.approx(tenth, abs=0.03)
    assert low < 0.2 < high


def heard(member, pairs, day=1.0):
    return replace(said(member, 0.5, day=day), value=cdf(pairs))


def test_the_joint_is_pulled_by_the_crowd_and_the_belief_is_not():
    fit = some_fit(**KNOWING)
    crowd = [heard(name, LOW) for name in ("ana", "bo")]
    alone, asked = rain(prior=START), rain(prior=START, forecasts=crowd)
    at = OPEN + 2 * DAY
    assert believe(asked, fit, at).value == believe(alone, fit, at).value
    assert believe(asked, None, at, joint=True).value == believe(alone, None, at).value
    joint = believe(asked, fit, at, joint=True)
    assert 18 <= median(joint, GRID) < median(believe(asked, fit, at), GRID) - 2
    assert joint.inputs != believe(asked, fit, at).inputs


def test_who_repeats_the_prior_adds_less_than_who_departs_from_it():
    fit = some_fit(**KNOWING)
    same, other = (rain(prior=START, forecasts=[heard("ana", one)]) for one in (START, LOW))
    at = OPEN + 2 * DAY
    gap = [
        abs(median(believe(one, fit, at, joint=True), GRID) - median(believe(one, fit, at), GRID))
        for one in (same, other)
    ]
    assert gap[0] < gap[1] / 2
