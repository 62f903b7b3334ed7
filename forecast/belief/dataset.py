"""Everything resolved and open as arrays: what the model is fitted to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from hashlib import sha256
from typing import Final

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
    decays: Floats
    report_question: Indices
    report_story: Indices
    story_question: Indices
    report_source: Indices
    report_letter: Indices
    report_credibility: Floats
    report_weight: Floats
    report_judges: Floats
    """Shape (reports, judges); each row sums to one."""
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
        decays=_floats(not case.scheduled for case in ordered),
        report_question=_indices(at for at, _ in reports),
        report_story=_indices(story_at[at, one.story] for at, one in reports),
        story_question=_indices(at for at, _ in stories),
        report_source=_indices(source_at[one.source] for _, one in reports),
        report_letter=_indices(LETTERS.index(one.letter) for _, one in reports),
        report_credibility=_floats(one.credibility for _, one in reports),
        report_weight=_floats(one.weight for _, one in reports),
        report_judges=_judge_shares([one.judges for _, one in reports], judges),
        forecast_question=_indices(at for at, _ in forecasts),
        forecast_member=_indices(member_at[one.member] for _, one in forecasts),
        forecast_logit=clipped_logit(_floats(one.prob for _, one in forecasts)),
        forecast_elapsed=_floats(
            one.elapsed * (not ordered[at].scheduled) for at, one in forecasts
        ),
    )


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


def _judge_shares(judged: Sequence[tuple[str, ...]], judges: tuple[str, ...]) -> Floats:
    shares = np.zeros((len(judged), len(judges)))
    for row, names in enumerate(judged):
        for name in names:
            shares[row, judges.index(name)] = 1.0 / len(names)
    return shares
