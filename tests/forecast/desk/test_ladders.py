"""Ladders are asked and forecast together."""

import pytest

from forecast.desk.ladders import Rungs, ask_ladder, find_ladder, predict_ladder
from forecast.ledger import LADDERS
from forecast.people.roster import forecasts
from questions.errors import BadInput, Conflict, NotFound
from questions.store import shelf
from tests.forecast.desk.conftest import CLOSE, OPEN, timedelta

CLOSES = tuple(OPEN + timedelta(days=days) for days in (10, 20, 40))


def asked(office, rungs=None, title="Will it snow in Oslo?", criteria="Yes if it snows {}."):
    return ask_ladder(office.on(0), title, rungs or Rungs(CLOSES), criteria=criteria)


def said(office, text, day=0.0, who="Ana"):
    made = predict_ladder(office.on(day), "L1", text, member=who)
    return {one.record["question"]: round(one.record["value"]["yes"], 4) for one in made}


def test_a_ladder_has_a_question_for_each_deadline_the_earliest_first(office):
    *made, ladder = asked(office, Rungs(CLOSES[::-1]))
    assert [one.record["title"] for one in made] == [
        "Will it snow in Oslo by 22 March 2023?",
        "Will it snow in Oslo by 1 April 2023?",
        "Will it snow in Oslo by 21 April 2023?",
    ]
    assert made[0].record["resolution_criteria"] == "Yes if it snows by 22 March 2023."
    assert (ladder.id, ladder.record["questions"]) == ("L1", ["Q2", "Q3", "Q4"])
    with office.store.reading() as read:
        assert find_ladder(read, "l1").marks == tuple((one - OPEN).days + 19429.0 for one in CLOSES)


def test_a_ladder_of_numbers_has_the_hardest_first_and_words_where_they_belong(office):
    rungs = Rungs((CLOSE,), above=(50, 100), unit="dollars")
    *made, ladder = asked(office, rungs, title="Will oil close {} in April?")
    assert [one.record["title"] for one in made] == [
        "Will oil close above 100 dollars in April?",
        "Will oil close above 50 dollars in April?",
    ]
    assert ladder.record["title"] == "Will oil close … in April?"
    assert asked(office, Rungs((CLOSE,), below=(5, 3)))[0].record["title"].endswith("below 3?")


def test_a_retry_asks_nothing_twice(office):
    desk = office.on(0)
    first = ask_ladder(desk, "Will it snow?", Rungs(CLOSES), criteria="Yes {}.")
    again = ask_ladder(desk, "Will it snow?", Rungs(CLOSES), criteria="Yes {}.")
    assert [one.id for one in first] == [one.id for one in again]
    assert len(office.rows(LADDERS)) == 1


@pytest.mark.parametrize(
    ("rungs", "why"),
    [
        (Rungs(CLOSES[:1]), "2 to 50 different ones"),
        (Rungs((CLOSE, CLOSE)), "2 to 50 different ones"),
        (Rungs((CLOSE,), above=(5.0,)), "2 to 50 different ones"),
        (Rungs(CLOSES, above=(5.0, 6.0)), "one --closes with the numbers"),
        (Rungs((CLOSE,), above=(5.0, 6.0), below=(3.0, 4.0)), "one of them"),
        (Rungs((OPEN, CLOSE)), "a time after the opening"),
    ],
)
def test_what_is_no_ladder_is_refused_and_nothing_is_asked(office, rungs, why, nothing_written):
    with pytest.raises(BadInput, match=why):
        asked(office, rungs)


def test_every_rung_is_forecast_at_once(office):
    asked(office)
    assert said(office, "10%, 30%, 50%") == {"Q2": 0.1, "Q3": 0.3, "Q4": 0.5}
    with office.store.reading() as read:
        assert len(forecasts(read, "Q3")) == 1


def test_what_is_left_out_goes_by_an_even_hazard(office):
    """1 - .4^(10/40), 1 - .4^(20/40); and between .1 and .6 half way in hazard."""
    asked(office)
    assert said(office, "Q4=60%") == {
        "Q2": round(1 - 0.4**0.25, 4),
        "Q3": round(1 - 0.4**0.5, 4),
        "Q4": 0.6,
    }
    between = 1 - 0.9 ** (2 / 3) * 0.4 ** (1 / 3)
    assert said(office, "q2=10%,Q4=60%", day=1)["Q3"] == round(between, 4)


def test_rungs_of_numbers_are_written_by_rising_number_and_fall(office):
    asked(office, Rungs((CLOSE,), above=(50, 75, 100)))
    assert said(office, "50%,30%,10%") == {"Q4": 0.5, "Q3": 0.3, "Q2": 0.1}
    assert said(office, "Q4=50%,Q2=1/10", day=1)["Q3"] == 0.25


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("50%,30%,60%", r"Q2 \(50%\) no higher than Q3 \(30%\), which it implies"),
        ("10%,30%", "a probability for each of Q2, Q3, Q4"),
        ("Q2=10%", "one for Q4 too: the rest lies between"),
        ("Q9=10%,Q4=50%", "rung 'Q9' cannot be used"),
        ("Q4=10%,Q4=50%", "rung 'Q4' cannot be used"),
        ("10%,30%,likely", "probability 'likely' cannot be used"),
    ],
)
def test_a_forecast_that_contradicts_itself_is_refused(office, text, why):
    asked(office)
    head = office.head()
    with pytest.raises(BadInput, match=why):
        said(office, text)
    assert office.head() == head


def test_a_ladder_of_which_a_rung_has_closed_takes_no_forecast_as_a_whole(office):
    asked(office)
    with pytest.raises(Conflict, match="Q2 closed"):
        said(office, "10%,30%,50%", day=15)
    with pytest.raises(NotFound, match="no ladder 'L7'; "):
        predict_ladder(office.on(0), "L7", "10%,30%,50%", member="Ana")


def test_its_questions_are_questions_like_any_other(office):
    asked(office)
    with office.store.reading() as read:
        assert [one.question.id for one in shelf.questions(read, OPEN)] == ["Q1", "Q2", "Q3", "Q4"]
