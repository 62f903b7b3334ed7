"""Everything resolved and open as arrays: what the model is fitted to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from forecast.belief.decay import LAST_SHARE
from forecast.belief.grades import LETTERS
from forecast.belief.observations import Observation, Sighting
from forecast.probability import logit

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

CLIP: Final = 0.01
"""Forecasts of people are taken no closer to certainty than this (pooling's level)."""


@dataclass(frozen=True, slots=True)
class Case:
    """One question as the model sees it."""

    question: str
    prior_mean: float
    """P(yes) at the opening, by its reference class."""
    answer: int
    """+1 yes, -1 no, 0 open."""
    elapsed: float
    """Share of the life gone: until as-of if open, until the event if yes; 0 if scheduled."""
    scheduled: bool
    observations: tuple[Observation, ...]
    sightings: tuple[Sighting, ...]
    span: float = 0.0
    """Its life over the exposure in which events like it were counted; 0 where none were."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """Cases, their reports and forecasts, one array a column; the names behind the indices."""

    questions: tuple[str, ...]
    sources: tuple[str, ...]
    judges: tuple[str, ...]
    members: tuple[str, ...]
    m: Floats
    """Logit of each question's prior mean."""
    answer: Floats
    elapsed: Floats
    span: Floats
    report_question: Indices
    report_story: Indices
    story_question: Indices
    report_source: Indices
    report_letter: Indices
    report_credibility: Floats
    report_weight: Floats
    judging_report: Indices
    """One entry for each judge of each report."""
    judging_judge: Indices
    judging_share: Floats
    """One over the number of a report's judges."""
    forecast_question: Indices
    forecast_member: Indices
    forecast_logit: Floats
    forecast_elapsed: Floats


def dataset(cases: Sequence[Case]) -> Dataset:
    """The arrays of a list of cases, in an order that does not depend on theirs."""
    ordered = sorted(cases, key=lambda case: case.question)
    reports = [(at, one) for at, case in enumerate(ordered) for one in case.observations]
    forecasts = [(at, one) for at, case in enumerate(ordered) for one in case.sightings]
    sources = _names(one.source for _, one in reports)
    judges = _names(judge for _, one in reports for judge in one.judges)
    members = _names(one.member for _, one in forecasts)
    stories = sorted({(at, one.story) for at, one in reports})
    source_at, member_at, story_at = _places(sources), _places(members), _places(stories)
    judge_at = _places(judges)
    judging = [
        (row, judge, len(one.judges))
        for row, (_, one) in enumerate(reports)
        for judge in one.judges
    ]
    return Dataset(
        questions=tuple(case.question for case in ordered),
        sources=sources,
        judges=judges,
        members=members,
        m=logit(_floats(case.prior_mean for case in ordered)),
        answer=_floats(case.answer for case in ordered),
        elapsed=_floats(
            min(case.elapsed, 1 - LAST_SHARE) * (not case.scheduled) for case in ordered
        ),
        span=_floats(case.span for case in ordered),
        report_question=_indices(at for at, _ in reports),
        report_story=_indices(story_at[at, one.story] for at, one in reports),
        story_question=_indices(at for at, _ in stories),
        report_source=_indices(source_at[one.source] for _, one in reports),
        report_letter=_indices(LETTERS.index(one.letter) for _, one in reports),
        report_credibility=_floats(one.credibility for _, one in reports),
        report_weight=_floats(one.weight for _, one in reports),
        judging_report=_indices(row for row, _, _ in judging),
        judging_judge=_indices(judge_at[judge] for _, judge, _ in judging),
        judging_share=_floats(1.0 / several for _, _, several in judging),
        forecast_question=_indices(at for at, _ in forecasts),
        forecast_member=_indices(member_at[one.member] for _, one in forecasts),
        forecast_logit=clipped_logit(_floats(one.prob for _, one in forecasts)),
        forecast_elapsed=_floats(
            one.elapsed * (not ordered[at].scheduled) for at, one in forecasts
        ),
    )


class Capacity(NamedTuple):
    """How many sources, judges and members a compiled model has room for."""

    sources: int
    judges: int
    members: int


def capacity(data: Dataset) -> Capacity:
    """Room for everybody in a dataset, and for those who come next: 8, 16, 32, ...

    A model that is compiled for a capacity takes any data that fits; what nobody fills
    stays at its prior and is left out of what is kept.
    """
    return Capacity(_room(data.sources), _room(data.judges), _room(data.members))


def _room(names: Sequence[str]) -> int:
    return 1 << (max(len(names), 8) - 1).bit_length()


def room_of(room: Capacity) -> Dataset:
    """A dataset of no question in which as many are named as there is room for."""
    empty = dataset([])
    sources, judges, members = (tuple(map(str, range(count))) for count in room)
    return replace(empty, sources=sources, judges=judges, members=members)


def columns(data: Dataset) -> dict[str, Floats | Indices]:
    """The arrays that the compiled model reads, by name; each may be of any length."""
    return {
        column.name: value
        for column in fields(Dataset)
        if isinstance(value := getattr(data, column.name), np.ndarray)
    }


def clipped_logit(prob: Floats) -> Floats:
    """Log odds of people's forecasts, kept from infinity."""
    return logit(np.clip(prob, CLIP, 1.0 - CLIP))


def data_hash(data: Dataset) -> str:
    """SHA-256 (hex) of all names and arrays of a dataset."""
    digest = sha256()
    for column in fields(Dataset):
        value = getattr(data, column.name)
        content = value.tobytes() if isinstance(value, np.ndarray) else repr(value).encode()
        digest.update(column.name.encode() + content)
    return digest.hexdigest()


def _names(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(found)))


def _places[Name](names: Sequence[Name]) -> dict[Name, int]:
    return {name: place for place, name in enumerate(names)}


def _floats(values: Iterable[float]) -> Floats:
    return np.array(list(values), dtype=np.float64)


def _indices(values: Iterable[int]) -> Indices:
    return np.array(list(values), dtype=np.int64)
