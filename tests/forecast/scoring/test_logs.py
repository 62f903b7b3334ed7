"""A whole log at once: compiled loops, their twins in numpy, and each question alone."""

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from forecast.histories import columns as order_of_columns
from forecast.histories import panel as panels_of_columns
from forecast.histories.columns import Columns, in_time, stored_order, taken
from forecast.histories.history import histories
from forecast.histories.kernels import FOREVER
from forecast.histories.panel import histories_in, panel_of
from forecast.histories.targets import Target
from forecast.records import Forecast
from forecast.scoring import logs, panels, points, rules
from forecast.scoring.logs import lives_of, over_others, time_averaged_brier
from forecast.scoring.panels import rows_of, score_panel
from forecast.scoring.score import RULES, score
from questions.errors import BadInput
from questions.instants import from_micros, micros
from questions.values import NO, YES, Probability, Void

DAY0 = datetime(2025, 1, 1, tzinfo=UTC)
HOUR = 3_600_000_000
CUT_BY = (order_of_columns, panels_of_columns, logs, panels, points, rules)
"""Where a module decides between a kernel and its twin."""


def on(day):
    return DAY0 + timedelta(days=day)


TARGETS = (
    Target("Q1", "binary", on(0), on(10), YES),
    Target("Q2", "binary", on(1), on(9), NO, actual_close_time=on(4)),
    Target("Q3", "binary", on(0), on(5), YES),
)

MOVE = (
    st.integers(0, 3),
    st.integers(-20, 260),
    st.none() | st.integers(0, 90),
    st.sampled_from([0.0, 0.2, 0.5, 0.9, 1.0]),
)
MOVES = st.lists(
    st.tuples(st.integers(0, 2), *MOVE), min_size=1, max_size=25, unique_by=lambda move: move[:3]
)
ON_ONE = st.lists(st.tuples(*MOVE), min_size=1, max_size=25, unique_by=lambda move: move[:2])


def log_of(moves, outside=()):
    """Columns of (question, forecaster, hour, hours until it ends, P(yes))."""
    question, forecaster, hour, lasts, prob = (list(column) for column in zip(*moves, strict=True))
    made = [micros(DAY0) + at * HOUR for at in hour]
    ended = [
        FOREVER if for_hours is None else at + for_hours * HOUR
        for at, for_hours in zip(made, lasts, strict=True)
    ]
    return Columns(
        tuple(target.id for target in TARGETS),
        ("a", "b", "c", "d"),
        *(np.array(column, dtype=np.int64) for column in (question, forecaster, made, ended)),
        np.array(prob),
        frozenset(outside),
    )


def records(log):
    return [
        Forecast(
            "",
            log.questions[log.question[row]],
            log.forecasters[log.forecaster[row]],
            Probability(float(log.probs[row])),
            from_micros(int(log.made[row])),
            from_micros(int(log.made[row])),
            None if log.ended[row] == FOREVER else from_micros(int(log.ended[row])),
        )
        for row in range(len(log.made))
    ]


def compiling(patch):
    """From here on every log is large enough for the kernels."""
    for module in CUT_BY:
        patch.setattr(module, "LARGE", 0)


def in_stored_order(log):
    return taken(log, stored_order(log))


@given(MOVES, st.sampled_from([(), ("d",)]), st.booleans())
@settings(deadline=None)
def test_a_panel_scores_as_each_question_alone(moves, outside, large):
    log = log_of(moves, outside)
    names = list(RULES)
    expected = score(TARGETS, records(log), names, outside=outside)
    with pytest.MonkeyPatch.context() as patch:
        if large:
            compiling(patch)
        panel = panel_of(log, TARGETS)
        found = list(rows_of(panel, score_panel(panel, names)))
    assert [(one.question_id, one.forecaster, one.rule) for one in found] == [
        (one.question_id, one.forecaster, one.rule) for one in expected
    ]
    assert [one.score for one in found] == pytest.approx([one.score for one in expected], abs=1e-8)
    assert [one.coverage for one in found] == pytest.approx([one.coverage for one in expected])


@given(MOVES, st.sampled_from([(), ("d",)]))
@settings(deadline=None)
def test_a_panel_holds_the_histories_of_its_questions(moves, outside):
    log = log_of(moves, outside)
    whole = histories_in(panel_of(log, TARGETS))
    for found, alone in zip(whole, histories(TARGETS, records(log), outside), strict=True):
        assert found.forecasters == alone.forecasters
        for name in ("who", "made", "start", "end", "held", "values", "in_crowd"):
            assert getattr(found, name).tolist() == getattr(alone, name).tolist()


