"""Platform points."""

import math
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.histories.history import history_of
from forecast.histories.targets import Grid, Target
from forecast.records import Forecast
from forecast.scoring import points
from questions.values import NO, YES, Cdf, Chosen, Number, Probability, Shares

DAY0 = datetime(2025, 1, 1, tzinfo=UTC)


def on(day):
    return DAY0 + timedelta(days=day)


def said(member, value, day=0.0, until=None):
    """A forecast of P(yes), or of any value."""
    ended = None if until is None else on(until)
    value = Probability(value) if isinstance(value, float) else value
    return Forecast("", "Q1", member, value, on(day), on(day), ended)


def earned(rule, rows, outcome=YES, outside=(), **changes):
    """Points by forecaster on a question that runs for ten days."""
    target = Target("Q1", "binary", on(0), on(10), outcome, **changes)
    history = history_of(target, rows, outside)
    return dict(zip(history.forecasters, rule(history).tolist(), strict=True))


def geometric_mean(*probs):
    return math.prod(probs) ** (1 / len(probs))


@pytest.mark.parametrize(
    ("prob", "day", "gained"),
    [
        (0.9, 0, 84.79969066),
        (0.1, 0, -232.19280949),
        (0.9, 5, 42.39984533),
        (2**-0.5, 0, 50),
        (0.5, 0, 0),
        (0.0, 0, -math.inf),
        (1.0, 0, 100),
    ],
)
def test_baseline_points_of_yes_and_no(prob, day, gained):
    assert earned(points.baseline, [said("a", prob, day)])["a"] == pytest.approx(gained)


def test_an_early_answer_shrinks_the_points():
    rows = [said("a", 0.9), said("b", 0.5)]
    full = earned(points.baseline, rows)["a"]
    assert earned(points.baseline, rows, actual_close_time=on(4))["a"] == pytest.approx(0.4 * full)
    full = earned(points.peer, rows)["a"]
    assert earned(points.peer, rows, actual_close_time=on(4))["a"] == pytest.approx(0.4 * full)


@pytest.mark.parametrize(("outcome", "gained"), [("1", 0), ("2", None), ("3", 50), ("4", 50)])
def test_baseline_points_of_options_read_the_last_one_for_an_option_of_later(outcome, gained):
    shares = (("1", 1 / 3), ("2", 2 / 3 - 3**-0.5), ("4", 3**-0.5))
    target = Target(
        "Q1", "multiple_choice", on(0), on(10), Chosen(outcome), options=("1", "2", "3", "4")
    )
    found = points.baseline(history_of(target, [said("a", Shares(shares))]))[0]
    if gained is None:
        gained = 100 * (math.log(2 / 3 - 3**-0.5) / math.log(3) + 1)
    assert found == pytest.approx(gained, abs=1e-9)


@pytest.mark.parametrize(("middle", "gained"), [(math.e / 2, 50), (1 / (2 * math.e), -50)])
def test_baseline_points_of_a_distribution(middle, gained):
    # the arithmetic of the published case: a bin of base rate 1/2 that holds e/2, or 1/(2e)
    target = Target("Q1", "numeric", on(0), on(10), Number(0.2), grid=Grid(0, 1))
    history = history_of(target, [said("a", Cdf((0.0, middle, 1.0)))])
    assert points.baseline(history)[0] == pytest.approx(gained)


def test_peer_points_of_two():
    rows = [said("a", 0.1), said("b", 0.9)]
    gained = earned(points.peer, rows)
    assert gained["a"] == pytest.approx(-219.722458)
    assert gained["b"] == pytest.approx(219.722458)


