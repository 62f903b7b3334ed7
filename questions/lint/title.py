"""Checks on the title's wording: one observable event in plain words."""

import re
from collections.abc import Iterator
from typing import Final

from questions.lint import words
from questions.lint.dates import without_dates
from questions.lint.subject import Subject
from questions.records import Finding

_LONGEST: Final = 200
_NUMBER: Final = re.compile(r"\d")


def title_is_clear(subject: Subject) -> Iterator[Finding]:
    """The title is one question about an event that anyone could see happen."""
    title = subject.asked.title.strip()
    if not title:
        yield Finding("error", "title", "it is empty", "ask one question")
        return
    if not title.endswith("?"):
        yield Finding("advice", "title", "it is not a question", "end it with a question mark")
    elif title.rstrip("?").count("?"):
        yield Finding(
            "warning", "title", "it holds more than one question", "ask one question for each"
        )
    if len(title) > _LONGEST:
        yield Finding(
            "warning", "title", f"it has over {_LONGEST} characters", "leave detail to the criteria"
        )
    yield from words.findings(title, "title", measured=_is_measured(subject, title))


def _is_measured(subject: Subject, title: str) -> bool:
    """Whether a number stands in the title that is no part of a date."""
    return _NUMBER.search(without_dates(title, subject.asked.open_time.date())) is not None
