"""Checks on the deadline and on the dates that title, criteria and quotation name."""

import re
from collections.abc import Iterator
from datetime import UTC, date, time, timedelta
from typing import Final

from questions.english.time_rules import WEEKDAYS
from questions.english.windows import Window
from questions.instants import last_day, plain_date
from questions.lint.dates import named_in
from questions.lint.subject import Subject
from questions.records import Date, Draft, Finding, Question

_LATE: Final = timedelta(days=31)
_FAR: Final = timedelta(days=730)
_LONGEST: Final = 10_000
_LIMIT: Final = re.compile(
    r"\b(?:by|before|until|till|through|than|deadline)\s+"
    r"(?:(?:and including|the|midnight|on|is)\s+)*$",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(r"\b(?:before|until|prior to)\s+(?:the\s+)?$", re.IGNORECASE)
_ASIDE: Final = re.compile(r"\b(?:for|of|since|after|from|than)\s+(?:the\s+)?$", re.IGNORECASE)
_FIGURE: Final = re.compile(r"\d")
_COUNTED: Final = re.compile(r"\b(?:next|within|last|past|coming)\b", re.IGNORECASE)
_HOUR: Final = re.compile(
    r"\b(?:[01]?\d|2[0-3]):[0-5]\d(?:\s*[ap]\.?m\b\.?)?|\b(?:1[0-2]|[1-9])(?:\.[0-5]\d)?\s*[ap]\.?m\b\.?"
    r"|\bmidnight\b|\bnoon\b",
    re.IGNORECASE,
)
_ZONE: Final = re.compile(
    r"[^.;\n]{0,40}(?:\b(?:UTC|GMT|Z|[A-Z]{1,4}T)\b|[+-]\d\d:?\d\d|\b[Tt]ime\b|\dZ)"
)


def deadline_fits(subject: Subject) -> Iterator[Finding]:
    """The deadline lies after the opening, ahead of now, and near the date that is named."""
    asked = subject.asked
    if asked.scheduled_close_time <= asked.open_time:
        yield Finding(
            "error", "deadline", "it closes before it opens", "give a deadline after the opening"
        )
    elif asked.scheduled_close_time <= subject.as_of:
        yield _over(asked)
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


def _over(asked: Draft | Question) -> Finding:
    """A draft comes too late; a question that ran its time only waits for its answer."""
    if isinstance(asked, Draft):
        return Finding("error", "deadline", "it is over already", "give a deadline that is ahead")
    return Finding("advice", "deadline", "it is over already", "resolve it")


def _named_date(asked: Draft | Question) -> Iterator[Finding]:
    """The quotation's dates are at or before the deadline, and not long before it.

    A bare weekday is left out: it may be the one before.
    """
    if asked.quotation is None:
        return
    last = last_day(asked.scheduled_close_time)
    opens = asked.open_time.date()
    quoted = asked.quotation.text[:_LONGEST]
    named = [window for window in named_in(quoted, opens) if window.exact]
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
    agrees = any(_is_last(asked, asked.title, window) for window in named)
    named = [one for one in named if agrees or not _stands_after(_ASIDE, asked.title, one)]
    if not named and not _asks_when(asked):
        yield Finding(
            "warning", "title", "it names no deadline", f"end it with: by {plain_date(last)}?"
        )
    elif named and not agrees:
        yield Finding(
            "error",
            "title",
            f"it says “{named[-1].phrase}”, but the question closes after {plain_date(last)}",
            "let title and deadline name the same day",
        )
    yield from _criteria_agree(asked, last)


def _criteria_agree(asked: Draft | Question, last: date) -> Iterator[Finding]:
    """Criteria that set a last day set the one of the deadline."""
    text = asked.resolution_criteria
    settled = _dates(text, asked.open_time.date())
    if not settled or any(_is_last(asked, text, window) for window in settled):
        return
    limits = [window for window in settled if _stands_after(_LIMIT, text, window)]
    shown = (limits or settled)[-1]
    yield Finding(
        "error" if limits else "warning",
        "criteria",
        f"they name “{shown.phrase}”, but the question closes after {plain_date(last)}",
        "let criteria and deadline name the same day",
    )


def hours_have_zones(subject: Subject) -> Iterator[Finding]:
    """An hour in title or criteria says in which time zone it is meant."""
    asked = subject.asked
    for where, text in (("title", asked.title), ("criteria", asked.resolution_criteria)):
        for hour in _HOUR.finditer(text):
            if _ZONE.match(text, hour.end()) is None:
                yield Finding(
                    "warning", where, f"“{hour[0]}” has no time zone", "add one, such as UTC"
                )
                break


def _asks_when(asked: Draft | Question) -> bool:
    return isinstance(asked, Question) and isinstance(asked.kind, Date)


def _is_last(asked: Draft | Question, text: str, window: Window) -> bool:
    """Whether a day is the last one of the question, or the day after one that it is "before".

    Of a month or a year any day may be the last one, and "by 2030" may mean before it begins. A
    question that closes within a day may be a day off, as in "by 30 June" of another time zone.
    """
    close = asked.scheduled_close_time
    last = last_day(close).toordinal()
    first, end = window.first.toordinal(), window.last.toordinal()
    if first < end:
        return first - 1 <= last <= end + 1
    leeway = 0 if close.timetz() == time(0, tzinfo=UTC) else 1
    if _stands_after(_BEFORE, text, window):
        first -= 1
    return first - leeway <= last <= end + leeway


def _stands_after(preposition: re.Pattern[str], text: str, window: Window) -> bool:
    """Whether a preposition stands before a time phrase, or is its first word."""
    first, _, _ = window.phrase.partition(" ")
    return any(preposition.search(lead) for lead in (text[: window.start], f"{first} "))


def _dates(text: str, opens: date) -> list[Window]:
    """The days that a text names as such, not as counted from today: "30 June", "in 2030"."""
    return [
        window
        for window in named_in(text, opens)
        if window.exact and _FIGURE.search(window.phrase) and not _COUNTED.search(window.phrase)
    ]
