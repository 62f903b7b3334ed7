"""What is read, as of an instant."""

from datetime import timedelta

import pytest

from forecast.desk.asking import ask
from forecast.desk.believing import state_prior
from forecast.desk.judging import judge
from forecast.desk.settling import resolve
from forecast.records import Stated
from forecast.views.crowd import crowd_of
from forecast.views.findings import findings
from forecast.views.movement import due_rows, movement, stale_rows
from forecast.views.questions import question_rows, question_view
from questions.errors import BadInput, NotFound
from questions.records import Bearing
from questions.store.envelope import plain
from tests.forecast.desk.conftest import CLOSE, OPEN, furnish, report

DAY = timedelta(days=1)


@pytest.fixture
def office(tmp_path):
    office = furnish(tmp_path / "a.db")
    state_prior(office.on(0), "Q1", Stated(0.5, 4), why="", scheduled=True)
    yield office
    office.store.close()


def told(office, name, day=1.0, story="S1", **more):
    """A report that bears on the first question, on record."""
    with office.on(day).writing() as entry:
        text = f"{name}: it has rained."
        record = report(text, day=day, **{"grade": "A1", **more})
        entry.append("report.read", {**plain(record), "id": name, "story": story})
        entry.append("report.bears", Bearing(name, "Q1", 0.9, "yes"))


def seen(office, view, *words, day, **more):
    at = OPEN + day * DAY
    with office.store.reading(at) as read:
        return view(read, *words, at, **more)


def test_a_view_as_of_an_instant_is_not_changed_by_what_comes_later(office):
    told(office, "R1")
    office.said(2, 0.3)
    before = seen(office, question_view, "Q1", day=3)
    told(office, "R2", day=4, story="S2")
    judge(office.on(4), "R1", "Q1", "weighed", 2.0)
    office.said(5, 0.9)
    resolve(office.on(6), "Q1", "yes", resolved_at=OPEN + 2 * DAY, source="a paper")
    assert seen(office, question_view, "Q1", day=3) == before


def test_a_row_and_a_view_agree(office):
    office.said(2, 0.3)
    (row,) = seen(office, question_rows, day=3)
    view = seen(office, question_view, "rain", day=3)
    assert (row["belief"], row["crowd"]) == (view["belief"]["prob"], view["crowd"]["prob"])
    assert row["last_forecast"] == OPEN + 2 * DAY
    assert row["n_forecasters"] == 1


def test_what_was_withdrawn_or_replaced_is_shown_as_past(office):
    office.said(1, 0.2)
    office.said(2, 0.3)
    office.said(2, 0.6, member="Bo", expires=OPEN + 3 * DAY)
    shown = seen(office, question_view, "Q1", day=4)["forecasts"]
    assert [(one["member"], one["prob"], one["active"]) for one in shown] == [
        ("Ana", 0.2, False),
        ("Ana", 0.3, True),
        ("Bo", 0.6, False),
    ]


def test_a_movement_names_the_last_report_and_what_was_without_it(office):
    for name, weight in (("R1", 1.0), ("R2", -2.0)):
        told(office, name, story=name)
        judge(office.on(2), name, "Q1", "weighed", weight)
    (row,) = seen(office, movement, day=3)
    assert row["last_report"] == "R2"
    assert row["prob"] < 0.5 < row["without_it"]
    assert row["earlier"] == pytest.approx(0.5, abs=0.01)


def test_a_movement_is_of_open_questions_unless_one_is_named(office):
    resolve(office.on(5), "Q1", "no", resolved_at=OPEN + 5 * DAY, source="a paper")
    assert seen(office, movement, day=6) == []
    assert [row["id"] for row in seen(office, movement, day=6, only=["Q1"])] == ["Q1"]


@pytest.mark.parametrize(
    ("before_close", "due"), [(7.1, []), (7, ["Q1"]), (0.1, ["Q1"]), (0, ["Q1"]), (-9, ["Q1"])]
)
def test_a_question_is_due_a_week_before_its_close_and_until_it_is_resolved(
    office, before_close, due
):
    at = CLOSE - before_close * DAY
    with office.store.reading() as read:
        assert [row["id"] for row in due_rows(question_rows(read, at), at, days=7)] == due


def test_a_question_is_stale_when_nobody_has_forecast_for_so_long(office):
    office.said(3, 0.4)
    for day, stale in ((5.9, []), (6, ["Q1"])):
        at = OPEN + day * DAY
        rows = stale_rows(seen(office, question_rows, day=day), at, days=3)
        assert [row["id"] for row in rows] == stale


def test_a_question_that_nobody_forecast_is_stale_from_its_opening(office):
    at = OPEN + 3 * DAY
    assert len(stale_rows(seen(office, question_rows, day=3), at, days=3)) == 1


def test_views_of_what_is_not_there_are_refused(office):
    ask(office.on(0), "Will rain fall in Bergen?", closes=CLOSE, criteria="Yes if so.")
    with office.store.reading() as read:
        with pytest.raises(NotFound, match="no question 'Q9'"):
            question_view(read, "Q9", OPEN)
        with pytest.raises(BadInput, match="one of Q1, Q2: it names all of them"):
            crowd_of(read, "rain", "mean", OPEN)
        with pytest.raises(BadInput, match="method 'mode' cannot be used"):
            crowd_of(read, "Q1", "mode", OPEN)
        with pytest.raises(NotFound, match="no question 'Q9'"):
            findings(read, OPEN, only="Q9")


def test_the_linter_looks_at_what_is_not_over(office):
    ask(office.on(0), "Rain?", closes=CLOSE, criteria="Perhaps.")
    assert "Q2" in {row["question"] for row in seen(office, findings, day=1)}
    resolve(office.on(5), "Q2", "no", resolved_at=OPEN + 5 * DAY, source="a paper")
    assert "Q2" not in {row["question"] for row in seen(office, findings, day=6)}
    assert {row["question"] for row in seen(office, findings, day=6, only="Q2")} == {"Q2"}
