"""What is active when."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.histories.history import (
    active_at,
    active_before,
    active_time,
    histories,
    history_of,
    last_of_each,
)
from forecast.histories.targets import Target
from forecast.records import Forecast
from questions.errors import BadInput
from questions.instants import micros
from questions.values import Probability, Shares

DAY0 = datetime(2025, 1, 1, tzinfo=UTC)
A_DAY = 86_400_000_000


def on(day):
    return DAY0 + timedelta(days=day)


def target(close=10.0, actual=None):
    return Target("Q1", "binary", on(0), on(close), actual_close_time=actual and on(actual))


def said(member, prob, day, until=None, question="Q1"):
    ended = None if until is None else on(until)
    return Forecast("", question, member, Probability(prob), on(day), on(day), ended)


def spans(history):
    """(forecaster, value, first day, last day) of each stretch."""
    start, end = ((at - micros(DAY0)) / A_DAY for at in (history.start, history.end))
    names = [history.forecasters[number] for number in history.who]
    return list(zip(names, history.values.tolist(), start.tolist(), end.tolist(), strict=True))


def test_a_forecast_holds_until_the_next_of_the_same_forecaster():
    history = history_of(target(), [said("a", 0.2, 1), said("b", 0.5, 2), said("a", 0.7, 4)])
    assert spans(history) == [("a", 0.2, 1, 4), ("a", 0.7, 4, 10), ("b", 0.5, 2, 10)]


def test_a_withdrawn_forecast_ends_and_leaves_a_gap():
    history = history_of(target(), [said("a", 0.2, 1, until=3), said("a", 0.7, 5)])
    assert spans(history) == [("a", 0.2, 1, 3), ("a", 0.7, 5, 10)]


def test_an_end_after_the_next_forecast_is_cut_by_it():
    history = history_of(target(), [said("a", 0.2, 1, until=8), said("a", 0.7, 5)])
    assert spans(history) == [("a", 0.2, 1, 5), ("a", 0.7, 5, 10)]


def test_of_forecasts_before_the_opening_the_last_counts_from_the_opening():
    history = history_of(target(), [said("a", 0.2, -3), said("a", 0.7, -1), said("a", 0.4, 0)])
    assert spans(history) == [("a", 0.4, 0, 10)]
    history = history_of(target(), [said("a", 0.2, -3), said("a", 0.7, -1)])
    assert spans(history) == [("a", 0.7, 0, 10)]


def test_what_is_made_at_or_after_the_actual_close_is_ignored_and_counted():
    rows = [said("a", 0.2, 1), said("a", 0.9, 6), said("b", 0.9, 7)]
    history = history_of(target(actual=6), rows)
    assert spans(history) == [("a", 0.2, 1, 6)]
    assert history.late == 2
    assert history.forecasters == ("a",)


def test_an_answer_before_the_scheduled_close_ends_the_question():
    early = Target("Q1", "binary", on(0), on(10), resolved_at=on(4))
    assert spans(history_of(early, [said("a", 0.2, 1)])) == [("a", 0.2, 1, 4)]


def test_a_repeated_row_counts_once():
    once, twice = [said("a", 0.2, 1)], [said("a", 0.2, 1), said("a", 0.2, 1)]
    assert spans(history_of(target(), once)) == spans(history_of(target(), twice))


@pytest.mark.parametrize("other", [said("a", 0.3, 1), said("a", 0.2, 1, until=5)])
def test_two_values_at_one_instant_are_an_error(other):
    with pytest.raises(BadInput, match="one value for one instant"):
        history_of(target(), [said("a", 0.2, 1), other])


def test_two_people_may_speak_at_one_instant():
    history = history_of(target(), [said("b", 0.3, 1), said("a", 0.2, 1)])
    assert spans(history) == [("a", 0.2, 1, 10), ("b", 0.3, 1, 10)]


def test_nobody_is_a_history_too():
    history = history_of(target(), [])
    assert history.forecasters == ()
    assert spans(history) == []


def test_at_an_instant_the_new_value_holds_and_just_before_it_the_old():
    history = history_of(target(), [said("a", 0.2, 1), said("a", 0.7, 4)])
    assert active_at(history, micros(on(4))).tolist() == [False, True]
    assert active_before(history, micros(on(4))).tolist() == [True, False]
    assert active_at(history, micros(on(1))).tolist() == [True, False]
    assert active_before(history, micros(on(1))).tolist() == [False, False]


def test_the_close_itself_does_not_end_a_forecast_but_a_withdrawal_at_it_does():
    history = history_of(target(), [said("a", 0.2, 1), said("b", 0.7, 4, until=10)])
    assert active_at(history, micros(on(10))).tolist() == [True, False]
    assert active_before(history, micros(on(10))).tolist() == [True, True]


def test_the_last_active_forecast_of_each_is_found():
    history = history_of(target(), [said("a", 0.2, 1), said("a", 0.7, 4), said("b", 0.5, 2)])
    assert history.values[last_of_each(history)].tolist() == [0.7, 0.5]


def test_those_outside_the_crowd_are_marked():
    history = history_of(target(), [said("a", 0.2, 1), said("bot", 0.7, 4)], outside={"bot"})
    assert history.in_crowd.tolist() == [True, False]


def test_forecasts_are_sorted_to_their_questions_and_others_left_aside():
    second = Target("Q2", "binary", on(0), on(10))
    rows = [said("a", 0.2, 1), said("b", 0.3, 1, question="Q2"), said("c", 0.4, 1, question="Q9")]
    found = histories([second, target()], rows)
    assert [history.forecasters for history in found] == [("b",), ("a",)]


def test_a_value_of_another_kind_is_refused():
    shares = Forecast("", "Q1", "a", Shares((("x", 1.0),)), on(1), on(1))
    with pytest.raises(BadInput, match="suits a binary question"):
        history_of(target(), [shares])


DAYS = st.integers(-20, 120).map(lambda tenth: tenth / 10)
MOVES = st.lists(
    st.tuples(st.sampled_from("abc"), DAYS, st.none() | DAYS),
    max_size=15,
    unique_by=lambda m: m[:2],
)


@given(MOVES, st.randoms(use_true_random=False))
def test_stretches_never_overlap_and_do_not_depend_on_the_order_of_rows(moves, random):
    rows = [said(name, 0.5, day, until) for name, day, until in moves]
    history = history_of(target(), rows)
    for (name, _, _, end), (following, _, start, _) in zip(
        spans(history), spans(history)[1:], strict=False
    ):
        assert name < following or end <= start
    assert (history.start < history.end).all()
    assert (history.start >= micros(on(0))).all()
    assert (history.end <= micros(on(10))).all()
    random.shuffle(rows)
    assert spans(history_of(target(), rows)) == spans(history)


@given(MOVES, st.integers(0, 99))
def test_active_time_is_what_a_look_at_every_moment_finds(moves, tenth):
    rows = [said(name, 0.5, day, until) for name, day, until in moves]
    history = history_of(target(), rows)
    instant = on(tenth / 10)
    looked = set()
    for name in "abc":
        latest = [row for row in rows if row.member == name and row.made_at <= instant]
        if latest:
            last = max(latest, key=lambda row: row.made_at)
            if last.ended_at is None or last.ended_at > instant:
                looked.add(name)
    standing = history.who[active_at(history, micros(instant))]
    assert {history.forecasters[number] for number in standing} == looked
    assert (active_time(history) > 0).all()
