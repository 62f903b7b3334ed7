"""Where a team disagrees, and which reports only one of them had seen or weighed."""

from datetime import timedelta

import pytest

from forecast.desk.asking import ask
from forecast.desk.judging import judge
from forecast.desk.predicting import withdraw
from forecast.views.agenda import agenda_rows
from questions.records import Bearing, MultipleChoice, Numeric
from questions.store.envelope import plain
from tests.forecast.desk.conftest import CLOSE, OPEN, furnish, report

DAY = timedelta(days=1)


@pytest.fixture
def office(tmp_path):
    office = furnish(tmp_path / "a.db")
    yield office
    office.store.close()


def rows(office, day=9, **more):
    at = OPEN + day * DAY
    with office.store.reading(at) as read:
        return agenda_rows(read, at, **more)


def told(office, name, day, **more):
    with office.on(day).writing() as entry:
        record = report(f"{name}: it rains.", day=day, grade="B2", **more)
        entry.append("report.read", {**plain(record), "id": name, "story": f"S{name}"})
        entry.append("report.bears", Bearing(name, "Q1", 0.9, "yes"))


def test_the_most_disputed_question_comes_first(office):
    ask(office.on(0), "Will it snow?", closes=CLOSE, criteria="Yes if so.")
    for question, (low, high) in {"Q1": (0.4, 0.5), "Q2": (0.1, 0.6)}.items():
        office.said(1, low, question=question, why="dry")
        office.said(1, high, member="Bo", question=question)
    found = rows(office)
    assert [row["question"] for row in found] == ["Q2", "Q1"]
    assert (found[0]["low"]["why"], found[0]["high"]["says"]) == ("dry", "60%")


def test_the_last_reason_that_was_given_is_told(office):
    office.said(1, 0.2, why="dry")
    office.said(1, 0.9, member="Bo")
    office.said(2, 0.1)
    (row,) = rows(office)
    assert (row["low"]["says"], row["low"]["why"], row["high"]["why"]) == ("10%", "dry", "")


def test_one_who_is_alone_or_has_withdrawn_disputes_nothing(office):
    office.said(1, 0.2)
    assert rows(office) == []
    office.said(1, 0.9, member="Bo")
    assert len(rows(office)) == 1
    assert rows(office, members=("Ana",)) == []
    withdraw(office.on(2, "Bo"), "Q1", member="Bo")
    assert rows(office) == []


def test_a_report_that_came_between_two_forecasts_was_seen_by_one(office):
    office.said(1, 0.2)
    told(office, "R1", 2)
    office.said(3, 0.7, member="Bo")
    told(office, "R2", 4)
    (row,) = rows(office)
    (one,) = row["reports"]
    assert (one["report"], one["low"]["seen"], one["high"]["seen"]) == ("R1", False, True)


def test_reports_that_were_weighed_otherwise_are_named_those_furthest_apart_first(office):
    for name in ("R1", "R2", "R3"):
        told(office, name, 1)
    told(office, "R4", 1, source="R1")
    for name, (one, other) in {"R1": (0.5, 0.5), "R2": (0.0, 1.0), "R3": (-2.0, 1.0)}.items():
        judge(office.on(2), name, "Q1", "weighed", one)
        judge(office.on(2, "Bo"), name, "Q1", "weighed", other)
    office.said(3, 0.2)
    office.said(3, 0.7, member="Bo")
    (row,) = rows(office)
    assert [one["report"] for one in row["reports"]] == ["R3", "R2"]
    assert (row["reports"][0]["low"]["weight"], row["reports"][0]["high"]["weight"]) == (-2.0, 1.0)


def test_options_and_numbers_are_compared_where_they_differ_most(office):
    ask(
        office.on(0),
        "Who wins?",
        closes=CLOSE,
        criteria="The winner.",
        kind=MultipleChoice(("Red", "Blue", "Other")),
    )
    ask(office.on(0), "How much rain?", closes=CLOSE, criteria="In mm.", kind=Numeric(0, 100, "mm"))
    office.said(1, "Red=.2,Blue=.7,Other=.1", question="Q2")
    office.said(1, "Red=.2,Blue=.3,Other=.5", member="Bo", question="Q2")
    office.said(1, "p10=3,p50=5,p90=9", question="Q3")
    office.said(1, "p10=30,p50=50,p90=90", member="Bo", question="Q3")
    found = {row["question"]: row for row in rows(office)}
    assert (found["Q2"]["where"], found["Q2"]["low"]["member"]) == ("Other", "Ana")
    assert found["Q3"]["where"].startswith("at most ")
    assert found["Q3"]["low"]["member"] == "Bo"
