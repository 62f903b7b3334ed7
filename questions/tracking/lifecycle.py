"""A question's status and history, derived from times and never stored."""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain, zip_longest
from math import isinf

from questions.instants import iso
from questions.records import Question, Resolution, Status, Tracked
from questions.values import Chosen, Moment, Number, Outcome, Void

History = tuple[tuple[datetime, str], ...]


def track(
    question: Question,
    *,
    resolutions: Sequence[Resolution],
    reopened: Sequence[tuple[datetime, str]],
    asked_at: datetime,
    at: datetime,
) -> Tracked:
    """A question with all that had happened to it by ``at``.

    ``resolutions`` and ``reopened`` (when, why) are those on record by then, oldest first.
    They alternate, because only what is resolved can be reopened: the last resolution
    stands where there is one more of them.
    """
    resolution = resolutions[-1] if len(resolutions) > len(reopened) else None
    return Tracked(
        question=question,
        status=_status(question, resolution, at),
        actual_close_time=_actual_close(question, resolution, at),
        resolution=resolution,
        history=_history(asked_at, resolutions, reopened),
    )


def _status(question: Question, resolution: Resolution | None, at: datetime) -> Status:
    if resolution is not None:
        return "resolved"
    if at < question.open_time:
        return "upcoming"
    return "open" if at < question.scheduled_close_time else "closed"


def _actual_close(
    question: Question, resolution: Resolution | None, at: datetime
) -> datetime | None:
    if resolution is not None:
        return min(question.scheduled_close_time, resolution.resolved_at)
    closed = at >= question.scheduled_close_time
    return question.scheduled_close_time if closed else None


def _history(
    asked_at: datetime,
    resolutions: Sequence[Resolution],
    reopened: Sequence[tuple[datetime, str]],
) -> History:
    closings = [(one.recorded_at, f"resolved {say(one.outcome)}") for one in resolutions]
    openings = [(when, f"reopened: {why}") for when, why in reopened]
    turns = chain.from_iterable(zip_longest(closings, openings))
    return ((asked_at, "asked"), *(turn for turn in turns if turn is not None))


def said_number(value: float) -> str:
    """A number as a person writes it, without an exponent where it can be helped.

    >>> said_number(50.0), said_number(0.125)
    ('50', '0.125')
    """
    return f"{value:.12g}"


def say(outcome: Outcome) -> str:
    """An outcome in a word.

    >>> say(Chosen("yes")), say(Number(1234567.5)), say(Number(float("inf")))
    ('yes', '1234567.5', 'above_upper_bound')
    """
    match outcome:
        case Chosen(option):
            return option
        case Number(value) if isinf(value):
            return "above_upper_bound" if value > 0 else "below_lower_bound"
        case Number(value):
            return said_number(value)
        case Moment(at):
            return iso(at).removesuffix("T00:00:00Z")
        case Void(reason):
            return reason
