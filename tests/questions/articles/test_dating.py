from datetime import UTC, datetime

import pytest
from trafilatura import load_html

from questions.articles.dating import page_date, read_date
from questions.articles.markup import nodes
from tests.questions.articles.newspaper import meta, page

MAY_6 = datetime(2024, 5, 6, tzinfo=UTC)


def date(raw: bytes) -> datetime | None:
    tree = load_html(raw)
    assert tree is not None
    return page_date(tree, nodes(tree))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024-05-06", MAY_6),
        ("2024-05-06T10:00:00Z", MAY_6.replace(hour=10)),
        ("2024-05-06T10:00:00.000+0200", MAY_6.replace(hour=8)),
        ("2024-05-06 10:00:00 +02:00", MAY_6.replace(hour=8)),
        ("2024-05-06 10:00:00Z", MAY_6.replace(hour=10)),
        ("2024-05-06T10:00:00", MAY_6),
        ("Mon, 06 May 2024 10:00:00 +0200", MAY_6.replace(hour=8)),
        ("Mon, 06 May 2024 10:00:00 GMT", MAY_6.replace(hour=10)),
        ("2024-05-06T23:00:00-04:00", datetime(2024, 5, 7, 3, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", None),
        ("1970-01-01T00:00:00Z", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("2024-02-30", None),
        ("6 May 2024 10:00:00 +9999999999999999", None),
        ("6 May 99999999999999999999 10:00:00 +0000", None),
        ("soon", None),
        ("", None),
        ("1715000000", None),
    ],
)
def test_dates_are_read_as_pages_write_them(written: str, read: datetime | None) -> None:
    assert read_date(written) == read


def test_the_first_publication_counts_and_not_the_last_change() -> None:
    head = meta(article__modified_time="2024-06-01T00:00:00Z", article__published_time="2024-05-06")
    assert date(page(head=head)) == MAY_6
    linked = {"@type": "NewsArticle", "dateModified": "2024-06-01", "datePublished": "2024-05-06"}
    assert date(page(linked=linked)) == MAY_6


def test_a_date_that_cannot_be_read_gives_way_to_the_next() -> None:
    linked = {"@type": "NewsArticle", "datePublished": "yesterday"}
    assert date(page(linked=linked, head=meta(date="2024-05-06"))) == MAY_6


def test_the_date_of_an_entry_of_a_live_page_is_not_that_of_the_page() -> None:
    linked = {
        "@type": "LiveBlogPosting",
        "datePublished": "2024-05-06",
        "liveBlogUpdate": [{"@type": "BlogPosting", "datePublished": "2024-05-01"}],
    }
    assert date(page(linked=linked)) == MAY_6


def test_a_time_element_or_the_text_may_tell_it() -> None:
    marked = "<time itemprop='datePublished' datetime='2024-05-06'>today</time>"
    assert date(page(top=marked)) == MAY_6
    assert date(page(top="<p class='date'>Published on May 6, 2024</p>")) == MAY_6


def test_a_page_without_date_has_none() -> None:
    assert date(page()) is None
