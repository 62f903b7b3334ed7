"""PredictionBook: percentages, comments without one, and the newest judgement."""

from datetime import UTC, datetime

import pytest

from forecast.exchange.records import Person
from questions.values import NO, YES, Probability, Void
from tests.forecast.exchange.samples import refusals, tree


def response(**more):
    return {
        "confidence": 60,
        "created_at": "2024-01-02T00:00:00Z",
        "user_id": 5,
        "user_label": "alma",
        "comment": None,
        **more,
    }


def prediction(*responses, **more):
    return {
        "id": 3,
        "description": "The kettle boils",
        "created_at": "2024-01-01T00:00:00Z",
        "deadline": "2024-02-01T00:00:00Z",
        "updated_at": "2024-02-03T00:00:00Z",
        "outcome": None,
        "responses": list(responses),
        **more,
    }


def page(folder, *predictions):
    return tree(folder, {"user": {"name": "alma"}, "predictions": list(predictions)})


def test_confidences_are_percentages(tmp_path):
    batch = page(tmp_path, prediction(response(), response(confidence=0), response(confidence=100)))
    assert [one.value for one in batch.forecasts] == [*map(Probability, (0.6, 0.0, 1.0))]
    assert batch.forecasts[0].by == Person("alma", "5")


def test_a_response_without_confidence_is_a_comment(tmp_path):
    words = response(confidence=None, comment="Mine is slow.")
    batch = page(tmp_path, prediction(response(comment="Quick."), words))
    assert [one.why for one in batch.forecasts] == ["Quick."]
    assert [one.text for one in batch.comments] == ["Mine is slow."]


def test_the_newest_judgement_counts_wherever_it_stands(tmp_path):
    judged = [
        {"outcome": "wrong", "created_at": "2024-02-05T00:00:00Z"},
        {"outcome": "right", "created_at": "2024-02-09T00:00:00Z"},
        {"outcome": "unknown", "created_at": "2024-02-07T00:00:00Z"},
    ]
    (one,) = page(tmp_path, prediction(judgements=judged)).resolutions
    assert (one.outcome, one.resolved_at) == (YES, datetime(2024, 2, 9, tzinfo=UTC))


def test_a_judgement_that_was_taken_back_is_none(tmp_path):
    judged = [
        {"outcome": "right", "created_at": "2024-02-05T00:00:00Z"},
        {"outcome": "unknown", "created_at": "2024-02-07T00:00:00Z"},
    ]
    assert not page(tmp_path, prediction(judgements=judged)).resolutions


@pytest.mark.parametrize(
    ("more", "outcome"),
    [
        ({"outcome": True}, YES),
        ({"outcome": False}, NO),
        ({"withdrawn": True}, Void("annulled")),
    ],
)
def test_without_judgements_the_outcome_counts_from_the_last_change(tmp_path, more, outcome):
    (one,) = page(tmp_path, prediction(**more)).resolutions
    assert (one.outcome, one.resolved_at.day) == (outcome, 3)


def test_a_deadline_that_had_passed_gives_way_to_the_judgement(tmp_path):
    late = {"deadline": "2023-12-01T00:00:00Z", "outcome": True}
    batch = page(tmp_path, prediction(**late))
    assert batch.questions[0].scheduled_close_time == datetime(2024, 2, 3, tzinfo=UTC)
    assert batch.notes == ("predictions asked after their deadline, which close when judged: 1",)


@pytest.mark.parametrize(
    ("item", "fault"),
    [
        (prediction(response(confidence=140)), "a number from 0 to 100"),
        (prediction(response(created_at="x")), "created_at 'x' cannot be used"),
        (prediction(outcome="perhaps"), "right, wrong or unknown"),
        (prediction(description=" "), "no description"),
        (prediction(deadline="2023-12-01T00:00:00Z"), "a time after it was asked"),
        (prediction("x"), "another form than expected"),
    ],
)
def test_what_cannot_be_used_is_refused_where_it_stands(tmp_path, item, fault):
    batch = page(tmp_path, prediction(response()), item)
    (told,) = refusals(batch)
    assert told.startswith("a.json, predictions 2")
    assert fault in told
    assert batch.forecasts


def test_pages_of_a_folder_are_read_together(tmp_path):
    page(tmp_path, prediction())
    from forecast.exchange.choosing import batch_of
    from forecast.exchange.files import documents_at
    from tests.forecast.exchange.samples import written

    written(tmp_path, "b.json", (tmp_path / "a.json").read_text().replace('"id": 3', '"id": 4'))
    assert len(batch_of(documents_at(tmp_path)).questions) == 2
