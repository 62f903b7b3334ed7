"""A belief's reasons as bars that add up."""

import pytest

from forecast.show.pictures.drawn import svg_of
from forecast.show.pictures.waterfall import finding, waterfall_figure
from tests.forecast.show.pictures.views import REASONS, WHY


def test_the_title_says_what_weighed_most():
    assert finding(REASONS) == "Q1 stands at 67%; “The bridge is closed” raised it most"
    aged = {**REASONS, "belief": {**REASONS["belief"], "why": WHY[:2]}}
    assert finding(aged) == "Q1 stands at 67%; time that passed lowered it most"
    fresh = {**REASONS, "belief": {**REASONS["belief"], "why": WHY[:1]}}
    assert finding(fresh) == "Q1 stands at 67%, its prior: nothing has moved it"


def test_each_bar_begins_where_the_one_before_it_ends():
    (axes,) = waterfall_figure(REASONS).axes
    bars = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in axes.patches]
    assert bars == [
        pytest.approx((0, 0.4)),
        pytest.approx((0.4, -0.5)),
        pytest.approx((-0.5, 0.7)),
        pytest.approx((0, 0.7)),
    ]


def test_up_and_down_are_told_apart_without_colour():
    (axes,) = waterfall_figure(REASONS).axes
    assert [bool(bar.get_hatch()) for bar in axes.patches[:3]] == [False, True, False]


def test_a_bar_tells_what_it_added():
    assert "<title>time that passed: -0.90 nats, to 38%</title>" in svg_of(
        waterfall_figure(REASONS)
    )
