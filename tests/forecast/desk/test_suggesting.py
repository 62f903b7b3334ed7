"""A program suggests; a person judges so, with another weight, or not at all."""

import math

import pytest

from forecast.desk.judging import judge, retract
from forecast.desk.redacting import redact
from forecast.desk.suggesting import accept, decline, suggest, suggestions
from forecast.ledger import EVIDENCE, SUGGESTIONS, SUGGESTIONS_DECLINED
from questions.errors import BadInput, Conflict, NotFound
from questions.records import Bearing
from questions.store.envelope import plain
from questions.store.texts import ERASED
from tests.forecast.desk.conftest import report


@pytest.fixture
def room(office):
    """An office with a report, R1, that bears on Q1."""
    with office.on(1).writing() as entry:
        entry.append("report.read", {**plain(report()), "id": "R1", "story": "S1"})
        entry.append("report.bears", Bearing("R1", "Q1", 0.9, "yes"))
    return office


def said(office, day=2, actor="Bo", **more):
    how = {"relevance": 0.8, "weight": 1.1, "why": "rain is named", **more}
    return suggest(office.on(day, actor), "R1", "Q1", **how)


def waiting(office, day=9):
    desk = office.on(day)
    with desk.reading() as read:
        return [(one.id, one.by, one.weight) for one in suggestions(read, desk.now)]


def test_a_suggestion_waits(room):
    assert said(room).id == "G1"
    assert waiting(room) == [("G1", "Bo", 1.1)]
    assert room.rows(EVIDENCE) == []


def test_of_two_suggestions_of_one_program_the_last_waits(room):
    said(room)
    said(room, day=3, weight=0.4)
    said(room, day=4, actor="Cleo")
    assert waiting(room) == [("G2", "Bo", 0.4), ("G3", "Cleo", 1.1)]


def test_who_accepts_is_the_judge_and_says_whose_idea_it_was(room):
    said(room)
    made = accept(room.on(3, "Ana"), "g1")
    (row,) = room.rows(EVIDENCE)
    assert (row["judge"], row["weight"], made.id) == ("Ana", 1.1, "R1/Q1")
    assert row["why"] == "Bo suggested (G1): rain is named"
    assert waiting(room) == []


def test_a_retried_acceptance_is_answered_with_what_was_judged(room):
    said(room)
    desk = room.on(3, "Ana")
    assert accept(desk, "G1") == accept(desk, "G1")
    assert len(room.rows(EVIDENCE)) == 1


def test_a_person_may_weigh_otherwise(room):
    said(room)
    accept(room.on(3, "Ana"), "G1", weight=-0.5)
    assert room.rows(EVIDENCE)[0]["weight"] == -0.5


def test_a_suggestion_of_no_relevance_becomes_an_irrelevant_report(room):
    said(room, relevance=0.0)
    accept(room.on(3, "Ana"), "G1")
    assert room.rows(EVIDENCE)[0]["judgement"] == "irrelevant"


def test_nobody_accepts_what_they_suggested_themselves(room):
    said(room)
    with pytest.raises(Conflict, match="G1 is a suggestion of Bo's own; somebody else has to"):
        accept(room.on(3, "Bo"), "G1")


def test_what_was_declined_or_judged_waits_no_more(room):
    said(room)
    decline(room.on(3), "G1", why="another town")
    assert waiting(room) == []
    with pytest.raises(Conflict, match="G1 does not wait any more; it was judged, declined"):
        accept(room.on(4, "Ana"), "G1")
    said(room, day=5)
    judge(room.on(6), "R1", "Q1", "weighed", 0.3)
    assert waiting(room) == []
    said(room, day=7, weight=2.0)
    assert waiting(room) == [("G3", "Bo", 2.0)]


def test_as_of_before_it_was_declined_it_waits(room):
    said(room)
    decline(room.on(3), "G1", why="another town")
    assert waiting(room, 9) == []
    desk = room.on(9)
    with desk.reading(room.on(2.5).now) as read:
        assert len(suggestions(read, room.on(2.5).now)) == 1


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"relevance": 1.1}, "relevance"),
        ({"relevance": math.nan}, "relevance"),
        ({"weight": 7.5}, "weight"),
        ({"weight": math.inf}, "weight"),
        ({"weight": math.nan}, "weight"),
        ({"why": " "}, "no reason"),
    ],
)
def test_what_is_no_suggestion_is_refused(room, more, what):
    with pytest.raises(BadInput, match=what):
        said(room, **more)


def test_nothing_is_suggested_of_what_is_not_there_or_was_retracted(room):
    with pytest.raises(NotFound):
        suggest(room.on(2), "R9", "Q1", relevance=1, weight=1, why="x")
    with pytest.raises(NotFound):
        accept(room.on(2), "G9")
    retract(room.on(3), "R1", why="withdrawn")
    with pytest.raises(Conflict, match="R1 was retracted"):
        said(room, day=4)


def test_the_reason_of_a_suggestion_can_be_erased(room):
    said(room)
    decline(room.on(3), "G1", why="another town")
    redact(room.on(4), "G1", "asked for")
    (row,) = room.rows(SUGGESTIONS)
    (verdict,) = room.rows(SUGGESTIONS_DECLINED)
    assert (row["why"], verdict["why"], row["weight"]) == (ERASED, ERASED, 1.1)
    with room.store.reading() as read:
        assert read.first_broken() is None


def test_a_retry_is_answered_and_not_repeated(room):
    desk = room.on(2, "Bo")
    how = {"relevance": 0.8, "weight": 1.1, "why": "rain is named"}
    first = suggest(desk, "R1", "Q1", **how)
    assert suggest(desk, "R1", "Q1", **how).id == first.id
    assert len(waiting(room)) == 1
