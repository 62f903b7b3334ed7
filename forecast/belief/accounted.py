"""Why a belief of any kind is what it is: what each thing added to the log odds of one event.

Of a question that stands alone the event is yes, and :mod:`forecast.belief.explained` parts the
whole evenly. Elsewhere what is said of several questions or cells does not add up by itself:
there each story, in the order in which they came, and then each person adds what the belief
moves by when it is counted beside those before it. Both add up to the belief.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import numpy as np

from forecast.belief.dossier import (
    Dossier,
    active,
    each,
    known_evidence,
    resting_on,
    unmoved,
    until,
)
from forecast.belief.draws import Fit
from forecast.belief.explained import (
    IMAGINED_WEIGHT,
    ROUNDING,
    WEEK,
    Contribution,
    Lever,
    best_graded,
    explain,
    imagined,
    levers,
)
from forecast.belief.fold import believe
from forecast.belief.history import yes_of
from forecast.histories.grids import nodes_of
from forecast.histories.targets import shape_of
from forecast.probability import logit
from forecast.records import Belief, Evidence
from questions.records import Binary, Date, Kind
from questions.values import Cdf, Shares, Value

LEAST: Final = 1e-9

Chance = Callable[[Value], float]


@dataclass(frozen=True, slots=True)
class Account:
    """What made the chance of an event what it is."""

    of: str | float | None
    """The option; the number that it is above, or the instant by which it comes (seconds since
    1970); None: yes."""
    prob: float
    parts: tuple[Contribution, ...]
    """They add up to the log odds of ``prob``."""


def account(dossier: Dossier, fit: Fit | None, belief: Belief, *, joint: bool = False) -> Account:
    """What each thing added to what is believed, in nats.

    Of yes; of the likeliest option; of a number above, or a date by, about the median of what is
    believed before any report.
    """
    at = belief.at
    of, chance = _event(dossier, fit, belief, joint=joint)
    prob = chance(belief.value)
    if _stands_alone(dossier):
        return Account(of, prob, explain(dossier, fit, at, joint=joint))
    found, before = list[Contribution](), 0.0
    for cause, reference, told, by, when in _stages(dossier, fit, at, joint):
        after = _odds(chance(believe(told, by, when, joint=joint).value))
        found.append(Contribution(cause, reference, after - before))
        before = after
    first, *rest = found
    return Account(of, prob, (first, *(one for one in rest if abs(one.nats) > ROUNDING)))


def movers(dossier: Dossier, fit: Fit | None, belief: Belief) -> tuple[Lever, ...]:
    """What would move the chance of the same event, what moves it most first.

    A report of an independent story ten times likelier if it is so, or if not, by each source
    that has reported; a story taken back; a week without the event. A report on a number would
    have to say which, so there is none of these.
    """
    if _stands_alone(dossier):
        return levers(dossier, fit, belief.at)
    of, chance = _event(dossier, fit, belief)
    now = chance(belief.value)
    found = [
        Lever(what, reference, chance(believe(changed, fit, when).value))
        for what, reference, changed, when in _changes(dossier, belief.at, of)
    ]
    moving = [one for one in found if abs(one.prob - now) > LEAST]
    return tuple(sorted(moving, key=lambda one: -abs(_odds(one.prob) - _odds(now))))


def _stands_alone(dossier: Dossier) -> bool:
    return resting_on(dossier) == (dossier,) and isinstance(dossier.kind, Binary)


def _odds(prob: float) -> float:
    return float(logit(min(max(prob, LEAST), 1.0 - LEAST)))


def _event(
    dossier: Dossier, fit: Fit | None, belief: Belief, *, joint: bool = False
) -> tuple[str | float | None, Chance]:
    """What the account is of, and its chance by any value of the question's kind."""
    match belief.value:
        case Shares(by_option):
            option = max(by_option, key=lambda pair: pair[1])[0]
            return option, lambda value: dict(_shares(value))[option]
        case Cdf():
            grid, bare = shape_of(dossier.kind)[2], unmoved(dossier)
            assert grid is not None
            start = np.array(_points(believe(bare, fit, belief.at, joint=joint).value))
            place = 1 + int(np.argmin(np.abs(start[1:-1] - 0.5)))
            mark = float(nodes_of(grid, len(start))[place])
            if isinstance(dossier.kind, Date):
                return mark, lambda value: _points(value)[place]
            return mark, lambda value: 1.0 - _points(value)[place]
    return None, yes_of


