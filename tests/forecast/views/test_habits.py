"""Habits of members and the crowd, and who moved when which report came, through the store."""

from datetime import timedelta

import numpy as np
import pytest

from forecast.desk.asking import ask
from forecast.desk.judging import judge, retract
from forecast.desk.settling import resolve
from forecast.probability import logit
from forecast.views.habits import habit_rows, question_moves
from questions.errors import BadInput
from questions.records import Bearing, Numeric
from questions.store.envelope import plain
from tests.forecast.desk.conftest import CLOSE, OPEN, furnish, report

DAY = timedelta(days=1)


@pytest.fixture
def office(tmp_path):
    office = furnish(tmp_path / "a.db")
    yield office
    office.store.close()


def heard(office, name, day, weight, *, story="", judge_day=None, **more):
    """A report that came on a day and was judged on it."""
    with office.on(day).writing() as entry:
        record = report(f"{name}: it rains.", day=day, grade="B2")
        told = {**plain(record), "id": name, "story": story or f"S{name}", **more}
        entry.append("report.read", told)
        entry.append("report.bears", Bearing(name, "Q1", 0.9, "yes"))
    judge(office.on(judge_day or day), name, "Q1", "weighed", weight)


def rows(office, day=40.0, **more):
    at = OPEN + day * DAY
    rng = np.random.Generator(np.random.PCG64(1))
    with office.store.reading(at) as read:
        return {row["forecaster"]: row for row in habit_rows(read, at, rng=rng, **more)}


def moves(office, day=40.0, **more):
    at = OPEN + day * DAY
    with office.store.reading(at) as read:
        return question_moves(read, "Q1", at, **more)


def test_movement_and_learning_of_each_member_and_of_the_crowd(office):
    for day, prob in ((1, 0.5), (2, 0.8), (3, 0.7)):
        office.said(day, prob)
    office.said(1, 0.4, member="Bo")
    found = rows(office)
    assert [*found] == ["Ana", "crowd"] or [*found] == ["Ana", "Bo", "crowd"]
    ana = found["Ana"]
    assert (ana["n_questions"], ana["n_changes"]) == (1, 2)
    assert ana["movement"] == pytest.approx(0.3**2 + 0.1**2)
    assert ana["reduction"] == pytest.approx(0.25 - 0.21)
    assert found["Bo"]["n_questions"] == 0
    assert found["crowd"]["n_changes"] > 0


def test_to_the_outcome_the_last_step_counts_too(office):
    office.said(1, 0.5)
    resolve(office.on(5), "Q1", "yes", resolved_at=OPEN + 5 * DAY, source="a paper")
    assert rows(office)["Ana"]["n_questions"] == 0
    ana = rows(office, to_outcome=True)["Ana"]
    assert (ana["movement"], ana["reduction"]) == (0.25, 0.25)


def test_a_member_can_be_looked_at_alone(office):
    office.said(1, 0.5)
    office.said(1, 0.5, member="Bo")
    assert [*rows(office, members=("Bo",))] == ["Bo", "crowd"]


def test_a_follower_and_one_who_stays(office):
    office.said(1, 0.5)
    office.said(1, 0.5, member="Bo")
    heard(office, "R1", 5, 1.0)
    office.said(6, 1 / (1 + np.exp(-1.0)))
    found = rows(office)
    assert found["Ana"]["following"]["slope"] == pytest.approx(1)
    assert found["Bo"]["following"]["slope"] == 0
    assert found["crowd"]["following"]["slope"] == pytest.approx(0.5)
    assert found["Ana"]["following"]["n_changed"] == 1
    assert found["Bo"]["following"]["n_changed"] == 0


def test_copies_and_what_was_retracted_move_nobody(office):
    office.said(1, 0.5)
    heard(office, "R1", 5, 1.0)
    heard(office, "R2", 9, 1.0, story="SR1", copy_of="R1")
    assert [row["report"] for row in moves(office)] == ["R1"]
    retract(office.on(12), "R1", why="it was made up")
    assert moves(office) == []
    assert len(moves(office, day=11)) == 1


def test_reports_of_one_story_count_once_with_their_mean(office):
    office.said(1, 0.5)
    heard(office, "R1", 5, 1.0, story="S1")
    heard(office, "R2", 6, 2.0, story="S1")
    (row,) = moves(office)
    assert (row["report"], row["weight"], row["at"]) == ("R1", 1.5, OPEN + 5 * DAY)


def test_who_moved_when_which_report_came(office):
    office.said(1, 0.5)
    office.said(1, 0.4, member="Bo")
    heard(office, "R1", 5, 1.0)
    office.said(7, 0.7)
    office.said(20, 0.9, member="Bo")
    (row,) = moves(office)
    assert (row["report"], row["title"], row["weight"]) == ("R1", "R1: it rains", 1.0)
    by_name = {one["member"]: one for one in row["members"]}
    assert (by_name["Ana"]["before"], by_name["Ana"]["after"]) == (0.5, 0.7)
    assert by_name["Ana"]["change"] == pytest.approx(logit(0.7))
    assert by_name["Bo"]["change"] == 0
    assert {*by_name} == {"Ana", "Bo", "crowd"}
    (longer,) = moves(office, window=20 * DAY)
    assert next(one for one in longer["members"] if one["member"] == "Bo")["after"] == 0.9


def test_only_yes_or_no_questions_tell_who_moved(office):
    ask(office.on(0), "How much?", closes=CLOSE, criteria="In mm.", kind=Numeric(0, 100, "mm"))
    office.said(1, "p10=3,p50=5,p90=9", question="Q2")
    office.said(2, "p10=4,p50=6,p90=9", question="Q2")
    assert rows(office)["Ana"]["movement"] > 0
    with office.store.reading() as read, pytest.raises(BadInput, match="a yes-or-no question"):
        question_moves(read, "Q2", OPEN + DAY)


def test_nobody_has_no_habits(office):
    assert rows(office) == {}
    assert moves(office) == []
