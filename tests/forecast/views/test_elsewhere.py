"""What crowds elsewhere say stands beside ours, as of an instant."""

from datetime import UTC, datetime, timedelta

import pytest

from forecast.desk.desk import Desk
from forecast.desk.importing import bring_in
from forecast.exchange.plan import Choices
from forecast.exchange.records import (
    Batch,
    Origin,
    Person,
    PlatformCrowd,
    PlatformForecast,
    PlatformQuestion,
    Quote,
)
from forecast.ledger import KINDS
from forecast.views.crowd import crowd_of
from forecast.views.elsewhere import elsewhere
from forecast.views.questions import question_rows
from questions.records import Binary
from questions.store import shelf
from questions.store.store import open_store
from questions.values import Probability

OPEN = datetime(2024, 1, 1, tzinfo=UTC)
NOW = datetime(2024, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)
ORIGIN = Origin("manifold", "m1", "a.json")


@pytest.fixture
def store(tmp_path):
    found = open_store(tmp_path / "a.db", KINDS, create_with=("live", OPEN))
    asked = PlatformQuestion(ORIGIN, "Will it boil?", Binary(), OPEN, OPEN + 30 * DAY)
    path = tuple(Quote(OPEN + at * DAY, Probability(0.5 + at / 10)) for at in range(3))
    batch = Batch("manifold", (asked,), crowds=(PlatformCrowd(ORIGIN, "market", path),))
    bring_in(Desk(found, NOW, "", "once"), batch, Choices())
    yield found
    found.close()


@pytest.mark.parametrize(("day", "prob"), [(0, 0.5), (1.5, 0.6), (9, 0.7)])
def test_the_last_value_by_an_instant_holds(store, day, prob):
    with store.reading() as read:
        question = shelf.find_question(read, "Q1", NOW).question
        (row,) = elsewhere(read, question, OPEN + day * DAY)
    assert (row["platform"], row["crowd"], row["prob"]) == ("manifold", "market", prob)


def test_before_the_first_value_there_is_none(store):
    with store.reading() as read:
        question = shelf.find_question(read, "Q1", NOW).question
        assert elsewhere(read, question, OPEN - DAY) == []


def test_a_bot_from_elsewhere_is_no_part_of_our_crowd(store):
    forecasts = tuple(
        PlatformForecast(ORIGIN, who, Probability(prob), OPEN + DAY)
        for who, prob in ((Person("Ana", "1"), 0.5), (Person("robot", "2", bot=True), 0.9))
    )
    batch = Batch("manifold", forecasts=forecasts)
    bring_in(Desk(store, NOW, "", "more"), batch, Choices(add_members=True))
    with store.reading() as read:
        found = crowd_of(read, "Q1", "mean", NOW)
        (row,) = question_rows(read, NOW)
    assert (found["n"], found["prob"]) == (1, 0.5)
    assert row["n_forecasters"] == 1
    assert found["elsewhere"][0]["crowd"] == "market"
