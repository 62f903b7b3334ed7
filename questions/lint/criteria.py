"""Checks on the criteria: what counts as yes, as no, what voids it, and who settles it."""

import re
from collections.abc import Iterator
from typing import Final

from questions.lint.subject import Subject
from questions.records import Binary, Draft, Finding, Question

_PARTS: Final = (
    (
        "what counts as yes",
        re.compile(r"\byes\b|\bcounts? (?:as|if|when)\b|\bpositive", re.IGNORECASE),
        "add a line: Yes: ...",
    ),
    (
        "what counts as no",
        re.compile(r"\bno\b[:,. ]|\bno$|\botherwise\b|\bnegative", re.IGNORECASE),
        "add a line: No: ...",
    ),
    (
        "what voids the question",
        re.compile(r"\bvoid|\bannul|\bambiguous|\bcancel", re.IGNORECASE),
        "add a line: Void: ...",
    ),
)
_SOURCE: Final = re.compile(
    r"\b(?:settled by|settles|source|according to|reported by|reports? (?:of|by|that)|site|"
    r"website|record|journal|register|gazette|(?:stated|announced|published|confirmed|declared) "
    r"by|https?://)",
    re.IGNORECASE,
)
_NAME: Final = re.compile(r"\b[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*")
_NO_NAMES: Final = frozenset(
    [
        "Will",
        "Does",
        "Did",
        "Is",
        "Are",
        "Has",
        "Have",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
)


def criteria_are_whole(subject: Subject) -> Iterator[Finding]:
    """Yes, no and void are said, a source is named, and the names are those of the title."""
    asked = subject.asked
    text = f"{asked.resolution_criteria}\n{asked.fine_print}"
    if not text.strip():
        yield Finding(
            "error",
            "criteria",
            "nothing says how the question is settled",
            "say what counts as yes and as no, what voids it, and which source settles it",
        )
        return
    if _is_binary(asked):
        for part, pattern, hint in _PARTS:
            if pattern.search(text) is None:
                yield Finding("warning", "criteria", f"they do not say {part}", hint)
    if _SOURCE.search(text) is None:
        yield Finding(
            "warning", "criteria", "they name no source", "say who or what settles the question"
        )
    missing = [name for name in _names(asked.title) if _last_word(name) not in text]
    if missing:
        yield Finding(
            "warning",
            "criteria",
            f"they do not name {missing[0]}",
            "let title and criteria name the same people, bodies and places",
        )


def _is_binary(asked: Draft | Question) -> bool:
    return asked.type == "binary" if isinstance(asked, Draft) else isinstance(asked.kind, Binary)


def _names(title: str) -> list[str]:
    """The capitalised names of a title, without its first word and its months."""
    found = (match[0] for match in _NAME.finditer(title))
    names = [" ".join(word for word in name.split() if word not in _NO_NAMES) for name in found]
    return [name for name in names if name]


def _last_word(name: str) -> str:
    return name.split()[-1].removesuffix("’s").removesuffix("'s")
