"""Whatever a person names as an article becomes Articles.

That is a file (a text, a page or a feed), an address of one, a folder of them, or standard
input. Of a folder or a feed, what cannot be read is given back as its error, and the others
go on.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from questions.articles.feeds import Entry, entries, is_feed
from questions.articles.fetching import fetch, is_address
from questions.articles.network import Network
from questions.articles.reading import Asking, Known, article_known, file_bytes
from questions.errors import BadFile, TidingsError
from questions.instants import DAY
from questions.records import Article

KINDS: Final = (".txt", ".text", ".html", ".htm", ".xhtml", ".xml", ".rss", ".atom")
"""How the names of files end that are read of a folder."""
MOST_ENTRIES: Final = 30
"""Entries of a feed that are read, the first ones."""


@dataclass(frozen=True, slots=True)
class Errand:
    """How articles are taken in: by which clock, network and date, and who is asked."""

    now: datetime
    published: datetime | None = None
    """The publication date of every article; None: each says it of itself."""
    ask: Asking | None = None
    network: Network = field(default_factory=Network)
    seen: set[str] = field(default_factory=set)
    """Links of a feed's entries that are not followed again; those that were read join them."""


Found = Article | TidingsError


def gather(place: str, errand: Errand, typed: bytes | None = None) -> Iterator[Found]:
    """The articles at a place, and the errors of those members of a folder or feed that failed.

    ``typed`` is what standard input held, where that is the place.

    Raises:
        BadFile: the place itself cannot be read, or it is a folder or feed without articles.
    """
    known = Known(published=errand.published, ask=errand.ask, latest=errand.now + DAY)
    if typed is not None:
        yield from _from_bytes(typed, place, known, errand)
    elif is_address(place):
        yield from _from_address(place, known, errand)
    elif Path(place).is_dir():
        yield from _from_folder(Path(place), known, errand)
    else:
        yield from _from_bytes(file_bytes(Path(place)), place, known, errand)


def _from_address(url: str, known: Known, errand: Errand) -> Iterator[Found]:
    page = fetch(url, errand.network)
    fetched = replace(known, charset=page.charset, fetched_at=errand.now)
    yield from _from_bytes(page.body, page.url, fetched, errand)


def _from_folder(folder: Path, known: Known, errand: Errand) -> Iterator[Found]:
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise BadFile(folder, problem, "give a folder that can be read") from error
    members = [one for one in inside if one.suffix.lower() in KINDS and one.is_file()]
    if not members:
        problem = "is a folder without articles"
        raise BadFile(folder, problem, f"give one with files that end in {', '.join(KINDS)}")
    for path in members:
        try:
            yield from _from_bytes(file_bytes(path), str(path), known, errand)
        except TidingsError as error:
            yield error


def _from_bytes(raw: bytes, source: str, known: Known, errand: Errand) -> Iterator[Found]:
    if not is_feed(raw):
        yield article_known(raw, source, known)
        return
    listed = _each_once(entries(raw, source if is_address(source) else ""))
    if not listed:
        raise BadFile(
            source, "no entries were found in the feed", "give a feed or page with an article"
        )
    for entry in listed[:MOST_ENTRIES]:
        if entry.link in errand.seen:
            continue
        try:
            yield _of_entry(entry, source, known, errand)
        except TidingsError as error:
            yield error
        else:
            errand.seen.update({entry.link} - {""})
    if len(listed) > MOST_ENTRIES:
        problem = f"has {len(listed)} entries, of which the first {MOST_ENTRIES} are read"
        yield BadFile(source, problem, "give the others by their addresses")


def _each_once(listed: list[Entry]) -> list[Entry]:
    """The entries without those whose link another one had before."""
    by_link: dict[object, Entry] = {}
    for place, entry in enumerate(listed):
        by_link.setdefault(entry.link or place, entry)
    return list(by_link.values())


def _of_entry(entry: Entry, feed: str, known: Known, errand: Errand) -> Article:
    """The article of an entry: its own content where that is whole, else what it links to.

    Raises:
        BadFile: it has neither, or what it links to cannot be read.
    """
    told = replace(
        known,
        otherwise=entry.published,
        authors=entry.authors,
        publisher=entry.publisher,
        language=entry.language,
    )
    if entry.content:
        whole = replace(told, title=entry.title, charset="utf-8")
        return article_known(_as_page(entry), entry.link or feed, whole)
    if not is_address(entry.link):
        problem = f"the entry {entry.title!r} has neither its article nor a link to it"
        raise BadFile(feed, problem, "give the article by its address or as a file")
    page = fetch(entry.link, errand.network)
    if is_feed(page.body):
        raise BadFile(entry.link, "an entry leads to another feed", "give that feed itself")
    linked = replace(told, charset=page.charset, fetched_at=errand.now)
    return article_known(page.body, page.url, linked)


def _as_page(entry: Entry) -> bytes:
    """An entry's content as the page that it might have been."""
    return f"<html><body><article>{entry.content}</article></body></html>".encode(
        "utf-8", "replace"
    )
