"""Checks on the deadline and on the dates that title, criteria and quotation name."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from questions.english.time_phrases import WEEKDAYS
from questions.english.windows import Window, windows
from questions.instants import last_day
from questions.lint.subject import Subject
from questions.records import Draft, Finding, Question

_LATE: Final = timedelta(days=31)
_FAR: Final = timedelta(days=730)


def deadline_fits(subject: Subject) -> Iterator[Finding]:
    """The deadline lies after the opening, ahead of now, and near the date that is named."""
    asked = subject.asked
    if asked.scheduled_close_time <= asked.open_time:
        yield Finding(
            "error", "deadline", "it closes before it opens", "give a deadline after the opening"
        )
    elif asked.scheduled_close_time <= subject.as_of:
        yield Finding("error", "deadline", "it is over already", "give a deadline that is ahead")
    elif asked.scheduled_close_time - asked.open_time > _FAR:
        yield Finding(
            "advice",
            "deadline",
            "it is more than two years away",
            "ask for a first step that comes sooner",
        )
    if isinstance(asked, Draft) and asked.open_time > subject.as_of:
        yield Finding(
            "error",
            "deadline",
            "it rests on an article of a later day",
            "use only what is known by then",
        )
    yield from _named_date(asked)


def _named_date(asked: Draft | Question) -> Iterator[Finding]:
    """The quotation's dates are at or before the deadline, and not long before it.

    A bare weekday is left out: it may be the one before.
    """
    if asked.quotation is None:
        return
    last = last_day(asked.scheduled_close_time)
    opens = asked.open_time.date()
    named = _dates(asked.quotation.text, opens)
    ahead = [w for w in named if w.last > opens and w.phrase.lower() not in WEEKDAYS]
    if not ahead:
        return
    if all(window.first > last for window in ahead):
        yield Finding(
            "error",
            "deadline",
            f"it is before the date that the article names, “{ahead[0].phrase}”",
            f"close on {ahead[0].last} or later",
        )
    elif all(last - window.last > _LATE for window in ahead):
        yield Finding(
            "warning",
            "deadline",
            f"it is over 31 days after the date that the article names, “{ahead[-1].phrase}”",
            f"close within a month of {ahead[-1].last}",
        )


def dates_agree(subject: Subject) -> Iterator[Finding]:
    """Title and criteria name the deadline, and no other day as the last one."""
    asked = subject.asked
    last = last_day(asked.scheduled_close_time)
    named = _dates(asked.title, asked.open_time.date())
    if not named:
        yield Finding(
            "warning", "title", "it names no deadline", f"end it with: by {_plain(last)}?"
        )
    elif last not in {window.last for window in named}:
        yield Finding(
            "error",
            "title",
            f"it says “{named[-1].phrase}”, but the question closes after {_plain(last)}",
            "let title and deadline name the same day",
        )
    settled = _dates(asked.resolution_criteria, asked.open_time.date())
    if settled and last not in {window.last for window in settled}:
        yield Finding(
            "warning",
            "criteria",
            f"they name “{settled[-1].phrase}”, but the question closes after {_plain(last)}",
            "let criteria and deadline name the same day",
        )


def _dates(text: str, opens: date) -> list[Window]:
    return [window for window in windows(text, opens) if window.exact]


def _plain(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
