import numpy as np

from questions.reports.sparse import found_in, sparse


def test_values_of_one_place_are_added_up():
    table = sparse(np.array([0, 0]), np.array([1, 1]), np.array([0.5, 2]), (1, 2))
    assert table.toarray().tolist() == [[0, 2.5]]


def test_nothing_is_found_in_nothing():
    places, found = found_in(np.array([3, 4]), np.array([], dtype=int))
    assert places.tolist() == []
    assert found.tolist() == [False, False]


def test_what_is_above_all_is_not_found():
    places, found = found_in(np.array([9, 2]), np.array([2, 5]))
    assert places.tolist() == [0]
    assert found.tolist() == [False, True]
