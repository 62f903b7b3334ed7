"""Bins, nodes and base rates."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.histories.grids import base_rate, bin_of, masses, nodes_of, place_in
from forecast.histories.targets import Grid

LINEAR, LOGARITHMIC = Grid(0, 200), Grid(1, 1e10, zero_point=0)


@pytest.mark.parametrize(
    ("outcome", "place"),
    [
        (0, 1),
        (1, 1),
        (1.001, 2),
        (200, 200),
        (200.001, 201),
        (-0.001, 0),
        (-np.inf, 0),
        (np.inf, 201),
    ],
)
def test_bins_of_a_linear_range(outcome, place):
    assert bin_of(outcome, LINEAR, 200) == place


@pytest.mark.parametrize(("outcome", "place"), [(1, 1), (1e5, 100), (1e10, 200), (0.5, 0), (-5, 0)])
def test_bins_of_a_logarithmic_range(outcome, place):
    assert bin_of(outcome, LOGARITHMIC, 200) == place


GRIDS = st.sampled_from(
    [LINEAR, LOGARITHMIC, Grid(10, 50, zero_point=-3), Grid(10, 50, zero_point=60)]
)


@given(GRIDS, st.integers(1, 50), st.floats(0.001, 0.999))
def test_an_outcome_lies_between_the_nodes_of_its_bin(grid, inside, share):
    nodes = nodes_of(grid, inside + 1)
    outcome = float(nodes[0] + share * (nodes[-1] - nodes[0]))
    place = bin_of(outcome, grid, inside)
    slack = 1e-6 * (nodes[-1] - nodes[0])
    assert nodes[place - 1] - slack <= outcome <= nodes[place] + slack


@given(GRIDS, st.integers(2, 50))
def test_nodes_are_evenly_placed_and_end_at_the_bounds(grid, points):
    nodes = nodes_of(grid, points)
    assert nodes[[0, -1]] == pytest.approx([grid.range_min, grid.range_max])
    places = [place_in(float(node), grid) for node in nodes]
    assert places == pytest.approx(np.linspace(0, 1, points), abs=1e-6)


def test_masses_sum_to_one_with_what_lies_beyond():
    assert masses(np.array([0.1, 0.4, 0.8])) == pytest.approx([0.1, 0.3, 0.4, 0.2])


@pytest.mark.parametrize("opened", [(False, False), (True, False), (True, True)])
def test_base_rates_of_the_bins_on_offer_sum_to_one(opened):
    grid = Grid(0, 1, None, *opened)
    inner = sum(base_rate(place, grid, 20) for place in range(1, 21))
    assert inner + 0.05 * sum(opened) == pytest.approx(1)
    assert base_rate(0, grid, 20) == base_rate(21, grid, 20) == 0.05
