"""What is said of questions beside forecasts, as commands see it."""

from datetime import timedelta

import pytest

from forecast.desk.annotating import clarify, comment
from forecast.desk.disputing import dispute
from forecast.desk.predicting import withdraw
from forecast.desk.settling import reopen, resolve
from forecast.views.movement import stale_rows
from forecast.views.questions import question_rows, question_view
from tests.forecast.desk.conftest import OPEN, furnish

DAY = timedelta(days=1)


@pytest.fixture
def office(tmp_path):
    office = furnish(tmp_path / "a.db")
    yield office
    office.store.close()


def seen(office, view, *words, day, **more):
    at = OPEN + day * DAY
    with office.store.reading(at) as read:
        return view(read, *words, at, **more)


def test_what_was_said_is_shown_with_the_question_as_of_then(office):
    clarify(office.on(1, "Bo"), "Q1", why="drizzle counts")
    comment(office.on(2), "Q1", "the sky is grey", member="Ana")
    view = seen(office, question_view, "Q1", day=3)
    assert [(one["by"], one["why"]) for one in view["clarifications"]] == [("Bo", "drizzle counts")]
    assert [(one["id"], one["by"], one["text"]) for one in view["comments"]] == [
        ("C1", "Ana", "the sky is grey")
    ]
    assert (view["notes"], view["disputes"], view["disputed"]) == ([], [], False)
    assert seen(office, question_view, "Q1", day=1.5)["comments"] == []


def test_a_question_is_marked_while_its_resolution_is_disputed(office):
    resolve(office.on(3), "Q1", "yes", resolved_at=OPEN + 2 * DAY, source="a paper")
    dispute(office.on(4, "Bo"), "Q1", why="it was sleet")
    reopen(office.on(5), "Q1", "it was sleet")
    marks = [seen(office, question_rows, day=day)[0]["disputed"] for day in (3.5, 4.5, 5.5)]
    assert marks == [False, True, False]
    (last,) = seen(office, question_view, "Q1", day=6)["disputes"]
    assert last["settled"] == "reopened"


def test_who_let_a_forecast_expire_is_asked_again_and_who_withdrew_is_not(office):
    office.said(1, 0.3, expires=OPEN + 2 * DAY)
    office.said(1, 0.4, member="Bo", expires=OPEN + 5 * DAY)
    withdraw(office.on(1.5, "Bo"), "Q1", member="Bo")

    def stale(day):
        rows = stale_rows(seen(office, question_rows, day=day), OPEN + day * DAY, days=30)
        return [row["expired"] for row in rows]

    assert stale(1.9) == []
    assert stale(2) == [["Ana"]]
    assert stale(6) == [["Ana"]]
    office.said(7, 0.5)
    assert stale(8) == []


def test_the_crowd_of_a_team_is_what_its_members_say(office):
    office.said(1, 0.2)
    office.said(2, 0.8, member="Bo")
    (row,) = seen(office, question_rows, day=3, members=("Bo",))
    assert (row["crowd"], row["n_forecasters"]) == (pytest.approx(0.8), 1)
    (row,) = seen(office, question_rows, day=3, members=())
    assert (row["crowd"], row["last_forecast"]) == (None, None)
