"""How long matching takes beside the embedding that it needs.

Texts are strung together from sentences of ordinary news; each question asks about one of them.
"""

from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np

from questions.language import english
from questions.records import Binary, Question, Report
from questions.reports.bearing import bearings, passages, prepare
from questions.reports.meaning import Meaning, remembering, word_vectors
from questions.reports.ordinary import ORDINARY_NEWS

OPEN, CLOSE = datetime(2024, 5, 1, tzinfo=UTC), datetime(2024, 7, 1, tzinfo=UTC)
SENTENCES = 12
NAMES = ("Lindholm", "Oslo", "Lima", "Solberg", "Duarte", "Bergen", "Omdurman", "Vega", "Kyoto")

Pair = tuple[Callable[[], object], Callable[[], object]]


def many(count: int, encoder: Meaning | None = None) -> Pair:
    """So many reports against 1,000 questions, and embedding the reports alone.

    With an encoder, by it alone, as the rest takes little beside it.
    """
    reports, questions = _reports(count), _questions(1000)
    meaning = word_vectors(english())
    embed = encoder or meaning

    def ours() -> None:
        prepared = prepare(questions, meaning, encoder=encoder)
        for report in reports:
            bearings(report, prepared, 10)

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
    return [
        Report(f"R{number}", _named(rng), "\n".join(_named(rng) for _ in range(SENTENCES)), OPEN)
        for number in range(count)
    ]


def _questions(count: int) -> list[Question]:
    rng = np.random.Generator(np.random.PCG64(2))
    return [
        Question(f"Q{number}", f"Will it be that {_named(rng)[:80]}?", Binary(), OPEN, CLOSE, "")
        for number in range(count)
    ]


def _named(rng: np.random.Generator) -> str:
    """A sentence of ordinary news with a name in it."""
    sentence, name = rng.choice(ORDINARY_NEWS), rng.choice(NAMES)
    return f"In {name}, {sentence[0].lower()}{sentence[1:]}"
