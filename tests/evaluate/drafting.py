"""How well an article becomes drafts: the seed, statements about the future, judged drafts, speed.

A statement counts as covered when a draft's quotation holds at least half of the content words
of what it says will happen. The judgements of drafts were made by hand and stand in
``tests/evaluation/drafting.csv``, by article and the draft's place among those offered: thirty
articles drawn at random among those that were offered any, and ten chosen as having nothing to ask.
"""

import csv
import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from questions.drafting import draft
from questions.drafting.parsing import parse
from questions.english.windows import Window, windows
from questions.instants import last_day
from questions.language import english
from questions.records import Article, Draft
from questions.reports.words import words
from tests.evaluate.figure import Figure

JUDGED = Path(__file__).parents[1] / "evaluation" / "drafting.csv"
SEED_DAY = date(2023, 3, 13)
LONGEST_WAIT = 31
FULL_DATE = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class Statement:
    """A statement about the future, as it was annotated."""

    words: frozenset[str]
    event_day: date | None
    """Where the annotation is an absolute date."""


@dataclass(frozen=True)
class Read:
    """A text with its drafts and what was annotated in it."""

    text: str
    published: date
    drafts: tuple[Draft, ...]
    statements: tuple[Statement, ...]


def figures(data: Path) -> Iterator[Figure]:
    """Every figure of drafting."""
    started = time.perf_counter()
    english()
    yield Figure("drafting: model loading", time.perf_counter() - started, None, "s")
    yield from _seed(data / "seed")
    yield from _speed(data)
    yield from _statements(data / "future_statements_dev" / "texts.json")
    yield from _judgements()


def _seed(folder: Path) -> Iterator[Figure]:
    text = next(folder.glob("*.txt")).read_text(encoding="utf-8")
    drafts = drafts_of(text, SEED_DAY)
    sound = [one for one in drafts if is_sound(one)]
    yield Figure("drafting: seed, questions of a skilled writer", _gold(drafts), 9, "of 9")
    yield Figure("drafting: seed, the same without errors", _gold(sound), 7, "of 9")
    yield Figure("drafting: seed, drafts in all", len(drafts), 14, "drafts")


GOLD = (
    r"Xi Jinping and .*Zelenskyy speak",
    r"Xi Jinping visit",
    r"issue an arrest warrant",
    r"confirm an application",
    r"the crime of genocide",
    r"full control of Bakhmut",
    r"encircle Bakhmut",
    r"retake .*counteroffensive",
    r"Russia.* (?:new offensive|capture)",
)
"""The nine questions of the seed, by words of ours."""


def _gold(drafts: list[Draft]) -> int:
    return sum(any(re.search(words, one.title) for one in drafts) for words in GOLD)


def _speed(data: Path) -> Iterator[Figure]:
    """Drafting beside the bare parse of the same texts, in one run."""
    texts = [row["original_text"] for row in _annotated(data)][:60]
    draft(_article(texts[0], SEED_DAY), english())
    parsing = drafting = 0.0
    for text in texts:
        article = _article(text, SEED_DAY)
        started = time.perf_counter()
        parse(article.text, english())
        between = time.perf_counter()
        draft(article, english())
        parsing += between - started
        drafting += time.perf_counter() - between
    yield Figure("drafting: time by parse time", drafting / parsing, 1.5, "ratio")


def _annotated(data: Path) -> list[dict[str, Any]]:
    path = data / "future_statements_dev" / "texts.json"
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return rows


def _statements(path: Path) -> Iterator[Figure]:
    texts = [read(row) for row in json.loads(path.read_text(encoding="utf-8"))]
    pairs = [(text, one) for text in texts for one in text.statements]
    covered = [(text, one) for text, one in pairs if covering(text, one) is not None]
    yield Figure("drafting: statements covered", len(covered) / len(pairs), 0.5, "share")
    quotations = [(text.text, one.quotation) for text in texts for one in text.drafts]
    exact = sum(text[q.start : q.end] == q.text != "" for text, q in quotations)
    yield Figure("drafting: quotations exact", exact / len(quotations), 1.0, "share")
    fits = [fit for text, one in covered if (fit := deadline_fits(text, one)) is not None]
    yield Figure("drafting: deadlines with an absolute date", len(fits), None, "drafts")
    yield Figure("drafting: deadlines that fit", sum(fits) / max(1, len(fits)), 0.8, "share")
    offered = sum(min(8, sum(map(is_sound, text.drafts))) for text in texts)
    yield Figure("drafting: drafts offered", offered / len(texts), None, "a text")
    drafted = sum(len(text.drafts) for text in texts)
    yield Figure("drafting: drafts in all", drafted / len(texts), None, "a text")