def test_peer_points_when_a_third_joins_half_way():
    gained = earned(points.peer, [said("a", 0.1), said("b", 0.5), said("c", 0.9, 5)])
    first = 0.5 * math.log(0.1 / 0.5) + 0.5 * math.log(0.1 / geometric_mean(0.5, 0.9))
    second = 0.5 * math.log(0.5 / 0.1) + 0.5 * math.log(0.5 / geometric_mean(0.1, 0.9))
    assert gained["a"] == pytest.approx(100 * first)
    assert gained["b"] == pytest.approx(100 * second)
    assert gained["c"] == pytest.approx(50 * math.log(0.9 / geometric_mean(0.1, 0.5)))


def test_peer_points_stop_in_a_gap_with_nobody_active():
    rows = [said("a", 0.7, 0, until=3), said("b", 0.4, 1, until=3), said("c", 0.5, 6)]
    assert earned(points.peer, rows)["a"] == pytest.approx(20 * math.log(0.7 / 0.4))  # 11.19


def test_alone_one_earns_nothing_from_peers():
    assert earned(points.peer, [said("a", 0.9)]) == {"a": 0}
    assert earned(points.spot_peer, [said("a", 0.9)]) == {"a": 0}
    assert earned(points.peer, [said("a", 0.0)]) == {"a": 0}


def test_who_ruled_it_out_loses_everything_and_the_others_gain_it():
    rows = [said("a", 0.0), said("b", 0.5), said("c", 0.9)]
    for rule in (points.peer, points.spot_peer):
        assert earned(rule, rows) == {"a": -math.inf, "b": math.inf, "c": math.inf}
    later = [said("a", 0.0, until=2), said("a", 0.9, 2), said("b", 0.0, 5), said("c", 0.5, 0, 1)]
    assert earned(points.peer, later) == {"a": -math.inf, "b": -math.inf, "c": math.inf}


def test_a_bot_is_measured_against_the_crowd_as_if_it_were_a_member():
    people = [said("a", 0.5), said("b", 0.8)]
    with_bot = earned(points.peer, [*people, said("bot", 0.9)], outside={"bot"})
    assert {name: with_bot[name] for name in "ab"} == earned(points.peer, people)
    expected = 100 * 2 * math.log(0.9 / geometric_mean(0.5, 0.8))
    assert with_bot["bot"] == pytest.approx(expected)
    spot = earned(points.spot_peer, [*people, said("bot", 0.9)], outside={"bot"})
    assert spot["bot"] == pytest.approx(expected)


def test_spot_points_look_at_one_instant():
    rows = [
        said("a", 0.6, 0, until=4),
        said("a", 0.8, 4),
        said("b", 0.9, 2, until=6),
        said("c", 0.9, 7),
    ]
    gained = earned(points.spot_baseline, rows, spot_scoring_time=on(5))
    assert gained["a"] == pytest.approx(100 * (math.log2(0.8) + 1))
    assert gained["b"] == pytest.approx(84.79969066)
    assert math.isnan(gained["c"])
    at_close = earned(points.spot_baseline, rows)
    assert math.isnan(at_close["b"])
    assert at_close["c"] == pytest.approx(84.79969066)


def test_spot_peers_are_those_just_before_the_instant():
    rows = [said("a", 0.6), said("b", 0.9), said("b", 0.3, 5)]
    gained = earned(points.spot_peer, rows, spot_scoring_time=on(5))
    peers = geometric_mean(0.6, 0.9)
    assert gained["a"] == pytest.approx(200 * math.log(0.6 / peers))
    assert gained["b"] == pytest.approx(200 * math.log(0.3 / peers))


def test_the_crowd_itself_is_zero_in_relative_points():
    rows = [said("a", 0.3), said("b", 0.5), said("c", 0.9)]
    gained = earned(points.relative_legacy, rows)
    assert gained["b"] == pytest.approx(0)
    assert gained["c"] == pytest.approx(math.log2(0.9 / 0.5))
    assert earned(points.relative_legacy, [said("a", 0.3)]) == {"a": 0}


def test_time_without_a_crowd_counts_as_the_crowd():
    rows = [said("a", 0.5, 2, until=4), said("a", 0.25, 6, until=8), said("bot", 0.8)]
    gained = earned(points.relative_legacy, rows, outside={"bot"})
    expected = 0.2 * math.log2(0.8 / 0.5) + 0.2 * math.log2(0.8 / 0.25)
    assert gained["bot"] == pytest.approx(expected)


