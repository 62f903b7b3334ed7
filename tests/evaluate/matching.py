"""How well reports find their questions, on a month of news with the questions made from it.

A question is right for the article that it was made from. "Yes" to another pair need not be
wrong: other articles tell of the same thing. Measured with the sentence encoder where it is
installed, and without it.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from questions.instants import parse_instant
from questions.language import english
from questions.records import Binary, Question, Report
from questions.reports.asking import Prepared, prepare
from questions.reports.bearing import bearings_of
from questions.reports.meaning import word_vectors
from questions.reports.sentences import sentence_vectors
from tests.evaluate.figure import Figure

SOURCE = "news_matching_july"
ALWAYS, NEVER = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)
RECALL = 0.9

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def figures(data: Path) -> Iterator[Figure]:
    """Ranks both ways, "yes" to others at a recall of .9, "yes" as it is given."""
    folder = data / SOURCE
    if not folder.exists():
        return
    reports, questions, own = _read(folder)
    for name, encoder in (("words", None), ("encoder", sentence_vectors())):
        if encoder or name == "words":
            prepared = prepare(questions, word_vectors(english()), reports, encoder)
            yield from _figures(prepared, reports, own, name)


def _read(folder: Path) -> tuple[list[Report], list[Question], Bools]:
    """Articles, questions, and which question was made from which; ``(reports, questions)``."""
    lines = _lines(folder / "articles.jsonl")
    articles = list({line["url"]: line for line in lines}.values())
    reports = [_report(article) for article in articles]
    made = _lines(folder / "questions.jsonl")
    questions = [
        Question(f"q{place}", line["title"], Binary(), ALWAYS, NEVER, "")
        for place, line in enumerate(made)
    ]
    own = [[line["article_url"] == article["url"] for line in made] for article in articles]
    return reports, questions, np.array(own)


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _report(article: dict[str, str]) -> Report:
    parts = (article["title"], article["description"], article["content"])
    text = " ".join(part for part in parts if part)
    published = parse_instant(article["published"])
    return Report(article["url"], article["title"] or "", text, published)


def _figures(prepared: Prepared, reports: list[Report], own: Bools, name: str) -> Iterator[Figure]:
    relevance = _relevance(prepared, reports)
    asked = own.any(axis=1)
    first = own[asked, relevance[asked].argmax(axis=1)]
    yield Figure(f"matching_{name}_article_to_question_r1", first.mean(), 0.99, "share")
    ranks = np.array([_rank(relevance[:, at], own[:, at]) for at in range(own.shape[1])])
    yield Figure(f"matching_{name}_question_to_article_r1", (ranks == 1).mean(), 0.95, "share")
    yield Figure(f"matching_{name}_question_to_article_mrr", (1 / ranks).mean(), 0.975, "MRR")
    others = relevance[~asked]
    needed = np.sort(relevance[own])[int((1 - RECALL) * own.sum())]
    per = 1000 / others.size
    unit = "yes per 1,000 pairs with articles no question was made from"
    yield Figure(f"matching_{name}_others_at_recall_.9", (others >= needed).sum() * per, 0.4, unit)
    yield Figure(f"matching_{name}_others", (others >= 0.5).sum() * per, 0.4, unit)
    yield Figure(f"matching_{name}_recall", (relevance[own] >= 0.5).mean(), RECALL, "share")


def _relevance(prepared: Prepared, reports: list[Report]) -> Floats:
    """Of each report and question; ``(reports, questions)``."""
    place = {name: at for at, name in enumerate(prepared.ids)}
    table = np.zeros((len(reports), len(place)))
    for row, found in zip(table, bearings_of(reports, prepared), strict=True):
        for one in found:
            row[place[one.question]] = one.relevance
    return table


def _rank(relevance: Floats, right: Bools) -> int:
    """The place of the right article among all, 1 the best."""
    return int((relevance > relevance[right].max()).sum()) + 1
