import pytest

from forecast.desk.consulting import asked_already, keep, name_of, reason_of, weight_of
from forecast.desk.judging import judge
from forecast.ledger import EVIDENCE, MODEL_ANSWERS, SUGGESTIONS
from questions.errors import Conflict
from questions.modelled.records import Answered, Opinion, Turn
from questions.modelled.weighing import EVIDENCE as WORDS
from questions.store.envelope import plain
from tests.forecast.desk.conftest import report

TURN = Turn("small", "asked", "said")
OPINION = Opinion("strongly for no", "It is dry.", "No rain.")
PAIR = ("R1", "Q1")


@pytest.fixture
def told(office):
    with office.on(1).writing() as entry:
        entry.append("report.read", {**plain(report("It is dry.")), "id": "R1", "story": "S1"})
    return office


def asked(told, day=2):
    with told.on(day).reading() as read:
        return asked_already(read, told.on(day), "small")


def test_an_opinion_is_a_suggestion_of_the_model_and_no_evidence(told):
    made = keep(told.on(2), PAIR, Answered((OPINION,), (TURN,)), "small")
    assert (made.record["by"], made.record["why"]) == ("model small", "No rain. (“It is dry.”)")
    assert told.rows(EVIDENCE) == []
    assert [row["article"] for row in told.rows(MODEL_ANSWERS)] == ["R1"]
    assert asked(told) == {PAIR}


def test_an_answer_that_cannot_be_used_is_kept_and_suggests_nothing(told):
    assert keep(told.on(2), PAIR, Answered((), (TURN,), trouble="not JSON"), "small") is None
    assert len(told.rows(MODEL_ANSWERS)) == 1
    assert told.rows(SUGGESTIONS) == []
    assert asked(told) == set()


def test_what_a_person_has_judged_waits_no_more(told):
    keep(told.on(2), PAIR, Answered((OPINION,), (TURN,)), "small")
    judge(told.on(3), "R1", "Q1", "irrelevant", 0.0)
    assert asked(told, day=4) == set()


def test_a_model_cannot_judge_what_is_retracted(told):
    from forecast.desk.judging import retract

    retract(told.on(2), "R1", why="withdrawn")
    with pytest.raises(Conflict, match="was retracted"):
        keep(told.on(3), PAIR, Answered((OPINION,), (TURN,)), "small")


@pytest.mark.parametrize("words", WORDS)
def test_every_answer_of_a_model_has_a_weight_on_its_side(words):
    weight = weight_of(Opinion(words, "It is dry.", "so"))
    assert (weight > 0, weight < 0) == (words.endswith("for yes"), words.endswith("for no"))


def test_a_model_is_named_as_one():
    assert name_of("small") == "model small"
    assert reason_of(Opinion("irrelevant", "", "Of 2019.")) == "Of 2019."
