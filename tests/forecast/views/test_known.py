"""What several views of one reading share."""

from datetime import timedelta

import pytest

from forecast.desk.believing import state_prior
from forecast.records import Stated
from forecast.views import known as shared
from forecast.views.agenda import agenda_rows
from forecast.views.attention import attention
from forecast.views.digest import digest
from forecast.views.known import Known
from forecast.views.linked import tie_rows
from forecast.views.movement import movement, moves, week_moves
from forecast.views.questions import asked_rows, question_rows, question_view
from forecast.views.sourcing import source_rows
from questions.records import Bearing
from questions.store.envelope import plain
from tests.forecast.desk.conftest import OPEN, furnish, report

DAY = timedelta(days=1)
AT = OPEN + 9 * DAY


@pytest.fixture
def office(tmp_path):
    office = furnish(tmp_path / "a.db")
    state_prior(office.on(0), "Q1", Stated(0.5, 4), why="")
    office.said(1, 0.5)
    with office.on(2).writing() as entry:
        entry.append(
            "report.read", {**plain(report("It rains.", day=2)), "id": "R1", "story": "S1"}
        )
        entry.append("report.bears", Bearing("R1", "Q1", 0.9, "yes"))
    yield office
    office.store.close()


VIEWS = {
    "questions": lambda read, **known: question_rows(read, AT, **known),
    "question": lambda read, **known: question_view(read, "Q1", AT, **known),
    "digest": lambda read, **known: digest(read, AT, AT - 7 * DAY, **known),
    "own digest": lambda read, **known: digest(read, AT, AT - 7 * DAY, member="Ana", **known),
    "attention": lambda read, **known: attention(read, "Ana", AT, **known),
    "agenda": lambda read, **known: agenda_rows(read, AT, **known),
    "ties": lambda read, **known: tie_rows(read, AT, **known),
    "sources": lambda read, **known: source_rows(read, AT, **known),
    "week": lambda read, **known: week_moves(read, AT, question_rows(read, AT, **known), **known),
}


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_says_the_same_of_what_is_known_as_of_what_it_gathers(office, name):
    with office.store.reading(AT) as read:
        assert VIEWS[name](read, known=Known(read, AT)) == VIEWS[name](read)


def test_the_store_is_read_once_for_views_that_share_what_is_known(office, monkeypatch):
    gathered = []
    for name in ("dossiers", "news", "read_meter"):
        there = getattr(shared, name)
        monkeypatch.setattr(
            shared, name, lambda *of, name=name, there=there: gathered.append(name) or there(*of)
        )
    with office.store.reading(AT) as read:
        known = Known(read, AT)
        for view in VIEWS.values():
            view(read, known=known)
    assert sorted(gathered) == ["dossiers", "news", "read_meter"]


def test_a_belief_is_folded_once_for_all_who_ask(office, monkeypatch):
    folded = []
    there = shared.believe
    monkeypatch.setattr(shared, "believe", lambda *of: folded.append(of[0].question) or there(*of))
    with office.store.reading(AT) as read:
        known = Known(read, AT)
        question_rows(read, AT, known=known)
        assert folded == ["Q1"]
        moves(known)
        assert folded == ["Q1", "Q1"], "now, and a week ago"
        week_moves(read, AT, asked_rows(known), known=known)
    assert folded == ["Q1", "Q1"]


def test_rows_of_some_questions_leave_the_others_alone(office):
    with office.store.reading(AT) as read:
        assert [row["id"] for row in question_rows(read, AT, only={"Q1"})] == ["Q1"]
        assert question_rows(read, AT, only=()) == []


def test_a_move_is_that_of_the_whole_movement(office):
    with office.store.reading(AT) as read:
        (short,), (whole,) = moves(Known(read, AT)), movement(read, AT)
    assert short == {name: whole[name] for name in short}
