"""Beliefs of each question, one after the other."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from forecast.histories.history import histories
from forecast.histories.targets import Grid, Target
from forecast.records import Forecast
from forecast.scoring.streams import crowd_streams, streams_of
from questions.values import NO, YES, Cdf, Chosen, Number, Probability, Shares, Void

OPEN = datetime(2030, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def held(values, *, type_="binary", outcome=None, **more):
    """The history of one question on which (member, day, value) was said."""
    target = Target("Q1", type_, OPEN, OPEN + 10 * DAY, outcome, **more)
    said = [
        Forecast(f"F{n}", "Q1", who, value, OPEN + day * DAY, OPEN)
        for n, (who, day, value) in enumerate(values)
    ]
    return histories([target], said)[0]


def prob(who, day, yes):
    return who, day, Probability(yes)


def test_a_stream_is_what_one_said_in_the_order_of_time():
    history = held([prob("Bo", 2, 0.3), prob("Ana", 3, 0.7), prob("Ana", 1, 0.4)])
    found = streams_of([history, history])
    assert [*found] == ["Ana", "Bo"]
    assert [one.tolist() for one in found["Ana"]] == [[0.4, 0.7], [0.4, 0.7]]


@pytest.mark.parametrize(
    ("outcome", "ends"), [(YES, [1.0]), (NO, [0.0]), (None, []), (Void("annulled"), [])]
)
def test_a_stream_may_end_with_what_happened(outcome, ends):
    (stream,) = streams_of([held([prob("Ana", 1, 0.4)], outcome=outcome)], to_outcome=True)["Ana"]
    assert stream.tolist() == [0.4, *ends]


def test_options_and_numbers_end_with_certainty_too():
    shares = Shares((("a", 0.3), ("b", 0.7)))
    chosen = held(
        [("Ana", 1, shares)], type_="multiple_choice", outcome=Chosen("a"), options=("a", "b")
    )
    (stream,) = streams_of([chosen], to_outcome=True)["Ana"]
    assert stream.tolist() == [[0.3, 0.7], [1.0, 0.0]]
    number = held(
        [("Ana", 1, Cdf((0.0, 0.4, 1.0)))], type_="numeric", outcome=Number(3), grid=Grid(0, 4)
    )
    (stream,) = streams_of([number], to_outcome=True)["Ana"]
    assert stream.tolist() == [[0.0, 0.4, 1.0], [0.0, 0.0, 1.0]]


def test_the_crowd_has_a_belief_at_each_change():
    history = held([prob("Ana", 1, 0.2), prob("Bo", 2, 0.4), prob("Ana", 3, 0.6)], outcome=YES)
    (stream,) = crowd_streams([history], ["mean"], to_outcome=True)
    assert np.allclose(stream, [0.2, 0.3, 0.5, 1.0])
