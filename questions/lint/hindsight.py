"""A check that nothing is told as past that had not happened by then."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from questions.lint.dates import named_in
from questions.lint.subject import Subject
from questions.records import Finding, Question

_LONGEST: Final = 10_000
_SENTENCE: Final = re.compile(r"[^.!?\n]+(?:\.(?=\w)[^.!?\n]*)*")
_PAST: Final = re.compile(
    r"\b(?:was|were|had|did|became|began|came|fell|gave|held|left|lost|made|met|rose|said|sent|"
    r"spoke|struck|took|went|won|\w{3,}ed)\b"
)
_NOT_TOLD: Final = re.compile(
    r"\b(?:if|whether|unless|when|once|by|before|until|till|will|would|(?-i:may)|might|could|should|"
    r"expected|scheduled|planned|due|slated|supposed|meant|set|counts?|resolves?|yes|no|void)\b",
    re.IGNORECASE,
)


def nothing_came_later(subject: Subject) -> Iterator[Finding]:
    """No text tells of a day after the opening as of something that happened."""
    asked = subject.asked
    known = min(subject.as_of, asked.open_time).date()
    texts = {"fine print": asked.fine_print}
    if isinstance(asked, Question):
        texts["background"] = asked.background[:_LONGEST]
    for where, text in texts.items():
        if (phrase := _told_too_early(text, known)) is not None:
            yield Finding(
                "error",
                where,
                f"it tells what happened on a later day, “{phrase}”",
                f"use only what was known on {known}",
            )


def _told_too_early(text: str, known: date) -> str | None:
    """The first day after ``known`` that a sentence in the past tense names."""
    for window in named_in(text, known):
        if not window.exact or window.first <= known:
            continue
        sentence = next(one for one in _SENTENCE.finditer(text + " ") if one.end() > window.start)[
            0
        ]
        if _PAST.search(sentence) and not _NOT_TOLD.search(sentence):
            return window.phrase
    return None
