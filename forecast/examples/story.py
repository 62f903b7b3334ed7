"""A story on disk becomes dated steps: what the team read, judged, forecast and resolved.

A story is a folder with an article, dated reports, and four tables that name its questions
by a key; its README says what the columns hold.
"""

import csv
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from forecast.desk.judging import decisive_weight, ratio_of_words, weight_of_ratio
from forecast.desk.predicting import Said
from forecast.records import Cases, Judgement, PriorBasis, Rate, Stated
from questions.instants import parse_instant
from questions.records import Report
from questions.reports.reading import read_report

BAKHMUT = Path(__file__).parent / "bakhmut"
READING_TIME = timedelta(minutes=10)

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A report comes in."""

    at: datetime
    report: Report
    file: str


@dataclass(frozen=True, slots=True)
class Judging:
    """A member weighs a report."""

    at: datetime
    file: str
    key: str
    judge: str
    judgement: Judgement
    weight: float
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Forecasting:
    """A member forecasts, confirms or withdraws."""

    at: datetime
    key: str
    action: str
    said: Said


@dataclass(frozen=True, slots=True)
class Settling:
    """A question is resolved."""

    at: datetime
    key: str
    outcome: str
    source: str


@dataclass(frozen=True, slots=True)
class Starting:
    """What a question's prior rests on."""

    key: str
    basis: PriorBasis
    why: str


Step = Reading | Judging | Forecasting | Settling


@dataclass(frozen=True, slots=True)
class Story:
    """All of a story: its article's path, its priors, its steps in the order of time."""

    article: Path
    members: tuple[str, ...]
    priors: tuple[Starting, ...]
    steps: tuple[Step, ...]


def read_story(folder: Path) -> Story:
    """Read a story from its folder."""
    readings = [_reading(path) for path in sorted((folder / "reports").glob("*.txt"))]
    read_at = {one.file: one.at for one in readings}
    steps: list[Step] = [
        *readings,
        *(_judging(row, read_at) for row in _rows(folder / "judgements.csv")),
        *(_forecasting(row) for row in _rows(folder / "forecasts.csv")),
        *(_settling(row) for row in _rows(folder / "resolutions.csv")),
    ]
    members = {row["member"] for row in _rows(folder / "forecasts.csv")}
    members |= {row["judge"] for row in _rows(folder / "judgements.csv")}
    return Story(
        article=folder / "article.txt",
        members=tuple(sorted(members)),
        priors=tuple(_starting(row) for row in _rows(folder / "priors.csv")),
        steps=tuple(sorted(steps, key=lambda step: step.at)),
    )


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _reading(path: Path) -> Reading:
    report = read_report(path)
    return Reading(report.published, report, path.name)


def _judging(row: Row, read_at: dict[str, datetime]) -> Judging:
    judgement, weight = judged(row["judgement"])
    return Judging(
        at=read_at[row["report"]] + READING_TIME,
        file=row["report"],
        key=row["key"],
        judge=row["judge"],
        judgement=judgement,
        weight=weight,
        words=row["judgement"] if " for " in row["judgement"] else "",
        why=row["why"],
    )


def judged(text: str) -> tuple[Judgement, float]:
    """A judgement and its weight in nats, from a ratio or words.

    >>> judged("irrelevant"), judged("decisive no"), judged("1")
    (('irrelevant', 0.0), ('decisive', -inf), ('weighed', 0.0))
    """
    if text == "irrelevant":
        return "irrelevant", 0.0
    if text.startswith("decisive "):
        return "decisive", decisive_weight(text.removeprefix("decisive "))
    ratio = ratio_of_words(text) if " for " in text else float(text)
    return "weighed", weight_of_ratio(ratio)


def _forecasting(row: Row) -> Forecasting:
    said = Said(
        member=row["member"],
        question="",
        value=float(row["prob"]) if row["prob"] else 0.0,
        why=row["why"],
        expires=parse_instant(row["expires"]) if row["expires"] else None,
    )
    return Forecasting(parse_instant(row["made_at"]), row["key"], row["action"], said)


def _settling(row: Row) -> Settling:
    return Settling(parse_instant(row["resolved_at"]), row["key"], row["outcome"], row["source"])


def _starting(row: Row) -> Starting:
    why = f"{row['reference_class']} ({row['source']})"
    return Starting(
        row["key"],
        _basis({name: float(text) for name, text in row.items() if name in _FIGURES and text}),
        why,
    )


_FIGURES = ("hits", "trials", "events", "exposure_days", "prob", "worth")


def _basis(figures: dict[str, float]) -> PriorBasis:
    kinds: dict[str, Any] = {"hits": Cases, "events": Rate, "prob": Stated}
    made: PriorBasis = next(kinds[name] for name in kinds if name in figures)(**figures)
    return made
