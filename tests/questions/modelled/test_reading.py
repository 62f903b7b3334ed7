import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.modelled.prompt import LONGEST, SCHEMA, messages_for, repair
from questions.modelled.reading import MOST, suggestions_in
from tests.questions.modelled.test_suggesting import ARTICLE, GOOD

WHOLE = {"questions": [GOOD]}


def test_an_answer_of_the_form_is_read_whole() -> None:
    (one,), problems = suggestions_in(json.dumps(WHOLE))
    assert (one.title, one.quotation, problems) == (GOOD["title"], GOOD["quotation"], [])


def test_no_question_is_an_answer_too() -> None:
    assert suggestions_in('{"questions": []}') == ([], [])


@pytest.mark.parametrize("name", GOOD)
def test_a_part_that_is_missing_is_named(name: str) -> None:
    rest = {key: value for key, value in GOOD.items() if key != name}
    found, problems = suggestions_in(json.dumps({"questions": [GOOD, rest]}))
    assert len(found) == 1
    assert problems == [f"questions[1].{name} is missing"]


def test_a_flood_of_questions_is_cut() -> None:
    found, _ = suggestions_in(json.dumps({"questions": [GOOD] * 100}))
    assert len(found) == MOST


@given(st.text())
def test_any_text_is_read_without_an_exception(text: str) -> None:
    found, problems = suggestions_in(text)
    assert not found
    assert isinstance(problems, list)


def test_the_schema_names_what_is_read() -> None:
    item = SCHEMA["properties"]["questions"]["items"]
    assert item["required"] == list(GOOD)
    assert item["additionalProperties"] is False


def test_a_long_article_is_cut_and_its_marker_is_its_own() -> None:
    from dataclasses import replace

    long = replace(ARTICLE, text="word " * 20_000)
    content = messages_for(long)[1]["content"]
    assert len(content) < LONGEST + 200
    assert content.split("\n")[1] != messages_for(ARTICLE)[1]["content"].split("\n")[1]


def test_the_repair_shows_the_answer_and_says_what_is_wrong() -> None:
    shown, remark = repair("Sure!", "it is not JSON")
    assert (shown["role"], shown["content"]) == ("assistant", "Sure!")
    assert "it is not JSON" in remark["content"]
