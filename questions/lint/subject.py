"""What the checks look at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from questions.lint.register import Register
from questions.records import Draft, Finding, Question

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True)
class Subject:
    """A draft or question with what is known around it."""

    asked: Draft | Question
    as_of: datetime
    text: str | None = None
    """The article's, where the quotation is to be compared with it."""
    register: Register = field(default_factory=Register)
    prob: float | None = None
    """P(yes) as far as it is known, from 0 to 1."""
    parser: "Language | None" = None


Check = Callable[[Subject], Iterator[Finding]]
