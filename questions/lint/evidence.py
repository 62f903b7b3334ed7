"""Checks on the quotation: exact, and somebody else's words about somebody named."""

import re
from collections.abc import Iterator
from typing import Final

from questions.lint.subject import Subject
from questions.records import Finding

_FIRST_PERSON: Final = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y|ourselves|I’m|I'm)\b(?!\.)")
_LONGEST: Final = 1000


def quotation_holds(subject: Subject) -> Iterator[Finding]:
    """The quotation is an exact piece of the article and not in the first person."""
    quotation = subject.asked.quotation
    if quotation is None:
        return
    if not quotation.text.strip():
        yield Finding("error", "quotation", "it is empty", "quote the sentence that supports it")
    elif subject.text is not None and (
        subject.text[quotation.start : quotation.end] != quotation.text
    ):
        yield Finding(
            "error", "quotation", "the article does not hold it at its span", "quote it exactly"
        )
    if _FIRST_PERSON.search(quotation.text):
        yield Finding(
            "warning", "quotation", "it speaks in the first person", "quote a plain statement"
        )
    if len(quotation.text) > _LONGEST:
        yield Finding("advice", "quotation", "it is very long", "quote one sentence")
