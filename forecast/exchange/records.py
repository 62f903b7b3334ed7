"""What another platform has on record, in our values: frozen records without behaviour.

A reader of a format, or a client of a live interface, makes a :class:`Batch`; an import looks
at nothing else. Every item names its origin, so that a row that is refused can be found again.
Times are UTC datetimes, as the platform claims them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from questions.records import Kind
from questions.values import Outcome, Value


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an item comes from."""

    platform: str
    """Such as ``metaculus``."""
    question: str
    """The id of the question there, or what stands for one; never the id of its post."""
    place: str
    """Where it stands in what was read: ``forecast_data.csv line 7``, ``post 12, forecast 3``."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who forecast or asked, as the platform names them."""

    name: str
    """Empty for the person whose own data it is."""
    id: str = ""
    """What tells two people of one name apart; empty where the platform does not say."""
    bot: bool = False


ME = Person("")
"""Whoever's own data it is: the member who imports it."""


@dataclass(frozen=True, slots=True)
class PlatformQuestion:
    """A question as a platform asks it."""

    origin: Origin
    title: str
    kind: Kind
    """Of a multiple-choice question with all options that there ever were, the catch-all last."""
    open_time: datetime
    scheduled_close_time: datetime
    actual_close_time: datetime | None = None
    """Where the platform says so: the end of its life, exclusive."""
    spot_scoring_time: datetime | None = None
    resolution_criteria: str = ""
    fine_print: str = ""
    background: str = ""
    tags: tuple[str, ...] = ()
    url: str = ""
    post: str = ""
    """The id of the post that holds it, where that is another one (Metaculus)."""
    asked_by: Person | None = None


@dataclass(frozen=True, slots=True)
class PlatformForecast:
    """What one person said of one question; an item a change, not an item a day."""

    origin: Origin
    by: Person
    value: Value
    """A probability, shares of the options that there were, or the points of a CDF."""
    made_at: datetime
    ended_at: datetime | None = None
    """When it was withdrawn, expired or gave way to the next one; None while it holds."""
    why: str = ""
    words: str = ""
    """The word of likelihood that it was given in, of which ``value`` is the middle."""
    confidence: str = ""
    """How sound its author holds its grounds: low, moderate, high or nothing."""


@dataclass(frozen=True, slots=True)
class PlatformResolution:
    """How a question ended there."""

    origin: Origin
    outcome: Outcome
    resolved_at: datetime
    """When the answer was known."""
    source: str
    """Who says so: the platform and the question's address."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What a crowd or market said from an instant on."""

    at: datetime
    value: Value
    n: int | None = None
    """How many forecasters, where the platform says so."""


@dataclass(frozen=True, slots=True)
class PlatformCrowd:
    """A community's value or a market's price over time; nobody's forecast."""

    origin: Origin
    name: str
    """Whose: ``market``, ``recency_weighted``."""
    quotes: tuple[Quote, ...]
    """By time, oldest first."""


@dataclass(frozen=True, slots=True)
class PlatformComment:
    """What somebody wrote on a question."""

    origin: Origin
    by: Person
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PlatformSource:
    """A source of news with the grade that somebody gives it."""

    origin: Origin
    name: str
    grade: str
    """Admiralty grade, a letter A to F, perhaps with 1 to 6."""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An item that does not come in: where it stands, what is wrong, what would be right."""

    place: str
    what: str
    right: str


@dataclass(frozen=True, slots=True)
class Batch:
    """All that one file, folder or set of answers holds, and what of it cannot be used.

    Items are in any order; exact repetitions are allowed. A forecast, resolution, crowd or
    comment may be on a question that only an earlier import brought in.
    """

    platform: str
    questions: tuple[PlatformQuestion, ...] = ()
    forecasts: tuple[PlatformForecast, ...] = ()
    resolutions: tuple[PlatformResolution, ...] = ()
    crowds: tuple[PlatformCrowd, ...] = ()
    comments: tuple[PlatformComment, ...] = ()
    sources: tuple[PlatformSource, ...] = ()
    refused: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()
    """What was passed over without harm, a sentence each."""
    mapping: Mapping[str, Any] | None = None
    """How the columns of a table without a known format were read."""
