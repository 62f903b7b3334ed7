"""Reports: read, matched, judged."""

import json
from pathlib import Path

import pytest

TEXT = (
    "Heavy rain fell on Oslo on Tuesday, the weather service said. Streets near the harbour "
    "were under water by noon and two tram lines stood still for hours.\n"
)
READ = ("read", "r.txt", "--published", "2023-03-17T10:00Z")


@pytest.fixture
def paper(shell):
    Path("r.txt").write_text(TEXT, encoding="utf-8")
    return shell


def test_a_report_is_read_matched_and_put_in_its_story(paper):
    (row,) = paper.data(*READ, "--source", "the harbour", "--grade", "b2")
    assert {"id", "story", "copy_of", "matches", "head", "new"} <= row.keys()
    assert (row["id"], row["source"], row["grade"], row["new"]) == ("R3", "the harbour", "B2", True)
    assert "Q1" in [one["question"] for one in row["matches"]]
    assert row["head"] == paper.head()
    (again,) = paper.data(*READ)
    assert (again["id"], again["new"], again["head"]) == ("R3", False, paper.head())
    assert "R3" in [one["report"] for one in paper.data("inbox")]


def test_standard_input_is_a_report_too(paper):
    (row,) = paper.data("read", "-", *READ[2:], typed=TEXT.encode())
    assert row["id"] == "R3"


def test_a_reading_is_shown_as_a_table(paper):
    header, _, row = paper.ok(*READ).splitlines()
    assert header.split() == ["report", "published", "title", "story", "bears", "on"]
    assert row.startswith("R3")
    assert "17 Mar 2023" in row


@pytest.mark.parametrize(
    ("code", "words", "right"),
    [
        (2, ["--grade", "Z9"], "grade 'Z9' cannot be used: give a letter A to F"),
        (3, ["--question", "Q9"], "no question 'Q9'"),
        (2, ["--json", "--jsonl"], "one of --json, --jsonl, --csv"),
        (3, ["--as", "Zoe"], "no member 'Zoe'"),
    ],
)
def test_what_cannot_be_taken_in_leaves_nothing_behind(paper, code, words, right):
    head = paper.head()
    assert right in paper.refused(code, *READ, *words)
    assert paper.head() == head


def test_a_question_that_is_named_is_borne_on(paper):
    (row,) = paper.data(*READ, "--question", "Q3")
    assert {"question": "Q3", "relevance": 1.0, "decision": "yes"} in row["matches"]


@pytest.mark.parametrize(
    ("words", "judgement", "sentence"),
    [
        (["--ratio", "3"], "weighed", "R2 on Q1: 3 times likelier if yes; belief from "),
        (["--ratio", "1/4"], "weighed", "R2 on Q1: 4 times likelier if no; belief from "),
        (["--ratio", "1"], "weighed", "R2 on Q1: as likely if yes as if no; belief stays at "),
        (
            ["--words", "strongly for no"],
            "weighed",
            "R2 on Q1: 18 times likelier if no; belief from ",
        ),
        (["--irrelevant"], "irrelevant", "R2 on Q1: irrelevant; belief stays at "),
        (["--decisive", "yes"], "decisive", "R2 on Q1: decisive for yes; belief from "),
    ],
)
def test_a_judgement_is_said_and_kept(shell, words, judgement, sentence):
    told = shell.ok("judge", "R2", "Q1", *words, "--as", "Bo", "-m", "why not")
    assert told.startswith(sentence)
    made = shell.data("judge", "R2", "Q1", *words, "--as", "Bo", "-m", "why not")
    assert (made["id"], made["judgement"], made["judge"], made["head"]) == (
        *("R2/Q1", judgement, "Bo", shell.head()),
    )
    judged = shell.data("show", "Q1")["evidence"][1]["judgements"]
    assert [one["judgement"] for one in judged][-1] == judgement


def test_a_decisive_report_reminds_of_the_resolution(shell):
    result = shell("judge", "R2", "Q1", "--decisive", "no", "--as", "Bo", "--json")
    assert json.loads(result.stdout)["weight"] == "-Infinity"
    assert result.stderr == "proposed; then: tidings resolve Q1 no --source ...\n"
    assert shell.data("update", "Q1")[0]["prob"] < 0.01


@pytest.mark.parametrize(
    ("code", "words", "right"),
    [
        (2, ["R2", "Q1"], "no judgement: give exactly one of --ratio, --words, --irrelevant"),
        (2, ["R2", "Q1", "--ratio", "2", "--irrelevant"], "judgement '--ratio --irrelevant'"),
        (2, ["R2", "Q1", "--ratio", "0"], "a positive number"),
        (2, ["R2", "Q1", "--ratio", "nan"], "a positive number such as 3"),
        (2, ["R2", "Q1", "--ratio", "-2"], "a positive number"),
        (2, ["R2", "Q1", "--words", "likely"], "slightly, moderately or strongly"),
        (2, ["R2", "Q1", "--decisive", "maybe"], "give yes or no"),
        (3, ["R9", "Q1", "--ratio", "2"], "no report 'R9'"),
        (3, ["R2", "Q9", "--ratio", "2"], "no question 'Q9'"),
        (4, ["R2", "Q2", "--ratio", "2"], "Q2 is resolved"),
    ],
)
def test_what_is_no_judgement_is_refused(shell, code, words, right):
    head = shell.head()
    assert right in shell.refused(code, "judge", *words)
    assert shell.head() == head


def test_files_are_matched_without_a_store(alone):
    report = {"id": "a", "text": TEXT, "published": "2023-03-17"}
    question = {"id": "x", "title": "Will it rain in Oslo by 30 April 2023?"}
    Path("r.jsonl").write_text(json.dumps(report) + "\n")
    Path("q.jsonl").write_text(json.dumps(question) + "\n")
    (row,) = alone.data("match", "--reports", "r.jsonl", "--questions", "q.jsonl")
    assert (row["report"], row["copy_of"]) == ("a", None)
    assert row["matches"][0]["question"] == "x"
    assert not alone.db.exists()
    Path("q.jsonl").write_text("{\n")
    assert "q.jsonl" in alone.refused(2, "match", "--reports", "r.jsonl", "--questions", "q.jsonl")


def test_arguments_in_the_wrong_order_are_told_in_the_right_one(shell):
    told = shell.refused(2, "judge", "Q1", "R2", "--ratio", "3", "--as", "Bo")
    assert told.endswith("give the other: tidings judge R2 Q1")
