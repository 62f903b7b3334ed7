import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from questions.reports.tokens import found_in, tokens, word_id
from questions.reports.words import names, stems, words


@given(st.lists(st.text(), max_size=4))
def test_each_text_has_the_words_that_it_has_alone(texts):
    read = tokens(texts)
    for place, text in enumerate(texts):
        own = read[read.text == place]
        assert own.stem.tolist() == [word_id(stem) for stem in stems(text)]
        assert own[own.telling].stem.tolist() == [word_id(stem) for stem in words(text)]
        called = own[own.capital & own.telling]
        assert {*called.stem.tolist()} == {word_id(name) for name in names(text)}


def test_sentences_end_at_marks_before_white_space_and_at_line_ends():
    read = tokens(["It is 3.5 km. Go! Now\nthen; and on"])
    assert read.sentence.tolist() == [0, 0, 0, 0, 0, 1, 2, 3, 4, 4]


def test_no_two_texts_share_a_sentence():
    read = tokens(["one", "two", "", "three"])
    assert len(set(read.sentence.tolist())) == 3


def test_nothing_has_no_words():
    assert tokens([]).text.shape == tokens([""]).stem.shape == (0,)


def test_nothing_is_found_in_nothing():
    places, found = found_in(np.array([3, 4]), np.array([], dtype=int))
    assert places.tolist() == []
    assert found.tolist() == [False, False]


def test_what_is_above_all_is_not_found():
    places, found = found_in(np.array([9, 2]), np.array([2, 5]))
    assert places.tolist() == [0]
    assert found.tolist() == [False, True]
