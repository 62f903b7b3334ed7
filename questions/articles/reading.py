"""A text or a page, from a file or standard input, becomes an :class:`~questions.records.Article`.

In a text newlines are left as they are, and a byte order mark stays the first code point, so
that a span counts the same code points as ``open(path, encoding="utf-8", newline="").read()``.
The text of a page is what is extracted from it.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from questions.articles.charsets import usable
from questions.articles.feeds import is_feed
from questions.articles.pages import LARGEST, Page, is_page, read_page
from questions.articles.tongue import foreign
from questions.articles.words import seen
from questions.errors import BadFile, BadInput
from questions.instants import parse_instant
from questions.records import Article

_NEEDS_TEXT: Final = "give the article as a page or as plain text in UTF-8"
_NEEDS_DATE: Final = "give --published with its date, such as --published 2023-03-13"
_HEADER: Final = re.compile(
    r"^\ufeff?(?:published|publication date|date)[ \t]*:[ \t]*"
    r"(\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2}))?)[ \t]*\r?$",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER_REACH: Final = 2000
_LONGEST_TITLE: Final = 140
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])[\"”’')]*\s")
_XML: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\b")

PLAIN: Final = "plain text"
"""The extractor of a text, which is left as it is."""
Asking = Callable[[str, str], datetime | None]
"""Asks somebody when the article with a title, from a source, was published; None: not known."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an article beside its bytes; what is left empty is looked for in them."""

    published: datetime | None = None
    """Wins over whatever the article says of itself."""
    otherwise: datetime | None = None
    """Counts where the article says nothing of itself, as the date in a feed does."""
    title: str = ""
    authors: str = ""
    publisher: str = ""
    language: str = ""
    charset: str | None = None
    fetched_at: datetime | None = None
    latest: datetime | None = None
    """A later date that an article says of itself is not believed."""
    ask: Asking | None = None
    """Who is asked for a date that is not found."""


def read_article(path: Path, *, published: datetime | None = None) -> Article:
    """Read an article from a text file in UTF-8 or from a page in HTML.

    ``published`` wins over what the page says, and over a line such as
    ``Published: 2023-03-13`` near a text's top.

    Raises:
        BadFile: missing, a folder, unreadable, empty, too large, neither text nor page, not in
            English, or without a publication date that exists.
    """
    return article_from_bytes(file_bytes(path), source=str(path), published=published)


