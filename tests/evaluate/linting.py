"""What the linter says of questions that others wrote and used, where they are at hand.

They were published and resolved, so an error about one is taken for a false one, but for those
that ask twice, and for markets whose closing day is not the day of their title: these are
counted apart.
"""

import csv
import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from questions.lint import check, register_of, repeats
from questions.records import Binary, Question
from tests.evaluate.figure import Figure

MARKETS = "forecastbench_early/market_questions.csv.gz"
SOURCE = "news_matching_july/questions.jsonl"
OPENS = datetime(2024, 6, 30, tzinfo=UTC)
YEAR = timedelta(days=365)


def figures(data: Path) -> Iterator[Figure]:
    """Errors, warnings and time for each question; questions that repeat another."""
    if (data / SOURCE).exists():
        yield from _published(data / SOURCE)
    if (data / MARKETS).exists():
        yield from _titles(data / MARKETS)


def _titles(path: Path) -> Iterator[Figure]:
    """Markets: their titles alone, since most have no criteria of their own."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        closing = {row["question"]: row["close"] for row in csv.DictReader(lines) if row["close"]}
    wording = dating = 0
    for place, (title, close) in enumerate(closing.items()):
        closes = datetime.fromisoformat(close)
        asked = Question(f"Q{place}", title, Binary(), closes - YEAR, closes, "Yes: so. No: not.")
        errors = [
            found.what
            for found in check(asked, as_of=asked.open_time)
            if (found.level, found.where) == ("error", "title")
        ]
        late = [what for what in errors if "but the question closes after" in what]
        wording += len(errors) > len(late)
        dating += bool(late)
    of_all = f"share of {len(closing)} market titles"
    yield Figure("lint_titles_with_an_error_of_wording", wording / len(closing), 0.05, of_all)
    yield Figure("lint_titles_with_another_day", dating / len(closing), None, of_all)


def _published(path: Path) -> Iterator[Figure]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    asked = [_question(place, row) for place, row in enumerate(rows)]
    began = perf_counter()
    found = [check(one, as_of=OPENS) for one in asked]
    spent = perf_counter() - began
    for level, limit in (("error", 0.02), ("warning", None)):
        hit = sum(any(said.level == level for said in said_of) for said_of in found)
        name = f"lint_questions_with_{level}"
        yield Figure(name, hit / len(asked), limit, f"share of {len(asked)} published questions")
    register = register_of(asked)
    twice = sum(bool(repeats(one, register)) for one in asked)
    yield Figure("lint_questions_asked_twice", twice, None, "questions")
    yield Figure("lint_milliseconds", 1000 * spent / len(asked), 5.0, "ms a question")


def _question(place: int, row: dict[str, Any]) -> Question:
    closes = datetime.fromisoformat(row["resolution_date"]).replace(tzinfo=UTC)
    return Question(
        id=f"Q{place}",
        title=row["title"],
        kind=Binary(),
        open_time=OPENS,
        scheduled_close_time=closes + timedelta(seconds=1),
        resolution_criteria=row["body"],
    )
