"""Checks on the criteria: what counts as yes, as no, what voids it, and who settles it."""

import re
from collections.abc import Iterator
from typing import Final

from questions.lint import words
from questions.lint.subject import Subject
from questions.records import Binary, Draft, Finding, Question

_VOID: Final = (
    "what voids the question",
    re.compile(
        r"\bvoid|\bannul|\bambiguous|\bN/A\b|\bnot applicable|"
        r"\b(?:question|it) (?:is|will be) cancel",
        re.IGNORECASE,
    ),
    "add a line: Void: ...",
)
_PARTS: Final = (
    (
        "what counts as yes",
        re.compile(r"\byes\b|\bcounts? (?:as|if|when)\b|\bpositive", re.IGNORECASE),
        "add a line: Yes: ...",
    ),
    (
        "what counts as no",
        re.compile(
            r"(?:^|[.;]\s*)no\b\s*(?:[:,]|if\b|when\b|unless\b|otherwise\b)|"
            r"(?:resolves?|settled|counts?)\s+(?:\w+\s+)?(?:as\s+|to\s+)?[“\"']?no\b|"
            r"\botherwise\b|\bnegative",
            re.IGNORECASE | re.MULTILINE,
        ),
        "add a line: No: ...",
    ),
    _VOID,
)
_SOURCE: Final = re.compile(
    r"\b(?:settled by|settles|sources?|according to|as reported by|reported by|"
    r"reports? (?:of|by|that|from)|reporting|sites?|website|records?|journal|register|gazette|"
    r"(?:stated|announced|published|confirmed|declared|acknowledged|verified|reported) "
    r"(?:by|in|on)|https?://)",
    re.IGNORECASE,
)
_ANYBODY: Final = re.compile(
    r"\b(?:credible|reliable|reputable|trusted|trustworthy|various|media|news|press|public)\s+"
    r"(?:\w+\s+)?(?:reports?|reporting|sources?|media|outlets|coverage)\b"
    r"|\bthe (?:media|press|news)\b",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(
    r"https?://|\b(?:office|government|ministry|court|site|website|record|register|gazette|"
    r"company|exchange|federation|league|organisers?|statement|results?)\b|"
    r"(?<=[\w,(] )[A-Z][\w&.-]+",
)
_SENTENCE: Final = re.compile(r"[^.\n;]*")
_LABEL: Final = re.compile(r"^\s*yes\b", re.IGNORECASE | re.MULTILINE)
_YES: Final = re.compile(
    r"^\s*yes\b\W*(.*?)(?=^\s*(?:no|void|settled by|source)\b|\Z)",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)


def criteria_are_whole(subject: Subject) -> Iterator[Finding]:
    """Yes, no and void are said, once each, and a source is named."""
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
    for part, pattern, hint in _PARTS if _is_binary(asked) else (_VOID,):
        if pattern.search(text) is None:
            yield Finding("warning", "criteria", f"they do not say {part}", hint)
    if len(_LABEL.findall(asked.resolution_criteria)) > 1:
        yield Finding(
            "warning",
            "criteria",
            "they give more than one way to yes",
            "ask one question for each way, or put them in one sentence",
        )
    yield from _source(text)
    yield from words.findings(_yes(asked.resolution_criteria), "criteria", measured=True)


def _is_binary(asked: Draft | Question) -> bool:
    return asked.type == "binary" if isinstance(asked, Draft) else isinstance(asked.kind, Binary)


def _source(text: str) -> Iterator[Finding]:
    if _SOURCE.search(text) is None:
        yield Finding(
            "warning", "criteria", "they name no source", "say who or what settles the question"
        )
        return
    naming = [one[0] for one in _SENTENCE.finditer(text) if _SOURCE.search(one[0])]
    loose = [found for one in naming if (found := _ANYBODY.search(one))]
    if loose and not any(_NAMED.search(one) for one in naming):
        yield Finding(
            "warning",
            "criteria",
            f"the source “{loose[0][0]}” is nobody in particular",
            "name the bodies or agencies that settle the question",
        )


def _yes(criteria: str) -> str:
    """What counts as yes: the labelled part, or all of it where nothing is labelled."""
    found = _YES.search(criteria)
    return found[1] if found else criteria
