"""What goes to Metaculus keeps to its rules, and changes what was said as little as that takes."""

from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from forecast.exchange.sendable import body_of, outdated, sound, withdrawal_of
from forecast.histories.grids import nodes_of
from forecast.histories.smooth import cdf_of
from forecast.histories.targets import Grid
from questions.errors import BadInput
from questions.records import Binary, Date, Discrete, MultipleChoice, Numeric
from questions.values import Cdf, Number, Probability, Quantiles, Shares

ENDS = [(False, False), (True, False), (False, True), (True, True)]


def breaks(points, grid):
    """What an outside check of the published rules finds: written apart from the code."""
    count = len(points) - 1
    found = []
    for before, after in pairwise(points):
        if round(after - before, 10) < 0.01 / count:
            found.append("too flat")
        if after - before > 0.2 * 200 / count + 1e-12:
            found.append("too steep")
    if grid.open_lower_bound and points[0] < 0.001:
        found.append("nothing below")
    if not grid.open_lower_bound and points[0] != 0:
        found.append("something below")
    if grid.open_upper_bound and points[-1] > 0.999:
        found.append("nothing above")
    if not grid.open_upper_bound and points[-1] != 1:
        found.append("something above")
    return found


@pytest.mark.parametrize("prob", [0.001, 0.35, 0.999])
def test_a_probability_in_range_goes_out_as_it_is(prob):
    assert body_of(Binary(), Probability(prob), 578) == {"question": 578, "probability_yes": prob}


@pytest.mark.parametrize("prob", [0.0, 0.0009, 0.9991, 1.0])
def test_a_probability_beyond_the_range_is_refused(prob):
    with pytest.raises(BadInput, match=r"give 0\.1% to 99\.9%, which Metaculus takes"):
        body_of(Binary(), Probability(prob), 578)


def test_an_expiry_goes_with_a_forecast():
    ends = datetime(2027, 1, 1, tzinfo=UTC)
    body = body_of(Binary(), Probability(0.5), 578, ends=ends)
    assert body["end_time"] == "2027-01-01T00:00:00Z"


ABC = MultipleChoice(("A", "B", "C"))


def test_shares_go_out_by_the_name_of_each_option():
    body = body_of(ABC, Shares((("A", 0.2), ("B", 0.3), ("C", 0.5))), 9)
    assert body["probability_yes_per_category"] == {"A": 0.2, "B": 0.3, "C": 0.5}


def test_an_option_without_a_share_is_left_out():
    body = body_of(ABC, Shares((("A", 0.2), ("B", 0.8), ("C", 0.0))), 9)
    assert body["probability_yes_per_category"] == {"A": 0.2, "B": 0.8}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"status": "open", "options": ["A", "B"]}, ""),
        ({}, ""),
        ({"status": "resolved"}, "it is resolved there"),
        ({"options": ["A", "B", "D"]}, "D has no share, and is an option there: forecast anew"),
        ({"options": ["A"]}, "B is gone there: forecast anew, with no share for it"),
    ],
)
def test_what_does_not_suit_the_question_any_more_is_told(asked, said):
    body = body_of(ABC, Shares((("A", 0.2), ("B", 0.8), ("C", 0.0))), 9)
    assert outdated(body, asked) == said


def test_shares_keep_to_the_range_and_to_their_sum():
    with pytest.raises(BadInput, match=r"share of A '0\.05%' cannot be used: give 0\.1% to"):
        body_of(ABC, Shares((("A", 0.0005), ("B", 0.4995), ("C", 0.5))), 9)
    with pytest.raises(BadInput, match="shares that sum to 100%; these sum to 99"):
        body_of(ABC, Shares((("A", 0.2), ("B", 0.3), ("C", 0.498))), 9)


