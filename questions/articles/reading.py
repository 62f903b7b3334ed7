"""A text file or standard input becomes an :class:`~questions.records.Article`.

Newlines are left as they are, and a byte order mark stays the first code point, so that a
span counts the same code points as ``open(path, encoding="utf-8", newline="").read()``.
"""

import hashlib
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from questions.errors import BadFile, BadInput
from questions.instants import parse_instant
from questions.records import Article

_NEEDS_TEXT: Final = "give the article as plain text in UTF-8"
_NEEDS_DATE: Final = "give --published with its date, such as --published 2023-03-13"
_HTML: Final = re.compile(r"\s*(<!doctype html|<html\b|<\?xml\b|<head\b|<body\b)", re.IGNORECASE)
_HEADER: Final = re.compile(
    r"^(?:published|publication date|date)[ \t]*:[ \t]*"
    r"(\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2}))?)[ \t]*\r?$",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER_REACH: Final = 2000
_LONGEST_TITLE: Final = 140
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])[\"”’')]*\s")


def read_article(path: Path, *, published: datetime | None = None) -> Article:
    """Read an article from a UTF-8 text file.

    ``published`` wins over a line such as ``Published: 2023-03-13`` near the text's top.

    Raises:
        BadFile: missing, a folder, unreadable, empty, not UTF-8 text, HTML, or without a
            publication date that exists.
    """
    if path.is_dir():
        raise BadFile(path, "is a folder", "give one text file")
    try:
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise BadFile(path, "there is no such file", "give the path of a text file") from error
    except OSError as error:
        raise BadFile(path, f"cannot be read ({error.strerror})", _NEEDS_TEXT) from error
    return article_from_bytes(raw, source=str(path), published=published)


def article_from_bytes(raw: bytes, *, source: str, published: datetime | None = None) -> Article:
    r"""Read an article from bytes, such as those of standard input.

    Raises:
        BadFile: empty, not UTF-8 text, HTML, or without a publication date that exists.
        ValueError: ``published`` has no time zone.

    >>> from datetime import UTC
    >>> raw = b"Envoy due in Oslo\n\nThe envoy will visit Oslo next week.\n"
    >>> article = article_from_bytes(raw, source="-", published=datetime(2024, 5, 6, tzinfo=UTC))
    >>> article.title, article.text[:17], len(article.sha256)
    ('Envoy due in Oslo', 'Envoy due in Oslo', 64)
    """
    if published is not None and published.tzinfo is None:
        raise ValueError("published needs a time zone")
    text = _decoded(raw, source)
    when = published or _dated(text, source)
    if when is None:
        raise BadFile(source, "the text has no publication date", _NEEDS_DATE)
    return Article(
        title=headline(text),
        text=text,
        published=when.astimezone(UTC),
        source=source,
        sha256=hashlib.sha256(raw).hexdigest(),
    )


def _decoded(raw: bytes, source: str) -> str:
    """The text of the bytes, refused unless it is readable prose."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadFile(source, f"not UTF-8 text (byte {error.start})", _NEEDS_TEXT) from error
    if "\x00" in text:
        raise BadFile(source, "not text (it holds zero bytes)", _NEEDS_TEXT)
    if not text.strip("\ufeff \t\r\n\f\v\u00a0"):
        raise BadFile(source, "the text is empty", _NEEDS_TEXT)
    if _HTML.match(text.lstrip("\ufeff")):
        raise BadFile(source, "HTML is not read yet", "save the article's text as a .txt file")
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
    lines = text.lstrip("\ufeff \t\r\n").splitlines()
    first = lines[0].strip()
    follows_blank = len(lines) == 1 or not lines[1].strip()
    if follows_blank and len(first) <= _LONGEST_TITLE and not first.endswith("."):
        return first
    return _cut(_SENTENCE_END.split(first, maxsplit=1)[0].strip())


def _cut(sentence: str) -> str:
    """A sentence short enough for a title, cut between words."""
    if len(sentence) <= _LONGEST_TITLE:
        return sentence
    kept = sentence[: _LONGEST_TITLE - 1]
    return (kept.rsplit(None, 1)[0] if " " in kept else kept) + "…"
