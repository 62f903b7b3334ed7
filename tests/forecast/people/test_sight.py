"""Who may see what others said, and until when not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from forecast.desk.annotating import comment, note
from forecast.desk.asking import ask
from forecast.desk.blinding import Hiding, reveal
from forecast.desk.predicting import correct, withdraw
from forecast.desk.settling import reopen, resolve
from forecast.ledger import COMMENTS, FORECASTS, NOTES, WITHDRAWALS
from forecast.people.roster import forecasts
from forecast.people.sight import shown_to, veil_of
from tests.forecast.desk.conftest import CLOSE, OPEN, Office, furnish

DAY = timedelta(days=1)


@pytest.fixture
def office(tmp_path):
    """Q1, which is not blind; Q2, blind until it closes; Q3, blind for ten days."""
    office = furnish(tmp_path / "a.db")
    for title, hiding in (("snow", Hiding(True)), ("hail", Hiding(until=OPEN + 10 * DAY))):
        desk = office.on(0)
        ask(desk, f"Will there be {title}?", closes=CLOSE, criteria="Yes if so.", hiding=hiding)
    yield office
    office.store.close()


def hidden(office: Office, who: str, day: float) -> list[str]:
    with office.store.reading() as read:
        return sorted(veil_of(read, who, OPEN + day * DAY).hidden)


def shown(office: Office, question: str, who: str, day: float) -> str:
    with office.store.reading() as read:
        return shown_to(read, question, who, OPEN + day * DAY)


def test_a_blind_question_is_hidden_from_who_has_not_forecast_it(office):
    office.said(1, 0.4, "Bo", "Q2")
    assert hidden(office, "Ana", 2) == ["Q2", "Q3"]
    assert hidden(office, "Bo", 2) == ["Q3"]
    assert hidden(office, "", 2) == ["Q2", "Q3"]


def test_a_forecast_that_was_withdrawn_has_lifted_it_all_the_same(office):
    office.said(1, 0.4, "Bo", "Q2")
    withdraw(office.on(2, "Bo"), "Q2", member="Bo")
    assert hidden(office, "Bo", 3) == ["Q3"]


def test_its_time_lifts_it_and_so_does_the_close(office):
    assert hidden(office, "Ana", 10 - 1e-9) == ["Q2", "Q3"]
    assert hidden(office, "Ana", 10) == ["Q2"]
    assert hidden(office, "", (CLOSE - OPEN) / DAY) == []


def test_a_resolution_lifts_it_for_all_and_for_good(office):
    resolve(office.on(3), "Q2", "yes", resolved_at=OPEN + 2 * DAY, source="the office")
    assert hidden(office, "", 3) == ["Q3"]
    reopen(office.on(4), "Q2", why="a slip")
    assert hidden(office, "", 5) == ["Q3"]  # nobody can say who has looked


def test_a_reveal_lifts_it_for_who_asked(office):
    reveal(office.on(1), "Q2", member="Ana")
    assert hidden(office, "Ana", 2) == ["Q3"]
    assert hidden(office, "Bo", 2) == ["Q2", "Q3"]


def test_what_the_author_had_been_shown_stands_with_a_forecast(office):
    first = office.said(1, 0.4, "Bo", "Q2")
    reveal(office.on(1), "Q2", member="Ana")
    assert first.record["shown"] == "blind"
    assert office.said(2, 0.5, "Ana", "Q2").record["shown"] == "revealed"
    assert office.said(2, 0.5, "Bo", "Q2").record["shown"] == "open"
    assert office.said(2, 0.5, "Bo", "Q1").record["shown"] == "open"
    assert office.said(9, 0.5, "Ana", "Q3").record["shown"] == "blind"
    assert office.said(11, 0.5, "Bo", "Q3").record["shown"] == "open"
    with office.store.reading() as read:
        said = [(one.member, one.shown) for one in forecasts(read, "Q2")]
    assert said == [("Bo", "blind"), ("Ana", "revealed"), ("Bo", "open")]


def test_a_slip_put_right_was_shown_what_the_slip_was(office):
    office.said(1, 0.04, "Bo", "Q2")
    made = correct(office.on(1.001, "Bo"), "Q2", 0.4, member="Bo")
    assert made.record["shown"] == "blind"


def test_what_one_would_be_shown_now(office):
    assert shown(office, "Q1", "Ana", 1) == "open"
    assert shown(office, "Q2", "Ana", 1) == "blind"
    assert shown(office, "Q3", "Ana", 10) == "open"


def test_a_desk_reads_for_its_reader_and_as_of_the_past_no_more_than_now(office):
    office.said(1, 0.4, "Bo", "Q2")
    comment(office.on(1, "Bo"), "Q2", "the sky is grey", member="Bo")
    comment(office.on(1.5), "Q2", "is it?", member="Ana")
    note(office.on(1, "Bo"), "Q2", "ask the pilot", member="Bo")
    withdraw(office.on(2, "Bo"), "Q2", member="Bo")
    for when in (None, OPEN + 20 * DAY):
        with office.on(3).reading(when) as read:  # a desk without a reader
            for table in (FORECASTS, WITHDRAWALS, COMMENTS, NOTES):
                assert read.rows(table) == []
    with reader(office, 3, "Ana").reading() as read:
        assert [row["text"] for row in read.rows(COMMENTS)] == ["is it?"]
    office.said(4, 0.9, "Ana", "Q2")
    with reader(office, 5, "Ana").reading(OPEN + 3 * DAY) as read:  # before her own
        assert [row["member"] for row in read.rows(FORECASTS)] == ["Bo"]
        assert read.rows(NOTES) == []
    with reader(office, 5, "Bo").reading() as read:
        assert [row["text"] for row in read.rows(NOTES)] == ["ask the pilot"]


def reader(office, day, who):
    return replace(office.on(day, who), reader=who)