def read(row: Mapping[str, Any]) -> Read:
    """A text with its drafts, as of a day found in it or in its annotation."""
    text = row["original_text"]
    published = published_of(row)
    statements = [
        Statement(
            frozenset(words(f"{one['Event Variable']} {one['Predicted Attribute']}")),
            absolute(str(one["Event Date"])),
        )
        for one in row["extracted"]
        if one.get("Event Date")
    ]
    drafts = drafts_of(text, published) if text.strip() else []
    return Read(text, published, tuple(drafts), tuple(statements))


def published_of(row: Mapping[str, Any]) -> date:
    """The annotated day of the article, else the first full date of the year it names most."""
    given = (
        absolute(str(one["Article Date"])) for one in row["extracted"] if one.get("Article Date")
    )
    if (day := next(filter(None, given), None)) is not None:
        return day
    named = " ".join([row["original_text"], *(str(one["Event Date"]) for one in row["extracted"])])
    full = [w.first for w in windows(named, SEED_DAY) if FULL_DATE.search(w.phrase)]
    if not full:
        return SEED_DAY
    years = Counter(day.year for day in full)
    year = max(years, key=lambda one: (years[one], one))
    return min(day for day in full if day.year == year)


def absolute(phrase: str) -> date | None:
    """The last day of a date with its year."""
    found = [w for w in windows(phrase, SEED_DAY) if w.exact and FULL_DATE.search(w.phrase)]
    return found[-1].last if found else None


def covering(text: Read, statement: Statement) -> Draft | None:
    """The draft whose quotation says what a statement says, if there is one."""
    need = len(statement.words) / 2
    best = max(
        text.drafts,
        key=lambda one: len(statement.words & set(words(one.quotation.text))),
        default=None,
    )
    if best is None or len(statement.words & set(words(best.quotation.text))) < need:
        return None
    return best


def deadline_fits(text: Read, statement: Statement) -> bool | None:
    """Whether the deadline is within a month after the day that text and annotation name.

    None where they name none that is ahead.
    """
    day, one = statement.event_day, covering(text, statement)
    if day is None or one is None or day < text.published:
        return None
    named = windows(one.quotation.text, text.published)
    if not any(_agrees(window, day) for window in named):
        return None
    return 0 <= (last_day(one.scheduled_close_time) - day).days <= LONGEST_WAIT


def _agrees(window: Window, day: date) -> bool:
    return window.exact and window.last == day


def _judgements() -> Iterator[Figure]:
    """The shares of the table made by hand."""
    with JUDGED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    offered = [row for row in rows if row["kind"] == "article" and row["verdict"] != "none"]
    good = sum(row["verdict"] == "good" for row in offered)
    usable = sum(row["verdict"] in {"good", "edit"} for row in offered)
    idle = [row for row in rows if row["kind"] == "nothing to ask"]
    articles = {row["article"] for row in rows if row["kind"] == "article"}
    yield Figure("drafting: articles judged by hand", len(articles), 30, "articles")
    yield Figure("drafting: offered drafts judged", len(offered), None, "drafts")
    yield Figure("drafting: good as they stand", good / len(offered), 0.6, "share")
    yield Figure("drafting: usable with an edit", usable / len(offered), 0.85, "share")
    needless = sum(row["verdict"] != "none" for row in idle)
    yield Figure("drafting: drafts where nothing is to ask", needless, 1, "drafts")


def drafts_of(text: str, published: date) -> list[Draft]:
    """The drafts of a text, those with errors too."""
    return draft(_article(text, published), english())


def _article(text: str, published: date) -> Article:
    when = datetime(published.year, published.month, published.day, tzinfo=UTC)
    return Article("", text, when, source="-", sha256="")


def is_sound(one: Draft) -> bool:
    """Whether a draft is offered unasked."""
    return all(finding.level != "error" for finding in one.problems)
