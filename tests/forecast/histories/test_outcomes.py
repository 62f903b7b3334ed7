"""What happened, and the probability it was given."""

from datetime import UTC, datetime

import numpy as np
import pytest

from forecast.histories.outcomes import chances_of, outcomes_of, settled
from forecast.histories.targets import Grid, Target
from questions.errors import BadInput
from questions.values import NO, YES, Chosen, Moment, Number, Void

START, END = datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 2, 1, tzinfo=UTC)


def target(type_, outcome, **shape):
    return Target("Q1", type_, START, END, outcome, **shape)


def test_yes_and_no():
    values = np.array([0.2, 0.9])
    assert chances_of(target("binary", YES), values) == pytest.approx([0.2, 0.9])
    assert chances_of(target("binary", NO), values) == pytest.approx([0.8, 0.1])


def test_an_option_of_later_falls_under_the_last_that_was_on_offer():
    choice = target("multiple_choice", Chosen("new"), options=("a", "new", "other"))
    values = np.array([[0.5, np.nan, 0.5], [0.2, 0.3, 0.5], [1.0, np.nan, np.nan]])
    assert outcomes_of(choice, values).tolist() == [2, 1, 0]
    assert chances_of(choice, values) == pytest.approx([0.5, 0.3, 1.0])


def test_a_number_falls_into_its_bin_and_a_moment_too():
    cdf = np.array([[0.1, 0.4, 0.8]])
    assert chances_of(target("numeric", Number(7), grid=Grid(0, 10)), cdf) == pytest.approx([0.4])
    assert chances_of(target("numeric", Number(np.inf), grid=Grid(0, 10)), cdf) == pytest.approx(
        [0.2]
    )
    first, last = START.timestamp(), END.timestamp()
    early = target("date", Moment(START), grid=Grid(first, last))
    assert chances_of(early, cdf) == pytest.approx([0.3])


@pytest.mark.parametrize(
    ("outcome", "scored"),
    [(YES, True), (None, False), (Void("annulled"), False), (Void("ambiguous"), False)],
)
def test_what_is_open_or_void_is_not_settled(outcome, scored):
    assert settled(target("binary", outcome)) == scored


@pytest.mark.parametrize(
    ("type_", "outcome", "shape", "right"),
    [
        ("binary", Number(3), {}, "yes or no"),
        ("multiple_choice", Chosen("z"), {"options": ("x", "y")}, "one of the options x, y"),
        ("numeric", YES, {"grid": Grid(0, 1)}, "a number or a time"),
    ],
)
def test_an_outcome_that_the_question_cannot_have_is_refused(type_, outcome, shape, right):
    with pytest.raises(BadInput, match=f"resolution of Q1.*{right}"):
        outcomes_of(target(type_, outcome, **shape), np.array([[0.5, 0.5]]))


def test_a_numeric_question_without_a_range_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="without a grid"):
        outcomes_of(target("numeric", Number(1)), np.array([[0.0, 1.0]]))
