"""Calibration of parts, and of distributions."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from forecast.histories.history import histories
from forecast.histories.targets import Grid, Target
from forecast.records import Forecast
from forecast.scoring.groups import calibrations
from forecast.scoring.pit import pit, spread
from questions.errors import BadInput
from questions.values import NO, YES, Cdf, Chosen, Number, Probability, Shares

DAY0 = datetime(2025, 1, 1, tzinfo=UTC)


def on(day):
    return DAY0 + timedelta(days=day)


def rng():
    return np.random.Generator(np.random.PCG64(1))


def said(question, member, value, day=0.0):
    value = Probability(value) if isinstance(value, float) else value
    return Forecast("", question, member, value, on(day), on(day))


TARGETS = [
    Target("Q1", "binary", on(0), on(40), YES, tags=("war", "Ukraine")),
    Target("Q2", "binary", on(0), on(40), NO, tags=("war",)),
    Target("Q3", "binary", on(0), on(5), NO),
    Target("Q4", "multiple_choice", on(0), on(40), Chosen("x"), options=("x", "y")),
]
ROWS = [
    said("Q1", "a", 0.6),
    said("Q1", "a", 0.9, 35),
    said("Q1", "b", 0.7, 35),
    said("Q2", "a", 0.2),
    said("Q3", "b", 0.1),
    said("Q4", "b", Shares((("x", 0.8), ("y", 0.2)))),
]


def parts(by):
    found = calibrations(histories(TARGETS, ROWS), by, rng=rng(), draws=20)
    return {
        name: (part.n_questions, part.n_forecasts, round(part.brier, 9)) for name, part in found
    }


def test_a_question_counts_under_each_of_its_tags():
    binary = histories(TARGETS[:3], ROWS)
    found = dict(calibrations(binary, "tag", rng=rng(), draws=20))
    assert {name: part.n_questions for name, part in found.items()} == {
        "Ukraine": 1,
        "war": 2,
        "without a tag": 1,
    }


def test_each_forecaster_has_only_the_own_forecasts():
    assert parts("forecaster")["a"] == (2, 2, round((0.01 + 0.04) / 2, 9))


def test_a_horizon_takes_what_stood_so_long_before_the_close():
    binary = histories(TARGETS[:3], ROWS)
    found = dict(calibrations(binary, "horizon", rng=rng(), draws=20))
    assert {name: part.n_questions for name, part in found.items()} == {
        "1 day before": 3,
        "7 days before": 2,
        "30 days before": 2,
    }
    assert found["30 days before"].brier == pytest.approx((0.16 + 0.04) / 2)
    assert found["1 day before"].n_forecasts == 4


def test_options_count_as_questions_of_their_own():
    assert parts("type")["multiple_choice"] == (2, 2, pytest.approx(0.04))
    assert parts("type")["binary"][0] == 3


def test_another_way_to_part_them_is_refused():
    with pytest.raises(BadInput, match="give one of tag, forecaster, horizon, type"):
        parts("weather")


@pytest.mark.parametrize(
    ("outcome", "place"), [(0, 0.1), (2.5, 0.3), (5, 0.5), (10, 0.9), (-1, 0.05), (11, 0.95)]
)
def test_the_transform_is_the_distribution_at_the_outcome(outcome, place):
    assert pit([[0.1, 0.5, 0.9]], Grid(0, 10), outcome)[0] == pytest.approx(place)


def test_the_transform_knows_logarithmic_ranges():
    assert pit([[0, 0.5, 1]], Grid(1, 100, zero_point=0), 10.0)[0] == pytest.approx(0.5)


def uniform(outcomes):
    targets = [
        Target(f"N{number}", "numeric", on(0), on(5), Number(at), grid=Grid(0, 1))
        for number, at in enumerate(outcomes)
    ]
    rows = [said(target.id, "a", Cdf((0.0, 0.5, 1.0))) for target in targets]
    return histories(targets, rows)


def test_a_calibrated_forecaster_covers_what_was_promised():
    found = spread(uniform(rng().random(800)), rng=rng())
    assert (found.n_questions, found.mean) == (800, pytest.approx(0.5, abs=0.03))
    assert sum(found.tenths) == pytest.approx(1)
    assert max(found.tenths) < 0.15
    for one in found.coverage:
        assert one.ci_low - 0.01 <= one.level <= one.ci_high + 0.01


def test_a_forecaster_who_is_too_sure_covers_less():
    found = spread(uniform([0.02, 0.98] * 30), rng=rng())
    assert [one.share for one in found.coverage[:3]] == [0, 0, 0]
    assert found.coverage[0].ci_high == 0
    assert found.tenths[0] == pytest.approx(0.5)


def test_without_a_measured_question_there_is_nothing_to_cover():
    with pytest.raises(BadInput, match="numeric, discrete or date question"):
        spread([], rng=rng())