def file_bytes(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        BadFile: missing, a folder, unreadable, or larger than an article.
    """
    if path.is_dir():
        raise BadFile(path, "is a folder", "give one file")
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise BadFile(path, "there is no such file", "give the path of a file") from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise BadFile(path, f"cannot be read ({why})", _NEEDS_TEXT) from error
    _see_that_it_ends(raw, "file", path)
    return raw


def _see_that_it_ends(raw: bytes, what: str, source: object) -> None:
    """Refuse what is larger than any article."""
    if len(raw) > LARGEST:
        problem = f"is a {what} of more than {LARGEST / 1e6:g} MB"
        raise BadFile(source, problem, "save the article's text as a .txt file")


def article_from_bytes(raw: bytes, *, source: str, published: datetime | None = None) -> Article:
    r"""Read an article from bytes, such as those of standard input.

    Raises:
        BadFile: empty, too large, neither UTF-8 text nor page, not in English, or without a
            publication date that exists.
        ValueError: ``published`` has no time zone.

    >>> from datetime import UTC
    >>> raw = b"Envoy due in Oslo\n\nThe envoy will visit Oslo next week.\n"
    >>> article = article_from_bytes(raw, source="-", published=datetime(2024, 5, 6, tzinfo=UTC))
    >>> article.title, article.text[:17], len(article.sha256)
    ('Envoy due in Oslo', 'Envoy due in Oslo', 64)
    """
    if published is not None and published.tzinfo is None:
        raise ValueError("published needs a time zone")
    return article_known(raw, source, Known(published=published))


def article_known(raw: bytes, source: str, known: Known) -> Article:
    """Read an article from bytes of which something is known.

    Raises:
        BadFile: as :func:`article_from_bytes`.
    """
    _see_that_it_ends(raw, "page" if is_page(raw) else "text", source)
    page = _page(raw, source, known) if is_page(raw) else _plain(raw, source, known)
    if other := foreign(page.text, page.language or known.language):
        raise BadFile(source, f"the article is in {other}", "give one in English")
    return Article(
        title=known.title or page.title or headline(page.text),
        text=page.text,
        published=_published(page, source, known).astimezone(UTC),
        source=source,
        sha256=hashlib.sha256(raw).hexdigest(),
        authors=page.authors or known.authors,
        publisher=page.publisher or known.publisher,
        language=page.language or known.language or "en",
        extractor=page.extractor,
        fetched_at=known.fetched_at,
    )


def _published(page: Page, source: str, known: Known) -> datetime:
    """When it was published, by whoever knows best.

    Raises:
        BadFile: nobody knows.
    """
    said = (one for one in (page.published, known.otherwise) if _may_be(one, known.latest))
    when = known.published or next(said, None)
    if when is None and known.ask:
        when = known.ask(known.title or page.title, source)
    if when is None:
        what = "text" if page.extractor == PLAIN else "page"
        raise BadFile(source, f"the {what} has no publication date", _NEEDS_DATE)
    return when


def _may_be(when: datetime | None, latest: datetime | None) -> bool:
    return when is not None and (latest is None or when <= latest)


def _page(raw: bytes, source: str, known: Known) -> Page:
    page = read_page(raw, charset=known.charset, url=source if "://" in source else "")
    if page is None or not page.text:
        problem = "no article was found in the page"
        raise BadFile(source, problem, "save the article's text as a .txt file")
    return page


def _plain(raw: bytes, source: str, known: Known) -> Page:
    text = _decoded(raw, source, known.charset)
    when = known.published or _dated(text, source)
    return Page(text, headline(text), "", "", when, "", PLAIN)


def _decoded(raw: bytes, source: str, charset: str | None) -> str:
    """The text of the bytes, refused unless it is readable prose."""
    encoding = usable(charset) or "utf-8"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        problem = f"not {encoding.upper()} text (byte {error.start})"
        raise BadFile(source, problem, _NEEDS_TEXT) from error
    if "\x00" in text:
        raise BadFile(source, "not text (it holds zero bytes)", _NEEDS_TEXT)
    if not seen(text).strip():
        raise BadFile(source, "the text is empty", _NEEDS_TEXT)
    if is_feed(raw):
        raise BadFile(source, "is a feed of several articles", "give one article")
    if _XML.match(raw):
        raise BadFile(source, "XML that is neither a page nor a feed", _NEEDS_TEXT)
    return text


def _dated(text: str, source: str) -> datetime | None:
    """The publication date of an explicit header line, where there is one."""
    if (header := _HEADER.search(text, 0, _HEADER_REACH)) is None:
        return None
    try:
        return parse_instant(header[1], what="publication date")
    except BadInput as error:
        problem = f"the publication date {header[1]} does not exist"
        raise BadFile(source, problem, _NEEDS_DATE) from error


def headline(text: str) -> str:
    r"""The first line where it looks like a headline, else the first sentence, cut sensibly.

    >>> headline("Votes are counted\n\nCounting began on Monday.")
    'Votes are counted'
    >>> headline("Counting began on Monday. It will take days.")
    'Counting began on Monday.'
    """
    lines = (seen(line).strip() for line in text.splitlines())
    first = next(filter(None, lines), "")
    if not next(lines, "") and len(first) <= _LONGEST_TITLE and not first.endswith("."):
        return first
    return _cut(_SENTENCE_END.split(first, maxsplit=1)[0].strip())


def _cut(sentence: str) -> str:
    """A sentence short enough for a title, cut between words."""
    if len(sentence) <= _LONGEST_TITLE:
        return sentence
    kept = sentence[: _LONGEST_TITLE - 1]
    return (kept.rsplit(None, 1)[0] if " " in kept else kept) + "…"