def test_a_crowd_that_ruled_it_out_is_infinitely_beaten():
    rows = [said("a", 0.0), said("b", 0.0), said("c", 0.5)]
    gained = earned(points.relative_legacy, rows)
    assert gained == {"a": -math.inf, "b": -math.inf, "c": math.inf}


def test_relative_points_run_over_the_actual_life():
    rows = [said("a", 0.2), said("b", 0.8, 2)]
    gained = earned(points.relative_legacy, rows, actual_close_time=on(4))
    assert gained["b"] == pytest.approx(0.5 * math.log2(0.8 / 0.5))


DAYS = st.integers(-20, 110).map(lambda tenth: tenth / 10)
PROBS = st.sampled_from([0.01, 0.2, 0.35, 0.5, 0.9, 0.99]) | st.floats(0.001, 0.999)
MOVES = st.lists(
    st.tuples(st.sampled_from("abcd"), DAYS, PROBS, st.none() | DAYS),
    min_size=1,
    max_size=14,
    unique_by=lambda move: move[:2],
)


def rows_of(moves):
    return [said(name, prob, day, until) for name, day, prob, until in moves]


def peer_by_recomputing(rows, outcome, outside):
    """Peer points from the definition: the geometric mean anew between any two changes."""
    target = Target("Q1", "binary", on(0), on(10), outcome)
    history = history_of(target, rows, outside)
    edges = np.unique([history.start, history.end])
    gained = dict.fromkeys(history.forecasters, 0.0)
    for left, right in pairwise(edges):
        now = (history.start <= left) & (left < history.end)
        probs = history.values if outcome == YES else 1 - history.values
        crowd = probs[now & history.in_crowd]
        n = len(crowd)
        if n < 2:
            continue
        share = (right - left) / (10 * 86_400_000_000)
        for who, prob in zip(history.who[now], probs[now], strict=True):
            gap = math.log(prob) - np.log(crowd).mean()
            gained[history.forecasters[who]] += share * 100 * n / (n - 1) * gap
    return gained


@given(MOVES, st.sampled_from([YES, NO]), st.sampled_from([(), ("d",), ("c", "d")]))
def test_one_pass_gives_what_recomputing_at_every_step_gives(moves, outcome, outside):
    rows = rows_of(moves)
    found = earned(points.peer, rows, outcome, outside)
    assert found == pytest.approx(peer_by_recomputing(rows, outcome, outside), abs=1e-8)


@given(st.lists(PROBS, min_size=2, max_size=8))
def test_points_of_peers_sum_to_zero(probs):
    rows = [said(f"m{number}", float(prob)) for number, prob in enumerate(probs)]
    gained = earned(points.peer, rows)
    assert sum(gained.values()) == pytest.approx(0, abs=1e-8)


@given(MOVES)
def test_points_of_peers_who_come_and_go_still_sum_to_zero(moves):
    # each n / (n - 1) ln(p / g) sums to zero over the members active at an instant
    gained = earned(points.peer, rows_of(moves))
    assert sum(gained.values()) == pytest.approx(0, abs=1e-7)


SPLITS = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(0, 9), PROBS, st.integers(1, 9)),
    min_size=1,
    unique_by=lambda split: split[:2],
)


@pytest.mark.parametrize(
    "rule", [points.baseline, points.peer, points.spot_baseline, points.spot_peer]
)
@given(splits=SPLITS)
def test_saying_the_same_again_changes_no_points(rule, splits):
    once = [said(name, prob, day) for name, day, prob, _ in splits]
    again = [said(name, prob, day + tenth / 10) for name, day, prob, tenth in splits]
    assert earned(rule, once + again) == pytest.approx(earned(rule, once), abs=1e-8, nan_ok=True)
