import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.show.pictures import style
from forecast.show.pictures.drawn import png_of, svg_of
from forecast.show.pictures.hovering import STRIPS
from forecast.show.pictures.layout import span, spread
from forecast.show.pictures.lettering import shortened, width_of, wrapped
from forecast.show.pictures.question import NARROW, question_figure
from forecast.show.pictures.strokes import member_look
from forecast.show.pictures.style import MARKERS, _wider_fonts, badges, styled
from forecast.show.pictures.telling import finding, numbered, state, steps_of
from tests.forecast.show.stories import (
    CLOSE,
    FULL,
    HOSTILE,
    START,
    belief,
    course,
    held,
    move,
    on,
)

RESOLVED = replace(FULL, outcome="yes", resolved_at=on(10))
CASES = {
    "everything": FULL,
    "resolved": RESOLVED,
    "resolved no": replace(FULL, outcome="no", resolved_at=on(10)),
    "annulled": replace(FULL, outcome="annulled", resolved_at=on(10)),
    "resolved at once": course(beliefs=(belief(0, 0.4),), outcome="yes", resolved_at=START),
    "not open yet": course(at=START - timedelta(days=3), beliefs=()),
    "just opened": course(at=START, beliefs=(belief(0, 0.4),)),
    "closed, not resolved": course(at=on(60), beliefs=(belief(0, 0.4), belief(31, 0.02))),
    "no evidence, no forecasts": course(),
    "one forecast": course(said=(held("Mira", 3, 10, 0.5),)),
    "a deadline far away": course(scheduled_close_time=START + timedelta(days=4000)),
    "a lifetime of minutes": course(
        at=START + timedelta(minutes=5),
        scheduled_close_time=START + timedelta(minutes=9),
        beliefs=(belief(0, 0.4), belief(0.003, 0.5)),
    ),
    "certainty": course(beliefs=(belief(0, 0.0), belief(10, 1.0))),
    "many members": course(said=tuple(held(f"M{n}", n / 4, 10, 0.5) for n in range(20))),
    "many reports": course(moves=tuple(move(n, 3, 0.4, 0.4 + n / 100) for n in range(1, 31))),
    "hostile": course(
        title=HOSTILE,
        said=(held(HOSTILE, 1, 10, 0.5),),
        moves=(move(1, 3, 0.4, 0.6, HOSTILE),),
    ),
    "letters the font lacks": course(title="橋は五月末までに開通するか?"),
    "a title without end": course(title="W" * 400),
}


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter() if element.text]


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("width", [9.0, NARROW])
def test_every_question_can_be_drawn(name, width):
    svg = svg_of(question_figure(CASES[name], width=width, captioned=width == 9.0))
    assert "probability of yes" in texts(svg)
    assert not re.search(r"\bnan\b|\binf\b", svg, re.IGNORECASE)


@pytest.mark.parametrize("name", ["resolved", "hostile", "letters the font lacks"])
def test_a_question_can_be_drawn_as_png(name):
    assert png_of(question_figure(CASES[name])).startswith(b"\x89PNG")


def test_the_title_says_what_is_found():
    assert finding(FULL) == "Reports moved Q1 from 40% to 74% in 10 days"
    assert finding(RESOLVED) == "Q1 resolved yes. Reports moved Q1 from 40% to 74% in 10 days"
    assert finding(CASES["not open yet"]) == "Q1 opens on 1 May 2024"
    assert finding(CASES["closed, not resolved"]) == (
        "Without a report, time took Q1 from 40% to 2% in 4 weeks"
    )
    assert finding(RESOLVED) in texts(svg_of(question_figure(RESOLVED)))


def test_reports_are_not_credited_with_what_time_did():
    fallen = course(beliefs=(belief(0, 0.8), belief(10, 0.3)), moves=(move(1, 3, 0.7, 0.6),))
    assert finding(fallen) == "Time more than reports moved Q1 from 80% to 30% in 10 days"
    against = replace(fallen, moves=(move(1, 3, 0.4, 0.6),))
    assert finding(against) == "Time more than reports moved Q1 from 80% to 30% in 10 days"


def test_a_belief_that_ends_where_it_began_has_stayed_or_come_back():
    level = course(beliefs=(belief(0, 0.4), belief(10, 0.41)))
    assert finding(level) == "Q1 has stayed near 41% after 10 days"
    there_and_back = replace(level, moves=(move(1, 3, 0.4, 0.7), move(2, 6, 0.7, 0.4)))
    assert finding(there_and_back) == "Q1 is back at 41% after 10 days"


def test_below_the_title_stands_where_the_belief_is():
    assert state(FULL) == "74% on 11 May 2024, 90% interval 54% to 94%."
    assert state(RESOLVED) == "74% when it resolved yes on 11 May 2024."
    assert state(CASES["not open yet"]) == ""
    assert state(CASES["closed, not resolved"]) == (
        "2% when it closed, end of 31 May 2024; it waits for its resolution."
    )


def test_an_svg_is_named_by_its_question_and_finding():
    svg = svg_of(question_figure(RESOLVED))
    assert f'<title id="Q1-title">Q1 {FULL.title} {finding(RESOLVED)}</title>' in svg


def test_hovering_tells_what_moved_it_who_said_what_and_what_held_then():
    svg = svg_of(question_figure(FULL))
    assert "<title>3: Mayor names the day, 9 May 2024: 50% to 76%</title>" in svg
    assert "<title>Tomas says 30%, 3 May 2024</title>" in svg
    assert "<title>11 May 2024: belief 74% (54% to 94%); crowd 70%; Mira 70%</title>" in svg
    assert svg.count('class="strip"') == STRIPS


