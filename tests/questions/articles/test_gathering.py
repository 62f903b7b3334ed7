from datetime import UTC, datetime
from pathlib import Path

import pytest

from questions.articles.gathering import Errand, Found, gather
from questions.errors import BadFile
from questions.records import Article
from tests.questions.articles.conftest import Site
from tests.questions.articles.newspaper import BODY, DATED, TITLE, page

NOW = datetime(2024, 5, 7, 12, tzinfo=UTC)
WHEN = datetime(2024, 5, 6, tzinfo=UTC)
TEXT = "Published: 2024-05-06\n\nThe harbour is closed."


def errand(site: Site | None = None, **known: object) -> Errand:
    network = {"network": site.network()} if site else {}
    return Errand(NOW, **(network | known))  # type: ignore[arg-type]


def articles(found: list[Found]) -> list[Article]:
    return [one for one in found if isinstance(one, Article)]


def errors(found: list[Found]) -> list[str]:
    return [str(one) for one in found if not isinstance(one, Article)]


def rss(*items: str) -> bytes:
    return (
        f"<rss version='2.0'><channel><title>Post</title>{''.join(items)}</channel></rss>".encode()
    )


def item(link: str, title: str = "Rain", date: str = "Mon, 06 May 2024 00:00:00 GMT") -> str:
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate></item>"


def test_an_address_gives_its_article_with_the_time_at_which_it_was_fetched(site: Site) -> None:
    url = site.put("/a", page(head=DATED))
    (found,) = articles(list(gather(url, errand(site))))
    assert (found.title, found.source, found.fetched_at) == (TITLE, url, NOW)
    assert found.text == "\n\n".join(BODY)


def test_the_source_is_where_a_redirect_led_to(site: Site) -> None:
    end = site.put("/new", page(head=DATED))
    (found,) = articles(list(gather(site.put("/", status=301, Location="/new"), errand(site))))
    assert found.source == end


def test_an_address_of_a_text_gives_it_as_it_is(site: Site) -> None:
    (found,) = articles(list(gather(site.put("/a", TEXT.encode(), "text/plain"), errand(site))))
    assert (found.text, found.extractor, found.published) == (TEXT, "plain text", WHEN)


def test_an_address_without_a_date_is_refused_until_one_is_given(site: Site) -> None:
    url = site.put("/a", page())
    with pytest.raises(BadFile, match=f"{url}: the page has no publication date; give --published"):
        list(gather(url, errand(site)))
    (found,) = articles(list(gather(url, errand(site, published=WHEN))))
    assert found.published == WHEN


def test_a_date_that_is_still_to_come_is_not_believed(site: Site) -> None:
    late = page(head=DATED.replace("2024", "2034"))
    with pytest.raises(BadFile, match="no publication date"):
        list(gather(site.put("/a", late), errand(site)))
    url = site.put("/feed", rss(item("/a")), "text/xml")
    assert articles(list(gather(url, errand(site))))[0].published == WHEN


def test_standard_input_may_hold_a_page_or_a_feed(site: Site) -> None:
    (found,) = articles(list(gather("-", errand(), page(head=DATED))))
    assert (found.title, found.source) == (TITLE, "-")
    feed = rss(item(site.put("/a", page())))
    (found,) = articles(list(gather("-", errand(site), feed)))
    assert found.title == TITLE


def test_a_folder_gives_its_files_in_the_order_of_their_names(tmp_path: Path) -> None:
    (tmp_path / "b.html").write_bytes(page(head=DATED))
    (tmp_path / "a.TXT").write_text(TEXT, encoding="utf-8")
    (tmp_path / "c.png").write_bytes(b"no text")
    (tmp_path / "d.txt").mkdir()
    found = articles(list(gather(str(tmp_path), errand())))
    assert [Path(one.source).name for one in found] == ["a.TXT", "b.html"]


def test_what_a_folder_holds_beside_articles_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "c.txt").write_text("Undated.", encoding="utf-8")
    found = list(gather(str(tmp_path), errand()))
    assert len(articles(found)) == 1
    empty, undated = errors(found)
    assert "a.txt: the text is empty" in empty
    assert "c.txt: the text has no publication date" in undated


def test_a_folder_without_articles_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"x")
    with pytest.raises(BadFile, match=r"is a folder without articles; give one with files.*\.txt"):
        list(gather(str(tmp_path), errand()))


