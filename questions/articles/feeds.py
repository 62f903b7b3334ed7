"""An RSS or Atom feed becomes its entries, read by feedparser."""

import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from questions.articles.tongue import tag_of
from questions.articles.words import label, untagged, words

_FEED: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*"
    rb"(?><\?.*?\?>\s*|<!--.*?-->\s*|<!doctype[^>\[]*(?:\[.*?\]\s*)?>\s*)*+"
    rb"<(?:\w+:)?(?:rss|feed|rdf)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAGS: Final = 200_000
"""A feed of more that looks like tags is made to keep a reader busy."""
_WHOLE: Final = 150
"""Words of an entry's own content from which it may be the whole article."""
_CUT: Final = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|read (?:more|on)|continue reading|full (?:story|article))\W*$",
    re.IGNORECASE,
)
_END: Final = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed, with whatever it says of its article."""

    title: str
    link: str
    """The address of its article; empty where there is none."""
    authors: str
    publisher: str
    published: datetime | None
    language: str
    content: str
    """Its own content in HTML, where that is the whole article; else empty."""


def is_feed(raw: bytes) -> bool:
    """Whether some bytes begin as RSS or Atom does.

    >>> is_feed(b"<?xml version='1.0'?><rss version='2.0'>"), is_feed(b"<html>")
    (True, False)
    """
    return bool(_FEED.match(raw[:4096]))


def entries(raw: bytes, base: str = "") -> list[Entry]:
    """The entries of a feed, in its order; none where it cannot be read.

    ``base`` is the feed's own address, from which its links are understood.
    """
    import feedparser

    if raw.count(b"<") > _TAGS:
        return []
    found = feedparser.parse(io.BytesIO(raw), resolve_relative_uris=False, sanitize_html=False)
    return [_entry(one, found.feed, base) for one in found.entries]


def _entry(one: Any, feed: Any, base: str) -> Entry:
    return Entry(
        title=label(untagged(one.get("title", ""))),
        link=_joined(base, one.get("link", "")),
        authors=label(one.get("author", "")),
        publisher=label(feed.get("title", "")),
        published=_instant(one.get("published_parsed") or one.get("updated_parsed")),
        language=tag_of(feed.get("language", "")),
        content=_whole(one.get("content", [])),
    )


def _joined(base: str, link: str) -> str:
    """Where a link leads; nothing where it is no address."""
    try:
        return urlsplit(urljoin(base, link.strip())).geturl()
    except ValueError:
        return ""


def _instant(parsed: Any) -> datetime | None:
    """An instant of the UTC fields that feedparser gives."""
    try:
        return datetime(*parsed[:6]).replace(tzinfo=UTC) if parsed else None  # noqa: DTZ001
    except (ValueError, OverflowError):
        return None


def _whole(contents: Any) -> str:
    """The longest content of an entry, where it looks like all of the article."""
    longest = max((one.get("value", "") for one in contents), key=len, default="")
    told = untagged(longest).strip()
    return longest if len(words(told)) >= _WHOLE and not _CUT.search(told[-_END:]) else ""
