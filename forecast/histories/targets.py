"""A question as scoring and pooling see it: its type, its times and how it ended."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from questions.instants import EPOCH
from questions.records import Binary, Date, Discrete, Kind, MultipleChoice, Numeric, Tracked
from questions.values import Outcome

TargetType = Literal["binary", "multiple_choice", "numeric", "discrete", "date"]


@dataclass(frozen=True, slots=True)
class Grid:
    """The range over which the CDF of a numeric, discrete or date question is given.

    Date questions count in seconds since 1970. With a ``zero_point`` the points of a CDF
    are evenly spaced in ln(x - zero_point), without one in x.
    """

    range_min: float
    range_max: float
    zero_point: float | None = None
    open_lower_bound: bool = False
    open_upper_bound: bool = False
    inbound_outcome_count: int | None = None
    """How many bins lie within the range, where the question fixes it."""


@dataclass(frozen=True, slots=True)
class Target:
    """What forecasts are about: type, times and outcome of one question."""

    id: str
    type: TargetType
    open_time: datetime
    scheduled_close_time: datetime
    outcome: Outcome | None = None
    """None while nobody knows; ``Number(-inf)`` and ``Number(inf)`` lie outside the grid."""
    actual_close_time: datetime | None = None
    """The end of its life, exclusive; None says the scheduled close or the answer, if earlier."""
    resolved_at: datetime | None = None
    """When the answer was known; None says at the actual close."""
    options: tuple[str, ...] = ()
    """All options that there ever were; the last is the one that unnamed options fall under."""
    grid: Grid | None = None
    spot_scoring_time: datetime | None = None
    tags: tuple[str, ...] = ()


def close_of(target: Target) -> datetime:
    """The instant at which its forecasts stop counting, exclusive."""
    scheduled = target.scheduled_close_time
    return target.actual_close_time or min(scheduled, target.resolved_at or scheduled)


def spot_of(target: Target) -> datetime:
    """The instant at which spot points look: as set, at the latest its actual close."""
    close = close_of(target)
    return min(target.spot_scoring_time or close, close)


def target_of(tracked: Tracked) -> Target:
    """A tracked question as a target.

    Raises:
        ValueError: a kind of question that scoring does not know.
    """
    question, resolution = tracked.question, tracked.resolution
    kind_of_target, options, grid = shape_of(question.kind)
    return Target(
        id=question.id,
        type=kind_of_target,
        open_time=question.open_time,
        scheduled_close_time=question.scheduled_close_time,
        outcome=resolution.outcome if resolution else None,
        actual_close_time=tracked.actual_close_time,
        resolved_at=resolution.resolved_at if resolution else None,
        options=options,
        grid=grid,
        tags=question.tags,
    )


def shape_of(kind: Kind) -> tuple[TargetType, tuple[str, ...], Grid | None]:
    """The type, options and grid of a kind of question.

    Raises:
        ValueError: a kind of question that scoring does not know.

    >>> shape_of(MultipleChoice(("A", "B")))
    ('multiple_choice', ('A', 'B'), None)
    """
    match kind:
        case Binary():
            return "binary", (), None
        case MultipleChoice(options):
            return "multiple_choice", options, None
        case Numeric(low, high, _, open_low, open_high, zero):
            return "numeric", (), Grid(low, high, zero, open_low, open_high)
        case Discrete(low, high, count, _, open_low, open_high):
            return "discrete", (), Grid(low, high, None, open_low, open_high, count)
        case Date(first, last, open_low, open_high):
            low, high = ((at - EPOCH).total_seconds() for at in (first, last))
            return "date", (), Grid(low, high, None, open_low, open_high)
    raise ValueError(f"scoring knows no question such as {kind!r}")
