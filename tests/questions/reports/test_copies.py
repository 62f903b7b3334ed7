from hypothesis import given
from hypothesis import strategies as st

from questions.reports.copies import RUN, RUNS, flat, may_repeat, runs

STORY = " ".join(f"word{number}" for number in range(400))


def test_a_text_that_holds_half_of_another_may_repeat_it():
    half = " ".join(STORY.split()[200:])
    assert may_repeat(f"BY OUR STAFF\n\n{half}", list(runs(STORY)))
    assert may_repeat(f"{STORY}\nMore.", list(runs(half)))


def test_case_and_line_breaks_do_not_matter():
    assert may_repeat(STORY.upper().replace(" ", "\n"), list(runs(STORY)))


def test_another_text_with_the_same_words_does_not():
    turned = " ".join(reversed(STORY.split()))
    assert not may_repeat(turned, list(runs(STORY)))
    assert not may_repeat(turned, list(runs("")))


@given(st.text(alphabet="ab \n", max_size=200))
def test_every_run_is_in_its_text(text):
    found = list(runs(text))
    assert 1 <= len(found) <= RUNS
    assert all(run in flat(text) and len(run.split()) <= RUN for run in found)
