"""Mentions of one event become one: the best sentence to quote, the best-known time.

Families of one kin with the same names are one event, as are attacks on one place by forces
of one side. What the article says has happened already is dropped.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from questions.drafting.events import Event, is_open
from questions.drafting.names import Name
from questions.english.lexicon import Mood

WEIGHT: Final[dict[Mood, float]] = {
    "scheduled": 1.0,
    "planned": 1.0,
    "expected": 0.95,
    "proposed": 1.0,
    "attempted": 0.85,
    "failed": 0.9,
    "demanded": 0.75,
    "considered": 0.7,
    "possible": 0.6,
    "able": 0.45,
    "conditional": 0.55,
    "refused": 0.5,
    "denied": 0.4,
}
"""How much a mood says that an event is both possible and undecided."""


@dataclass(frozen=True, slots=True)
class Happening:
    """An event with all its mentions."""

    best: Event
    mentions: tuple[Event, ...]
    timed: Event | None
    """The mention whose time is taken; None where no mention has one."""
    also: tuple[Name, ...]
    """Others of the same side that a mention names as the agent."""


Key = tuple[str, tuple[str, ...]]


def happenings(events: Iterable[Event], published: date) -> list[Happening]:
    """Open events with their mentions merged, in the order of their first mention."""
    complete: dict[Key, list[Event]] = defaultdict(list)
    partial: list[Event] = []
    told = list(events)
    for event in (_with_inheritance(event, told) for event in told):
        if event.complete:
            complete[key_of(event)].append(event)
        else:
            partial.append(event)
    groups = [group for group in complete.values() if not _is_over(group, published)]
    return [_merged(group, partial, _only_one(group, groups)) for group in groups]


def _with_inheritance(event: Event, told: list[Event]) -> Event:
    """The event with the names of the one event that its family leans on."""
    if event.complete or not event.family.inherits:
        return event
    parents = [e for e in told if e.family.name == event.family.inherits and e.complete]
    if len({key_of(parent) for parent in parents}) != 1:
        return event
    names = {role: name for role, name in parents[0].roles.items() if role in event.family.roles}
    return replace(event, roles={**names, **event.roles})


def key_of(event: Event) -> Key:
    """What makes two mentions the same event: kin and the names that tell events apart."""
    names = [_identity(event, role) for role in event.family.key if role in event.roles]
    return event.family.kin, tuple(sorted(names) if event.family.pair else names)


def _identity(event: Event, role: str) -> str:
    """What a role's name is known by: fighters count as the country on whose side they are."""
    name = event.roles[role]
    fighting = "forces" in event.family.roles[role].kinds
    return name.side if name.side and (fighting or name.kind == "country") else name.text


def _is_over(group: list[Event], published: date) -> bool:
    """Whether the event has happened, or no mention leaves it open.

    What repeats, as visits do, may be ahead again where a time ahead is named.
    """
    openings = [event for event in group if is_open(event)]
    if not openings:
        return True
    happened = any(event.mood in {"happened", "ongoing", "certain"} for event in group)
    again = group[0].family.repeats and any(
        e.window is not None and e.window.last > published for e in openings
    )
    return happened and not again and not any(e.mood == "failed" for e in openings)


def _only_one(group: list[Event], groups: list[list[Event]]) -> bool:
    """Whether this is the article's only event of its family."""
    name = group[0].family.name
    return sum(other[0].family.name == name for other in groups) == 1


def _merged(group: list[Event], partial: list[Event], alone: bool) -> Happening:
    """The mentions of one event; partial ones join where they can mean no other."""
    openings = [event for event in group if is_open(event)]
    kept = [event for event in partial if is_open(event) and _agrees(event, openings[0])]
    mentions = (*openings, *(kept if alone else ()))
    best = max(openings, key=_worth_quoting)
    timed = [event for event in mentions if event.window is not None]
    return Happening(
        best=best,
        mentions=mentions,
        timed=best if best.window else (max(timed, key=_exactness) if timed else None),
        also=_others(openings, best),
    )


def _agrees(partial: Event, whole: Event) -> bool:
    """Whether a partial mention contradicts no role of a whole one, nor speaks of others."""
    return (
        partial.family.name == whole.family.name
        and not partial.of_others
        and all(
            role in whole.roles and _identity(whole, role) == _identity(partial, role)
            for role in partial.roles
        )
    )


def _exactness(event: Event) -> tuple[bool, float]:
    return (event.window is not None and event.window.exact, WEIGHT[event.mood])


def _worth_quoting(event: Event) -> tuple[float, int]:
    """A sentence that spells its names out and is plain about the mood, the earliest first."""
    timed = 0.3 if event.window is not None else 0.0
    full = 0.25 * event.spelled / max(1, len(event.roles))
    whole = 0.2 * any(name.kind == "forces" for name in event.roles.values())
    return (WEIGHT[event.mood] + timed + full + whole, -event.start)


def _others(openings: list[Event], best: Event) -> tuple[Name, ...]:
    """Agents of other mentions that are not the one of the best."""
    role = best.family.key[0]
    if role not in best.roles:
        return ()
    names = {event.roles[role].text: event.roles[role] for event in openings if role in event.roles}
    names.pop(best.roles[role].text, None)
    return tuple(names.values()) if not best.family.pair else ()
