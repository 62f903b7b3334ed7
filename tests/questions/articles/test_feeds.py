import time
from datetime import UTC, datetime

import pytest

from questions.articles.feeds import entries, is_feed

LONG = "<p>" + "The harbour of Vestby is closed to ships. " * 30 + "</p>"
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Vestby Post</title>
<language>en-gb</language>
<item><title>Harbour &amp; quay</title><link>/harbour</link><dc:creator>Ada Berg</dc:creator>
<pubDate>Mon, 06 May 2024 10:00:00 +0200</pubDate><description>Short.</description></item>
<item><title>Whole</title><link>https://post.example/whole</link>
<content:encoded><![CDATA[{LONG}]]></content:encoded></item>
<item><title>Cut</title><link>https://post.example/cut</link>
<content:encoded><![CDATA[{LONG}Read more…]]></content:encoded></item>
</channel></rss>""".encode()
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title>
<entry><title>Whole</title><link href="https://post.example/a"/><author><name>Jo</name></author>
<updated>2024-05-06T08:00:00Z</updated><content type="html">{LONG.replace("<", "&lt;")}</content>
</entry></feed>""".encode()
BOMB = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">
<!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;"><!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;">
<!ENTITY h "&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;">]><rss version="2.0"><channel><title>&h;</title>
<item><title>&h;</title><link>https://post.example/a</link></item></channel></rss>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<rss version="2.0"><channel><item><title>&a;</title></item></channel></rss>"""


def test_an_entry_says_what_it_knows_of_its_article() -> None:
    first, *_ = entries(RSS, "https://post.example/feed")
    assert (first.title, first.link) == ("Harbour & quay", "https://post.example/harbour")
    assert (first.authors, first.publisher) == ("Ada Berg", "Vestby Post")
    assert first.published == datetime(2024, 5, 6, 8, tzinfo=UTC)
    assert (first.language, first.content) == ("en-gb", "")


def test_an_entry_says_nothing_that_a_terminal_would_obey_or_that_has_no_end() -> None:
    raw = (
        "<rss version='2.0'><channel><title>Post\u202e</title><language>the Queen's</language>"
        f"<item><title>Har\u202ebour {'long ' * 100}</title></item></channel></rss>"
    )
    (only,) = entries(raw.encode())
    assert only.title.startswith("Har bour long")
    assert (len(only.title), only.publisher, only.language) == (300, "Post", "")


def test_a_link_that_is_no_address_is_none() -> None:
    raw = b"<rss version='2.0'><channel><item><link>http://[x</link></item></channel></rss>"
    assert [one.link for one in entries(raw, "https://post.example/feed")] == [""]
    assert [one.link for one in entries(raw)] == [""]


def test_content_counts_where_it_is_whole() -> None:
    _, whole, cut = entries(RSS)
    assert whole.content == LONG
    assert cut.content == ""


def test_atom_is_read_as_well() -> None:
    (only,) = entries(ATOM)
    assert (only.title, only.link, only.authors) == ("Whole", "https://post.example/a", "Jo")
    assert only.published == datetime(2024, 5, 6, 8, tzinfo=UTC)
    assert only.content == LONG


@pytest.mark.parametrize(
    ("raw", "is_one"),
    [
        (RSS, True),
        (ATOM, True),
        (BOMB, True),
        (b"\xef\xbb\xbf<?xml version='1.0'?><!-- a --><rdf:RDF xmlns='x'>", True),
        (b"<html><body><rss>", False),
        (b"<?xml version='1.0'?><note/>", False),
        (b"rss", False),
        (b"<!---->" * 5000, False),
        (b"<??>" * 5000, False),
    ],
)
def test_a_feed_is_known_by_its_root(raw: bytes, is_one: bool) -> None:
    assert is_feed(raw) is is_one


@pytest.mark.parametrize("raw", [BOMB, OUTSIDE])
def test_entities_are_not_unfolded(raw: bytes) -> None:
    started = time.monotonic()
    assert all(len(one.title) < 1000 and "root:" not in one.title for one in entries(raw))
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    "raw",
    [b"", b"<rss", b"<rss><channel>", b"\xff\xfe\x00", b"<feed/>", b"<rss>" + b"<a>" * 300_000],
)
def test_a_feed_that_is_none_has_no_entries(raw: bytes) -> None:
    assert entries(raw) == []


def test_bytes_that_look_like_a_place_are_not_opened(tmp_path: object) -> None:
    assert entries(b"https://post.example/feed") == []
    assert entries(b"/etc/passwd") == []
