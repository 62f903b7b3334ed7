"""Quantiles become a CDF on a grid, and a CDF gives its quantiles back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.histories.grids import masses
from forecast.histories.smooth import SPREAD, cdf_of, ignorance, places_of, values_at
from forecast.histories.targets import Grid

OPEN = Grid(0, 20, open_upper_bound=True)
SEATS = Grid(-0.5, 10.5, inbound_outcome_count=11)

distinct = st.lists(st.integers(1, 199), min_size=2, max_size=6, unique=True).map(sorted)
grids = st.sampled_from(
    [
        Grid(0, 200),
        Grid(0, 200, open_upper_bound=True),
        Grid(0, 200, None, True, True),
        Grid(0.5, 200, 0.0, True, True),
    ]
)


def test_a_curve_goes_through_its_quantiles_up_to_the_share_that_is_spread():
    cdf = cdf_of([(0.1, 3.0), (0.5, 5.0), (0.9, 9.0)], OPEN)
    mixed = [(1 - SPREAD) * p + SPREAD * (0.9 * x / 20) for p, x in ((0.1, 3), (0.5, 5), (0.9, 9))]
    assert np.interp([3.0, 5.0, 9.0], np.linspace(0, 20, 201), cdf) == pytest.approx(mixed)


def test_beyond_an_open_end_the_tail_falls_off_with_the_slope_of_the_last_quantiles():
    cdf = cdf_of([(0.5, 5.0), (0.9, 9.0)], Grid(0, 20, None, True, True))
    slope = 0.4 / 4
    smooth = 1 - 0.1 * np.exp(-slope * (20 - 9) / 0.1)
    assert cdf[-1] == pytest.approx(0.99 * smooth + 0.01 * 0.9)


def test_nothing_lies_beyond_a_closed_end():
    cdf = cdf_of([(0.1, 3.0), (0.9, 9.0)], Grid(0, 20))
    assert (cdf[0], cdf[-1]) == (0.0, 1.0)


def test_a_logarithmic_grid_is_drawn_in_its_own_scale():
    grid = Grid(1, 1e6, zero_point=0)
    cdf = cdf_of([(0.25, 10**1.5), (0.75, 10**4.5)], grid)
    assert cdf[[50, 100, 150]] == pytest.approx([0.25, 0.5, 0.75])


def test_a_discrete_number_that_bears_two_levels_has_the_mass_between_them():
    mass = masses(cdf_of([(0.1, 3.0), (0.5, 3.0), (0.9, 8.0)], SEATS))
    assert mass[4] == pytest.approx(0.4, abs=SPREAD)
    assert mass[0] == mass[-1] == 0


@given(grids, distinct, st.data())
def test_every_curve_rises_and_gives_something_to_every_bin(grid, values, data):
    levels = data.draw(
        st.lists(st.integers(1, 99), min_size=len(values), max_size=len(values), unique=True).map(
            sorted
        )
    )
    cdf = cdf_of([(p / 100, float(x)) for p, x in zip(levels, values, strict=True)], grid)
    inside = np.diff(cdf)
    assert cdf.shape == (201,)
    assert (inside >= 0.99 * SPREAD * 0.8 / 200).all()
    assert 0 <= cdf[0] <= cdf[-1] <= 1
    if grid.open_lower_bound:
        assert cdf[0] >= 0.001 - 1e-12


@given(grids, distinct)
def test_a_quantile_comes_back_within_the_share_that_is_spread(grid, values):
    levels = np.linspace(0.2, 0.8, len(values))
    pairs = list(zip(levels.tolist(), map(float, values), strict=True))
    cdf = cdf_of(pairs, grid)
    places = np.clip(places_of(np.array(values, dtype=float), grid), 0, 1)
    held = np.interp(places, np.linspace(0, 1, 201), cdf)
    widest = np.interp(np.clip(places + 1 / 200, 0, 1), np.linspace(0, 1, 201), cdf) - np.interp(
        np.clip(places - 1 / 200, 0, 1), np.linspace(0, 1, 201), cdf
    )
    assert (np.abs(held - levels) <= SPREAD + widest).all()


def test_a_level_beyond_an_open_end_is_infinite_and_a_discrete_one_is_its_number():
    cdf = cdf_of([(0.4, 5.0), (0.6, 19.0)], OPEN)
    assert values_at(cdf, OPEN, np.array([0.99])) == [np.inf]
    seats = cdf_of([(0.3, 4.0), (0.7, 4.0)], SEATS)
    assert values_at(seats, SEATS, np.array([0.5])) == [4.0]


def test_of_several_distributions_each_has_its_own_values():
    each = [cdf_of([(0.4, low), (0.6, 19.0)], OPEN) for low in (2.0, 5.0, 18.0)]
    levels = np.array([0.1, 0.5, 0.99])
    found = values_at(np.array(each), OPEN, levels)
    assert found.tolist() == [values_at(one, OPEN, levels).tolist() for one in each]


def test_who_knows_nothing_gives_a_twentieth_beyond_each_open_end():
    even = ignorance(OPEN)
    assert (even[0], even[-1], even.sum()) == (0, 0.05, pytest.approx(1))
    assert even[1] == pytest.approx(0.95 / 200)


@pytest.mark.parametrize(
    "pairs", [[(0.5, 5.0)], [(0.1, 5.0), (0.9, 5.0)], [(0.9, 3.0), (0.1, 5.0)]]
)
def test_quantiles_that_do_not_rise_are_no_curve(pairs):
    with pytest.raises(ValueError, match="must rise"):
        cdf_of(pairs, OPEN)
