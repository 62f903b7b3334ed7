"""Probabilities of tied questions, and the nearest that can all be right."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.belief.coherence import (
    Constraint,
    excess,
    exclusive,
    hangs,
    implies,
    is_coherent,
    nearest,
)

probs = st.floats(0, 1)
FOUR = ("A", "B", "C", "D")
CHAIN = [implies("A", "B"), implies("B", "C"), exclusive(("A", "D"))]


def test_two_that_contradict_each_other_meet_in_the_middle():
    found = nearest([implies("A", "B")], {"A": 0.6, "B": 0.2})
    assert found == pytest.approx({"A": 0.4, "B": 0.4})


def test_an_exclusive_set_gives_up_the_same_from_each_and_none_below_zero():
    found = nearest([exclusive(FOUR[:3])], {"A": 0.7, "B": 0.5, "C": 0.1})
    assert found == pytest.approx({"A": 0.6, "B": 0.4, "C": 0.0})


def test_an_exhaustive_set_sums_to_one():
    found = nearest([exclusive(FOUR[:2], exhaustive=True)], {"A": 0.2, "B": 0.4})
    assert found == pytest.approx({"A": 0.4, "B": 0.6})


def test_what_hangs_on_another_moves_with_it():
    """The foot of the perpendicular on p_B = .2 + .6 p_A from (.5, .8): .3 / 1.36 too high."""
    demand = hangs("B", "A", 0.8, 0.2)
    found = nearest([demand], {"B": 0.8, "A": 0.5})
    assert found == pytest.approx({"B": 0.8 - 0.3 / 1.36, "A": 0.5 + 0.6 * 0.3 / 1.36})
    assert excess(demand, {"B": 0.5, "A": 0.5}) == pytest.approx(0)


def test_what_is_coherent_within_half_a_point_stays_as_it_is():
    near = {"A": 0.402, "B": 0.4}
    assert is_coherent([implies("A", "B")], near)
    assert not is_coherent([implies("A", "B")], {"A": 0.41, "B": 0.4})


@given(st.tuples(probs, probs, probs, probs))
def test_the_nearest_is_coherent_and_keeps_what_was(said):
    given_probs = dict(zip(FOUR, said, strict=True))
    found = nearest(CHAIN, given_probs)
    assert all(excess(one, found) < 1e-6 for one in CHAIN)
    assert all(-1e-9 <= prob <= 1 + 1e-9 for prob in found.values())
    if all(excess(one, given_probs) == 0 for one in CHAIN):
        assert found == pytest.approx(given_probs)


@given(
    st.tuples(probs, probs, probs, probs),
    st.sampled_from(["0000", "0010", "0110", "1110", "0001", "0011", "0111"]),
)
def test_its_brier_score_is_no_worse_whatever_happens(said, world):
    """De Finetti: the projection is nearer to every world that the constraints allow."""
    given_probs = dict(zip(FOUR, said, strict=True))
    found = nearest(CHAIN, given_probs)
    truth = np.array([int(one) for one in world])
    before = ((np.array(said) - truth) ** 2).sum()
    after = ((np.array([found[name] for name in FOUR]) - truth) ** 2).sum()
    assert after <= before + 1e-6


def test_equal_and_at_most_are_two_things():
    at_most = Constraint((("A", 1.0),), 0.5)
    assert (excess(at_most, {"A": 0.4}), excess(at_most, {"A": 0.75})) == (0.0, 0.25)
    exactly = Constraint((("A", 1.0),), 0.5, equal=True)
    assert excess(exactly, {"A": 0.25}) == 0.25
