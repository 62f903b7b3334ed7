import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.articles import article_from_bytes, read_article
from questions.articles.reading import Known, article_known, headline
from questions.errors import BadFile
from tests.questions.articles.newspaper import BODY, DATED, TITLE, page

GERMAN = (
    "Der Hafen wird am Montag geschlossen, sagte der Hafenmeister. Zwei Kräne müssen vor dem "
    "Winter repariert werden, und die Arbeiten können bis Juni dauern. Der Rat der Stadt will "
    "in der nächsten Woche darüber abstimmen, wer die Reparatur bezahlen soll."
)
WHEN = datetime(2024, 5, 6, 9, 30, tzinfo=UTC)


def test_the_text_is_the_file_as_decoded(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Ein Kopf\r\n\r\nZürich — “gut”.\rEnde\n".encode())
    with path.open(encoding="utf-8", newline="") as file:
        assert read_article(path, published=WHEN).text == file.read()


def test_a_byte_order_mark_stays_the_first_code_point(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfA headline\n\nSome text.")
    article = read_article(path, published=WHEN)
    assert article.text[0] == "\ufeff"
    assert article.title == "A headline"
    with path.open(encoding="utf-8", newline="") as file:
        assert article.text == file.read()


def test_the_hash_is_that_of_the_raw_bytes() -> None:
    # sha256 of b"abc", FIPS 180-2, appendix B.1
    article = article_from_bytes(b"abc", source="-", published=WHEN)
    assert article.sha256.startswith("ba7816bf8f01cfea414140de5dae2223")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Harbour reopens\n\nShips came in.", "Harbour reopens"),
        ("Harbour reopens\r\n\r\nShips came in.", "Harbour reopens"),
        ("\n\n  Harbour reopens  \n\nShips came in.", "Harbour reopens"),
        ("Ships came in. More will follow.\n\nThe end.", "Ships came in."),
        ("Ships came in\nand left again. Then it rained.", "Ships came in"),
        ("Is it over? Nobody knows.", "Is it over?"),
        ("\u00a0\n\x0b\nHarbour reopens\n\nShips came in.", "Harbour reopens"),
        ("Harbour\x1b[2J reopens\n\nShips came in.", "Harbour [2J reopens"),
    ],
)
def test_the_title_is_the_headline_or_the_first_sentence(text: str, title: str) -> None:
    assert headline(text) == title


def test_a_long_first_sentence_is_cut_between_words() -> None:
    title = headline("word " * 100)
    assert len(title) <= 140
    assert title.endswith("word…")


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ("Published: 2023-03-13", datetime(2023, 3, 13, tzinfo=UTC)),
        ("Date: 2023-03-13T08:00+02:00", datetime(2023, 3, 13, 6, tzinfo=UTC)),
        ("publication date: 2023-03-13", datetime(2023, 3, 13, tzinfo=UTC)),
    ],
)
def test_a_header_line_gives_the_date(line: str, when: datetime) -> None:
    raw = f"Headline\n{line}\n\nText.".encode()
    assert article_from_bytes(raw, source="-").published == when


def test_a_header_line_may_follow_a_byte_order_mark() -> None:
    raw = "\ufeffPublished: 2023-03-13\n\nText.".encode()
    assert article_from_bytes(raw, source="-").published == datetime(2023, 3, 13, tzinfo=UTC)


def test_the_date_that_is_given_wins_over_the_header() -> None:
    raw = b"Published: 2023-03-13\n\nText."
    assert article_from_bytes(raw, source="-", published=WHEN).published == WHEN


@pytest.mark.parametrize(
    "text",
    ["A visit on 2023-03-13.", "Published: 13/03/2023", "Published: soon"],
)
def test_without_an_exact_date_the_text_is_refused(text: str) -> None:
    with pytest.raises(BadFile, match="no publication date; give --published"):
        article_from_bytes(text.encode(), source="a.txt")


