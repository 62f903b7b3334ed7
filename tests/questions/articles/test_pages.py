from datetime import UTC, datetime

import pytest

from questions.articles.pages import is_page, read_page
from tests.questions.articles.newspaper import BODY, DATED, LEAD, TITLE, meta, page

WHEN = datetime(2024, 5, 6, 6, 30, tzinfo=UTC)


def test_a_page_becomes_the_paragraphs_of_its_article() -> None:
    found = read_page(page(head=DATED))
    assert found is not None
    assert found.text == "\n\n".join(BODY)
    assert (found.title, found.publisher, found.published) == (TITLE, "Vestby Post", WHEN)
    assert found.language == "en"
    assert found.extractor.startswith("trafilatura 2.")


def test_what_the_page_says_in_json_is_believed_first() -> None:
    linked = {
        "@graph": [
            {"@type": "WebPage", "datePublished": "2020-01-01"},
            {
                "@type": ["NewsArticle"],
                "headline": TITLE,
                "datePublished": "2024-05-05T23:00:00-04:00",
                "author": [{"@type": "Person", "name": "Ada Berg"}, {"name": "Jo Lind"}],
                "publisher": {"@type": "Organization", "name": "The Vestby Post"},
                "inLanguage": "en-GB",
            },
        ]
    }
    found = read_page(page(head=DATED, linked=linked, lang=""))
    assert found is not None
    assert found.published == datetime(2024, 5, 6, 3, tzinfo=UTC)
    assert (found.authors, found.publisher) == ("Ada Berg; Jo Lind", "The Vestby Post")
    assert found.language == "en-GB"


def test_an_author_of_a_page_without_json_is_that_of_its_meta_element() -> None:
    head = '<meta name="author" content="Ada Berg"><meta name="parsely-author" content="x">'
    found = read_page(page(head=head))
    assert found is not None
    assert found.authors == "Ada Berg"


def test_an_address_is_nobodys_name() -> None:
    head = '<meta property="article:author" content="https://post.example/ada">'
    found = read_page(page(head=head))
    assert found is not None
    assert found.authors == ""


def test_the_publisher_is_the_host_where_the_page_names_none() -> None:
    found = read_page(page(), url="https://www.post.example/a")
    assert found is not None
    assert found.publisher == "post.example"


@pytest.mark.parametrize("charset", ["utf-8", "latin-1", "utf-16", "no-such-charset", "none"])
def test_the_encoding_that_the_server_names_is_tried_first(charset: str) -> None:
    sent = "utf-8" if charset.startswith("no") else charset
    body = (*BODY, "The café “Zürich” stays open, said Bjørn.") if sent == "utf-8" else BODY
    raw = page(body=body, head=DATED).decode().encode(sent, "replace")
    found = read_page(raw, charset=charset)
    assert found is not None
    assert found.text == "\n\n".join(body)


def test_a_page_without_article_gives_nothing() -> None:
    empty = read_page(b"<html><body></body></html>")
    assert empty is None or empty.text == ""


def test_titles_and_names_have_an_end() -> None:
    long = "Rain " * 500
    linked = {"@type": "NewsArticle", "author": {"name": long}, "publisher": {"name": long}}
    found = read_page(page(title=long, linked=linked, lang="x" * 400))
    assert found is not None
    assert [len(one) for one in (found.title, found.authors, found.publisher)] == [300] * 3
    assert found.language == ""


def test_a_page_of_very_many_elements_is_not_read() -> None:
    assert read_page(b"<html><body>" + b"<i>x</i>" * 60_000) is None
    assert read_page(b"<html><body>" + b"<" * 300_000) is None


def test_control_characters_and_marks_of_direction_do_not_come_through() -> None:
    body = (BODY[0] + "&#27;[31m\u202e red", *BODY[1:])
    head = DATED + meta(og__title="Har\u202ebour&#7;")
    found = read_page(page(body=body, head=head, title="Har\u202ebour"))
    assert found is not None
    for text in (found.text, found.title, found.publisher):
        assert not set(text) & {"\x1b", "\u202e", "\x07"}


def test_halves_of_characters_do_not_come_through() -> None:
    linked = {"@type": "NewsArticle", "headline": "Har\ud800bour", "author": {"name": "Jo\udfff"}}
    found = read_page(page(title="", linked=linked))
    assert found is not None
    assert (found.title, found.authors) == ("Har bour", "Jo")


@pytest.mark.parametrize(
    ("raw", "is_html"),
    [
        (b"<!doctype HTML>", True),
        (b"\xef\xbb\xbf \n<html lang='en'>", True),
        (b"<?xml version='1.0'?>\n<!-- a --><!DOCTYPE html>", True),
        (b"<p>Rain", True),
        (b"Rain <p>", False),
        (b"<?xml version='1.0'?><rss>", False),
        (b"<person>", False),
        (b"", False),
        (b"<!---->" * 5000 + b"x", False),
    ],
)
def test_html_is_known_by_how_it_begins(raw: bytes, is_html: bool) -> None:
    assert is_page(raw) is is_html


def test_the_lead_stands_first_where_a_reader_sees_it() -> None:
    head = DATED + meta(og__description=LEAD)
    found = read_page(page(head=head, top=f"<h2>{LEAD}</h2>"))
    assert found is not None
    assert found.text.split("\n\n")[0] == LEAD
    assert found.text.count(LEAD) == 1


def test_a_description_that_no_reader_sees_is_left_out() -> None:
    found = read_page(page(head=DATED + meta(og__description=LEAD)))
    assert found is not None
    assert LEAD not in found.text
