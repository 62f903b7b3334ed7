"""Checks on what a question can be answered with: options, ranges, units."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from questions.lint.subject import Subject
from questions.records import Date, Discrete, Draft, Finding, Kind, MultipleChoice, Numeric

_REST: Final = ("other", "none", "neither", "nobody", "no one", "another", "no ", "anything else")


def answers_fit(subject: Subject) -> Iterator[Finding]:
    """Options are told apart and cover what can happen; a range has a low and a high end."""
    if isinstance(subject.asked, Draft):
        return
    kind: Kind = subject.asked.kind
    match kind:
        case MultipleChoice(options):
            yield from _options(options)
        case Numeric() | Discrete():
            yield from _range(rising=kind.range_min < kind.range_max)
            if not kind.unit.strip():
                yield Finding("advice", "range", "it has no unit", "say what is counted")
        case Date():
            yield from _range(rising=kind.range_min < kind.range_max)


def _options(options: tuple[str, ...]) -> Iterator[Finding]:
    told = Counter(" ".join(option.casefold().split()) for option in options)
    if len(options) < 2:
        yield Finding("error", "options", "there is nothing to choose", "give two or more")
    if any(not option for option in told):
        yield Finding("error", "options", "one of them is blank", "name each in words")
    if twice := [option for option, count in told.items() if option and count > 1]:
        yield Finding("error", "options", f"“{twice[0]}” stands there twice", "name each once")
    if not any(option.startswith(_REST) for option in told):
        yield Finding(
            "advice", "options", "none of them is for the rest", "add one such as: another"
        )


def _range(*, rising: bool) -> Iterator[Finding]:
    if not rising:
        yield Finding("error", "range", "its low end is not below its high end", "give LOW:HIGH")
