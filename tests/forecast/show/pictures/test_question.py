import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.show.pictures.drawn import png_of, svg_of
from forecast.show.pictures.layout import span, spread
from forecast.show.pictures.lettering import shortened, width_of, wrapped
from forecast.show.pictures.question import NARROW, question_figure
from forecast.show.pictures.style import MARKERS, badges
from forecast.show.pictures.telling import finding, numbered, steps_of
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
    assert finding(FULL) == "74% on 11 May 2024, 90% interval 54% to 94%."
    assert finding(RESOLVED) == "74% when it resolved yes on 11 May 2024."
    assert finding(CASES["not open yet"]) == "It opens on 1 May 2024."
    assert finding(CASES["closed, not resolved"]) == (
        "2% when it closed, end of 31 May 2024; it waits for its resolution."
    )
    assert finding(RESOLVED) in texts(svg_of(question_figure(RESOLVED)))


def test_an_svg_is_named_by_its_question_and_finding():
    svg = svg_of(question_figure(RESOLVED))
    assert f'<title id="Q1-title">Q1 {FULL.title} {finding(RESOLVED)}</title>' in svg


def test_the_same_course_gives_the_same_picture():
    first, second = (question_figure(RESOLVED) for _ in range(2))
    assert svg_of(first) == svg_of(second) == svg_of(first)
    assert png_of(first) == png_of(second)


def test_reports_are_numbered_and_listed_with_how_far_they_moved_the_belief():
    shown = texts(svg_of(question_figure(FULL)))
    assert {"1", "2", "3"} <= set(shown)
    assert "1  4 May 2024  Inspectors pass the deck  38% → 60%" in shown


def test_of_many_reports_those_that_moved_most_keep_their_numbers():
    moves = CASES["many reports"].moves
    assert [one.number for one in numbered(moves, most=3)] == [28, 29, 30]
    assert "and 18 reports that moved it less" in texts(
        svg_of(question_figure(CASES["many reports"]))
    )


def test_a_report_that_is_judged_twice_is_listed_once():
    twice = [move(1, 3, 0.4, 0.5), move(1, 5, 0.5, 0.6)]
    assert [moved for _, moved in steps_of(twice)] == ["40% → 50%, 50% → 60%"]


def test_members_beyond_the_markers_share_one_badge():
    found = badges([f"M{n}" for n in range(20)])
    assert len(set(found.values())) == len(MARKERS) + 1
    assert "13 others" in texts(svg_of(question_figure(CASES["many members"])))


def test_hostile_text_is_written_as_text():
    svg = svg_of(question_figure(CASES["hostile"]))
    assert "<script" not in svg
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", svg)
    assert any("$5 &" in text for text in texts(svg))


def test_a_deadline_that_is_near_is_inside_and_one_far_away_is_not():
    assert span(course(at=on(20)))[1] == CLOSE
    assert span(CASES["a deadline far away"])[1] == on(20)


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
