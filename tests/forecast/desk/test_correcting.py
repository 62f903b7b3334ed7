"""A slip is put right within ten minutes, while nothing new came in; both values stay."""

from datetime import timedelta

import pytest

from forecast.desk.judging import judge
from forecast.desk.predicting import correct
from forecast.desk.settling import reopen, resolve
from forecast.ledger import FORECASTS
from forecast.people.roster import forecasts
from questions.errors import Conflict
from questions.records import Bearing
from questions.store.envelope import plain
from tests.forecast.desk.conftest import report

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


def test_corrections_do_not_prolong_the_ten_minutes(office):
    office.said(1, 0.9)
    for minutes in (5, 10):
        correct(office.on(1 + minutes * MINUTE), "Q1", 0.09, member="Ana")
    with pytest.raises(Conflict, match="F3 is more than ten minutes old"):
        correct(office.on(1 + 11 * MINUTE), "Q1", 0.8, member="Ana")


def test_what_is_not_corrected_stays_as_it_was(office):
    office.said(1, 0.9, why="clouds", confidence="low", expires=office.on(5).now)
    correct(office.on(1 + MINUTE), "Q1", 0.09, member="Ana")
    with office.store.reading() as read:
        (one,) = forecasts(read)
    assert (one.why, one.confidence, one.shown) == ("clouds", "low", "open")
    assert one.ended_at == office.on(5).now


def another_forecast(office):
    office.said(1 + MINUTE, 0.2, member="Bo")


def a_judgement(office):
    judge(office.on(1 + MINUTE, "Bo"), "R1", "Q1", "weighed", 0.5)


def a_report(office):
    with office.on(1 + MINUTE).writing() as entry:
        entry.append("report.bears", Bearing("R1", "Q1", 0.9, "yes"))


def an_answer_taken_back(office):
    at = office.on(1).now
    resolve(office.on(1 + MINUTE), "Q1", "yes", resolved_at=at, source="a paper")
    reopen(office.on(1 + MINUTE), "Q1", "it was another town")


@pytest.mark.parametrize("news", [another_forecast, a_judgement, a_report, an_answer_taken_back])
def test_what_came_in_between_closes_the_way(office, news):
    with office.on(0).writing() as entry:
        entry.append("report.read", {**plain(report()), "id": "R1", "story": "S1"})
    office.said(1, 0.9)
    news(office)
    with pytest.raises(Conflict, match="something new about Q1 came in since F1"):
        correct(office.on(1 + 2 * MINUTE), "Q1", 0.09, member="Ana")


def test_another_members_forecast_cannot_be_corrected(office):
    office.said(1, 0.9)
    with pytest.raises(Conflict, match="Bo has no forecast on Q1 to correct; predict first"):
        correct(office.on(1), "Q1", 0.09, member="Bo")
