"""What is done in Python is what the command does: the same records, the same refusals."""

import math
from pathlib import Path

import numpy as np
import pytest

import forecast
import forecast.examples
from questions.errors import BadFile, BadInput, Conflict

ARTICLE = Path(forecast.examples.__file__).parent / "bakhmut" / "article.txt"


def test_an_article_suggests_questions_without_a_store():
    drafts = forecast.draft(ARTICLE, published="2023-03-13")
    text = ARTICLE.read_text(encoding="utf-8")
    assert len(drafts) >= 5
    assert [one.rank for one in drafts] == sorted((one.rank for one in drafts), reverse=True)
    for one in drafts:
        assert text[one.quotation.start : one.quotation.end] == one.quotation.text


def test_drafts_that_are_kept_can_be_opened(tmp_path):
    with forecast.open_desk(tmp_path / "a.db", now="2023-03-13", create="replay") as desk:
        kept = forecast.draft(ARTICLE, published="2023-03-13", desk=desk)
        opened = forecast.accept(desk, kept[0].id, closes="2023-04-30")
        (row,) = forecast.questions(desk).to_dict("records")
    assert (row["id"], row["title"]) == (opened.id, kept[0].title)


def test_drafting_needs_to_know_when():
    with pytest.raises(ValueError, match="say when"):
        forecast.draft(ARTICLE)


def test_a_file_that_is_not_there_is_told():
    with pytest.raises(BadFile, match="nowhere"):
        forecast.draft("nowhere.txt", published="2023-03-13")


@pytest.mark.parametrize(
    ("given", "mean"),
    [
        ({"hits": 3, "trials": 9}, 3.5 / 10),
        ({"prob": 0.2, "worth": 10.0}, 0.2),
        ({"hits": np.int64(3), "trials": np.float32(9)}, 3.5 / 10),
        ({"prob": np.float64(0.2)}, 0.2),
        ({"events": 0, "over": "10y"}, None),
    ],
)
def test_a_prior_is_stated_in_one_of_three_ways(desk, given, mean):
    forecast.prior(desk, "Q1", **given, why="ferries after a winter")
    prior = forecast.question(desk, "Q1")["prior"]
    assert prior["why"] == "ferries after a winter"
    assert mean is None or prior["mean"] == pytest.approx(mean, abs=1e-9)


def test_a_prior_needs_exactly_one_of_them(desk):
    with pytest.raises(ValueError, match="hits and trials"):
        forecast.prior(desk, "Q1", hits=3, trials=9, prob=0.2)


@pytest.mark.parametrize(
    ("given", "weight"),
    [
        ({"ratio": 3.0}, math.log(3)),
        ({"words": "moderately for no"}, -0.75 * math.log(10)),
        ({"irrelevant": True}, 0.0),
        ({"decisive": "yes"}, math.inf),
    ],
)
def test_a_judgement_is_a_weight_in_nats(told, given, weight):
    made = forecast.judge(told, "R1", "Q1", **given)
    assert (made.record["judge"], made.record["report"]) == ("Ana", "R1")
    assert float(made.record["weight"]) == pytest.approx(weight)


def test_a_judgement_is_exactly_one(told):
    with pytest.raises(ValueError, match="exactly one"):
        forecast.judge(told, "R1", "Q1", ratio=3.0, irrelevant=True)


def test_a_judged_report_moves_the_belief(told):
    before = forecast.believe(told, "Q1")["prob"]
    forecast.judge(told, "R1", "Q1", ratio=3.0)
    (row,) = forecast.update(told).to_dict("records")
    assert row["prob"] == forecast.believe(told, "Q1")["prob"] > before
    assert row["last_report"] == "R1"
    assert forecast.moves(told, "Q1")["cause"].tolist() == ["prior", "evidence"]


def test_a_text_is_a_forecast_as_the_command_takes_it(desk):
    made = forecast.predict(desk, "Q1", "35%", why="ice", who="Bo")
    assert made.record["value"] == {"kind": "probability", "yes": 0.35}
    assert made.record["member"] == "Bo"


@pytest.mark.parametrize("number", [np.float32, np.float64])
def test_a_number_of_numpy_is_a_forecast(desk, number):
    made = forecast.predict(desk, "Q1", number(0.25))
    assert made.record["value"]["yes"] == 0.25


def test_a_forecast_is_somebodys(desk):
    with pytest.raises(BadInput, match="no name: give who forecasts"):
        forecast.predict(forecast.seat(desk, who=""), "Q1", 0.3)


def test_a_number_is_asked_and_forecast_by_quantiles(desk):
    asked = forecast.ask(
        desk, "How many?", closes="2030-04-30", criteria="x", type="numeric", range="0:100"
    )
    forecast.predict(desk, asked.id, "p10=10,p50=30,p90=60")
    said, questions = forecast.tables(desk)
    assert questions["type"].tolist() == ["binary", "numeric"]
    assert said["quantiles"].tolist() == [[[0.1, 10.0], [0.5, 30.0], [0.9, 60.0]]]


def test_an_answered_question_takes_no_forecast(desk):
    forecast.resolve(desk, "Q1", "no", source="the harbour authority")
    with pytest.raises(Conflict, match="closed"):
        forecast.predict(desk, "Q1", 0.2)


@pytest.mark.slow
def test_a_fit_is_kept_when_it_passes(desk):
    found = forecast.fit(desk, draws=400)
    assert (found.n_questions, found.ok) == (1, True)
    assert forecast.believe(desk, "Q1")["fit"] == "M1"
