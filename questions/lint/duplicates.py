"""Checks against the questions that were asked before, lest one thing is asked twice."""

from collections.abc import Iterator

from questions.lint.register import Register, like
from questions.lint.subject import Subject
from questions.records import Draft, Finding, Question


def repeats(asked: Draft | Question, known: Register) -> tuple[Finding, ...]:
    """What the questions that were asked before say of another one."""
    subject = Subject(asked, asked.open_time, register=known)
    return (*is_new(subject), *has_not_come_true(subject))


def is_new(subject: Subject) -> Iterator[Finding]:
    """No open question asks the same of the same names over an overlapping time."""
    for other in like(subject.asked, subject.register.open):
        yield Finding(
            "error",
            "title",
            f"{other.id or 'an open question'} asks this already: {other.title}",
            "follow that question, or ask for another window",
        )


def has_not_come_true(subject: Subject) -> Iterator[Finding]:
    """No question of the same and an overlapping time was resolved yes."""
    for other in like(subject.asked, subject.register.happened):
        yield Finding(
            "error",
            "title",
            f"it is true already: {other.id or 'a question'} was resolved yes: {other.title}",
            "ask for the next step",
        )
