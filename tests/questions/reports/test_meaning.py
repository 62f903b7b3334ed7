import numpy as np
import pytest

from questions.language import english
from questions.reports.meaning import unit, word_vectors


@pytest.fixture(scope="module")
def meaning():
    return word_vectors(english())


def test_one_row_a_text_of_length_one(meaning):
    rows = meaning(["The court issued warrants.", "A storm closed the harbour."])
    assert rows.shape[0] == 2
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1])


def test_nothing_known_is_no_direction(meaning):
    rows = meaning(["", "the of and", "qzxv wvqj"])
    assert not rows.any()
    assert rows.shape == (3, meaning(["court"]).shape[1])


def test_like_things_point_alike(meaning):
    judge, court, goal = meaning(["the judge ruled", "a court decided", "the striker scored"])
    assert judge @ court > judge @ goal


def test_no_texts_are_no_rows(meaning):
    assert meaning([]).shape[0] == 0


def test_zeros_stay_zeros():
    assert unit(np.zeros((2, 3))).tolist() == [[0, 0, 0], [0, 0, 0]]
