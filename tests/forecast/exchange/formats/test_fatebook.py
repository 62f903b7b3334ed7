"""Fatebook: rows join on title, creator and time; options are questions of their own."""

from datetime import UTC, datetime

import pytest

from forecast.exchange.records import Person
from questions.values import NO, YES, Probability, Void
from tests.forecast.exchange.samples import read, refusals, table, tree

COLUMNS = (
    *("Question title", "Multiple choice option", "Forecast created by"),
    *("Forecast (scale = 0-1)", "Forecast created at", "Question created by"),
    *("Question created at", "Question resolve by", "Resolution", "Resolved at"),
    *("Question notes", "Question comments"),
)


def row(**more):
    return {
        "Question title": "Will the kettle boil?",
        "Forecast created by": "Alma",
        "Forecast (scale = 0-1)": "0.6",
        "Forecast created at": "2024-01-02 10:00:00",
        "Question created by": "Alma",
        "Question created at": "2024-01-01 09:00:00",
        "Question resolve by": "2024-02-01 00:00:00",
        **more,
    }


def sheet(folder, *rows):
    return read(folder, "fatebook.csv", table(COLUMNS, rows))


def item(**more):
    return {
        "id": "c1",
        "title": "Will the kettle boil?",
        "createdAt": "2024-01-01T09:00:00.000Z",
        "resolveBy": "2024-02-01T00:00:00.000Z",
        "forecasts": [],
        **more,
    }


def said(amount=0.6, user="u1", name="Alma", **more):
    made = "2024-01-02T10:00:00.000Z"
    return {"forecast": amount, "createdAt": made, "user": {"id": user, "name": name}, **more}


def test_rows_of_one_question_are_one_question(tmp_path):
    batch = sheet(tmp_path, row(), row(**{"Forecast created by": "Ben"}))
    assert len(batch.questions) == 1
    assert [one.by.name for one in batch.forecasts] == ["Alma", "Ben"]
    assert batch.forecasts[0].made_at == datetime(2024, 1, 2, 10, tzinfo=UTC)


def test_one_title_asked_twice_is_two_questions(tmp_path):
    batch = sheet(tmp_path, row(), row(**{"Question created at": "2024-01-01 09:00:01"}))
    assert len({one.origin.question for one in batch.questions}) == 2


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path):
    text = table(COLUMNS, [row()])
    for content in (b"\xef\xbb\xbf" + text.encode(), text.encode("utf-16")):
        assert len(read(tmp_path, "fatebook.csv", content).forecasts) == 1


@pytest.mark.parametrize(
    ("text", "outcome"), [("YES", YES), ("NO", NO), ("AMBIGUOUS", Void("ambiguous"))]
)
def test_a_question_ends_as_its_author_said(tmp_path, text, outcome):
    known = {"Resolution": text, "Resolved at": "2024-01-20 00:00:00"}
    (one,) = sheet(tmp_path, row(**known)).resolutions
    assert (one.outcome, one.resolved_at) == (outcome, datetime(2024, 1, 20, tzinfo=UTC))


def test_each_option_is_a_question_of_its_own(tmp_path):
    batch = sheet(
        tmp_path,
        row(**{"Multiple choice option": "Tea", "Resolution": "YES"}),
        row(**{"Multiple choice option": "Soup", "Resolution": "Tea"}),
    )
    titles = ["Will the kettle boil? (Tea)", "Will the kettle boil? (Soup)"]
    assert [one.title for one in batch.questions] == titles
    assert [one.outcome for one in batch.resolutions] == [YES, NO]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"Forecast (scale = 0-1)": "60"}, "a number from 0 to 1"),
        ({"Forecast (scale = 0-1)": ""}, "no forecast"),
        ({"Forecast created by": ""}, "no Forecast created by"),
        ({"Forecast created at": "lately"}, "Forecast created at 'lately'"),
        ({"Resolution": "MAYBE"}, "YES, NO or AMBIGUOUS"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_its_line(tmp_path, change, fault):
    batch = sheet(tmp_path, row(**{"Forecast created by": "Ben"}), row(**change))
    if "Resolution" in change:
        batch = sheet(tmp_path, row(**change))
    (told,) = refusals(batch)
    assert told.startswith("fatebook.csv line ")
    assert fault in told


def test_the_interface_tells_people_apart_by_id(tmp_path):
    forecasts = [said(), said(0.2, "u2")]
    batch = tree(tmp_path, {"items": [item(forecasts=forecasts)]})
    assert [one.by for one in batch.forecasts] == [Person("Alma", "u1"), Person("Alma", "u2")]
    assert batch.questions[0].url == "https://fatebook.io/q/c1"


def test_amounts_may_be_text(tmp_path):
    batch = tree(tmp_path, {"items": [item(forecasts=[said("0.25")])]})
    assert batch.forecasts[0].value == Probability(0.25)


def test_options_of_the_interface_have_their_own_forecasts_and_ends(tmp_path):
    options = [
        {"id": "o1", "text": "Tea", "resolution": "YES", "resolvedAt": "2024-01-20T00:00:00Z"},
        {"id": "o2", "text": "Soup", "resolution": "NO", "resolvedAt": "2024-01-20T00:00:00Z"},
    ]
    forecasts = [said(0.7, optionId="o1"), said(0.1, option={"id": "o2"})]
    batch = tree(tmp_path, {"items": [item(options=options, forecasts=forecasts)]})
    assert [one.origin.question for one in batch.questions] == ["c1/o1", "c1/o2"]
    assert [(one.origin.question, one.value.yes) for one in batch.forecasts] == [
        ("c1/o1", 0.7),
        ("c1/o2", 0.1),
    ]
    assert [one.outcome for one in batch.resolutions] == [YES, NO]


def test_comments_come_with_their_authors(tmp_path):
    comment = {
        "comment": "It is a slow one.",
        "createdAt": "2024-01-03T00:00:00Z",
        "user": {"id": "u1", "name": "Alma"},
    }
    batch = tree(tmp_path, [item(comments=[comment])])
    assert [one.text for one in batch.comments] == ["It is a slow one."]


def test_a_forecast_without_its_user_is_refused(tmp_path):
    batch = tree(tmp_path, {"items": [item(forecasts=[{"forecast": 0.5}, said()])]})
    assert (
        "another form than expected" in refusals(batch)[0] or "no createdAt" in refusals(batch)[0]
    )
    assert len(batch.forecasts) == 1
