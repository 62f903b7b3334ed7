"""A model is asked over loopback what a report says of a question."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.modelled.prompt import LONGEST
from questions.modelled.records import Opinion, Service
from questions.modelled.weighing import EVIDENCE, SCHEMA, messages_about, opinion_in, weigh
from questions.records import Binary, Question, Report
from tests.questions.modelled.stub import Reply, failed, said, served

OPEN, CLOSE = datetime(2024, 5, 1, tzinfo=UTC), datetime(2024, 7, 1, tzinfo=UTC)
SENTENCE = "Duarte's office said on Monday that she had asked Nairobi for a date in June."
TEXT = f"NAIROBI - Rain fell for days.\n\n{SENTENCE} Nothing has been agreed."
REPORT = Report("R1", "Rain", TEXT, datetime(2024, 5, 6, tzinfo=UTC))
QUESTION = Question(
    "Q1", "Will Ana Duarte visit Kenya by 30 June 2024?", Binary(), OPEN, CLOSE, "Yes: she lands."
)
GOOD = {"evidence": "moderately for yes", "quotation": SENTENCE, "why": "She asks for a date."}
KEY = "sk-test-0123456789"


def asked(*replies: Reply) -> Any:
    with served(lambda request, turn: replies[min(turn, len(replies) - 1)]) as stub:
        return weigh(REPORT, QUESTION, Service("small", stub.url, KEY)), stub.asked


def test_a_good_answer_is_an_opinion_with_the_words_of_the_report() -> None:
    made, _ = asked(said(GOOD))
    assert made.found == (Opinion("moderately for yes", SENTENCE, "She asks for a date."),)
    assert (made.trouble, made.problems) == ("", ())


def test_question_and_report_are_data_between_lines_of_their_own() -> None:
    task, data = (one["content"] for one in messages_about(REPORT, QUESTION))
    marker = data.splitlines()[-1]
    assert marker.startswith("<report ")
    assert data.endswith(f"{marker}\n{TEXT}\n{marker}")
    assert data.startswith("Question: Will Ana Duarte visit Kenya by 30 June 2024?\nOpen from 2024")
    assert marker in task
    assert TEXT not in task


def test_the_schema_is_strict_and_goes_with_the_request() -> None:
    _, (request,) = asked(said(GOOD))
    wanted = request["response_format"]["json_schema"]
    assert (wanted["strict"], wanted["schema"]) == (True, SCHEMA)
    assert SCHEMA["properties"]["evidence"]["enum"] == list(EVIDENCE)
    assert KEY not in json.dumps(request)


def test_a_model_cannot_settle_a_question_nor_give_its_probability() -> None:
    assert not [one for one in EVIDENCE if "decisive" in one or "%" in one]
    for answer in ("decisive for yes", "80%", "likely"):
        assert opinion_in(json.dumps({**GOOD, "evidence": answer}), TEXT)[0] == []


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"quotation": "She has landed."}, "its quotation is not in the report"),
        ({"quotation": ""}, "quotation is empty"),
        ({"why": " "}, "why is empty"),
        ({"evidence": "yes"}, "evidence 'yes' is none of those that were named"),
        ({"why": 3}, "why is no text"),
    ],
)
def test_an_answer_that_cannot_be_used_is_put_right_once_or_dropped(
    wrong: dict[str, Any], problem: str
) -> None:
    made, requests = asked(said({**GOOD, **wrong}), said(GOOD))
    assert made.found[0].evidence == "moderately for yes"
    assert problem in requests[1]["messages"][-1]["content"]
    made, requests = asked(said({**GOOD, **wrong}))
    assert (made.found, len(requests), len(made.turns)) == ((), 2, 2)
    assert problem in made.trouble


def test_an_irrelevant_report_needs_no_quotation() -> None:
    made, _ = asked(said({"evidence": "irrelevant", "quotation": "", "why": "another town"}))
    assert made.found[0].evidence == "irrelevant"


def test_what_goes_wrong_with_the_server_is_one_line_without_the_key() -> None:
    made, _ = asked(failed(500, f"down {KEY}"))
    assert made.found == ()
    assert "answered HTTP 500: down [key]" in made.trouble


@given(st.text())
def test_any_answer_is_read_without_an_exception(text: str) -> None:
    found, problems = opinion_in(text, TEXT)
    assert (found, len(problems)) == ([], 1)


def test_a_long_report_is_cut() -> None:
    from dataclasses import replace

    content = messages_about(replace(REPORT, text="word " * 20_000), QUESTION)[1]["content"]
    assert len(content) < LONGEST + 400
