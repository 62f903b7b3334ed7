"""What the pages show is what happens: their sessions are run, and their links lead somewhere."""

import doctest
import re
from pathlib import Path

import pytest

from questions.articles import article_from_bytes
from questions.drafting import draft, families
from questions.drafting.families import family_from_toml
from questions.instants import parse_instant
from questions.language import english
from tests.docs.__main__ import FOLDER
from tests.docs.headings import headings
from tests.docs.sessions import ROOT, fits, steps

PAGES = sorted(FOLDER.rglob("*.md"))
TOLD = [path for path in PAGES if any(one.command for one in steps(path.read_text("utf-8")))]
SERVERS = {"postgresql://ana@db.example.org/tidings": "pages"}
"""Addresses of servers that pages name, with the schema that stands for them in the tests."""
PLAIN = """
    id; question; questions; title; who; why; what; where; on; at; is; was; from; to; n; mean; p;
    so far; says; theirs; published; option; setting; value; meaning; changes; plain mean; came;
    the best; belief on; last report; week; in a week; closes; 90% interval; 95%; 95% interval;
    parameter; who moved; gained by it; gain over mean; mean Brier; copy of; adds, log odds;
    bears on; forecaster; interval; happened; held
"""
"""Headings that need no explanation, or are made of words that have one."""
LINK = re.compile(r"\]\(([^)#\s]*)(?:#([\w-]+))?\)")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TOLD, ids=name)
def test_the_sessions_of_a_page_run_as_they_are_shown(path, session, request):
    page = path.read_text(encoding="utf-8")
    for address, schema in SERVERS.items():
        if address in page:
            server = request.getfixturevalue("analysts")
            server.do(f"CREATE SCHEMA {schema}", base="team")
            page = page.replace(address, server.url(schema, base="team"))
    for step in steps(page):
        printed = session.take(step)
        if not step.file:
            assert fits(step.shown, printed), "\n".join([f"$ {step.command}", *printed])


@pytest.mark.parametrize("path", [one for one in PAGES if one.name != "python.md"], ids=name)
def test_the_numbers_of_a_page_are_those_that_its_examples_give(path):
    found = doctest.testfile(str(path), module_relative=False)
    assert found.failed == 0


def test_the_explanation_of_the_model_has_numbers():
    assert doctest.testfile(str(FOLDER / "model.md"), module_relative=False).attempted > 20


def test_the_family_of_the_how_to_drafts_its_examples(monkeypatch):
    page = (FOLDER / "how-to" / "add-an-event-family.md").read_text(encoding="utf-8")
    (written,) = [one for one in steps(page) if one.file.endswith(".toml")]
    family = family_from_toml(written.text)
    known = (*families.families(), family)
    monkeypatch.setattr(families, "_families", lambda: known)
    for example in family.examples:
        published = parse_instant(example.published)
        article = article_from_bytes(example.text.encode(), source="-", published=published)
        titles = [one.title for one in draft(article, english()) if one.family == family.name]
        assert titles == ([example.title] if example.title else [])


@pytest.mark.parametrize(
    "path", [*PAGES, ROOT / "README.md", ROOT / "notebooks" / "README.md"], ids=name
)
def test_the_links_of_a_page_lead_somewhere(path):
    for link, place in LINK.findall(path.read_text(encoding="utf-8")):
        if "://" in link:
            continue
        there = (path.parent / link) if link else path
        assert there.exists(), link
        assert not place or place in anchors(there), f"{link}#{place}"


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_file_to_be_saved_is_named_in_the_prose(path):
    """A code host does not show what stands beside a fence."""
    prose, *blocks = re.split(r"^```(.*\n)", path.read_text("utf-8"), flags=re.MULTILINE)
    for fence, after in zip(blocks[::2], blocks[1::2], strict=True):
        _, _, file = fence.strip().partition(" ")
        assert not file or f"`{file}`" in prose, fence
        prose = after


def anchors(page: Path) -> set[str]:
    """The places of a page that a link can lead to."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


def test_every_page_is_reached_from_the_index():
    reached, waiting = set(), [FOLDER / "README.md"]
    while waiting:
        page = waiting.pop().resolve()
        if page not in reached and page.suffix == ".md" and page.is_relative_to(FOLDER):
            reached.add(page)
            links = [link for link, _ in LINK.findall(page.read_text("utf-8")) if link]
            waiting += [page.parent / link for link in links if "://" not in link]
    assert reached == {path.resolve() for path in PAGES}


def test_the_terms_of_the_glossary_are_in_order():
    told = (FOLDER / "glossary.md").read_text(encoding="utf-8")
    terms = re.findall(r"^\*\*(.+?)\.\*\*", told, re.MULTILINE)
    assert len(terms) > 40
    assert terms == sorted(terms, key=str.lower)


def test_the_glossary_has_the_words_that_head_the_tables_of_the_commands():
    told = (FOLDER / "glossary.md").read_text(encoding="utf-8").casefold()
    terms = re.findall(r"\*+([^*]+?)\.?\*+", " ".join(told.split()))
    known = {*terms, *(word for term in terms for word in re.split("[ ,]+", term))}
    plain = set(" ".join(PLAIN.split()).split("; "))
    lacking = {word.casefold() for word in headings() - plain}
    assert {word for word in lacking if not {word, word.removesuffix("s")} & known} == set()
