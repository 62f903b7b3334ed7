"""The picture of a backtest."""

from math import inf

import pytest

from forecast.crowd.backtest import Performance
from forecast.show.pictures.drawn import svg_of
from forecast.show.pictures.gains import gains, headline

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
    line = axes.lines[1]
    assert list(line.get_xdata()) == pytest.approx([10, 40])


def test_a_gain_without_bounds_is_named_but_not_drawn():
    lost = Performance("beta_pool", 1, 0.1, 0.3, -inf, -inf, -inf)
    figure = gains([lost, MEAN])
    assert len(figure.axes[0].lines) == 1 + 2
    assert svg_of(figure)


def test_nothing_is_no_picture():
    with pytest.raises(ValueError, match="nothing to compare"):
        gains([])
