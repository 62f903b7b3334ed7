"""Questions that were asked before, found by what they ask."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from questions.records import Draft, Question

Key = tuple[object, ...]

_DEADLINE: Final = re.compile(r"\b(?:by|before|until|on) [^?]*\d{4} ?\??$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Register:
    """The open questions, and those that were resolved yes, each under what it asks."""

    open: Mapping[Key, tuple[Question, ...]] = field(default_factory=dict)
    happened: Mapping[Key, tuple[Question, ...]] = field(default_factory=dict)


def register_of(open_questions: Iterable[Question], happened: Iterable[Question] = ()) -> Register:
    """A register, to be made once where many questions are checked against the same ones."""
    return Register(_by_key(open_questions), _by_key(happened))


def _by_key(questions: Iterable[Question]) -> Mapping[Key, tuple[Question, ...]]:
    found: dict[Key, list[Question]] = defaultdict(list)
    for question in questions:
        for key in _keys(question):
            found[key].append(question)
    return {key: tuple(listed) for key, listed in found.items()}


def like(asked: Draft | Question, listed: Mapping[Key, tuple[Question, ...]]) -> Iterator[Question]:
    """Others that ask the same of the same names over an overlapping time.

    The same: family and roles agree, in whatever order the roles are, or the titles agree once
    the deadline is left out.
    """
    others = {id(other): other for key in _keys(asked) for other in listed.get(key, ())}
    for other in others.values():
        if not _is_itself(asked, other) and _overlap(asked, other):
            yield other


def _keys(asked: Draft | Question) -> Iterator[Key]:
    if asked.family and asked.roles:
        yield (asked.family, *sorted(asked.roles))
    if words := core_of(asked.title):
        yield (words,)


def core_of(title: str) -> str:
    """A title without its deadline, in small letters.

    >>> core_of("Will Ana Duarte visit Kenya by 30 June 2024?")
    'will ana duarte visit kenya'
    """
    return _DEADLINE.sub("", " ".join(title.split())).casefold().rstrip("? ")


def _is_itself(asked: Draft | Question, other: Question) -> bool:
    if isinstance(asked, Draft):
        return bool(asked.id) and other.draft == asked.id
    return bool(asked.id) and asked.id == other.id


def _overlap(asked: Draft | Question, other: Question) -> bool:
    return (
        asked.open_time < other.scheduled_close_time
        and other.open_time < asked.scheduled_close_time
    )
