"""What the checks look at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

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
    open_questions: tuple[Question, ...] = ()
    parser: "Language | None" = None


Check = Callable[[Subject], Iterator[Finding]]
