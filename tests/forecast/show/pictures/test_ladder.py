"""A ladder: its rungs, and who contradicts himself."""

from forecast.show.pictures.drawn import svg_of
from forecast.show.pictures.ladder import finding, ladder_figure, marks
from tests.forecast.show.pictures.views import LADDER


def test_the_title_says_where_the_belief_goes():
    assert finding(LADDER) == "L1 rises from 20% (30 June) to 50% (31 December)"
    level = {**LADDER, "rungs": [LADDER["rungs"][0]] * 2}
    assert finding(level).startswith("L1 is level at 20% from Will the ferry")


def test_rungs_are_named_by_what_tells_them_apart():
    assert marks([f"Will it stand above {n} at the end?" for n in (50, 100)]) == ["50", "100"]
    assert marks(["Will A win?", "Will A win?"]) == ["Will A win?", "Will A win?"]


def test_a_rung_of_which_somebody_says_nothing_has_no_mark_of_his():
    figure = ladder_figure(LADDER)
    lines = {
        line.get_color(): list(line.get_xdata())
        for line in figure.axes[0].lines
        if len(line.get_xdata()) > 1
    }
    assert [0, 2] in lines.values()
    assert "<title>Bo: Q3 10%</title>" in svg_of(figure)


def test_who_contradicts_himself_is_named_with_the_nearest_that_can_be():
    assert "Bo: Q1 30%, Q3 10% cannot be; nearest (least squares): Q1 20%, Q3 20%" in svg_of(
        ladder_figure(LADDER)
    )
