"""Tables that are mostly nothing: which words which texts hold."""

from typing import TYPE_CHECKING

import numpy as np

from questions.reports.terms import Floats
from questions.reports.tokens import Ids

if TYPE_CHECKING:
    from scipy.sparse import csr_array


def incidence(rows: Ids, columns: Ids, shape: tuple[int, int]) -> "csr_array":
    """A sparse table with 1 at each pair of row and column, however often it is given.

    >>> incidence(np.array([0, 1, 1]), np.array([2, 0, 0]), (2, 3)).toarray().tolist()
    [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]
    """
    table = sparse(rows, columns, np.ones(len(rows)), shape)
    table.data[:] = 1
    return table


def sparse(rows: Ids, columns: Ids, values: Floats, shape: tuple[int, int]) -> "csr_array":
    """A sparse table of values; those of one place are added up."""
    from scipy.sparse import csr_array

    return csr_array((values, (rows, columns)), shape)
