"""The course of one question: all that its picture shows, as records without behaviour."""

from dataclasses import dataclass
from datetime import datetime

from forecast.records import Belief


@dataclass(frozen=True, slots=True)
class Stretch:
    """A probability that somebody, or the crowd, held from ``start`` until ``end``."""

    who: str
    start: datetime
    end: datetime
    prob: float


@dataclass(frozen=True, slots=True)
class Move:
    """A report that moved the belief; one report keeps its number, whoever judges it again."""

    number: int
    report: str
    title: str
    at: datetime
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Course:
    """A question's beliefs, forecasts, crowd and reports up to an instant."""

    id: str
    title: str
    at: datetime
    open_time: datetime
    scheduled_close_time: datetime
    beliefs: tuple[Belief, ...]
    """In the order of time; empty before the question opens."""
    joint: tuple[Belief, ...] = ()
    said: tuple[Stretch, ...] = ()
    crowd: tuple[Stretch, ...] = ()
    moves: tuple[Move, ...] = ()
    outcome: str | None = None
    """In a word, such as ``yes`` or ``annulled``; None while nobody knows."""
    resolved_at: datetime | None = None