@pytest.mark.parametrize("bounds", ENDS)
@pytest.mark.parametrize("zero", [None, -3.0])
def test_quantiles_become_a_sound_cdf_that_holds_them(bounds, zero):
    kind = Numeric(0, 100, "", *bounds, zero)
    grid = Grid(0, 100, zero, *bounds)
    said = ((0.1, 20.0), (0.5, 35.0), (0.9, 60.0))
    points = np.array(body_of(kind, Quantiles(said), 9)["continuous_cdf"])
    assert breaks(points.tolist(), grid) == []
    assert np.interp([20.0, 35.0, 60.0], nodes_of(grid, 201), points) == pytest.approx(
        [0.1, 0.5, 0.9], abs=0.012
    )


@given(
    st.lists(st.integers(-400, 1400), min_size=2, max_size=5, unique=True),
    st.sampled_from(ENDS),
    st.sampled_from([None, -5.0, 120.0]),
)
def test_whatever_is_drawn_keeps_to_the_rules_or_is_refused_for_being_narrow(values, ends, zero):
    grid = Grid(0, 100, zero, *ends)
    low, high = (not is_open for is_open in ends)
    spread = [one / 10 for one in values]
    inside = sorted(one for one in spread if not (low and one <= 0) and not (high and one >= 100))
    if zero is not None:
        inside = [one for one in inside if (one > zero) == (zero < 0)]
    assume(len(inside) >= 2)
    levels = np.linspace(0, 1, len(inside) + 2)[1:-1]
    points = cdf_of(list(zip(levels.tolist(), inside, strict=True)), grid)
    if np.diff(points).max() > 0.2:
        with pytest.raises(BadInput, match="make it wider"):
            sound(points, grid)
    else:
        found = sound(points, grid)
        assert breaks(found.tolist(), grid) == []
        assert np.abs(found - points).max() <= 0.0111


@given(st.lists(st.floats(0, 1), min_size=11, max_size=11), st.sampled_from(ENDS))
def test_a_discrete_question_keeps_to_its_own_steps(weights, ends):
    assume(sum(weights) > 0)
    grid = Grid(-0.5, 10.5, None, *ends, 11)
    low = 0.02 * ends[0]
    inside = np.array(weights) / sum(weights) * (1 - low - 0.02 * ends[1])
    points = np.concatenate([[low], low + np.cumsum(inside)])
    found = sound(np.clip(points if ends[1] else [*points[:-1], 1.0], 0, 1), grid)
    assert breaks(found.tolist(), grid) == []


def test_what_keeps_to_the_rules_already_is_not_touched():
    steps = np.full(200, 0.01 / 200)
    steps[80:120] += (1 - 0.01) / 40
    points = np.concatenate([[0.0], np.cumsum(steps)])
    points[-1] = 1.0
    assert np.array_equal(sound(points, Grid(0, 1)), np.round(points, 12))


def test_too_much_in_one_bin_is_told_with_its_place():
    points = np.concatenate([np.linspace(0, 0.1, 101), np.linspace(0.9, 1, 100)])
    with pytest.raises(BadInput, match=r"in the bin from 50' cannot be used: give at most 20%"):
        sound(points, Grid(0, 100))


def test_what_lies_beyond_a_closed_end_is_told():
    with pytest.raises(BadInput, match="'3% below the range' cannot be used: give nothing there"):
        sound(np.linspace(0.03, 1, 201), Grid(0, 1))
    with pytest.raises(BadInput, match="2% above the range"):
        sound(np.linspace(0, 0.98, 201), Grid(0, 1))


def test_a_cdf_of_another_grid_is_told():
    with pytest.raises(BadInput, match="give 201 points"):
        sound(np.linspace(0, 1, 101), Grid(0, 1))


def test_dates_and_counts_go_out_on_their_own_grids():
    low, high = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    even = Cdf(tuple(np.linspace(0, 0.999, 201)))
    assert len(body_of(Date(low, high), even, 9)["continuous_cdf"]) == 201
    counted = Cdf(tuple(np.linspace(0, 1, 12)))
    assert len(body_of(Discrete(-0.5, 10.5, 11), counted, 9)["continuous_cdf"]) == 12


def test_a_value_of_another_kind_is_refused():
    with pytest.raises(BadInput, match="a value of its kind of question"):
        body_of(Binary(), Number(3.0), 9)


def test_a_withdrawal_names_its_question_alone():
    assert withdrawal_of(578) == {"question": 578}
