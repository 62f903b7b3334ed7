from hypothesis import given
from hypothesis import strategies as st

from questions.articles.words import bare, likeness, seen, shared, tidy


def test_likeness_is_twice_the_common_words_over_all_words() -> None:
    # common: the, ship, ship (of 3 and 4): 2 * 3 / (4 + 3)
    assert likeness("The ship the ship", "ship, the SHIP") == 2 * 3 / 7
    assert likeness("", "") == likeness("a", "b") == likeness("", "a") == 0


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_does_not_depend_on_the_order(ours: str, theirs: str) -> None:
    assert likeness(ours, theirs) == likeness(theirs, ours)
    assert shared(ours, theirs) == shared(theirs, ours)[::-1]
    assert 0 <= likeness(ours, theirs) <= 1


def test_bare_forgets_case_marks_and_spaces() -> None:
    assert bare(" It’s  over!") == bare("IT'S over") == "it s over"


def test_what_is_no_text_is_tidied_to_none() -> None:
    assert tidy(3) == tidy(None) == tidy(["a"]) == ""


@given(st.text())
def test_seen_leaves_nothing_that_a_terminal_would_obey(text: str) -> None:
    left = seen(text)
    assert len(left) == len(text)
    assert all(one in "\n\t" or one.isprintable() or ord(one) > 159 for one in left)
