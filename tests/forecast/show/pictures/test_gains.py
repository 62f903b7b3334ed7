"""The picture of a backtest."""

from math import inf

import pytest

from forecast.crowd.backtest import Performance
from forecast.show.pictures.drawn import svg_of
from forecast.show.pictures.gains import gains, headline, limits

MEAN = Performance("mean", 40, 0.2, 0.6, 0.0, 0.0, 0.0)
BOLD = Performance("extremized", 40, 0.15, 0.5, 0.25, 0.1, 0.4)
LUCKY = Performance("median", 40, 0.19, 0.55, 0.05, -0.1, 0.2)


def test_the_title_says_who_did_best_and_whether_it_may_be_noise():
    assert headline([BOLD, MEAN]) == (
        "extremized has the lowest Brier score over 40 questions, 0.150: 25% better than the mean."
    )
    assert headline([LUCKY, MEAN]).endswith("; its gain on the mean may be noise.")


def test_methods_stand_best_first_with_their_intervals():
    (axes,) = gains([MEAN, LUCKY, BOLD]).axes
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        *("extremized", "median", "mean"),
    ]
    line = next(one for one in axes.lines if len(set(one.get_xdata())) == 2)
    assert list(line.get_xdata()) == pytest.approx([10, 40])


def test_a_gain_without_bounds_is_an_arrow_at_the_end_of_the_axis():
    lost = Performance("beta_pool", 1, 0.1, 0.3, -inf, -inf, -inf)
    figure = gains([lost, MEAN])
    (axes,) = figure.axes
    arrow = next(line for line in axes.lines if line.get_marker() == "<")
    assert arrow.get_xdata()[0] == axes.get_xlim()[0] == limits([lost, MEAN])[0]
    assert ">−∞<" in svg_of(figure)


def test_a_loss_of_more_than_all_does_not_press_the_others_together():
    lost = Performance("beta_pool", 9, 0.9, 3.0, -40.0, -90.0, -5.0)
    low, high = limits([lost, BOLD, MEAN])
    assert low > -120
    assert high < 60


def test_nothing_is_no_picture():
    with pytest.raises(ValueError, match="nothing to compare"):
        gains([])
