import numpy as np

from questions.reports.sparse import sparse


def test_values_of_one_place_are_added_up():
    table = sparse(np.array([0, 0]), np.array([1, 1]), np.array([0.5, 2]), (1, 2))
    assert table.toarray().tolist() == [[0, 2.5]]
