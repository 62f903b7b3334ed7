"""A resolution is disputed, and that is settled."""

import pytest

from forecast.desk.agreed import change
from forecast.desk.desk import Desk
from forecast.desk.disputing import dispute, disputes
from forecast.desk.settling import reopen
from questions.errors import BadInput, Conflict, NotFound
from questions.store import shelf
from questions.values import YES
from tests.forecast.desk.conftest import OPEN
from tests.forecast.desk.test_settling import settle


def ends(office):
    with office.store.reading() as read:
        return [(one.by, one.settled) for one in disputes(read, "Q1")]


def status(office):
    with office.store.reading() as read:
        (found,) = shelf.questions(read, OPEN)
        return found.status, found.resolution and found.resolution.outcome


def test_a_disputed_resolution_stays_until_it_is_settled(office):
    settle(office)
    made = dispute(office.on(6, "Bo"), "Q1", why="it was sleet")
    assert (made.id, made.record["why"], made.head) == ("Q1", "it was sleet", office.head())
    assert (status(office), ends(office)) == (("resolved", YES), [("Bo", "")])


def test_a_second_who_says_the_same_upholds_it(office):
    settle(office, who="Ana")
    dispute(office.on(6, "Bo"), "Q1", why="it was sleet")
    with pytest.raises(Conflict, match="Ana resolved Q1; somebody else has to confirm"):
        settle(office, day=7, who="Ana")
    with pytest.raises(Conflict, match="Q1 is resolved yes, and disputed; reopen it first"):
        settle(office, day=7, outcome="no", who="Bo")
    made = settle(office, day=7, who="Bo", source="the gauge")
    assert (made.kind, made.record["source"]) == ("resolution.upheld", "the gauge")
    assert (status(office), ends(office)) == (("resolved", YES), [("Bo", "upheld")])


def test_reopening_settles_it_too_and_what_comes_after_is_another_dispute(office):
    settle(office)
    dispute(office.on(6, "Bo"), "Q1", why="it was sleet")
    reopen(office.on(7), "Q1", "it was sleet")
    settle(office, day=8, who="Bo")
    dispute(office.on(9), "Q1", why="it was rain after all")
    assert ends(office) == [("Bo", "reopened"), ("Ana", "")]


def test_a_dispute_is_written_once_for_a_key(office):
    settle(office)
    desk = office.on(6, "Bo")
    assert dispute(desk, "Q1", why="sleet") == dispute(desk, "Q1", why="sleet")
    settle(office, day=7, who="Bo")
    assert ends(office) == [("Bo", "upheld")]


def test_upholding_asks_for_no_second_forecaster_of_the_team(office):
    settle(office)
    change(office.on(5.5), "second-resolver", "on")
    dispute(office.on(6, "Bo"), "Q1", why="sleet")
    assert settle(office, day=7, who="Bo").kind == "resolution.upheld"


def test_only_what_is_resolved_and_undisputed_is_disputed(office):
    with pytest.raises(Conflict, match="Q1 is not resolved; there is nothing to dispute"):
        dispute(office.on(1), "Q1", why="x")
    settle(office)
    with pytest.raises(BadInput, match="no reason"):
        dispute(office.on(6), "Q1", why=" ")
    with pytest.raises(NotFound, match="no member 'Cleo'"):
        dispute(Desk(office.store, office.on(6).now, "Cleo", "k"), "Q1", why="x")
    dispute(office.on(6), "Q1", why="x")
    with pytest.raises(Conflict, match="Q1 is disputed already"):
        dispute(office.on(6, "Bo"), "Q1", why="y")
