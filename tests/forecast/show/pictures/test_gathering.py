from dataclasses import replace

import numpy as np
import pytest

from forecast.desk import asking, predicting
from forecast.desk.blinding import Hiding
from forecast.desk.ladders import Rungs, ask_ladder
from forecast.show.pictures.drawn import svg_of
from forecast.show.pictures.gathering import course_of, figure_of, moves_of
from forecast.views.known import Known
from forecast.views.questions import question_view
from questions.errors import BadInput, NotFound
from tests.forecast.show.stories import TITLE, Teller, on


def rng():
    return np.random.Generator(np.random.PCG64(7))


def the_course(told, question, day):
    with told.store.reading(on(day)) as read:
        return course_of(question_view(read, question, on(day)), Known(read, on(day)))


@pytest.mark.parametrize("what", ["Q1", "bridge", "Calibration", "leaderboard", "sources"])
def test_a_word_asks_for_a_picture(told, what):
    with told.store.reading() as read:
        label = figure_of(read, what, on(20), rng=rng()).get_label()
    assert label


def test_a_ladder_has_its_picture(tmp_path):
    story = Teller(tmp_path / "ladder.db")
    rungs = Rungs(closes=(on(10), on(20)))
    ask_ladder(story.desk(0), "Will the ferry stop by {}?", rungs, criteria="The town says so.")
    with story.store.reading() as read:
        figure = figure_of(read, "L1", on(5), rng=rng())
    story.store.close()
    assert figure.get_label().startswith("L1 Will the ferry stop")


def test_what_is_not_there_cannot_be_drawn(told, tmp_path):
    with told.store.reading() as read, pytest.raises(NotFound, match="Q9"):
        figure_of(read, "Q9", on(20), rng=rng())
    empty = Teller(tmp_path / "empty.db")
    with empty.store.reading() as read, pytest.raises(BadInput, match="at least one source"):
        figure_of(read, "sources", on(20), rng=rng())
    empty.store.close()


@pytest.mark.parametrize("what", ["calibration", "leaderboard"])
def test_before_anything_is_resolved_there_is_nothing_to_score(told, what):
    with (
        told.store.reading(on(5)) as read,
        pytest.raises(BadInput, match="at least one resolved"),
    ):
        figure_of(read, what, on(5), rng=rng())


def test_a_course_holds_what_was_said_and_what_moved_the_belief(told):
    course = the_course(told, "Q1", 20)
    assert [(one.who, one.prob, one.end) for one in course.said] == [
        ("Mira", 0.5, on(20)),
        ("Tomas", 0.2, on(20)),
    ]
    assert [(one.number, one.title) for one in course.moves] == [
        (1, "Inspectors pass the deck of the bridge")
    ]
    assert course.moves[0].after > course.moves[0].before
    assert course.crowd[0].prob == 0.5
    assert course.beliefs[-1].at == on(20)


def test_a_course_knows_nothing_later_than_its_instant(told):
    course = the_course(told, "Q1", 2)
    assert [one.who for one in course.said] == ["Mira"]
    assert course.moves == ()


def test_a_resolved_course_ends_with_its_answer(told):
    course = the_course(told, "Q2", 20)
    assert course.outcome == "yes"
    assert course.beliefs[-1].at == course.resolved_at == on(6)
    assert {one.end for one in course.said} == {on(6)}


def test_forecasts_that_a_reader_may_not_see_are_not_drawn(told):
    with told.store.reading() as read:
        view = question_view(read, "Q1", on(20))
        blind = {**view, "forecasts": [row for row in view["forecasts"] if row["member"] == "Mira"]}
        del blind["crowd"], blind["joint"]
        course = course_of(blind, Known(read, on(20)))
    assert {one.who for one in course.said} == {"Mira"}
    assert course.crowd == course.joint == ()


def test_nothing_that_is_blind_is_drawn_for_who_has_not_forecast(tmp_path):
    story = Teller(tmp_path / "blind.db")
    for name in ("Mira", "Tomas", "Ana"):
        predicting.add_member(story.desk(0), name)
    blind = Hiding(blind=True)
    asking.ask(story.desk(0), TITLE, closes=on(31), criteria="The town says so.", hiding=blind)
    story.say(1, "Mira", "Q1", 0.1234)
    story.say(1, "Tomas", "Q1", 0.8765)
    drawn = {}
    for reader in ("", "Ana", "Mira"):
        desk = replace(story.desk(5), reader=reader)
        with desk.reading() as read:
            drawn[reader] = svg_of(figure_of(read, "Q1", desk.now, rng=rng()))
    story.store.close()
    for reader in ("", "Ana"):
        assert "Tomas" not in drawn[reader]
        assert "Mira" not in drawn[reader]
        assert "crowd" not in drawn[reader]
    assert "Tomas 88%" in drawn["Mira"]
    assert "crowd" in drawn["Mira"]


def step(cause, reference, day, before, after):
    about = {"cause": cause, "reference": reference, "title": "", "at": on(day)}
    return {**about, "before": before, "after": after}


def test_a_report_that_moved_nothing_has_no_number():
    steps = [
        step("prior", "", 0, None, 0.4),
        step("evidence", "R1", 1, 0.4, 0.4),
        step("evidence", "R2", 2, 0.4, 0.5),
        step("evidence", "R2", 3, 0.5, 0.6),
    ]
    assert [(one.number, one.report) for one in moves_of(steps)] == [(1, "R2"), (1, "R2")]
