"""How long matching takes beside the embedding that it needs.

Sentences are strung together from words that the parser knows. Each report has one sentence of a
question, so that every one is worth a look, and few pairs are.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

import numpy as np

from questions.language import english
from questions.records import Binary, Question, Report
from questions.reports.asking import asked, prepare
from questions.reports.bearing import bearings, bearings_of
from questions.reports.meaning import Meaning, remembering, word_vectors
from questions.reports.passages import passages

OPEN, CLOSE = datetime(2024, 5, 1, tzinfo=UTC), datetime(2024, 7, 1, tzinfo=UTC)
SENTENCES, LENGTH = 12, 16
WORDS = 5000
NAMES = ("Lindholm", "Oslo", "Lima", "Solberg", "Duarte", "Bergen", "Omdurman", "Vega", "Kyoto")

Pair = tuple[Callable[[], object], Callable[[], object]]


def many(count: int, encoder: Meaning | None = None) -> Pair:
    """So many reports against as many questions, and embedding the reports alone.

    With an encoder, by it alone, as the rest takes little beside it.
    """
    reports, questions = _reports(count), _questions(count)
    meaning = word_vectors(english())
    embed = encoder or meaning

    def ours() -> None:
        prepared = prepare(questions, meaning, encoder=encoder)
        for _ in bearings_of(reports, prepared, 10):
            pass

    def theirs() -> None:
        for report in reports:
            embed(passages(report))

    return ours, theirs


def one() -> Pair:
    """One report, embedded already, against 10,000 questions, and the product that it contains."""
    (report,), questions = _reports(1), _questions(10_000)
    meaning = word_vectors(english())
    prepared = prepare(questions, remembering(meaning))
    directions, row = prepared.directions, meaning(passages(report))

    def ours() -> None:
        bearings(report, prepared, 10)

    def theirs() -> None:
        row @ directions.T

    return ours, theirs


def _reports(count: int) -> list[Report]:
    rng = np.random.Generator(np.random.PCG64(1))
    rest = ["\n".join(_said(rng) for _ in range(SENTENCES)) for _ in range(count)]
    return [
        Report(f"R{number}", "", f"{asked(one.title)}.\n{text}", OPEN)
        for number, (one, text) in enumerate(zip(_questions(count), rest, strict=True))
    ]


def _questions(count: int) -> list[Question]:
    rng = np.random.Generator(np.random.PCG64(2))
    return [
        Question(f"Q{number}", f"Will {_said(rng)[:80]}?", Binary(), OPEN, CLOSE, "")
        for number in range(count)
    ]


def _said(rng: np.random.Generator) -> str:
    """A sentence of ordinary length with a name in it."""
    return f"{rng.choice(NAMES)} {' '.join(rng.choice(_words(), LENGTH))}."


@cache
def _words() -> tuple[str, ...]:
    language = english()
    known = sorted(language.vocab.strings[key] for key in language.vocab.vectors)
    plain = [word for word in known if word.isalpha() and word.islower() and word.isascii()]
    rng = np.random.Generator(np.random.PCG64(3))
    return tuple(rng.choice(plain, WORDS, replace=False))
