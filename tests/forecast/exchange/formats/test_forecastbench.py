"""ForecastBench: markets are asked once, series once for each date."""

import json
from datetime import UTC, datetime

import pytest

from forecast.exchange.choosing import batch_of
from forecast.exchange.files import documents_at
from questions.values import NO, YES, Probability, Void
from tests.forecast.exchange.samples import refusals, tree, written

HEAD = {"forecast_due_date": "2024-07-21", "question_set": "2024-07-21-llm.json"}


def asked(**more):
    return {
        "id": "m1",
        "source": "manifold",
        "question": "Will the kettle boil?",
        "resolution_criteria": "Steam counts.",
        "market_info_close_datetime": "2024-09-01T00:00:00+00:00",
        "freeze_datetime": "2024-07-11T00:00:00+00:00",
        "freeze_datetime_value": "0.4",
        "url": "https://manifold.example/kettle",
        "resolution_dates": "N/A",
        **more,
    }


def series(**more):
    text = "Will it be warmer on {resolution_date} than on {forecast_due_date}?"
    dates = ["2024-07-28", "2024-08-20"]
    return asked(id="s1", source="dbnomics", question=text, resolution_dates=dates, **more)


def questions(folder, *items):
    return tree(folder, {**HEAD, "questions": list(items)})


def test_a_market_question_opens_when_forecasts_are_due_and_keeps_its_price(tmp_path):
    batch = questions(tmp_path, asked())
    (one,) = batch.questions
    assert one.origin.question == "manifold/m1"
    assert one.open_time == datetime(2024, 7, 21, tzinfo=UTC)
    (crowd,) = batch.crowds
    assert crowd.quotes[0].value == Probability(0.4)
    assert crowd.quotes[0].at == datetime(2024, 7, 11, tzinfo=UTC)


def test_a_series_is_asked_once_for_each_date(tmp_path):
    batch = questions(tmp_path, series())
    assert [one.origin.question for one in batch.questions] == [
        "dbnomics/s1/2024-07-28",
        "dbnomics/s1/2024-08-20",
    ]
    assert batch.questions[0].title == "Will it be warmer on 2024-07-28 than on 2024-07-21?"
    assert batch.questions[0].scheduled_close_time == datetime(2024, 7, 29, tzinfo=UTC)
    assert not batch.crowds


def test_forecasts_count_from_their_due_date_under_their_makers_name(tmp_path):
    rows = [
        {"id": "m1", "source": "manifold", "forecast": 0.3, "resolution_date": None},
        {"id": "s1", "source": "dbnomics", "forecast": 0.6, "resolution_date": "2024-07-28"},
    ]
    batch = tree(tmp_path, {**HEAD, "organization": "Lab", "model": "m-1", "forecasts": rows})
    assert [one.by.name for one in batch.forecasts] == ["Lab / m-1"] * 2
    assert [one.origin.question for one in batch.forecasts] == [
        "manifold/m1",
        "dbnomics/s1/2024-07-28",
    ]
    assert batch.forecasts[0].made_at == datetime(2024, 7, 21, tzinfo=UTC)


def result(amount, **more):
    return {
        "id": "m1",
        "source": "manifold",
        "resolution_date": "2024-08-01",
        "resolved_to": amount,
        "resolved": True,
        **more,
    }


@pytest.mark.parametrize(("amount", "outcome"), [(1.0, YES), (0, NO), (0.5, Void("ambiguous"))])
def test_a_set_of_resolutions_says_how_questions_ended(tmp_path, amount, outcome):
    (one,) = tree(tmp_path, {**HEAD, "resolutions": [result(amount)]}).resolutions
    assert (one.outcome, one.resolved_at) == (outcome, datetime(2024, 8, 2, tzinfo=UTC))


def test_the_price_of_an_open_market_is_no_outcome(tmp_path):
    batch = tree(tmp_path, {**HEAD, "resolutions": [result(0.7, resolved=False)]})
    assert not batch.resolutions
    assert batch.notes == ("values that are a market's price so far, no outcomes: 1",)


def test_the_three_sets_of_a_folder_go_together(tmp_path):
    sets = {
        "a.json": {**HEAD, "questions": [asked()]},
        "b.json": {
            **HEAD,
            "organization": "Lab",
            "forecasts": [{"id": "m1", "source": "manifold", "forecast": 0.3}],
        },
        "c.json": {**HEAD, "resolutions": [result(1)]},
    }
    for name, content in sets.items():
        written(tmp_path, name, json.dumps(content))
    batch = batch_of(documents_at(tmp_path))
    assert (len(batch.questions), len(batch.forecasts), len(batch.resolutions)) == (1, 1, 1)


@pytest.mark.parametrize(
    ("thing", "fault"),
    [
        ({"questions": [asked(id=["a", "b"])]}, "what is asked of two together is not taken"),
        ({"questions": [asked(market_info_close_datetime="N/A")]}, "no market_info_close_datetime"),
        ({"questions": [asked(freeze_datetime_value="low")]}, "freeze_datetime_value 'low'"),
        ({"resolutions": [result(2)]}, "a number from 0 to 1"),
        ({"resolutions": [result("yes")]}, "resolved_to 'yes' cannot be used"),
        (
            {"forecasts": [{"id": "m1", "source": "manifold", "forecast": 0.3}]},
            "who forecast, beside the forecasts",
        ),
        (
            {
                "organization": "Lab",
                "forecasts": [{"id": "s1", "source": "fred", "forecast": 0.3}],
            },
            "no resolution_date",
        ),
    ],
)
def test_what_cannot_be_used_is_refused(tmp_path, thing, fault):
    assert fault in refusals(tree(tmp_path, {**HEAD, **thing}))[0]
