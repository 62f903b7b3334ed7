"""``--model``: a model on loopback beside the rules, and everything it can do wrong."""

import json
from pathlib import Path

import pytest

from forecast.cli.modelling import service_of
from forecast.ledger import KINDS, MODEL_ANSWERS
from questions.errors import BadInput
from questions.store.store import open_store
from tests.questions.modelled.stub import failed, said, served

SENTENCE = "Ana Duarte, the Portuguese envoy, hopes that Kenya signs the water treaty in June."
TEXT = f"Norwegian Foreign Minister Espen Eide plans to visit Kenya next week.\n\n{SENTENCE}\n"
KEY = "sk-test-0123456789"
GOOD = {
    "title": "Will Kenya sign the water treaty by 30 June 2024?",
    "closes": "2024-06-30",
    "why_closes": "the article says in June",
    "yes": "Kenya signs the water treaty by 30 June 2024.",
    "no": "the deadline passes without a signature.",
    "void": "the treaty is withdrawn.",
    "settled_by": "the register of the United Nations.",
    "fine_print": "",
    "quotation": SENTENCE,
}
DRAFT = ("draft", "a.txt", "--published", "2024-05-06")


@pytest.fixture
def paper(alone, monkeypatch):
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    alone.ok("init", "--db", "tidings.db")
    return alone


@pytest.fixture
def stub():
    with served(lambda request, turn: said({"questions": [GOOD]})) as here:
        yield here


def asking(stub):
    return ("--model", "small", "--base-url", stub.url)


def rows_of(shell, table):
    store = open_store(shell.db, KINDS)
    with store.reading() as read:
        rows = read.rows(table)
    store.close()
    return rows


def test_the_model_s_draft_stands_among_those_of_the_rules_and_is_marked(paper, stub):
    rows = paper.data(*DRAFT, *asking(stub), "--dry-run")
    assert {row["family"] for row in rows} == {"visit", "model"}
    (row,) = (row for row in rows if row["family"] == "model")
    assert TEXT[row["start"] : row["end"]] == row["quote"] == SENTENCE
    assert row["title"] == GOOD["title"]


def test_without_a_model_nothing_is_asked(paper, stub):
    rows = paper.data(*DRAFT, "--dry-run")
    assert {row["family"] for row in rows} == {"visit"}
    assert stub.asked == []


def test_prompt_answer_and_model_are_kept_with_the_article(paper, stub):
    paper.ok(*DRAFT, *asking(stub))
    (row,) = rows_of(paper, MODEL_ANSWERS)
    assert (row["article"], row["model"]) == ("A1", "small")
    assert SENTENCE in row["prompt"]
    assert json.loads(row["answer"])["questions"][0]["title"] == GOOD["title"]


def test_the_key_is_nowhere_but_in_the_header(paper, stub):
    result = paper(*DRAFT, *asking(stub))
    assert stub.headers[0]["authorization"] == f"Bearer {KEY}"
    assert KEY not in result.output
    assert KEY.encode() not in b"".join(one.read_bytes() for one in Path().iterdir())


def test_what_the_model_was_shown_is_erased_with_the_article(paper, stub):
    paper.ok(*DRAFT, *asking(stub))
    paper.ok("redact", "A1", "--why", "asked for")
    (row,) = rows_of(paper, MODEL_ANSWERS)
    assert (row["prompt"], row["answer"], row["model"]) == ("[erased]", "[erased]", "small")
    paper.ok("check")


def test_accepting_all_leaves_what_the_model_wrote_for_a_person(paper, stub):
    result = paper(*DRAFT, *asking(stub), "--accept", "all", "--json")
    assert [one["family"] for one in json.loads(result.stdout)] == ["visit"]
    assert "a person has to look at what a model wrote: D" in result.stderr
    (left,) = paper.data("drafts")
    assert left["family"] == "model"
    assert paper.data("accept", left["id"])["title"] == GOOD["title"]


