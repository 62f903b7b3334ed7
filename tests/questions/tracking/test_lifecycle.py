"""A question's status and history, derived from times."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.records import Binary, Question, Resolution
from questions.tracking.lifecycle import say, track
from questions.values import NO, YES, Moment, Number, Void

OPEN = datetime(2023, 3, 13, tzinfo=UTC)
CLOSE = datetime(2023, 5, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)
DAY = timedelta(days=1)
QUESTION = Question("Q1", "Will it rain?", Binary(), OPEN, CLOSE, "Yes if it rains.")


def resolved(outcome=YES, *, known, recorded=None):
    return Resolution("Q1", outcome, known, "a paper", recorded or known)


def tracked(at, *resolutions, reopened=(), asked_at=OPEN):
    undone = [(when, "typing error") for when in reopened]
    return track(QUESTION, resolutions=resolutions, reopened=undone, asked_at=asked_at, at=at)


@pytest.mark.parametrize(
    ("at", "status", "closed_at"),
    [
        (OPEN - TICK, "upcoming", None),
        (OPEN, "open", None),
        (CLOSE - TICK, "open", None),
        (CLOSE, "closed", CLOSE),
        (CLOSE + 9 * DAY, "closed", CLOSE),
    ],
)
def test_the_opening_belongs_to_the_open_time_and_the_closing_instant_does_not(
    at, status, closed_at
):
    found = tracked(at)
    assert (found.status, found.actual_close_time) == (status, closed_at)


def test_an_answer_known_early_closes_the_question_at_that_moment():
    found = tracked(OPEN + 5 * DAY, resolved(known=OPEN + 3 * DAY))
    assert (found.status, found.actual_close_time) == ("resolved", OPEN + 3 * DAY)


def test_an_answer_known_late_leaves_the_scheduled_close():
    assert tracked(CLOSE + DAY, resolved(known=CLOSE + DAY)).actual_close_time == CLOSE


def test_a_void_question_is_resolved_too():
    assert tracked(CLOSE, resolved(Void("annulled"), known=CLOSE)).status == "resolved"


def test_a_reopened_question_is_what_its_times_say():
    early, undone = OPEN + DAY, OPEN + 2 * DAY
    assert tracked(undone, resolved(known=early), reopened=[undone]).status == "open"
    late = tracked(CLOSE, resolved(known=early), reopened=[undone])
    assert (late.status, late.resolution, late.actual_close_time) == ("closed", None, CLOSE)


def test_the_last_of_several_resolutions_stands():
    first, last = resolved(YES, known=OPEN + DAY), resolved(NO, known=OPEN + 3 * DAY)
    found = tracked(CLOSE, first, last, reopened=[OPEN + 2 * DAY])
    assert found.resolution == last


def test_steps_at_one_instant_are_taken_in_their_order():
    """As in a replay whose clock stands still: resolved, reopened, resolved otherwise."""
    day = OPEN + DAY
    first, last = resolved(YES, known=day), resolved(NO, known=day)
    found = tracked(day, first, last, reopened=[day])
    assert found.resolution == last
    assert [what for _, what in found.history] == [
        "asked",
        "resolved yes",
        "reopened: typing error",
        "resolved no",
    ]


instants = st.integers(min_value=-10, max_value=80).map(lambda days: OPEN + days * DAY)


@given(instants, instants)
def test_time_alone_moves_a_status_only_forward(one, other):
    order = ["upcoming", "open", "closed"]
    early, late = sorted([one, other])
    assert order.index(tracked(early).status) <= order.index(tracked(late).status)


@given(st.lists(st.tuples(instants, st.sampled_from([YES, NO])), min_size=1, max_size=6), instants)
def test_whoever_takes_back_every_resolution_has_the_question_as_if_never_resolved(steps, at):
    steps.sort(key=lambda step: step[0])
    resolutions = [resolved(outcome, known=when) for when, outcome in steps]
    days = [when for when, _ in steps]
    assert tracked(at, *resolutions, reopened=days).status == tracked(at).status
    assert tracked(at, *resolutions, reopened=days[:-1]).resolution == resolutions[-1]


@given(instants)
def test_a_question_never_closes_later_than_scheduled(known):
    assert tracked(CLOSE, resolved(known=known)).actual_close_time == min(known, CLOSE)


@pytest.mark.parametrize(
    ("outcome", "word"),
    [
        (YES, "yes"),
        (Void("ambiguous"), "ambiguous"),
        (Number(3.50), "3.5"),
        (Moment(OPEN), "2023-03-13"),
    ],
)
def test_an_outcome_in_a_word(outcome, word):
    assert say(outcome) == word
