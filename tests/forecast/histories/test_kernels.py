"""Compiled loops give what numpy gives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.histories import kernels
from forecast.histories.kernels import compiled, in_order, rising_order

TIMES = st.lists(st.integers(-(2**61), 2**61) | st.integers(0, 5), min_size=1, max_size=60)


@given(TIMES)
def test_instants_are_sorted_by_their_bits_as_a_stable_sort_has_them(times):
    instants = np.array(times, dtype=np.int64)
    assert compiled(rising_order)(instants).tolist() == np.argsort(instants, kind="stable").tolist()


@pytest.mark.parametrize("large", [1, 10**9])
def test_many_and_few_are_in_the_same_order(large, monkeypatch):
    monkeypatch.setattr(kernels, "LARGE", large)
    assert in_order(np.array([3, 1, 3, 2], dtype=np.int64)).tolist() == [1, 3, 0, 2]


def test_nothing_is_in_order():
    assert in_order(np.empty(0, dtype=np.int64)).tolist() == []
