"""The crowd at every change."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.crowd import paths
from forecast.crowd.methods import METHODS
from forecast.crowd.paths import SUMMED, crowd_of, crowd_path
from forecast.histories.history import active_at, history_of
from forecast.histories.targets import Grid, Target
from forecast.records import Forecast
from questions.errors import BadInput
from questions.instants import from_micros, micros
from questions.values import Cdf, Probability, Shares

DAY0 = datetime(2025, 1, 1, tzinfo=UTC)


def on(day):
    return DAY0 + timedelta(days=day)


def said(member, value, day=0.0, until=None):
    ended = None if until is None else on(until)
    value = Probability(value) if isinstance(value, float) else value
    return Forecast("", "Q1", member, value, on(day), on(day), ended)


def history(rows, outside=(), type_="binary", **shape):
    return history_of(Target("Q1", type_, on(0), on(10), **shape), rows, outside)


def test_the_path_changes_when_a_forecast_does():
    rows = [said("a", 0.2, 1), said("b", 0.6, 3, until=5), said("a", 0.4, 6, until=8)]
    path = crowd_path(history(rows), "mean")
    assert [from_micros(int(edge)) for edge in path.edges] == [on(day) for day in (1, 3, 5, 6, 8)]
    assert path.n.tolist() == [1, 2, 1, 1]
    assert path.values == pytest.approx([0.2, 0.4, 0.2, 0.4])


def test_a_gap_has_nobody_in_it_and_no_value():
    path = crowd_path(history([said("a", 0.2, 1, until=2), said("a", 0.4, 6)]), "mean")
    assert path.n.tolist() == [1, 0, 1]
    assert np.isnan(path.values[1])


def test_those_outside_move_nothing():
    rows = [said("a", 0.2, 1), said("bot", 0.9, 3)]
    path = crowd_path(history(rows, outside={"bot"}), "mean")
    assert path.n.tolist() == [1]
    assert path.values == pytest.approx([0.2])


def test_nobody_leaves_an_empty_path():
    path = crowd_path(history([]), "recency_median")
    assert (len(path.edges), len(path.n), len(path.values)) == (0, 0, 0)


def test_recency_counts_from_when_a_forecast_was_made_even_before_the_opening():
    rows = [said("a", 0.6, -1), said("b", 0.8, -3), said("c", 0.7, -2)]
    path = crowd_path(history(rows), "recency_mean")
    assert path.values == pytest.approx([0.67649786], abs=5e-9)


def test_options_and_distributions_have_paths_too():
    choice = history(
        [
            said("a", Shares((("x", 0.7), ("y", 0.3)))),
            said("b", Shares((("x", 0.5), ("y", 0.5))), 2),
        ],
        type_="multiple_choice",
        options=("x", "y"),
    )
    assert crowd_path(choice, "mean").values == pytest.approx(np.array([[0.7, 0.3], [0.6, 0.4]]))
    measured = history(
        [said("a", Cdf((0.0, 0.4, 1.0))), said("b", Cdf((0.0, 0.8, 1.0)), 2)],
        type_="numeric",
        grid=Grid(0, 1),
    )
    assert crowd_path(measured, "median").values[1] == pytest.approx([0, 0.6, 1])


def test_a_method_that_would_bend_the_ends_of_a_cdf_is_refused():
    past = history([said("a", Cdf((0.0, 1.0)))], type_="numeric", grid=Grid(0, 1))
    with pytest.raises(BadInput, match="one that suits numeric questions"):
        crowd_path(past, "log_odds_mean")


DAYS = st.integers(-20, 110).map(lambda tenth: tenth / 10)
MOVES = st.lists(
    st.tuples(st.sampled_from("abcd"), DAYS, st.floats(0, 1), st.none() | DAYS),
    max_size=12,
    unique_by=lambda move: move[:2],
)


@given(MOVES, st.sampled_from(sorted(METHODS)), st.integers(0, 99))
def test_the_path_at_an_instant_is_the_crowd_of_that_instant(moves, method, tenth):
    past = history([said(name, prob, day, until) for name, day, prob, until in moves])
    instant = micros(on(tenth / 10))
    n, value = crowd_of(past, active_at(past, instant), method)
    path = crowd_path(past, method)
    place = int(np.searchsorted(path.edges, instant, side="right")) - 1
    if 0 <= place < len(path.n):
        assert path.n[place] == n
        assert path.values[place] == pytest.approx(value, nan_ok=True)
    else:
        assert n == 0


CERTAIN = st.sampled_from([0.0, 1.0]) | st.floats(0, 1)
SAID = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), DAYS, CERTAIN, st.none() | DAYS),
    min_size=1,
    max_size=40,
    unique_by=lambda move: move[:2],
)


@given(SAID, st.sampled_from(sorted(SUMMED)), st.sets(st.sampled_from("abc")))
def test_running_sums_give_what_is_pooled_from_change_to_change(moves, method, outside):
    """Also where forecasters leave and come back, and where some or all are certain."""
    past = history([said(name, prob, day, until) for name, day, prob, until in moves], outside)
    summed = crowd_path(past, method)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "SUMMED", {})
        followed = crowd_path(past, method)
    assert summed.edges.tolist() == followed.edges.tolist()
    assert summed.n.tolist() == followed.n.tolist()
    assert summed.values == pytest.approx(followed.values, abs=1e-9, nan_ok=True)
