"""Articles and drafts, through the parser."""

from importlib.resources import files
from pathlib import Path

import pytest

from questions.store import tables as t
from questions.store.store import open_store

TEXT = files("forecast.examples").joinpath("bakhmut/article.txt").read_text(encoding="utf-8")
KEYS = {
    *("title", "type", "family", "open_time", "scheduled_close_time", "resolution_criteria"),
    *("fine_print", "quote", "start", "end", "problems"),
}
ARTICLE = ("draft", "a.txt", "--published", "2023-03-13")


@pytest.fixture
def paper(shell):
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    return shell


def test_a_dry_run_needs_no_store_and_makes_none(alone):
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    rows = alone.data(*ARTICLE, "--dry-run")
    assert rows
    for row in rows:
        assert row.keys() >= KEYS
        assert TEXT[row["start"] : row["end"]] == row["quote"]
    assert [one.name for one in Path().iterdir()] == ["a.txt"]


def test_standard_input_is_an_article_too(paper):
    said = paper.data("draft", "-", *ARTICLE[2:], "--dry-run", typed=TEXT.encode())
    assert said == paper.data(*ARTICLE, "--dry-run")
    assert len(paper.data(*ARTICLE, "--dry-run", "--limit", "1")) == 1


def test_drafts_wait_until_somebody_decides(paper):
    made = paper.data(*ARTICLE)
    assert [one["id"] for one in made] == [f"D{3 + place}" for place in range(len(made))]
    assert made == paper.data(*ARTICLE)
    assert {one["head"] for one in made} == {paper.head()}
    assert [one["id"] for one in paper.data("drafts")][2:] == [one["id"] for one in made]
    shown = paper.ok("drafts")
    assert "D1" in shown
    assert "“The bridge will open”" in shown


def test_drafting_and_accepting_is_one_step(paper):
    made = paper.data(*ARTICLE, "--accept", "1", "--as", "Bo")
    assert [(one["id"], one["draft"], one["asked_by"]) for one in made] == [("Q4", "D3", "Bo")]
    assert made[-1]["head"] == paper.head()


def test_all_drafts_are_accepted_at_once(paper):
    offered = paper.data(*ARTICLE, "--dry-run")
    result = paper.ok(*ARTICLE, "--accept", "all")
    assert [line.split("  ")[0] for line in result.splitlines()] == [
        f"Q{4 + place}" for place in range(len(offered))
    ]


def test_a_draft_that_was_not_offered_keeps_the_article_out(paper):
    head = paper.head()
    assert "no such draft '99'; there are " in paper.refused(3, *ARTICLE, "--accept", "1,99")
    assert paper.head() == head


@pytest.mark.parametrize(
    ("name", "content", "right"),
    [
        ("none.txt", None, "none.txt"),
        ("empty.txt", b"", "empty.txt"),
        ("blank.txt", b" \n\n", "blank.txt"),
        ("latin.txt", b"caf\xe9 opens", "latin.txt"),
        (".", None, "."),
    ],
)
@pytest.mark.parametrize("verb", ["draft", "read"])
def test_what_cannot_be_read_is_refused(shell, verb, name, content, right):
    if content is not None:
        Path(name).write_bytes(content)
    head = shell.head()
    assert right in shell.refused(2, verb, name, "--published", "2023-03-13")
    assert shell.head() == head


@pytest.mark.parametrize("verb", ["draft", "read"])
def test_a_text_without_a_publication_date_is_refused(shell, verb):
    Path("a.txt").write_text("The bridge will open. It is long.", encoding="utf-8")
    head = shell.head()
    line = shell.refused(2, verb, "a.txt")
    assert "a.txt" in line
    assert "--published" in line
    assert shell.head() == head


@pytest.mark.parametrize("verb", ["draft", "read"])
def test_one_bad_file_keeps_the_good_ones_out(paper, verb):
    head = paper.head()
    paper.refused(2, verb, "a.txt", "none.txt", "--published", "2023-03-13")
    assert paper.head() == head


def test_a_draft_is_accepted_as_edited(shell):
    made = shell.data("accept", "D1", "--title", "Will it open?", "--closes", "2089-12-31")
    assert (made["title"], made["scheduled_close_time"]) == (
        "Will it open?",
        "2090-01-01T00:00:00Z",
    )
    assert made["head"] == shell.head()
    assert "D1 was accepted before" in shell.refused(4, "accept", "D1")
    assert [one["id"] for one in shell.data("drafts")] == ["D2"]


def test_what_an_edit_spoils_is_told(shell):
    made = shell("accept", "D1", "--title", "Will they open it by 30 April 2090?")
    assert made.exit_code == 0
    assert 'flaw: title: the agent is a pronoun, "they"' in made.stderr
    assert shell("accept", "D2").stderr == ""


def test_a_draft_is_rejected_with_the_reason(shell):
    made = shell.data("reject", "D2", "--why", "known already")
    assert (made["id"], made["why"], made["head"]) == ("D2", "known already", shell.head())
    rows = {one["id"]: one["verdict"] for one in shell.data("drafts", "--all")}
    assert rows == {"D1": "waiting", "D2": "rejected"}
    shell.ok("reject", "D1", "--why", "known too")
    assert shell("drafts").stderr == "no draft waits for a decision\n"


def test_a_draft_that_is_not_there_is_told(shell):
    assert "no draft 'D9'" in shell.refused(3, "accept", "D9")
    assert "no draft 'D9'" in shell.refused(3, "reject", "D9", "--why", "x")


def test_an_article_is_kept_with_its_text(paper):
    paper.ok(*ARTICLE)
    store = open_store(paper.db, {})
    with store.reading() as read:
        kept = read.rows(t.ARTICLES)[-1]
    store.close()
    assert (kept["text"], kept["source"]) == (TEXT, "a.txt")
