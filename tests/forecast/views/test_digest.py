"""A digest: what wants doing now, and what happened since."""

from datetime import timedelta

import pytest

from forecast.desk.annotating import clarify, comment
from forecast.desk.asking import ask
from forecast.desk.believing import state_prior
from forecast.desk.blinding import Hiding
from forecast.desk.disputing import dispute
from forecast.desk.judging import judge
from forecast.desk.settling import propose, resolve
from forecast.people.sight import veil_of
from forecast.records import Stated
from forecast.views.digest import PARTS, digest, is_empty
from questions.records import Bearing
from questions.store.envelope import plain
from tests.forecast.desk.conftest import CLOSE, OPEN, furnish, report

DAY = timedelta(days=1)
LAST = (CLOSE - OPEN) / DAY


@pytest.fixture
def office(tmp_path):
    office = furnish(tmp_path / "a.db")
    state_prior(office.on(0), "Q1", Stated(0.5, 4), why="", scheduled=True)
    yield office
    office.store.close()


def told(office, day, *, since=1.0, member=""):
    """The parts of a digest that have rows."""
    at = OPEN + day * DAY
    with office.store.reading(at) as read:
        read.veil = veil_of(read, member, at)
        found = digest(read, at, at - since * DAY, member=member)
    assert is_empty(found) == (not any(found[part] for part in PARTS))
    return {part: found[part] for part in PARTS if found[part]}


def heard(office, name, day, **more):
    with office.on(day).writing() as entry:
        record = report(f"{name}: it rains.", day=day, grade="A1")
        entry.append("report.read", {**plain(record), "id": name, "story": f"S{name}", **more})
        entry.append("report.bears", Bearing(name, "Q1", 0.9, "yes"))


def test_nothing_is_told_where_nothing_is_due_and_nothing_happened(office):
    office.said(1, 0.5)
    assert told(office, 3) == {}
    assert told(office, 3, member="Ana") == {}


def test_each_thing_that_was_said_is_told_once_from_then_on(office):
    office.said(1, 0.5)
    clarify(office.on(2), "Q1", why="drizzle counts")
    comment(office.on(2, "Bo"), "Q1", "grey", member="Bo")
    proposed = propose(
        office.on(2), "Q1", "yes", resolved_at=OPEN + DAY, source="a paper", why="wet"
    )
    assert proposed.id == "Q1"
    parts = told(office, 2.5)
    assert [*parts] == ["proposed", "clarified", "commented"]
    assert parts["clarified"][0]["title"] == "Will it rain in Oslo by 30 April 2023?"
    assert told(office, 3) == {}
    assert [*told(office, 3, since=2)] == ["proposed", "clarified", "commented"]


def test_ones_own_comments_are_no_news(office):
    office.said(1, 0.5)
    office.said(1, 0.5, member="Bo")
    comment(office.on(2), "Q1", "grey", member="Ana")
    assert told(office, 2.5, member="Ana") == {}
    assert [*told(office, 2.5, member="Bo")] == ["commented"]


def test_a_resolution_tells_what_one_had_said(office):
    office.said(1, 0.3)
    resolve(office.on(2), "Q1", "yes", resolved_at=OPEN + 2 * DAY, source="a paper")
    dispute(office.on(2.2, "Bo"), "Q1", why="it was sleet")
    parts = told(office, 2.5, member="Ana")
    assert [*parts] == ["resolved", "disputed"]
    (row,) = parts["resolved"]
    assert (row["outcome"], row["source"], row["said"]) == ("yes", "a paper", "30%")
    assert told(office, 2.5, member="Bo")["resolved"][0]["said"] == "-"


def test_a_report_is_told_once_with_its_originals_and_moves_a_belief(office):
    office.said(1, 0.5)
    heard(office, "R1", 2)
    heard(office, "R2", 2, copy_of="R1")
    (row,) = told(office, 2.5)["reported"]
    assert (row["report"], row["headline"], row["judged"]) == ("R1", "R1: it rains", False)
    judge(office.on(2.1), "R1", "Q1", "weighed", 3.0)
    parts = told(office, 2.5)
    assert parts["reported"][0]["judged"]
    assert parts["moved"][0]["move"] > 0.05


def test_what_is_due_and_what_is_stale_are_ones_own(office):
    office.said(1, 0.5)
    assert [row["reason"] for row in told(office, 2, member="Bo")["due"]] == ["new to you"]
    assert [row["reason"] for row in told(office, 9, member="Ana")["stale"]] == [
        "looked at 8 days ago"
    ]
    assert [row["reason"] for row in told(office, LAST - 2, member="Ana")["due"]] == [
        f"looked at {LAST - 3:.0f} days ago"
    ]


def test_without_a_name_it_is_the_teams(office):
    office.said(1, 0.5, expires=OPEN + 3 * DAY)
    assert [row["reason"] for row in told(office, 4)["stale"]] == ["expired: Ana"]
    office.said(5, 0.5)
    assert [row["reason"] for row in told(office, 13)["stale"]] == ["no forecast for a week"]
    assert [*told(office, LAST - 1)] == ["due"]
    assert [*told(office, LAST + 1)] == ["closed"]


def test_a_blind_question_tells_nothing_of_others(office):
    hidden = Hiding(blind=True)
    ask(office.on(0), "Will it hail?", closes=CLOSE, criteria="Yes if so.", hiding=hidden)
    for question in ("Q1", "Q2"):
        office.said(1, 0.5, question=question)
        office.said(1.5, 0.5, member="Bo", question="Q1")
    comment(office.on(2), "Q2", "hail", member="Ana")
    assert [*told(office, 2.5, member="Bo")] == ["due"]
    office.said(2.2, 0.5, member="Bo", question="Q2")
    assert [*told(office, 2.5, member="Bo")] == ["commented"]
