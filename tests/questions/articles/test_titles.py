import pytest
from trafilatura import load_html

from questions.articles.markup import nodes
from questions.articles.titles import page_title
from tests.questions.articles.newspaper import TITLE, meta, page

SITE = "Vestby Post post.example"


def title(raw: bytes, site: str = SITE) -> str:
    tree = load_html(raw)
    assert tree is not None
    return page_title(tree, nodes(tree), site)


def test_the_title_to_share_a_page_by_is_taken() -> None:
    shared = "Vestby closes its harbour to ships"
    assert title(page(head=meta(og__title=shared))) == shared


def test_one_that_is_unlike_all_others_is_not() -> None:
    assert title(page(head=meta(og__title="Nobody expected this!"))) == TITLE


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Harbour closes | Vestby Post", "Harbour closes"),
        ("Harbour closes - Vestby Post", "Harbour closes"),
        ("Harbour closes – The Vestby Post", "Harbour closes"),
        ("Harbour closes * Vestby Post * by Ada Berg", "Harbour closes"),
        ("Harbour closes - here is what to know", "Harbour closes - here is what to know"),
        ("Harbour closes again-and-again", "Harbour closes again-and-again"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_it(written: str, read: str) -> None:
    assert title(f"<html><head><title>{written}</title></head><body><p>x</p>".encode()) == read


def test_references_to_characters_are_resolved_however_often_they_were_made() -> None:
    linked = {"@type": "NewsArticle", "headline": "Vestby&amp;#8217;s harbour"}
    raw = page(title="Vestby&#8217;s harbour", linked=linked)
    assert title(raw) == "Vestby’s harbour"


def test_a_heading_of_the_site_does_not_win_over_that_of_the_article() -> None:
    assert title(page(top="<h1>Log in</h1>", head=meta(og__title="Zzz"))) == TITLE


def test_a_page_without_title_has_none() -> None:
    assert title(b"<html><body><p>Rain.</p></body></html>") == ""
