"""``--model`` beside a judgement: a model on loopback, and everything it can do wrong."""

import json
from pathlib import Path

import pytest

from forecast.ledger import EVIDENCE, KINDS, MODEL_ANSWERS, SUGGESTIONS
from questions.store.store import open_store
from tests.questions.modelled.stub import failed, said, served

KEY = "sk-test-0123456789"
TEXT = "Heavy rain fell on Oslo at noon. More of it is due on Friday."
GOOD = {
    "evidence": "moderately for yes",
    "quotation": "More of it is due on Friday.",
    "why": "Rain is due.",
}


@pytest.fixture
def paper(shell, monkeypatch):
    """A report that waits for a judgement on a question, and a key in the environment."""
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("TIDINGS_AS", "Ana")
    Path("r.txt").write_text(TEXT, encoding="utf-8")
    shell.ok("read", "r.txt", "--published", "2023-03-26", "--question", "Q1")
    return shell


@pytest.fixture
def stub():
    def answer(request, turn):
        about = request["messages"][1]["content"]
        return said(GOOD if TEXT in about else {**GOOD, "evidence": "irrelevant", "quotation": ""})

    with served(answer) as here:
        yield here


def asking(stub):
    return ("--model", "small", "--base-url", stub.url)


def rows_of(shell, table):
    store = open_store(shell.db, KINDS)
    with store.reading() as read:
        rows = read.rows(table)
    store.close()
    return rows


def waiting(shell, *options):
    rows = json.loads(shell("inbox", "--json", *options).stdout)
    return next(row for row in rows if row["question"] == "Q1" and row["title"].startswith("Heavy"))


def test_what_the_model_would_judge_waits_as_a_suggestion_and_moves_no_belief(paper, stub):
    before, evidence = paper.data("show", "Q1")["belief"], rows_of(paper, EVIDENCE)
    (one,) = waiting(paper, *asking(stub))["suggested"]
    assert (one["by"], round(one["ratio"], 2), one["relevance"]) == ("model small", 5.62, 1.0)
    assert one["why"] == "Rain is due. (“More of it is due on Friday.”)"
    assert rows_of(paper, EVIDENCE) == evidence
    assert paper.data("show", "Q1")["belief"]["prob"] == pytest.approx(before["prob"], abs=1e-6)


def test_a_model_is_asked_once_of_a_report_and_question(paper, stub):
    waiting(paper, *asking(stub))
    asked = len(stub.asked)
    waiting(paper, *asking(stub))
    assert len(stub.asked) == asked
    assert waiting(paper)["suggested"]


def test_without_a_model_nothing_is_asked_whatever_the_configuration_says(paper, stub, tmp_path):
    folder = tmp_path / "home" / "config" / "tidings"
    folder.mkdir(parents=True, exist_ok=True)
    lines = f"model = 'small'\nbase_url = '{stub.url}'\n"
    (folder / "config.toml").write_text(lines, encoding="utf-8")
    assert waiting(paper)["suggested"] == []
    assert stub.asked == []


def test_prompt_and_answer_are_kept_and_go_with_the_report(paper, stub):
    report = waiting(paper, *asking(stub))["report"]
    kept = [row for row in rows_of(paper, MODEL_ANSWERS) if row["article"] == report]
    assert TEXT in kept[0]["prompt"]
    paper.ok("redact", report, "--why", "asked for")
    (row,) = (row for row in rows_of(paper, MODEL_ANSWERS) if row["article"] == report)
    assert (row["prompt"], row["answer"]) == ("[erased]", "[erased]")
    paper.ok("check")


def test_judge_shows_the_suggestion_beside_the_judgement_which_is_the_persons(paper, stub):
    report = waiting(paper)["report"]
    result = paper("judge", report, "Q1", "--words", "slightly for no", *asking(stub))
    assert result.exit_code == 0
    assert "model small suggests: 5.6 times likelier if yes: Rain is due." in result.stderr
    row = rows_of(paper, EVIDENCE)[-1]
    assert (row["judge"], row["words"]) == ("Ana", "slightly for no")
    assert rows_of(paper, SUGGESTIONS)[-1]["by"] == "model small"
    assert paper.data("suggestion", "list") == []


def test_a_suggestion_is_accepted_by_a_person_in_the_persons_name(paper, stub):
    (one,) = waiting(paper, *asking(stub))["suggested"]
    paper.ok("suggestion", "accept", one["id"])
    assert rows_of(paper, EVIDENCE)[-1]["judge"] == "Ana"


@pytest.mark.parametrize(
    ("reply", "line", "asked"),
    [
        (failed(500, f"down, {KEY}"), "answered HTTP 500: down, [key]", 1),
        (said("no JSON here"), "the answer of small cannot be used: it is not JSON", 2),
        (said("", refusal="I will not."), "small refused: I will not.", 1),
        (
            said({**GOOD, "quotation": "It never rains."}),
            "its quotation is not in the report",
            2,
        ),
    ],
)
def test_whatever_goes_wrong_is_a_line_and_the_inbox_is_there(paper, reply, line, asked):
    with served(lambda request, turn: reply) as here:
        result = paper("inbox", "--json", *asking(here))
        assert len(here.asked) >= asked
    assert result.exit_code == 0
    assert line in result.stderr
    assert KEY not in result.output
    assert rows_of(paper, SUGGESTIONS) == []
    assert waiting(paper)["suggested"] == []


def test_a_server_that_is_not_there_is_asked_once(paper):
    result = paper("inbox", "--json", "--model", "small", "--base-url", "http://127.0.0.1:9/v1")
    told = [line for line in result.stderr.splitlines() if "cannot be reached" in line]
    assert len(told) == 1
    assert result.exit_code == 0
