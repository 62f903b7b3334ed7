"""What is believed, by whom, and how well: frozen records without behaviour.

Probabilities are P(yes), from 0 to 1; weights of evidence are natural logarithms of
likelihood ratios (nats); times are UTC datetimes.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from questions.values import Cdf, Shares, Value


@dataclass(frozen=True, slots=True)
class Cases:
    """A reference class of comparable cases: ``hits`` of ``trials`` came true."""

    hits: float
    trials: float


@dataclass(frozen=True, slots=True)
class Rate:
    """A reference class of events in time: ``events`` in ``exposure_days`` days."""

    events: float
    exposure_days: float


@dataclass(frozen=True, slots=True)
class Stated:
    """A probability that somebody states, worth ``worth`` comparable cases."""

    prob: float
    worth: float


PriorBasis = Cases | Rate | Stated


@dataclass(frozen=True, slots=True)
class Spread:
    """Shares of options, or a distribution of a number or date, worth so many cases."""

    value: Shares | Cdf
    worth: float


@dataclass(frozen=True, slots=True)
class Prior:
    """Where a belief starts, as of the question's opening."""

    question: str
    basis: PriorBasis | Spread
    why: str
    """The reference class in words, or the reason."""
    by: str
    recorded_at: datetime
    scheduled: bool = False
    """The event has a fixed date (a vote, a verdict): no decay before it."""


Judgement = Literal["weighed", "irrelevant", "decisive", "withdrawn"]
"""``withdrawn``: the judge takes back what he or she said of it before."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One judge's judgement of what one report says about one question."""

    report: str
    question: str
    judge: str
    judgement: Judgement
    weight: float
    """ln P(report | yes) / P(report | no), nats; signed infinity if decisive, 0 if irrelevant."""
    recorded_at: datetime
    story: str
    copy_of: str = ""
    """The report of which this one is a copy; copies count once."""
    source: str = ""
    grade: str = ""
    """Admiralty grade such as ``B2``: source A-F, information 1-6; empty counts as ``F6``."""
    words: str = ""
    why: str = ""
    published: datetime | None = None
    regraded: tuple[tuple[datetime, str], ...] = ()
    """Its source's grades, each from when it was recorded; they hold where ``grade`` is empty."""
    signal: tuple[tuple[str | float, float], ...] = ()
    """Of options ``(option, nats)``; of a number or date ``(level, value)``: the quantiles that
    the report would give to somebody who knew nothing else."""
    retracted: tuple[tuple[str, datetime, bool], ...] = ()
    """``(report, when, whether)``, oldest first: it, or what it copies, was taken back."""


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so, as the team knows them."""

    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    """Of its addresses on the web, such as ``example.org``; those below them are meant too."""
    grades: tuple[tuple[datetime, str], ...] = ()
    """Admiralty grades such as ``B`` or ``B2``, each from when it was recorded."""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What one member said of one question, and for how long it held."""

    id: str
    question: str
    member: str
    value: Value
    made_at: datetime
    """When it counts from: recorded time if live, claimed time if replayed or imported."""
    recorded_at: datetime
    ended_at: datetime | None = None
    """When it was withdrawn or expired; None while it holds."""
    why: str = ""
    confirmed: bool = False
    """A repetition of the last value, on record as looked at again."""
    imported: bool = False
    """Brought in from elsewhere: it counts from its claimed time, and stays off rankings."""
    words: str = ""
    """The word of likelihood that its author wrote in place of a number."""
    confidence: str = ""
    """How sound its author calls the grounds: low, moderate, high; apart from the value."""
    withdrawn: bool = False
    """Its author ended it; it did not expire."""
    shown: str = ""
    """What its author had been shown of the others': nothing (``blind``), what they asked to see
    of a blind question (``revealed``), whatever they liked (``open``); empty: not known."""


@dataclass(frozen=True, slots=True)
class Change:
    """One step of a belief: what moved it, from where to where."""

    at: datetime
    cause: str
    """``prior``, ``evidence``, ``retraction``, ``grade`` or ``fit``."""
    reference: str
    """The report, source or fit that moved it."""
    before: float | None
    after: float
    by: str = ""
    """The judge whose judgement moved it; ``rule NAME`` for a rule of the team's own."""


@dataclass(frozen=True, slots=True)
class Belief:
    """What is believed as of an instant, with an interval.

    Of a probability the interval is for what is not known of prior and sources; of a number or
    date it holds the outcome itself.
    """

    question: str
    value: Value
    ci_low: float
    ci_high: float
    ci_prob: float
    at: datetime
    fit: str
    """The fit whose draws were used; ``cold`` for the cold-start rule."""
    needs_refit: bool
    inputs: str
    """Hash of the evidence, forecasts and prior that went in."""
    intervals: tuple[tuple[str, float, float], ...] = ()
    """``(option, low, high)`` of each option of a multiple-choice question."""


@dataclass(frozen=True, slots=True)
class Score:
    """What one forecaster earned on one question under one rule."""

    question_id: str
    forecaster: str
    rule: str
    score: float
    coverage: float
    """Active time over the question's life (its scheduled life for platform points)."""


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """Whether a fit may be used: the gate's figures."""

    n_questions: int
    n_reports: int
    n_forecasts: int
    r_hat_max: float
    ess_bulk_min: float
    divergences: int
    seconds: float
    ok: bool
    problems: tuple[str, ...] = ()
    trust: float = 1.0
    """How much of a belief is the model's, 0 to 1; the rest is the cold-start rule's."""
    trust_joint: float = 1.0
    """The same of a joint."""
