"""A check that a question asks for one event, with one way to yes."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

from questions.lint.subject import Subject
from questions.records import Finding

_AGENTS: Final = re.compile(
    r"(?:Will|Does|Did|Is|Are|Has|Have)\s+(?:either\s+)?(?:the\s+)?"
    r"((?:[A-Z][\w’'.-]*\s+)+or\s+(?:the\s+)?[A-Z][\w’'-]*)"
)
_CONDITION: Final = re.compile(r"\b(?:if|unless|provided that|assuming|in the event)\b")


@cache
def verbs() -> frozenset[str]:
    """Verbs of events, as they stand after "Will"."""
    text = files("questions.lint").joinpath("verbs.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


@cache
def _second_verb() -> re.Pattern[str]:
    """A verb that "and" or "or" joins to another one."""
    return re.compile(
        rf"\b(?P<joint>and|or)\s+(?:then\s+|also\s+|not\s+|thereby\s+)*"
        rf"(?:(?:be|get)\s+\w+(?:ed|en)\b|(?:{'|'.join(verbs())})\b)"
    )


def asks_one_thing(subject: Subject) -> Iterator[Finding]:
    """One event: no second verb, no two agents to choose from, no condition."""
    title = subject.asked.title
    if (match := _second_verb().search(title)) is not None:
        said = "names two events" if match["joint"] == "and" else "gives two ways to yes"
        yield Finding("warning", "title", f"“{match[0]}” {said}", "ask one question for each event")
    elif (match := _AGENTS.match(title)) is not None:
        yield Finding(
            "warning", "title", f"“{match[1]}” gives two ways to yes", "ask one question for each"
        )
    if (match := _CONDITION.search(title)) is not None:
        yield Finding(
            "warning",
            "title",
            f"“{match[0]}” makes it depend on another event",
            "ask for the one event, and let the criteria void it where the condition fails",
        )