@pytest.mark.parametrize("date", ["2023-02-30", "2023-13-01", "2023-03-13T25:00Z"])
def test_a_date_that_does_not_exist_is_refused_as_that(date: str) -> None:
    raw = f"Published: {date}\n\nText.".encode()
    with pytest.raises(BadFile, match=f"date {date} does not exist; give --published"):
        article_from_bytes(raw, source="a.txt")
    assert article_from_bytes(raw, source="a.txt", published=WHEN).published == WHEN


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        ("\u00a0\u2028\u200b\x0b".encode(), "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (b"caf\xe9", "not UTF-8"),
        (b"PK\x03\x04\x00\x00", "zero bytes"),
        (b"<!DOCTYPE html><html><body></body></html>", "no article was found in the page"),
        (b"\xef\xbb\xbf  <html lang='en'>", "no article was found in the page"),
        (b"<html><body>" + b"<p>Rain.</p>" * 500_000, "a page of more than 5 MB"),
        (b"Rain. " * 900_000, "a text of more than 5 MB"),
        (b"<?xml version='1.0'?><note>Rain.</note>", "XML that is neither a page nor a feed"),
        (b"<?xml version='1.0'?><rss version='2.0'></rss>", "is a feed of several articles"),
        (GERMAN.encode(), "the article is in another language than English; give one in English"),
        (page(body=(GERMAN,), lang="de"), "the article is in German"),
        (page(body=("Kurz.",), lang="de"), "the article is in German"),
    ],
)
def test_what_is_not_plain_text_is_refused(raw: bytes, what: str) -> None:
    with pytest.raises(BadFile, match=what) as refusal:
        article_from_bytes(raw, source="a.txt", published=WHEN)
    assert "\n" not in str(refusal.value)
    assert refusal.value.exit_code == 2


def test_a_page_is_known_by_its_content_and_becomes_an_article(tmp_path: Path) -> None:
    path = tmp_path / "saved.txt"
    path.write_bytes(page(head=DATED))
    article = read_article(path)
    assert (article.title, article.text) == (TITLE, "\n\n".join(BODY))
    assert article.published == datetime(2024, 5, 6, 6, 30, tzinfo=UTC)
    assert (article.publisher, article.language) == ("Vestby Post", "en")
    assert article.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert article.extractor.startswith("trafilatura ")
    assert article.fetched_at is None


def test_the_date_that_is_given_wins_over_that_of_the_page() -> None:
    raw = page(head=DATED)
    assert article_from_bytes(raw, source="-", published=WHEN).published == WHEN


def test_a_page_without_date_is_refused_until_one_is_given() -> None:
    with pytest.raises(BadFile, match="the page has no publication date; give --published"):
        article_from_bytes(page(), source="-")
    assert article_from_bytes(page(), source="-", published=WHEN).published == WHEN


def test_somebody_is_asked_for_a_date_that_is_not_found_and_only_then() -> None:
    asked: list[tuple[str, str]] = []

    def ask(title: str, source: str) -> datetime | None:
        asked.append((title, source))
        return WHEN if len(asked) == 1 else None

    assert article_known(page(), "a.html", Known(ask=ask)).published == WHEN
    with pytest.raises(BadFile, match="no publication date"):
        article_known(b"Rain.", "a.txt", Known(ask=ask))
    article_known(page(head=DATED), "b.html", Known(ask=ask))
    assert asked == [(TITLE, "a.html"), ("Rain.", "a.txt")]


def test_the_encoding_that_a_server_names_is_that_of_a_text() -> None:
    known = Known(published=WHEN, charset="latin-1")
    assert article_known("Café.".encode("latin-1"), "u", known).text == "Café."
    assert article_known(b"Rain.", "u", Known(published=WHEN, charset="none")).text == "Rain."
    with pytest.raises(BadFile, match="not ASCII text"):
        article_known("Café.".encode(), "u", Known(published=WHEN, charset="ascii"))


def test_a_file_without_end_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "endless.txt"
    with path.open("wb") as file:
        file.truncate(10**12)
    with pytest.raises(BadFile, match="a file of more than 5 MB"):
        read_article(path, published=WHEN)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="no such file"):
        read_article(tmp_path / "none.txt", published=WHEN)
    with pytest.raises(BadFile, match="is a folder"):
        read_article(tmp_path, published=WHEN)


def test_a_published_time_without_a_zone_is_a_programmers_mistake() -> None:
    naive = WHEN.replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        article_from_bytes(b"Text.", source="-", published=naive)


@given(
    st.text(
        alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00<"), max_size=90
    )
)
def test_any_text_is_read_as_it_is(text: str) -> None:
    raw = ("a" + text).encode()
    article = article_from_bytes(raw, source="-", published=WHEN)
    assert article.text == "a" + text
    assert len(article.title) <= 140