def _shares(value: Value) -> tuple[tuple[str, float], ...]:
    if not isinstance(value, Shares):
        raise ValueError(f"{value!r} has no options")
    return value.by_option


def _points(value: Value) -> tuple[float, ...]:
    if not isinstance(value, Cdf):
        raise ValueError(f"{value!r} has no distribution")
    return value.points


def _stages(
    dossier: Dossier, fit: Fit | None, at: datetime, joint: bool
) -> Iterator[tuple[str, str, Dossier, Fit | None, datetime]]:
    """From the prior to the belief: what comes next, and the belief that it leads to."""
    bare, opening = unmoved(dossier), min(dossier.open_time, at)
    yield "reference class", "", bare, None, opening
    yield "recalibration", "", bare, fit, opening
    yield "time", "", bare, fit, at
    heard, spoken = list[str](), list[str]()
    for story in _stories(dossier, at):
        heard.append(story)
        yield "story", story, _told(dossier, heard, ()), fit, at
    for member in _members(dossier, at) if joint else ():
        spoken.append(member)
        yield "person", member, _told(dossier, heard, spoken), fit, at


def _stories(dossier: Dossier, at: datetime) -> list[str]:
    """The stories that are known, in the order in which they came."""
    first: dict[str, datetime] = {}
    for rung in resting_on(dossier):
        for one in known_evidence(rung, at):
            story = _story(one)
            first[story] = min(one.recorded_at, first.get(story, one.recorded_at))
    return sorted(first, key=lambda story: (first[story], story))


def _members(dossier: Dossier, at: datetime) -> list[str]:
    said = [active(one.forecasts, until(one, at)) for one in resting_on(dossier)]
    return sorted({one.member for rung in said for one in rung})


def _story(one: Evidence) -> str:
    return one.story or one.report


def _told(dossier: Dossier, stories: Collection[str], members: Collection[str]) -> Dossier:
    """The question, had only these stories come and only these members spoken."""
    return each(
        dossier,
        lambda one: replace(
            one,
            evidence=tuple(item for item in one.evidence if _story(item) in stories),
            forecasts=tuple(item for item in one.forecasts if item.member in members),
        ),
    )


def _changes(
    dossier: Dossier, at: datetime, of: str | float | None
) -> Iterator[tuple[str, str, Dossier, datetime]]:
    if until(dossier, at) < at:
        return
    known = [one for rung in resting_on(dossier) for one in known_evidence(rung, at)]
    for source, grade in best_graded(known):
        for words, weight in _words(dossier.kind, of):
            news = imagined(dossier.question, source, grade, weight, at)
            told = replace(news, signal=((of, weight),) if isinstance(of, str) else ())
            yield f"a new report {words} by", source, _with(dossier, told), at
    stories, members = _stories(dossier, at), _members(dossier, at)
    for story in stories:
        left = [one for one in stories if one != story]
        yield "without", story, _told(dossier, left, members), at
    later = min(at + WEEK, dossier.scheduled_close_time)
    if later > at:
        yield "time without the event until", f"{later:%Y-%m-%d}", dossier, later


def _words(kind: Kind, of: str | float | None) -> tuple[tuple[str, float], ...]:
    """What a report can be for in one number, and its weight, nats."""
    if isinstance(of, float) and not isinstance(kind, Date):
        return ()
    pair = ("for yes", "for no")
    if isinstance(of, str):
        pair = (f"for {of}", f"against {of}")
    elif isinstance(kind, Date):
        pair = ("that it comes in time", "that it does not")
    return (pair[0], IMAGINED_WEIGHT), (pair[1], -IMAGINED_WEIGHT)


def _with(dossier: Dossier, news: Evidence) -> Dossier:
    """The question, had somebody judged one report more."""
    return each(
        dossier,
        lambda one: (
            replace(one, evidence=(*one.evidence, news))
            if one.question == dossier.question
            else one
        ),
    )
