"""What an import would do: records of what is on record, what was chosen, what would be written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from forecast.exchange.records import (
    Person,
    PlatformComment,
    PlatformForecast,
    PlatformQuestion,
    PlatformResolution,
    PlatformSource,
    Quote,
    Refusal,
)
from questions.records import Question, Tracked
from questions.values import Outcome, Value

NEW = "new"
"""Chosen for a question that is another one, however much it looks like one on record."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person who imports has said."""

    me: str = ""
    """The member whose own data has no names in it."""
    members: Mapping[str, str] = field(default_factory=dict)
    """By a name or id there, the member who is meant."""
    add_members: bool = False
    """Whether those whom nobody knows become members under their own names."""
    onto: Mapping[str, str] = field(default_factory=dict)
    """By a question's id there, the question on record that it is, or ``new``."""


@dataclass(frozen=True, slots=True)
class Handle:
    """What a platform calls a member."""

    name: str
    id: str
    member: str


@dataclass(frozen=True, slots=True)
class Held:
    """A forecast on record."""

    id: str
    value: Value
    ended_at: datetime | None


Key = tuple[str, str, datetime]
"""A question, a member and an instant: what tells forecasts apart."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is on record of what an import is about."""

    now: datetime
    tracked: Mapping[str, Tracked] = field(default_factory=dict)
    imported: frozenset[str] = frozenset()
    """The questions that an import asked."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """By its id on the platform, each question that came from there."""
    outcomes: Mapping[str, tuple[Outcome, ...]] = field(default_factory=dict)
    """By question, every outcome that imports have put on record or proposed."""
    resolved_by_hand: frozenset[str] = frozenset()
    """The questions whose standing resolution is a person's."""
    members: Mapping[str, str] = field(default_factory=dict)
    """By name or alias in small letters, each member."""
    handles: tuple[Handle, ...] = ()
    """Of the platform."""
    forecasts: Mapping[Key, Held] = field(default_factory=dict)
    quotes: frozenset[tuple[str, str, datetime]] = frozenset()
    """``(question, crowd, instant)`` of the platform's crowds."""
    comments: frozenset[tuple[str, str, datetime, str]] = frozenset()
    """``(question, member, instant, text)``."""
    grades: Mapping[str, str] = field(default_factory=dict)
    """By name in small letters, each source's grade."""
    next_question: int = 1


@dataclass(frozen=True, slots=True)
class NewForecast:
    """A forecast that would be put on record."""

    question: str
    member: str
    said: PlatformForecast
    expires: datetime | None
    """Its end, where the same member's next one does not end it."""


@dataclass(frozen=True, slots=True)
class Ending:
    """A forecast on record of which the platform now says when it ended."""

    question: str
    member: str
    forecast: str
    at: datetime


@dataclass(slots=True)
class Plan:
    """What an import would write, what it refuses, and what is on record already."""

    platform: str
    questions: list[tuple[Question, PlatformQuestion]] = field(default_factory=list)
    joined: list[tuple[str, PlatformQuestion]] = field(default_factory=list)
    """Questions on record of which this is now known as an origin."""
    members: list[str] = field(default_factory=list)
    handles: list[tuple[Person, str]] = field(default_factory=list)
    strangers: list[Person] = field(default_factory=list)
    """People of whom nobody has said which member they are."""
    forecasts: list[NewForecast] = field(default_factory=list)
    endings: list[Ending] = field(default_factory=list)
    resolutions: list[tuple[str, PlatformResolution]] = field(default_factory=list)
    reopened: list[str] = field(default_factory=list)
    """Questions that an import resolved and the platform has resolved otherwise since."""
    proposals: list[tuple[str, PlatformResolution]] = field(default_factory=list)
    """How questions ended there that a person asked here: somebody resolves them."""
    quotes: list[tuple[str, str, Quote]] = field(default_factory=list)
    comments: list[tuple[str, str, PlatformComment]] = field(default_factory=list)
    sources: list[PlatformSource] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    already: int = 0
    """Items that were on record before."""

    def counts(self) -> dict[str, int]:
        """How many of each would be written."""
        names = (
            *("questions", "joined", "members", "forecasts", "endings", "resolutions"),
            *("reopened", "proposals", "quotes", "comments", "sources"),
        )
        return {name: len(getattr(self, name)) for name in names}
