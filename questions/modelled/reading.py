"""The text of an answer becomes suggestions; what is not of the form is named."""

import json
import re
from collections.abc import Sequence
from dataclasses import fields
from typing import Any, Final

from questions.modelled.records import Suggestion

MOST: Final = 12
"""So many suggestions of one answer are looked at."""
_LONGEST: Final = 4000
_FENCE: Final = re.compile(r"\s*```(?:json)?\s*\n(.*?)\n\s*```\s*", re.DOTALL)
UNKEPT: Final = re.compile("[\x00\ud800-\udfff]")
"""Characters that a store keeps in no text."""


def suggestions_in(answer: str) -> tuple[list[Suggestion], list[str]]:
    """The suggestions of an answer, and what is wrong with the rest of it.

    >>> suggestions_in("Sure! Here they are:")
    ([], ['it is not JSON'])
    >>> suggestions_in('{"questions": [{"title": "Will it?"}]}')
    ([], ['questions[0].closes is missing'])
    """
    data, problem = object_in(answer)
    if problem:
        return [], [problem]
    if not isinstance(data.get("questions"), list):
        return [], ['it has no list "questions"']
    found: list[Suggestion] = []
    problems: list[str] = []
    for place, item in enumerate(data["questions"][:MOST]):
        problem = _problem(item)
        if problem:
            problems.append(f"questions[{place}]{problem}")
        else:
            found.append(Suggestion(**{name: item[name].strip() for name in _NAMES}))
    return found, problems


def object_in(answer: str) -> tuple[dict[str, Any], str]:
    """The JSON object that an answer is, or what keeps it from being one.

    >>> object_in('[1]')
    ({}, 'it is no JSON object')
    """
    fenced = _FENCE.fullmatch(answer)
    try:
        data = json.loads(fenced[1] if fenced else answer)
    except (ValueError, RecursionError):
        return {}, "it is not JSON"
    return (data, "") if isinstance(data, dict) else ({}, "it is no JSON object")


_NAMES: Final = tuple(one.name for one in fields(Suggestion))


def _problem(item: Any) -> str:
    """What keeps an item from being a suggestion; nothing if it is one."""
    return problem_of(item, _NAMES) if isinstance(item, dict) else " is no object"


def problem_of(item: dict[str, Any], names: Sequence[str]) -> str:
    """What keeps an object from having these texts; nothing if it has them."""
    for name in names:
        if name not in item:
            return f".{name} is missing"
        if not isinstance(item[name], str):
            return f".{name} is no text"
        if len(item[name]) > _LONGEST:
            return f".{name} is longer than {_LONGEST} characters"
        if UNKEPT.search(item[name]):
            return f".{name} holds characters that no text has"
    return ""
