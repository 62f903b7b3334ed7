"""What resolved questions tell of the crowd."""

import numpy as np
import pytest

from forecast.crowd.past import (
    answered,
    contributions_of,
    crowds_of,
    joined,
    known_before,
    losses_of,
)
from forecast.histories.history import histories
from forecast.histories.targets import Grid
from forecast.scoring.points import peer
from questions.instants import micros
from questions.values import NO, YES, Chosen, Number, Void
from tests.forecast.crowd.crowds import asked, on, said

NAN = float("nan")
CHOICE = {"type": "multiple_choice", "options": ("x", "y", "z")}


def choice(outcome):
    return asked("Q1", 0, 1, Chosen(outcome), options=("x", "y", "z"))


def of_type(target, type_):
    from dataclasses import replace

    return replace(target, type=type_)


def past_of(targets, forecasts):
    return answered(histories(targets, forecasts), peer)


def test_an_answer_counts_from_when_it_was_known_never_before_the_close():
    targets = [
        asked("late", 0, 1, YES, resolved_at=on(9)),
        asked("early", 0, 2, YES),
        asked("told", 0, 5, NO, actual_close_time=on(5), resolved_at=on(3)),
        asked("open", 0, 3),
        asked("void", 0, 3, Void("annulled")),
    ]
    past = past_of(targets, [])
    assert [one.known_at for one in past] == [micros(on(day)) for day in (2, 5, 9)]


def test_what_becomes_known_at_an_instant_was_not_known_before_it():
    past = past_of([asked("a", 0, 2, YES), asked("b", 0, 4, YES)], [])
    counts = [len(known_before(past, micros(on(day)))) for day in (1, 2, 2.001, 4, 5)]
    assert counts == [0, 0, 1, 1, 2]


def test_only_members_who_stood_at_the_close_are_judged_but_all_earn_points():
    rows = [said("a", 0.8), said("gone", 0.4, until=0.5), said("bot", 0.1)]
    (one,) = answered(histories([asked("Q1", 0, 1, YES)], rows, {"bot"}), peer)
    assert one.members == ("a",)
    assert one.losses == pytest.approx([0.04])
    assert one.everybody == ("a", "bot", "gone")
    assert one.coverage == pytest.approx([1, 1, 0.5])


def test_losses_are_brier_scores_and_squared_distances_of_cdfs():
    assert losses_of(asked("Q1", 0, 1, NO), np.array([0.3])) == pytest.approx([0.09])
    options = of_type(choice("y"), "multiple_choice")
    assert losses_of(options, np.array([[0.2, 0.5, 0.3]])) == pytest.approx([0.19])
    number = asked("Q1", 0, 1, Number(5.0), grid=Grid(0, 10))
    cdf = np.array([[0.0, 0.5, 1.0]])
    assert losses_of(of_type(number, "numeric"), cdf) == pytest.approx([0.25 / 3])


def test_contributions_are_what_the_mean_loses_without_each():
    found = contributions_of(asked("Q1", 0, 1, YES), np.array([0.2, 0.6, 1.0]))
    assert found == pytest.approx([0.04 - 0.16, 0.16 - 0.16, 0.36 - 0.16])
    assert np.isnan(contributions_of(asked("Q1", 0, 1, YES), np.array([0.2]))).all()


def test_each_option_that_somebody_priced_is_an_event_of_half_a_weight():
    target = of_type(choice("y"), "multiple_choice")
    shares = np.array([[0.4, 0.6, NAN], [0.3, 0.7, NAN]])
    crowd = crowds_of(target, shares, np.arange(2))
    assert crowd.outcome.tolist() == [0, 1]
    assert crowd.weight.tolist() == [0.5, 0.5]
    assert crowd.biased.tolist() == [0, 0]
    assert crowd.size.tolist() == [2, 2]


def test_events_are_joined_in_order_with_their_own_people():
    targets = [asked("a", 0, 1, YES), asked("b", 1, 2, NO)]
    rows = [said("x", 0.6, 0, "a"), said("y", 0.7, 0, "a"), said("y", 0.2, 1, "b")]
    crowds = joined(past_of(targets, rows), {"x": 0, "y": 1})
    assert crowds.event.tolist() == [0, 0, 1]
    assert crowds.who.tolist() == [0, 1, 1]
    assert crowds.outcome.tolist() == [1, 0]