def test_the_same_course_gives_the_same_picture():
    first, second = (question_figure(RESOLVED) for _ in range(2))
    assert svg_of(first) == svg_of(second) == svg_of(first)
    assert png_of(first) == png_of(second)


def test_reports_are_numbered_and_listed_with_how_far_they_moved_the_belief():
    shown = texts(svg_of(question_figure(FULL)))
    assert {"1", "2", "3"} <= set(shown)
    row = ("4 May 2024", "Inspectors pass the deck", "38% → 60%")
    assert set(row) <= set(shown)


def test_of_many_reports_those_that_moved_most_keep_their_numbers():
    moves = CASES["many reports"].moves
    assert [one.number for one in numbered(moves, most=3)] == [28, 29, 30]
    assert "and 18 reports that moved it less" in texts(
        svg_of(question_figure(CASES["many reports"]))
    )


def test_reports_without_a_number_are_marked_too():
    figure = question_figure(CASES["many reports"])
    ticks = [line for line in figure.axes[0].lines if line.get_marker() == "|"]
    assert len(ticks) == 18


def test_where_badges_have_no_room_a_report_has_one_however_often_it_was_judged():
    often = course(moves=tuple(move(n % 12 + 1, 1 + n / 9, 0.4, 0.5) for n in range(48)))
    shown = [text.get_text() for text in question_figure(often, width=NARROW).axes[0].texts]
    assert sorted(filter(str.isdigit, shown), key=int) == [str(n) for n in range(1, 13)]


def test_a_report_that_is_judged_twice_is_listed_once():
    twice = [move(1, 3, 0.4, 0.5), move(1, 5, 0.5, 0.6)]
    assert [moved for _, moved in steps_of(twice)] == ["40% → 50%, 50% → 60%"]


def test_members_beyond_the_markers_share_one_badge():
    found = badges([f"M{n}" for n in range(20)])
    assert len(set(found.values())) == len(MARKERS) + 1
    assert "8 others" in texts(svg_of(question_figure(CASES["many members"])))


def test_hostile_text_is_written_as_text():
    svg = svg_of(question_figure(CASES["hostile"]))
    assert "<script" not in svg
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", svg)
    assert any("$5 &" in text for text in texts(svg))


def test_a_deadline_that_is_near_is_inside_and_one_far_away_is_not():
    assert span(course(at=on(20)))[1] == CLOSE
    assert span(CASES["a deadline far away"])[1] == on(20)


@pytest.mark.parametrize("days", [0.5, 2, 9, 120, 262, 600, 800, 1500])
def test_a_life_of_any_length_has_dates_below_it(days):
    """A locator that finds no fitting interval warns, which is an error here."""
    end = START + timedelta(days=days)
    figure = question_figure(course(at=end, scheduled_close_time=end, beliefs=()), width=NARROW)
    assert svg_of(figure)


def test_letters_that_the_first_font_lacks_come_from_another_where_there_is_one(monkeypatch):
    from matplotlib import rcParams
    from matplotlib.font_manager import fontManager

    there = fontManager.ttflist[0].name
    monkeypatch.setattr("forecast.show.pictures.style.WIDER", (there, "No Such Font"))
    _wider_fonts.cache_clear()
    with styled():
        assert rcParams["font.family"] == ["sans-serif", there]
    _wider_fonts.cache_clear()


def test_drawing_leaves_the_settings_of_matplotlib_alone():
    from matplotlib import rcParams

    before = dict(rcParams)
    svg_of(question_figure(FULL))
    assert dict(rcParams) == before


@given(
    st.lists(st.floats(0, 10), min_size=1, max_size=15).map(sorted),
    st.floats(0.1, 2),
)
def test_spread_places_keep_their_order_their_distance_and_their_bounds(places, gap):
    found = spread(np.array(places), gap, 0.0, 10.0)
    room = min(gap, 10 / max(len(places) - 1, 1))
    assert (np.diff(found) >= room - 1e-9).all()
    assert found.min() >= -1e-9
    assert found.max() <= 10 + 1e-9


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"])), st.floats(0.5, 5))
def test_wrapped_lines_fit_and_lose_nothing(text, inches):
    lines = wrapped(text, inches)
    assert all(width_of(line) <= inches for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(text.split())
    assert width_of(shortened(text, inches)) <= inches


def test_a_number_of_three_digits_stands_within_its_ring():
    moves = [move(1, 2, 0.4, 0.5), move(188, 8, 0.5, 0.7)]
    figure = question_figure(course(moves=tuple(moves)))
    numbers = {one.get_text(): one for one in figure.axes[0].texts}
    for number in ("1", "188"):
        assert width_of(number, numbers[number].get_fontsize()) * 72 < 12.5


def test_who_shares_a_badge_stays_behind_who_has_one():
    many = [held(f"Member {n:02d}", n / 10, 10, n / 40) for n in range(40)]
    own, others = (style.badges(["Ana"])["Ana"], style.OTHERS)
    assert member_look(others)["lw"] < member_look(own)["lw"]
    (legend,) = question_figure(course(said=tuple(many))).legends
    assert legend.get_texts()[-1].get_text() == "28 others"
    assert legend.get_lines()[-1].get_linewidth() == member_look(others)["lw"]
