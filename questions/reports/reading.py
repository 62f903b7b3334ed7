"""A text file or standard input becomes a :class:`~questions.records.Report`.

A text may begin with a block of ``Title:``, ``Published:``, ``Source:`` and ``Grade:`` lines,
closed by an empty line; what the caller says wins over it.
"""

import re
from pathlib import Path
from typing import Final

from questions.articles.reading import headline, read_article
from questions.articles.words import seen
from questions.errors import BadFile, BadInput
from questions.records import Article, Report
from questions.reports.origins import origins

_HEADER: Final = re.compile(
    r"\ufeff?\s*((?:(?:title|published|source|grade)[ \t]*:.*\r?\n)+)", re.I
)
_FIELD: Final = re.compile(r"^(\w+)[ \t]*:[ \t]*(.*?)[ \t\r]*$", re.MULTILINE)
_GRADE: Final = re.compile(r"[A-F][1-6]")


def read_report(path: Path) -> Report:
    """Read a report from a text file in UTF-8 or from a page in HTML.

    Raises:
        BadFile: as :func:`~questions.articles.reading.read_article`, or only a header.
        BadInput: a grade that is none.
    """
    return report_of(read_article(path))


def checked_grade(text: str) -> str:
    """An Admiralty grade in capitals; nothing stays nothing.

    Raises:
        BadInput: not A to F with 1 to 6.

    >>> checked_grade(" b2 ")
    'B2'
    """
    grade = text.strip().upper()
    if grade and not _GRADE.fullmatch(grade):
        right = "a letter A to F for the source and a digit 1 to 6 for what it says, such as B2"
        raise BadInput("grade", text, right)
    return grade


def report_of(article: Article, source: str = "", grade: str = "") -> Report:
    r"""An article as a report; its header says the source and grade where the caller does not.

    Raises:
        BadFile: only a header.
        BadInput: a grade that is none.

    >>> from questions.articles import article_from_bytes
    >>> raw = b"Source: town hall\nPublished: 2024-05-06\n\nThe bridge is open again.\n"
    >>> report = report_of(article_from_bytes(raw, source="-"), grade="a2")
    >>> report.title, report.source, report.grade, report.published.day
    ('The bridge is open again.', 'town hall', 'A2', 6)
    """
    header = _HEADER.match(article.text)
    said = _fields(header[1]) if header else {}
    text = article.text[header.end() if header else 0 :].strip("\ufeff \t\r\n")
    if not seen(text).strip():
        raise BadFile(article.source, "has a header but no text", "write the report below it")
    return Report(
        id="",
        title=said.get("title") or headline(text),
        text=text,
        published=article.published,
        source=source or said.get("source", ""),
        grade=checked_grade(grade or said.get("grade", "")),
        origin=next(iter(origins(text)), ""),
        sha256=article.sha256,
    )


def _fields(block: str) -> dict[str, str]:
    return {name.lower(): value for name, value in _FIELD.findall(block)}