@given(MOVES, st.sampled_from(["stored", "in time", "as it comes"]))
@settings(deadline=None)
def test_the_compiled_average_is_that_of_numpy_in_any_order(moves, order):
    log = log_of(moves)
    log = {"stored": in_stored_order, "in time": in_time}.get(order, lambda one: one)(log)
    lives = lives_of(TARGETS)
    expected = time_averaged_brier(log, lives)
    with pytest.MonkeyPatch.context() as patch:
        compiling(patch)
        found = time_averaged_brier(log, lives)
    assert found.question.tolist() == expected.question.tolist()
    assert found.forecaster.tolist() == expected.forecaster.tolist()
    assert found.score == pytest.approx(expected.score)
    assert found.active.tolist() == expected.active.tolist()


@given(ON_ONE, st.sampled_from([(), ("a", "d")]))
@example([(0, 0, None, 0.5), (1, 5, 0, 0.9), (2, -9, 3, 0.2)], ())
@settings(deadline=None)
def test_one_pass_over_a_log_gains_what_the_history_gains(moves, outside):
    log = in_time(log_of([(0, *move) for move in moves], outside))
    (history,) = histories(TARGETS[:1], records(log), outside)
    with np.errstate(divide="ignore"):
        expected = points.over_others(history, np.log(history.values))
        found = over_others(log, TARGETS[0], np.log(log.probs))
        with pytest.MonkeyPatch.context() as patch:
            compiling(patch)
            of_history = points.over_others(history, np.log(history.values))
    scale = HOUR * 240
    by_name = dict(zip(log.forecasters, found / scale, strict=True))
    for name, gain, again in zip(history.forecasters, expected, of_history, strict=True):
        assert by_name[name] == pytest.approx(gain / scale, abs=1e-9)
        assert again / scale == pytest.approx(gain / scale, abs=1e-9)


def test_a_log_out_of_time_is_refused_by_the_one_pass():
    log = log_of([(0, 0, 9, None, 0.5), (0, 1, 3, None, 0.5)])
    with pytest.raises(ValueError, match="order of time"):
        over_others(log, TARGETS[0], np.log(log.probs))


@pytest.mark.parametrize("size", [7, 300_000])
def test_the_mean_of_many_is_the_mean_of_each(size):
    rng = np.random.default_rng(1)
    probs = rng.random(size)
    for outcomes in (rng.random(size) < probs, (rng.random(size) < probs).astype(float)):
        assert rules.mean_brier(probs, outcomes) == pytest.approx(
            rules.brier(probs, outcomes).mean()
        )


@pytest.mark.parametrize("size", [7, 300_000])
@pytest.mark.parametrize(
    ("prob", "outcome", "why"),
    [
        (1.2, 1, "lie from 0 to 1"),
        (math.nan, 1, "not NaN"),
        (0.2, 2, "outcomes must be from 0 to 1"),
    ],
)
def test_a_wrong_value_among_many_is_refused(size, prob, outcome, why):
    probs, outcomes = np.full(size, 0.5), np.ones(size)
    probs[-1], outcomes[-1] = prob, outcome
    with pytest.raises(ValueError, match=why):
        rules.mean_brier(probs, outcomes)


def test_an_open_question_has_no_place_on_a_panel_that_is_scored():
    log = log_of([(0, 0, 9, None, 0.5)])
    panel = panel_of(log, [replace(TARGETS[0], outcome=None)])
    with pytest.raises(ValueError, match="open or void"):
        score_panel(panel, ["brier"])
    with pytest.raises(BadInput, match="rule 'nice'"):
        score_panel(panel_of(log, TARGETS), ["nice"])


def test_forecasts_on_other_questions_are_left_aside():
    log = log_of([(0, 0, 9, None, 0.5), (1, 0, 30, None, 0.5), (2, 1, 1, None, 0.5)])
    panel = panel_of(log, TARGETS[2:])
    assert (panel.question.tolist(), panel.forecaster.tolist()) == ([0], [1])
    assert panel.targets == TARGETS[2:]


def test_void_questions_have_no_lives():
    with pytest.raises(BadInput, match="yes or no"):
        lives_of([replace(TARGETS[0], outcome=Void("annulled"))])
