"""How well articles come out of real pages: text, date, title, authors.

Pages and what is expected of them lie in `news_pages_dev/`: `PUBLISHER.json` holds the
expectations of its pages in the order of their dates, `PUBLISHER_DATE.html.gz` the pages.

Token F1 of a text: words are runs of letters and digits in lower case, counted as a multiset;
twice the words that both have, over the words of both. The expected text is the sentence below
the headline, the headings and the paragraphs. A title is exact when it has the same words in
the same order, and much the same at a token F1 of .8.
"""

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import mean, median
from typing import Any

from questions.articles.pages import Page, read_page
from questions.articles.words import bare, likeness, shared
from tests.evaluate.figure import Figure

TEXT, DATE, TITLE = 0.97, 0.95, 0.90
SAME = 0.8
LOW = 0.95


@dataclass(frozen=True)
class Case:
    """A page as it was read, and what was expected of it."""

    name: str
    page: Page
    expected: dict[str, Any]

    @property
    def text(self) -> float:
        return likeness(self.page.text, body(self.expected))

    @property
    def title(self) -> float:
        return likeness(self.page.title, self.expected["title"])

    @property
    def same_title(self) -> bool:
        return bare(self.page.title) == bare(self.expected["title"])

    @property
    def same_day(self) -> bool:
        expected = datetime.fromisoformat(self.expected["publishing_date"])
        found = self.page.published
        return found is not None and found.astimezone(expected.tzinfo).date() == expected.date()

    @property
    def same_authors(self) -> bool:
        found = set(filter(None, self.page.authors.split("; ")))
        return found == set(self.expected.get("authors") or [])


def body(expected: dict[str, Any]) -> str:
    """The text that is expected of a page."""
    told = expected["body"]
    sections = [
        one for part in told["sections"] for one in (*part["headline"], *part["paragraphs"])
    ]
    return "\n".join([*told["summary"], *sections])


def cases(data: Path) -> Iterator[Case]:
    """The pages of the evaluation, read."""
    for told in sorted((data / "news_pages_dev").glob("*.json")):
        expected = json.loads(told.read_text(encoding="utf-8")).values()
        pages = sorted(told.parent.glob(f"{told.stem}_*.html.gz"))
        for one, path in zip(expected, pages, strict=True):
            page = read_page(gzip.decompress(path.read_bytes()))
            assert page is not None, f"no article in {path.name}"
            yield Case(path.name.removesuffix(".html.gz"), page, one)


def kind_of_miss(case: Case) -> str:
    """Why a text is less like the expected one than it might be."""
    ours, theirs = shared(case.page.text, body(case.expected))
    if ours < LOW <= theirs:
        return "more than was expected"
    return "less than was expected" if theirs < LOW <= ours else "other words"


def figures(data: Path) -> Iterator[Figure]:
    """The figures of `news_pages_dev/`, and how many texts missed, by kind."""
    found = list(cases(data))
    texts = [case.text for case in found]
    yield Figure("pages.text median token F1", median(texts), TEXT, "")
    yield Figure("pages.text mean token F1", mean(texts), None, "")
    yield Figure("pages.date exact", mean(case.same_day for case in found), DATE, "share")
    yield Figure("pages.title much the same", mean(c.title >= SAME for c in found), TITLE, "share")
    yield Figure("pages.title exact", mean(case.same_title for case in found), None, "share")
    yield Figure("pages.authors exact", mean(case.same_authors for case in found), None, "share")
    missed = Counter(kind_of_miss(case) for case in found if case.text < LOW)
    for kind, count in sorted(missed.items()):
        yield Figure(f"pages.text below {LOW}: {kind}", count, None, f"of {len(found)}")
