"""Articles that a command is given, through the parser."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer

from forecast.cli import taking
from questions.errors import BadFile, BadInput
from questions.store import tables as t
from questions.store.store import open_store
from tests.questions.articles.newspaper import BODY, DATED, TITLE, page

PLAN = "The European Union is expected to impose new sanctions on Belarus by the end of June."
PAGE = page(head=DATED, body=(*BODY, PLAN))


def rss(*items: str) -> bytes:
    return f"<rss version='2.0'><channel><title>P</title>{''.join(items)}</channel></rss>".encode()


@pytest.fixture
def terminal(monkeypatch):
    """A person at a terminal, who types the lines of a list."""
    lines = []
    monkeypatch.setattr(taking, "at_a_terminal", lambda: True)
    monkeypatch.setattr(typer, "prompt", lambda *_, **__: lines.pop(0))
    return lines


def test_quotations_of_a_page_are_spans_of_its_text(shell):
    Path("a.html").write_bytes(PAGE)
    text = "\n\n".join([*BODY, PLAN])
    rows = shell.data("draft", "a.html", "--dry-run")
    assert rows
    assert all(text[row["start"] : row["end"]] == row["quote"] for row in rows)
    assert {row["open_time"] for row in rows} == {"2024-05-06T06:30:00Z"}
    assert rows == shell.data("draft", "-", "--dry-run", typed=PAGE)


def test_what_is_known_of_a_page_is_kept(shell):
    Path("a.html").write_bytes(PAGE)
    shell.ok("draft", "a.html")
    store = open_store(shell.db, {})
    with store.reading() as read:
        kept = read.rows(t.ARTICLES)[-1]
    store.close()
    assert (kept["title"], kept["publisher"], kept["language"]) == (TITLE, "Vestby Post", "en")
    assert kept["extractor"].startswith("trafilatura ")
    assert (kept["authors"], kept["fetched_at"]) == ("", None)


def test_what_a_folder_holds_beside_articles_is_told_and_the_others_are_drafted(shell):
    Path("news").mkdir()
    Path("news/a.html").write_bytes(PAGE)
    Path("news/b.txt").write_bytes(b"caf\xe9")
    result = shell("draft", "news", "--dry-run", "--json")
    assert result.exit_code == 0
    assert "passed over: news/b.txt: not UTF-8 text" in result.stderr
    assert PLAN in result.stdout


def test_a_folder_of_which_nothing_can_be_read_is_refused(shell):
    Path("news").mkdir()
    Path("news/b.txt").write_bytes(b"caf\xe9")
    head = shell.head()
    told, refused = shell("draft", "news").stderr.splitlines()
    assert told.startswith("passed over: news/b.txt: not UTF-8 text")
    assert refused == "error: news: nothing in it could be read; the lines above say why"
    assert shell.head() == head


def test_a_feed_whose_links_lead_inside_is_refused(shell):
    Path("a.rss").write_bytes(rss("<item><link>http://127.0.0.1:1/</link></item>"))
    result = shell("draft", "a.rss")
    assert result.exit_code == 2
    said = "passed over: http://127.0.0.1:1/: 127.0.0.1 is not on the public internet"
    assert said in result.stderr


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("http://127.0.0.1/", "is not on the public internet"),
        ("http://[::1]:8080/a", "is not on the public internet"),
        ("http://169.254.169.254/latest", "is not on the public internet"),
        ("file:///etc/passwd", "file: is not fetched"),
        ("none.html", "there is no such file"),
    ],
)
def test_an_article_that_is_named_and_cannot_be_read_stops_the_command(shell, place, said):
    Path("a.html").write_bytes(PAGE)
    head = shell.head()
    assert said in shell.refused(2, "draft", "a.html", place)
    assert shell.head() == head


def test_control_characters_of_a_page_do_not_reach_the_terminal(shell):
    bad = page(
        head=DATED, title="Quay\x1b[31m", body=(*BODY, PLAN.replace("Belarus", "\x9bBelarus"))
    )
    Path("a.html").write_bytes(bad)
    shell.ok("draft", "a.html")
    for shown in (shell.ok("drafts"), shell("draft", "a\x1b[2J.txt").stderr):
        assert not set(shown) & {"\x1b", "\x9b"}


def test_standard_input_is_read_once(shell):
    assert "standard input once" in shell.refused(2, "draft", "-", "-", typed=PAGE)


def test_a_person_is_asked_for_a_date_until_it_is_one(terminal, tmp_path, capsys):
    path = tmp_path / "a.html"
    path.write_bytes(page())
    terminal += ["soon", "2024-05-06"]
    (article,) = taking.take([str(path)], None)
    assert article.published == datetime(2024, 5, 6, tzinfo=UTC)
    said = capsys.readouterr().err
    assert f"a.html: no publication date is in “{TITLE}”" in said
    assert "publication date 'soon' cannot be used: give a date such as 2023-04-30" in said


def test_a_person_who_leaves_the_date_open_is_told_what_to_give(terminal, tmp_path):
    path = tmp_path / "a.html"
    path.write_bytes(page())
    terminal += [""]
    with pytest.raises(BadFile, match="no publication date; give --published"):
        taking.take([str(path)], None)


def test_nobody_is_asked_where_a_date_is_given(terminal, tmp_path):
    path = tmp_path / "a.html"
    path.write_bytes(page())
    when = datetime(2024, 5, 6, tzinfo=UTC)
    assert taking.take([str(path)], when)[0].published == when


def test_nobody_is_asked_without_a_terminal(tmp_path):
    path = tmp_path / "a.html"
    path.write_bytes(page())
    with pytest.raises(BadFile, match="no publication date"):
        taking.take([str(path)], None)


def test_standard_input_named_twice_is_refused():
    with pytest.raises(BadInput, match="standard input once"):
        taking.take(["-", "-"], None)
