"""What wants a member's attention, and how far a member is from the others."""

from datetime import timedelta

import pytest

from forecast.desk.believing import state_prior
from forecast.desk.judging import judge
from forecast.desk.predicting import withdraw
from forecast.records import Stated
from forecast.views.attention import attention
from questions.store.envelope import plain
from tests.forecast.desk.conftest import CLOSE, OPEN, furnish, report

DAY = timedelta(days=1)


@pytest.fixture
def office(tmp_path):
    """A store whose belief stands still as time passes."""
    office = furnish(tmp_path / "a.db")
    state_prior(office.on(0), "Q1", Stated(0.5, 4), why="", scheduled=True)
    yield office
    office.store.close()


def reasons(office, day, name="Ana"):
    at = OPEN + day * DAY
    with office.store.reading() as read:
        return [row["reason"] for row in attention(read, name, at)]


def test_a_question_wants_attention_while_it_is_new_and_when_a_week_has_gone(office):
    assert reasons(office, 1) == ["new to you"]
    office.said(1, 0.3)
    assert reasons(office, 2) == []
    assert reasons(office, 7.9) == []
    assert reasons(office, 8) == ["looked at 7 days ago"]
    assert reasons(office, 2, "Bo") == ["new to you"]


def test_a_question_wants_attention_before_it_closes_and_none_after(office):
    days = (CLOSE - OPEN) / DAY
    office.said(days - 6, 0.3)
    assert reasons(office, days - 5.5) == []
    assert reasons(office, days - 4) == ["due"]
    assert reasons(office, days) == []


def test_a_question_wants_attention_when_its_belief_has_moved(office):
    office.said(1, 0.3)
    with office.on(2).writing() as entry:
        told = report(day=2, grade="A1")
        entry.append("report.read", {**plain(told), "id": "R1", "story": "S1"})
    judge(office.on(2), "R1", "Q1", "weighed", 3.0)
    assert reasons(office, 3) == ["moved"]


def test_a_forecast_that_expired_is_asked_for_again_and_one_withdrawn_is_not(office):
    office.said(1, 0.3, expires=OPEN + 3 * DAY)
    office.said(1, 0.3, member="Bo")
    withdraw(office.on(2, "Bo"), "Q1", member="Bo")
    assert reasons(office, 3) == ["expired"]
    assert reasons(office, 3, "Bo") == []
    assert reasons(office, 12, "Bo") == []
