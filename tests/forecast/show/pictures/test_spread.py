"""Numbers, dates and options: what the picture finds, shows and leaves out."""

from datetime import timedelta

import pytest

from forecast.show.pictures.drawn import svg_of
from forecast.show.pictures.holders import holders
from forecast.show.pictures.options import options_figure
from forecast.show.pictures.spread import finding, spread_figure
from tests.forecast.show.pictures.views import AT, BLIND, CHOICE, COUNT, DAY, NUMBER, chosen


def test_the_title_says_the_middle_and_most_of_the_belief():
    assert finding(NUMBER) == (
        "Q1 is as likely below 90 mm as above; 90% of the belief lies between 40 and 160 mm"
    )
    assert finding(DAY) == (
        "Q1 is as likely before 23 Sep 2024 as after; "
        "90% of the belief lies between 10 Jul 2024 and 6 Jan 2025"
    )
    assert finding({**NUMBER, "resolution": "190"}) == (
        "Q1 resolved 190; the belief lay around 90 mm"
    )


def test_the_title_of_a_choice_says_who_leads():
    assert finding(CHOICE) == "Alder leads Q2 with 50%"
    level = chosen(["A", "B"])
    level["belief"]["probs"] = {"A": 0.5, "B": 0.5}
    assert finding(level) == "No option of Q2 leads: the likeliest have 50% each"
    assert finding({**CHOICE, "resolution": "Cedar"}) == (
        "Q2 resolved Cedar; the belief had given it 17%"
    )


def test_belief_crowd_and_active_members_have_a_row_each():
    assert [(one.who, one.span) for one in holders(NUMBER)] == [
        *(("belief", "90%"), ("crowd", "p10 to p90"), ("Ana", "p10 to p90")),
    ]
    assert [one.who for one in holders(BLIND)] == ["belief"]


def test_while_blind_neither_crowd_nor_others_are_drawn():
    svg = svg_of(spread_figure(BLIND))
    assert "crowd" not in svg
    assert "Ana" not in svg


def test_a_distribution_is_drawn_in_the_units_of_the_question():
    svg = svg_of(spread_figure(NUMBER))
    assert ">mm; belief beyond the range: 5% above<" in svg
    assert all(f">{tick}<" in svg for tick in (0, 50, 100, 150, 200))
    assert ">1 Jul 2024<" in svg_of(spread_figure(DAY))


def test_few_numbers_have_a_step_each():
    spans, shape = spread_figure(COUNT).axes
    edges = shape.patches[0].get_data().edges
    assert len(edges) == 6
    assert [label.get_text() for label in spans.get_xticklabels()] == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("view", "said", "place"),
    [
        (NUMBER, "190", 0.95),
        (DAY, (AT + timedelta(days=150)).date().isoformat(), 0.5),
        (NUMBER, "above_upper_bound", None),
        (NUMBER, "annulled", None),
    ],
)
def test_an_outcome_is_a_line_where_it_is_a_number(view, said, place):
    _, shape = spread_figure({**view, "resolution": said}).axes
    lines = [line.get_xdata()[0] for line in shape.lines]
    assert lines == ([] if place is None else [pytest.approx(place, abs=1e-6)])


def test_what_a_member_says_of_each_option_is_told_on_hovering():
    assert "<title>Ana: Birch 33%</title>" in svg_of(spread_figure(CHOICE))


@pytest.mark.parametrize(("options", "ends"), [("AB", 1.0), ([f"O{n}" for n in range(30)], 0.1)])
def test_where_all_options_are_unlikely_the_axis_ends_with_them(options, ends):
    figure = options_figure(chosen(list(options)))
    assert figure.axes[0].get_xlim()[1] == pytest.approx(ends, abs=0.02)


def test_no_mark_of_the_legend_is_higher_than_its_line():
    (legend,) = options_figure(CHOICE).legends
    assert all(one.get_markersize() <= 9 for one in legend.get_lines())
    assert len(legend.get_lines()) == 3
