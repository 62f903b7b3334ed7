"""What is asked of a model and what it said."""

from dataclasses import dataclass
from typing import Final

from questions.records import Draft

FAMILY: Final = "model"
"""The family of every draft that a model wrote: it has no roles and no reference class."""


@dataclass(frozen=True, slots=True)
class Service:
    """A server that speaks the OpenAI protocol, and the model to ask there."""

    model: str
    base_url: str
    key: str = ""
    timeout_seconds: float = 60.0
    """For a whole answer, from the question to its last byte."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question to the model and its answer, as both were sent."""

    model: str
    prompt: str
    answer: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why there is no answer, in one line."""

    what: str
    of_the_form: bool = False
    """Whether the server may have refused only the form that was asked for."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question as the model wrote it, checked for its form alone."""

    title: str
    closes: str
    why_closes: str
    yes: str
    no: str
    void: str
    settled_by: str
    fine_print: str
    quotation: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """What came of asking a model about an article."""

    drafts: tuple[Draft, ...] = ()
    turns: tuple[Turn, ...] = ()
    dropped: tuple[str, ...] = ()
    """Why a suggestion was dropped, one for each."""
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Answered[T]:
    """What a model said to one task: what could be used of it, and what could not."""

    found: tuple[T, ...] = ()
    turns: tuple[Turn, ...] = ()
    problems: tuple[str, ...] = ()
    trouble: str = ""
    """Why there is nothing."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a model would judge of a report and a question."""

    evidence: str
    """One of :data:`questions.modelled.weighing.EVIDENCE`."""
    quotation: str
    """The words of the report that say so, as they stand there."""
    why: str
