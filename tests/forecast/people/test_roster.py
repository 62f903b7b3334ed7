"""Who the members are, and what each said, as of an instant."""

from datetime import timedelta

import pytest

from forecast.desk.predicting import add_alias, add_member, withdraw
from forecast.people.roster import forecast, forecasts, known_member, members
from questions.errors import NotFound
from tests.forecast.desk.conftest import OPEN, furnish

DAY = timedelta(days=1)


@pytest.fixture
def office(tmp_path):
    office = furnish(tmp_path / "a.db")
    yield office
    office.store.close()


def test_members_are_listed_as_they_joined_and_as_of_then(office):
    add_member(office.on(3), "Cleo")
    with office.store.reading() as read:
        assert members(read) == ["Ana", "Bo", "Cleo"]
    with office.store.reading(OPEN + DAY) as read:
        assert members(read) == ["Ana", "Bo"]


def test_an_unknown_name_is_refused_with_the_nearest_names_and_aliases(office):
    add_alias(office.on(0), "Boris", "Bo")
    with office.store.reading() as read:
        assert known_member(read, " BORIS ") == "Bo"
        with pytest.raises(NotFound, match="no member 'borsi'; did you mean 'Boris'"):
            known_member(read, "borsi")
        with pytest.raises(NotFound, match="`tidings member add NAME` adds one"):
            known_member(read, "xyz")


def test_forecasts_come_oldest_first_and_of_one_question(office):
    for day, member in ((2, "Bo"), (3, "Ana"), (5, "Bo")):
        office.said(day, day / 10, member=member)
    with office.store.reading() as read:
        assert [one.value.yes for one in forecasts(read)] == [0.2, 0.3, 0.5]
        assert forecasts(read, "Q2") == []


def test_whichever_comes_first_ends_a_forecast_its_expiry_or_its_withdrawal(office):
    office.said(1, 0.2, expires=OPEN + 9 * DAY)
    office.said(1, 0.4, member="Bo", expires=OPEN + 3 * DAY)
    withdraw(office.on(2), "Q1", member="Ana")
    withdraw(office.on(2), "Q1", member="Bo")
    office.said(4, 0.6, member="Bo", expires=OPEN + 5 * DAY)
    with office.store.reading() as read:
        ends = [(one.member, (one.ended_at - OPEN).days) for one in forecasts(read)]
    assert ends == [("Ana", 2), ("Bo", 2), ("Bo", 5)]


def test_what_had_expired_before_its_author_withdrew_another_was_not_withdrawn(office):
    office.said(1, 0.2, expires=OPEN + 3 * DAY)
    office.said(4, 0.6)
    withdraw(office.on(5), "Q1", member="Ana")
    with office.store.reading() as read:
        assert [one.withdrawn for one in forecasts(read)] == [False, True]


def test_an_outcome_is_no_forecast():
    with pytest.raises(ValueError, match="is no forecast"):
        forecast({"value": {"kind": "chosen", "option": "yes"}}, {})
