"""Cultivate: prediction sets hold one probability for each answer."""

from datetime import UTC, datetime

import pytest

from forecast.exchange.records import Person
from questions.records import Binary, MultipleChoice
from questions.values import NO, YES, Chosen, Probability, Shares, Void
from tests.forecast.exchange.samples import refusals, tree


def answer(number, name, **more):
    return {"id": number, "name": name, "probability": "0.5", **more}


def question(*answers, **more):
    return {
        "id": 5,
        "name": "Will the kettle boil?",
        "description": "Steam counts.",
        "starts_at": "2024-01-01T00:00:00.000Z",
        "ends_at": "2024-02-01T00:00:00.000Z",
        "answers": list(answers) or [answer(11, "Yes")],
        **more,
    }


def forecast(*amounts, **more):
    return {
        "id": 1,
        "membership_id": 2,
        "question_id": 5,
        "created_at": "2024-01-02T00:00:00.000Z",
        "rationale": "It is plugged in.",
        "predictions": [
            {"answer_id": 11 + at, "forecasted_probability": str(one)}
            for at, one in enumerate(amounts)
        ],
        **more,
    }


def both(folder, asked, *sets):
    return tree(folder, {"questions": [asked], "prediction_sets": list(sets)})


def test_a_question_with_one_answer_is_yes_or_no(tmp_path):
    batch = both(tmp_path, question(), forecast(0.7))
    assert batch.questions[0].kind == Binary()
    (one,) = batch.forecasts
    assert (one.value, one.why, one.by) == (
        Probability(0.7),
        "It is plugged in.",
        Person("2", "2"),
    )


def test_several_answers_are_options_in_the_order_of_their_ids(tmp_path):
    asked = question(answer(12, "Soup"), answer(11, "Tea"))
    batch = both(tmp_path, asked, forecast(0.7, 0.3))
    assert batch.questions[0].kind == MultipleChoice(("Tea", "Soup"))
    assert batch.forecasts[0].value == Shares((("Tea", 0.7), ("Soup", 0.3)))


def test_sets_that_come_before_their_questions_are_read(tmp_path):
    batch = tree(tmp_path, [forecast(0.7), question()])
    assert len(batch.forecasts) == 1


@pytest.mark.parametrize(
    ("asked", "outcome"),
    [
        (question(answer(11, "Yes", probability="1.0"), resolved_at="2024-01-20T00:00:00Z"), YES),
        (question(answer(11, "Yes", probability="0.0"), resolved_at="2024-01-20T00:00:00Z"), NO),
        (question(voided_at="2024-01-20T00:00:00Z"), Void("annulled")),
        (
            question(
                answer(11, "Tea", probability="0"),
                answer(12, "Soup", probability="1"),
                resolved_at="2024-01-20T00:00:00Z",
            ),
            Chosen("Soup"),
        ),
    ],
)
def test_a_question_ends(tmp_path, asked, outcome):
    (one,) = tree(tmp_path, {"questions": [asked]}).resolutions
    assert (one.outcome, one.resolved_at) == (outcome, datetime(2024, 1, 20, tzinfo=UTC))


def test_what_was_known_earlier_counts_from_then(tmp_path):
    known = answer(11, "Yes", probability="1", correctness_known_at="2024-01-10T00:00:00Z")
    asked = question(known, resolved_at="2024-01-20T00:00:00Z")
    (one,) = tree(tmp_path, {"questions": [asked]}).resolutions
    assert one.resolved_at == datetime(2024, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked", "sets", "fault"),
    [
        (question(answer(11, "Tea"), answer(12, "Soup")), [forecast(0.7)], "a trade on one"),
        (question(answer(11, "Tea"), answer(12, "Soup")), [forecast(0.7, 0.7)], "sum to 1"),
        (question(), [forecast(1.7)], "a number from 0 to 1"),
        (question(), [forecast(0.7, question_id=6)], "the question in the same file or folder"),
        (question(ends_at=None), [], "no ends_at"),
        (question(starts_at=None), [], "no starts_at"),
        (question(answer(11, "A"), answer(12, "A")), [], "different names"),
        (
            question(answer(11, "A"), answer(12, "B"), resolved_at="2024-01-20T00:00:00Z"),
            [],
            "one answer that came true",
        ),
    ],
)
def test_what_cannot_be_used_is_refused(tmp_path, asked, sets, fault):
    assert fault in refusals(both(tmp_path, asked, *sets))[0]
