"""What is asked, and the news it comes from: frozen records without behaviour.

Times are UTC datetimes, intervals half-open. Ids are short: ``A1`` article, ``D3`` draft,
``Q12`` question, ``R7`` report, ``S4`` story; a record that no store has numbered has ``""``.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from questions.values import Outcome

Level = Literal["error", "warning", "advice"]
Status = Literal["upcoming", "open", "closed", "resolved"]
Decision = Literal["yes", "maybe"]


@dataclass(frozen=True, slots=True)
class Article:
    """A text as it was read, with what is known of its origin."""

    title: str
    text: str
    """Of a text file as decoded, newlines untranslated; of a page what was extracted from it.
    Spans of quotations count its code points."""
    published: datetime
    source: str
    """The path or address that it was read from; ``-`` for standard input."""
    sha256: str
    """Of the raw bytes."""
    authors: str = ""
    """As the byline names them, ``; `` between them."""
    publisher: str = ""
    language: str = "en"
    """By its tag, such as ``en-GB``."""
    extractor: str = "plain text"
    """What made the text of the bytes, with its version."""
    fetched_at: datetime | None = None
    """When it was fetched from its address; None of a file."""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """An exact substring of an article: ``article.text[start:end] == text``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a draft or question that a careful writer would want to know."""

    level: Level
    where: str
    """The part of the question: ``title``, ``deadline``, ``criteria``, ``quotation``; also
    ``background``, ``fine print``, ``options``, ``range``, ``probability``."""
    what: str
    hint: str


@dataclass(frozen=True, slots=True)
class ReferenceClass:
    """Comparable past cases that a prior may start from, with where the count comes from."""

    name: str
    hits: int
    trials: int
    source: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A question that an article suggests; a person opens it or does not."""

    title: str
    family: str
    roles: tuple[tuple[str, str], ...]
    """What fills the family's slots, as ``(role, full name)``."""
    open_time: datetime
    scheduled_close_time: datetime
    deadline_reason: str
    """Why this deadline: the article's words, or the family's default."""
    resolution_criteria: str
    fine_print: str
    quotation: Quotation
    problems: tuple[Finding, ...] = ()
    reference_class: ReferenceClass | None = None
    type: str = "binary"
    rank: float = 0.0
    """Higher is more worth asking."""
    article: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Binary:
    """Yes or no."""


@dataclass(frozen=True, slots=True)
class MultipleChoice:
    """One of several named options."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numeric:
    """A number in a range whose ends may be open."""

    range_min: float
    range_max: float
    unit: str = ""
    open_lower_bound: bool = False
    open_upper_bound: bool = False
    zero_point: float | None = None


@dataclass(frozen=True, slots=True)
class Discrete:
    """One of finitely many evenly spaced numbers, or beyond an open end.

    As Metaculus has it, the range reaches half a step beyond the lowest and highest number:
    0 to 10 in steps of 1 are 11 outcomes in a range from -0.5 to 10.5.
    """

    range_min: float
    range_max: float
    inbound_outcome_count: int
    unit: str = ""
    open_lower_bound: bool = False
    open_upper_bound: bool = False


@dataclass(frozen=True, slots=True)
class Date:
    """A moment in a range whose ends may be open."""

    range_min: datetime
    range_max: datetime
    open_lower_bound: bool = False
    open_upper_bound: bool = True


Kind = Binary | MultipleChoice | Numeric | Discrete | Date


@dataclass(frozen=True, slots=True)
class Question:
    """A tracked forecast item as it was asked or last edited."""

    id: str
    title: str
    kind: Kind
    open_time: datetime
    scheduled_close_time: datetime
    resolution_criteria: str
    fine_print: str = ""
    background: str = ""
    tags: tuple[str, ...] = ()
    family: str = ""
    roles: tuple[tuple[str, str], ...] = ()
    quotation: Quotation | None = None
    reference_class: ReferenceClass | None = None
    article: str = ""
    draft: str = ""
    asked_by: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What happened, when the answer was known, and who says so."""

    question: str
    outcome: Outcome
    resolved_at: datetime
    """When the answer was known (Metaculus: ``actual_resolve_time``)."""
    source: str
    recorded_at: datetime
    by: str = ""


@dataclass(frozen=True, slots=True)
class Tracked:
    """A question with all that happened to it, as of an instant."""

    question: Question
    status: Status
    actual_close_time: datetime | None
    """The scheduled close or the moment the answer was known, whichever came first; None before."""
    resolution: Resolution | None
    history: tuple[tuple[datetime, str], ...] = ()
    """``(when recorded, what)``, oldest first: asked, edited, resolved, reopened."""


@dataclass(frozen=True, slots=True)
class Report:
    """A piece of news that may bear on questions."""

    id: str
    title: str
    text: str
    published: datetime
    source: str = ""
    """Who says so: an outlet, an office, a person."""
    grade: str = ""
    """Admiralty grade of source and information, such as ``B2``; empty when nobody graded it."""
    story: str = ""
    copy_of: str = ""
    """The report that this one repeats; a copy is not an observation of its own."""
    origin: str = ""
    """Whom the text names as the origin of the story, in its own words."""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Bearing:
    """How much a report bears on a question, from 0 to 1, and what that means."""

    report: str
    question: str
    relevance: float
    decision: Decision | None