def test_a_feed_gives_the_articles_that_it_links_to(site: Site) -> None:
    site.put("/a", page(head=DATED))
    site.put("/b", page(title="Rain stays"))
    url = site.put("/feed", rss(item("/a"), item("/b"), item("/a")), "application/rss+xml")
    found = articles(list(gather(url, errand(site))))
    assert [one.title for one in found] == [TITLE, "Rain stays"]
    assert [one.source for one in found] == [site.url("/a"), site.url("/b")]
    assert [one.published.hour for one in found] == [6, 0]  # of the page, then of the feed
    assert [one.publisher for one in found] == ["Vestby Post", "news.example"]


def test_the_date_that_is_given_wins_over_that_of_an_entry(site: Site) -> None:
    site.put("/a", page())
    url = site.put("/feed", rss(item("/a")), "text/xml")
    (found,) = articles(list(gather(url, errand(site, published=NOW))))
    assert found.published == NOW


def test_an_entry_that_is_whole_is_not_fetched(site: Site) -> None:
    whole = "".join(f"<p>{one} {place}</p>" for place in range(4) for one in BODY)
    entry = (
        "<item><title>Whole</title><link>https://post.example/a</link><pubDate>Mon, 06 May 2024 "
        "00:00:00 GMT</pubDate><content:encoded xmlns:content='http://purl.org/rss/1.0/modules/"
        f"content/'><![CDATA[{whole}]]></content:encoded></item>"
    )
    (found,) = articles(list(gather(site.put("/feed", rss(entry), "text/xml"), errand(site))))
    assert (found.title, found.source) == ("Whole", "https://post.example/a")
    assert found.text.split("\n\n")[0] == f"{BODY[0]} 0"
    assert len(found.text.split("\n\n")) == 16
    assert [path for _, path in site.asked] == ["/feed"]


def test_links_of_a_feed_are_guarded_like_any_address_and_the_others_go_on(
    site: Site, tmp_path: Path
) -> None:
    names = {"news.example": ["127.0.0.1"], "inside.example": ["10.0.0.7"]}
    path = tmp_path / "feed.xml"
    path.write_bytes(
        rss(
            item("http://inside.example/"),
            item("file:///etc/passwd"),
            item(""),
            item(site.put("/pdf", b"%PDF", "application/pdf")),
            item(site.put("/feed", rss(item("/a")), "text/xml")),
            item(site.put("/a", page())),
        )
    )
    network = site.network(resolve=lambda host, port: names[host])
    found = list(gather(str(path), Errand(NOW, network=network)))
    assert [one.title for one in articles(found)] == [TITLE]
    inside, file, nowhere, pdf, feed = errors(found)
    assert "10.0.0.7, which is not on the public internet" in inside
    assert "file: is not fetched" in file
    assert "has neither its article nor a link to it" in nowhere
    assert "holds application/pdf" in pdf
    assert "leads to another feed" in feed


def test_a_feed_without_entries_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.rss"
    path.write_bytes(rss())
    with pytest.raises(BadFile, match=r"a\.rss: no entries were found in the feed; give"):
        list(gather(str(path), errand()))


def test_only_the_first_entries_of_a_long_feed_are_read(site: Site) -> None:
    links = [site.put(f"/{place}", page()) for place in range(32)]
    url = site.put("/feed", rss(*map(item, links)), "text/xml")
    found = list(gather(url, errand(site)))
    assert len(articles(found)) == 30
    assert "has 32 entries, of which the first 30 are read" in errors(found)[0]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="there is no such file"):
        list(gather(str(tmp_path / "none.txt"), errand()))
    with pytest.raises(BadFile, match="cannot be read"):
        list(gather("a\0b.txt", errand()))


def test_entries_that_were_read_are_not_fetched_again_and_those_that_failed_are(site: Site) -> None:
    read, failing = site.put("/a", page(head=DATED)), site.url("/b")
    url = site.put("/feed", rss(item("/a"), item("/b")), "text/xml")
    seen: set[str] = set()
    list(gather(url, errand(site, seen=seen)))
    assert seen == {read}
    site.asked.clear()
    found = list(gather(url, errand(site, seen=seen)))
    assert articles(found) == []
    assert [path for _, path in site.asked] == ["/feed", "/b"]
    assert failing in errors(found)[0]