def test_a_model_s_draft_is_not_opened_by_its_place(paper, stub):
    rows = paper.data(*DRAFT, *asking(stub), "--dry-run")
    place = [row["family"] for row in rows].index("model") + 1
    line = paper.refused(4, *DRAFT, *asking(stub), "--accept", str(place))
    assert "a person has to look at what a model wrote" in line


def test_a_model_may_be_asked_later_about_an_article_that_is_kept(paper, stub):
    before = paper.data(*DRAFT)
    after = paper.data(*DRAFT, *asking(stub))
    assert [one["id"] for one in after[: len(before)]] == [one["id"] for one in before]
    assert [one["family"] for one in after[len(before) :]] == ["model"]
    again = paper.data(*DRAFT, *asking(stub))
    assert [one["id"] for one in again] == [one["id"] for one in after]


@pytest.mark.parametrize(
    ("reply", "line"),
    [
        (failed(500, f"down, {KEY}"), "answered HTTP 500: down, [key]"),
        (said("no JSON here"), "the answer of small cannot be used: it is not JSON"),
        (said("", refusal="I will not."), "small refused: I will not."),
        (
            said({"questions": [{**GOOD, "quotation": "Kenya signed it, they say."}]}),
            "1 suggestion of the model dropped: its quotation is not in the article",
        ),
    ],
)
def test_whatever_goes_wrong_is_a_line_and_the_rules_stay(paper, reply, line):
    with served(lambda request, turn: reply) as here:
        result = paper(*DRAFT, *asking(here), "--dry-run", "--json")
    assert result.exit_code == 0
    assert {row["family"] for row in json.loads(result.stdout)} == {"visit"}
    (told,) = result.stderr.splitlines()
    assert told.startswith("note: a.txt: ")
    assert line in told
    assert KEY not in result.output


def test_a_model_s_draft_with_an_error_is_shown_on_request_alone(paper):
    wrong = {**GOOD, "title": "Will <i>Kenya</i> sign the water treaty by 30 June 2024?"}
    with served(lambda request, turn: said({"questions": [wrong]})) as here:
        offered = paper.data(*DRAFT, *asking(here), "--dry-run")
        every = paper.data(*DRAFT, *asking(here), "--dry-run", "--all")
    assert "model" not in {row["family"] for row in offered}
    assert "model" in {row["family"] for row in every}


def test_the_configuration_may_name_the_model(paper, stub, tmp_path):
    folder = tmp_path / "home" / "config" / "tidings"
    folder.mkdir(parents=True)
    lines = f"model = 'small'\nbase_url = '{stub.url}'\nmodel_timeout = 5\n"
    (folder / "config.toml").write_text(lines, encoding="utf-8")
    assert "model" in {row["family"] for row in paper.data(*DRAFT, "--dry-run")}
    assert len(stub.asked) == 1
    paper.data(*DRAFT, "--dry-run", "--model", "none")
    assert len(stub.asked) == 1
    assert service_of(None, None).timeout_seconds == 5


def test_a_server_of_one_s_own_needs_no_key(paper, stub, monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY")
    assert "model" in {row["family"] for row in paper.data(*DRAFT, *asking(stub), "--dry-run")}


def test_the_address_is_checked(paper, monkeypatch):
    line = paper.refused(2, *DRAFT, "--model", "small", "--base-url", "ftp://here")
    assert line.startswith("--base-url 'ftp://here' cannot be used: give an address")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://localhost:1/v1")
    assert service_of("small", None).base_url == "http://localhost:1/v1"
    assert service_of("", None) is None


@pytest.mark.parametrize("seconds", ["0", "'5'", "true", "1e9"])
def test_a_time_limit_is_some_seconds(paper, tmp_path, seconds):
    folder = tmp_path / "home" / "config" / "tidings"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(f"model_timeout = {seconds}\n", encoding="utf-8")
    with pytest.raises(BadInput, match="model_timeout"):
        service_of("small", None)
