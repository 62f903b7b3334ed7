"""A check against the open questions, lest one thing is asked twice."""

import re
from collections.abc import Iterator
from typing import Final

from questions.lint.subject import Subject
from questions.records import Draft, Finding, Question

_DEADLINE: Final = re.compile(r"\s*\b(?:by|before|until|on)\s+[^?]*\d{4}\s*\??\s*$", re.IGNORECASE)


def is_new(subject: Subject) -> Iterator[Finding]:
    """No open question asks the same of the same names over an overlapping time."""
    for other in subject.open_questions:
        if _is_itself(subject.asked, other) or not _overlap(subject.asked, other):
            continue
        if _same_event(subject.asked, other) or _same_words(subject.asked, other):
            yield Finding(
                "error",
                "title",
                f"{other.id or 'an open question'} asks this already: {other.title}",
                "follow that question, or ask for another window",
            )


def _is_itself(asked: Draft | Question, other: Question) -> bool:
    if isinstance(asked, Draft):
        return bool(asked.id) and other.draft == asked.id
    return bool(asked.id) and asked.id == other.id


def _overlap(asked: Draft | Question, other: Question) -> bool:
    return (
        asked.open_time < other.scheduled_close_time
        and other.open_time < asked.scheduled_close_time
    )


def _same_event(asked: Draft | Question, other: Question) -> bool:
    """Family and roles agree, in whatever order the roles are."""
    if not asked.family or asked.family != other.family or not asked.roles:
        return False
    return sorted(asked.roles) == sorted(other.roles)


def _same_words(asked: Draft | Question, other: Question) -> bool:
    """The titles agree once the deadline is left out."""
    return _core(asked.title) == _core(other.title) != ""


def _core(title: str) -> str:
    return " ".join(_DEADLINE.sub("", title).casefold().split()).rstrip("?")
