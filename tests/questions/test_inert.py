"""A formula in a text is inert in a spreadsheet, and is itself again when it comes back."""

from hypothesis import given
from hypothesis import strategies as st

from questions.inert import FORMULA, alive, inert

TEXTS = st.text() | st.text(st.sampled_from("'=+-@\t\r ab"))


@given(TEXTS)
def test_every_text_comes_back(text):
    assert alive(inert(text)) == text


@given(TEXTS)
def test_nothing_begins_as_a_formula(text):
    assert not inert(text).startswith(FORMULA)


@given(TEXTS)
def test_two_texts_stay_two(text):
    assert inert("'" + text) != inert(text)


def test_a_text_that_nobody_made_inert_stays_as_it_is():
    assert [alive(one) for one in ("=1", "'tis", "", "'", "''")] == ["=1", "'tis", "", "'", "''"]
