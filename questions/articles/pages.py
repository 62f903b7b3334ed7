"""A page in HTML becomes its article: text, title, authors, publisher, date, language."""

import logging
import re
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from questions.articles import markup
from questions.articles.charsets import usable
from questions.articles.dating import page_date
from questions.articles.prose import paragraphs
from questions.articles.titles import page_title
from questions.articles.tongue import tag_of
from questions.articles.words import label

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LARGEST: Final = 5_000_000
"""Bytes of a page that is read."""
_ELEMENTS: Final = 50_000
_TAGS: Final = 200_000
"""A page of more elements, or of more that looks like tags, is made to keep a reader busy."""
_HTML: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?><\?xml[^>]*>\s*|<!--.*?-->\s*)*+"
    rb"<(?:!doctype html|html|head|body|title|meta|article|main|div|p|h1)\b",
    re.IGNORECASE | re.DOTALL,
)
_ADDRESS: Final = re.compile(r"https?:|www\.|^@|\.(?:com|org|net)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """What was found in a page; an empty text or None where something was not."""

    text: str
    """Paragraphs with an empty line between them."""
    title: str
    authors: str
    publisher: str
    published: datetime | None
    language: str
    extractor: str


def is_page(raw: bytes) -> bool:
    """Whether some bytes begin as HTML does.

    >>> is_page(b"<!DOCTYPE html><p>Rain"), is_page(b"Rain <b>is</b> due")
    (True, False)
    """
    return bool(_HTML.match(raw[:4096]))


def read_page(raw: bytes, *, charset: str | None = None, url: str = "") -> Page | None:
    """The article in a page; None where there is none.

    ``charset`` is what the server says of the encoding; without it the page itself is asked.
    """
    import trafilatura

    if raw.count(b"<") > _TAGS:
        return None
    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    page = trafilatura.load_html(_decoded(raw, charset))
    if page is None or next(islice(page.iter(), _ELEMENTS, None), None) is not None:
        return None
    known = markup.nodes(page)
    site = markup.meta(page, "og:site_name", "application-name")
    publisher = markup.names(markup.articles(known), "publisher")
    title = page_title(page, known, " ".join([site, *publisher, _host(url)]))
    text = "\n\n".join(paragraphs(page, known, title))
    return Page(
        text=text,
        title=label(title),
        authors=label("; ".join(_authors(page, known))),
        publisher=label((publisher or [site])[0] or _host(url)),
        published=page_date(page, known),
        language=_language(page, known),
        extractor=f"trafilatura {trafilatura.__version__}",
    )


def _decoded(raw: bytes, charset: str | None) -> bytes | str:
    try:
        return raw.decode(known) if (known := usable(charset)) else raw
    except UnicodeDecodeError:
        return raw


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _authors(page: "HtmlElement", known: list[markup.Node]) -> list[str]:
    """Who wrote it, as far as the page says so in a way that machines read."""
    meta = markup.metas(page, "author", "parsely-author", "article:author")[:1]
    found = markup.names(markup.articles(known), "author") or meta
    return [one for one in found if not _ADDRESS.search(one)] or _byline(page)


def _byline(page: "HtmlElement") -> list[str]:
    from trafilatura import extract_metadata

    found = extract_metadata(deepcopy(page))
    return [found.author] if found and found.author else []


def _language(page: "HtmlElement", known: list[markup.Node]) -> str:
    """The tag of the page's language; empty where it says none."""
    said = (
        page.get("lang") or "",
        markup.stated(markup.articles(known), "inLanguage"),
        markup.meta(page, "og:locale", "language"),
    )
    return next(filter(None, map(tag_of, said)), "")
