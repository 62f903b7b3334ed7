"""No letter of any picture stands in another's way, or leaves it, whatever people write."""

from dataclasses import replace
from math import inf

import numpy as np
import pytest

from forecast.crowd.backtest import ALL, Performance
from forecast.scoring.leaderboard import Standing
from forecast.scoring.nulls import Edge
from forecast.show.pictures.calibration import calibration_figure
from forecast.show.pictures.drawn import svg_of
from forecast.show.pictures.gains import gains
from forecast.show.pictures.ladder import ladder_figure
from forecast.show.pictures.leaderboard import leaderboard_figure
from forecast.show.pictures.question import NARROW, question_figure
from forecast.show.pictures.sources import sources_figure
from forecast.show.pictures.spread import spread_figure
from forecast.show.pictures.waterfall import waterfall_figure
from tests.forecast.show.pictures import views
from tests.forecast.show.pictures.lettered import boxes, collisions
from tests.forecast.show.pictures.test_calibration import SOME
from tests.forecast.show.pictures.test_question import CASES
from tests.forecast.show.stories import course, held, move

CROWDED = course(
    moves=tuple(move(n, 2 + n / 5, 0.4, 0.4 + (n % 9) / 50, "W" * 200) for n in range(1, 31)),
    said=tuple(held(f"Member {n} of the team", n / 4, 10, n / 12) for n in range(12)),
    crowd=(held("crowd", 1, 10, 0.5),),
)
QUESTIONS = {**CASES, "thirty reports, twelve members": CROWDED}
NAMES = [views.HOSTILE * 3, views.LONG, "Ana", *(f"Member {n}" for n in range(20))]


def standings():
    return [
        Standing(n, name, 5.0 - n, 1.0 - n, 9.0 - n, 12, 9.5, 1.0, 0.2)
        for n, name in enumerate(NAMES, start=1)
    ]


def contributions(count):
    story = {"cause": "story", "reference": "S1", "title": views.HOSTILE * 3}
    why = [*views.WHY, *({**story, "nats": (-1) ** n * n / 9} for n in range(count))]
    belief = {**views.REASONS["belief"], "why": why}
    return {**views.REASONS, "title": views.LONG, "belief": belief}


def rungs(count):
    steps = [views.rung(n, f"Will it stop by day {n}?", n / 99, Ana=0.5) for n in range(count)]
    return {**views.LADDER, "title": views.HOSTILE, "rungs": steps}


BAND = tuple(Edge(at, 0.0, 1.0, at / 2, (1 + at) / 2) for at in np.linspace(0.1, 0.9, 20))
WIDE = {
    "number": lambda: spread_figure(views.NUMBER),
    "blind": lambda: spread_figure(views.BLIND),
    "count": lambda: spread_figure(views.COUNT),
    "date": lambda: spread_figure(views.DAY),
    "resolved number": lambda: spread_figure({**views.NUMBER, "resolution": "190"}),
    "resolved date": lambda: spread_figure({**views.DAY, "resolution": "2024-06-01"}),
    "beyond": lambda: spread_figure({**views.NUMBER, "resolution": "above_upper_bound"}),
    "hostile number": lambda: spread_figure({**views.NUMBER, "title": views.HOSTILE * 2}),
    "choice": lambda: spread_figure(views.CHOICE),
    "hostile choice": lambda: spread_figure(views.chosen([views.HOSTILE, views.LONG, "C"])),
    "many options": lambda: spread_figure(views.chosen([f"O{n}" for n in range(30)])),
    "twenty choosers": lambda: spread_figure(views.chosen(["A", "B"], members=NAMES)),
    "ladder": lambda: ladder_figure(views.LADDER),
    "ten rungs": lambda: ladder_figure(rungs(10)),
    "sources": lambda: sources_figure(views.SOURCES),
    "hostile sources": lambda: sources_figure([views.source(name, 0.3) for name in NAMES]),
    "reasons": lambda: waterfall_figure(views.REASONS),
    "thirty reasons": lambda: waterfall_figure(contributions(30)),
    "leaderboard": lambda: leaderboard_figure(standings()),
    "calibration": lambda: calibration_figure(replace(SOME, band=BAND)),
    "backtest": lambda: gains([Performance(one, 40, 0.2, 1, 0.1, -0.2, 0.3) for one in ALL]),
    "no gain": lambda: gains([Performance("mean", 4, 0.2, 1, -inf, -inf, -inf)]),
}
SLIM = {
    "number": lambda: spread_figure(views.NUMBER, width=NARROW, captioned=False),
    "date": lambda: spread_figure(views.DAY, width=NARROW, captioned=False),
    "choice": lambda: spread_figure(
        views.chosen([views.HOSTILE, "B"]), width=NARROW, captioned=False
    ),
    "ladder": lambda: ladder_figure(views.LADDER, width=NARROW, captioned=False),
    "sources": lambda: sources_figure(views.SOURCES, width=NARROW, captioned=False),
    "leaderboard": lambda: leaderboard_figure(standings(), width=NARROW, captioned=False),
    "calibration": lambda: calibration_figure(SOME, width=NARROW, captioned=False),
}


@pytest.mark.parametrize("name", WIDE)
def test_no_text_of_a_picture_stands_in_anothers_way(name):
    assert collisions(WIDE[name]()) == []


@pytest.mark.parametrize("name", SLIM)
def test_nor_does_it_in_the_narrow_pictures_of_a_page(name):
    assert collisions(SLIM[name]()) == []


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("width", [9.0, NARROW])
def test_nor_in_the_course_of_a_question(name, width):
    figure = question_figure(QUESTIONS[name], width=width, captioned=width == 9.0)
    assert collisions(figure) == []


def test_two_texts_in_one_place_would_be_noticed():
    figure = waterfall_figure(views.REASONS)
    figure.text(0.5, 0.5, "one")
    figure.text(0.5, 0.5, "two")
    figure.text(0.99, 0.5, "over the edge")
    assert ("one", "two") in collisions(figure)
    assert ("over the edge", "beyond the figure") in collisions(figure)


def test_a_dollar_is_a_dollar_and_no_formula():
    shown = [text for text, _ in boxes(spread_figure({**views.CHOICE, "title": "Is $x_1$ > $5?"}))]
    assert any("$x_1$ > $5?" in text for text in shown)


@pytest.mark.parametrize("name", ["hostile choice", "hostile sources", "thirty reasons"])
def test_hostile_text_is_inert_in_svg(name):
    svg = svg_of(WIDE[name]())
    assert "<script" not in svg
    assert "&lt;script" in svg
    assert not set(svg) & set("\x1b\u202e")
