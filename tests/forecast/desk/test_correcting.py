"""A slip is put right within ten minutes, while nothing new came in; both values stay."""

from datetime import timedelta

import pytest

from forecast.desk.predicting import correct
from forecast.ledger import FORECASTS
from forecast.people.roster import forecasts
from questions.errors import Conflict

MINUTE = 1 / (24 * 60)


def values(office):
    with office.store.reading() as read:
        return [(one.member, one.value.yes, one.made_at) for one in forecasts(read)]


def test_the_corrected_value_counts_from_when_the_first_was_made(office):
    first = office.said(1, 0.9)
    made = correct(office.on(1 + 5 * MINUTE), "Q1", 0.09, member="Ana")
    assert made.record["corrects"] == first.id
    ((member, prob, made_at),) = values(office)
    assert (member, prob) == ("Ana", 0.09)
    assert made_at == office.on(1).now


def test_both_stay_on_record_and_the_earlier_is_what_was_known_then(office):
    office.said(1, 0.9)
    correct(office.on(1 + 5 * MINUTE), "Q1", 0.09, member="Ana")
    assert [row["value"]["yes"] for row in office.rows(FORECASTS)] == [0.9, 0.09]
    with office.store.reading(office.on(1).now + timedelta(minutes=1)) as read:
        assert [one.value.yes for one in forecasts(read)] == [0.9]


@pytest.mark.parametrize("minutes", [10.5, 60, 60 * 24])
def test_after_ten_minutes_it_is_too_late(office, minutes):
    office.said(1, 0.9)
    with pytest.raises(Conflict, match="more than ten minutes old; make a new forecast"):
        correct(office.on(1 + minutes * MINUTE), "Q1", 0.09, member="Ana")
    assert len(values(office)) == 1


def test_what_came_in_between_closes_the_way(office):
    office.said(1, 0.9)
    office.said(1 + MINUTE, 0.2, member="Bo")
    with pytest.raises(Conflict, match="something new about Q1 came in since F1"):
        correct(office.on(1 + 2 * MINUTE), "Q1", 0.09, member="Ana")


def test_another_members_forecast_cannot_be_corrected(office):
    office.said(1, 0.9)
    with pytest.raises(Conflict, match="Bo has no forecast on Q1 to correct; predict first"):
        correct(office.on(1), "Q1", 0.09, member="Bo")
