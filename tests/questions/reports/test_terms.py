from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.reports.terms import cosines, rarity, terms, terms_of, weigh
from questions.reports.tokens import word_id

TEXTS = ("ferry strike in the harbour", "harbour tolls rise", "choir sings in the tower")


def test_a_word_weighs_by_its_count_and_its_rarity():
    """(1 + ln 2) * ln((1 + 42) / (1 + 1)): one of the 40 ordinary sentences names a ferry."""
    ferry, silent = terms("ferry and ferry"), terms("lamp")
    rare = rarity([silent, silent])
    assert rare.texts == 42
    assert weigh(ferry, rare) == pytest.approx([(1 + log(2)) * log(43 / 2)])


def test_a_word_in_every_text_says_nothing_new():
    common = terms("harbour")
    few, many = rarity([common]), rarity([common] * 50)
    assert weigh(common, many)[0] < weigh(common, few)[0]


def test_texts_without_a_word_in_common_are_at_right_angles():
    counted = [terms(text) for text in TEXTS]
    assert cosines(counted[0], counted, rarity(counted))[2] == 0


def test_an_empty_text_is_near_nothing():
    counted = [terms(text) for text in TEXTS]
    assert not cosines(terms(""), counted, rarity(counted)).any()
    assert not cosines(counted[0], [terms("")], rarity(counted)).any()
    assert len(cosines(counted[0], [], rarity(counted))) == 0


def test_a_word_has_one_number_everywhere():
    assert word_id("harbour") == 1533582490


@given(st.lists(st.sampled_from(["ferry", "harbour", "tower", "choir"]), min_size=1))
def test_the_cosine_with_oneself_is_one(chosen):
    text = terms(" ".join(chosen))
    assert cosines(text, [text], rarity([text])) == pytest.approx([1.0])


@given(st.permutations(TEXTS))
def test_the_order_of_texts_does_not_change_rarity(order):
    first, second = rarity(map(terms, TEXTS)), rarity(map(terms, order))
    assert np.array_equal(first.ids, second.ids)
    assert np.array_equal(first.holding, second.holding)


def test_many_texts_are_counted_as_each_alone():
    for one, text in zip(terms_of([*TEXTS, ""]), [*TEXTS, ""], strict=True):
        assert one.ids.tolist() == terms(text).ids.tolist()
        assert one.counts.tolist() == terms(text).counts.tolist()
