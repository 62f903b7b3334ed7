"""The page for a weekly meeting as HTML, from plain dictionaries and pictures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import exp, isfinite
from typing import Any

from forecast.show.pictures.telling import rounded
from forecast.show.said import manner
from forecast.show.terminal import by_day, clean, counted, day, percent, points

Sheet = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture as SVG, with what it finds and the figures behind it in words."""

    finding: str
    svg: str
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Pictured:
    """A question on the page: its view and its picture."""

    view: Sheet
    """As :func:`forecast.views.question_view` has it."""
    closing: str
    state: str
    """Where the belief stands, in a sentence."""
    drawing: Drawing
    numbers: Mapping[str, int]
    """The number that a report has in the picture."""
    moved: Mapping[str, str]
    """How far a report moved the belief, in words."""


@dataclass(frozen=True, slots=True)
class Moved:
    """An open question with how far its belief went, and why."""

    row: Sheet
    """As :func:`forecast.views.movement` has it."""
    reasons: Sequence[str]
    """What moved it, those that moved it most first; empty where nothing did."""


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page says."""

    at: datetime
    since: datetime
    label: str
    """``live`` or ``replay``."""
    open: Sequence[Moved]
    """Those that moved farthest first."""
    disputed: Sequence[Sheet]
    """Rows of :func:`forecast.views.agenda_rows`: what the team disagrees on most first."""
    blind: Sequence[str]
    """The ids of questions of which nobody's forecast is told yet."""
    due: Sequence[Sheet]
    """Rows of :func:`forecast.views.due_rows`; the closed ones wait for their resolution."""
    proposed: Sequence[Sheet]
    """Answers that wait for a person."""
    contested: Sequence[Sheet]
    """Resolutions that somebody disputes."""
    resolved: Sequence[Sheet]
    """Views of questions resolved since, the last first."""
    pictured: Sequence[Pictured]
    unpictured: int = 0
    """How many more questions there are."""
    calibration: Drawing | None = None
    sources: Drawing | None = None
    leaderboard: Drawing | None = None


def report_page(page: Page) -> str:
    """The page as one text: no script, nothing from elsewhere, hostile text inert.

    The same data gives the same text.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("forecast.show", "templates"),
        autoescape=True,
        finalize=lambda value: value if isinstance(value, Markup) else said(value),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        percent=percent,
        rounded=rounded,
        points=points,
        day=day,
        by_day=by_day,
        judged=judged,
        manner=manner,
        counted=counted,
        svg=Markup,
    )
    return environment.get_template("report.html").render(page=page)


def said(value: object) -> str:
    r"""A value as inert text; None is nothing.

    >>> said("a\x1b[31mb"), said(None)
    ('a [31mb', '')
    """
    return "" if value is None else clean(value)


def judged(judgement: Sheet) -> str:
    """What one judge said of a report, in words.

    >>> judged({"judge": "Ana", "judgement": "weighed", "weight": 1.386, "words": ""})
    'Ana: 4 to 1 for yes'
    >>> judged({"judge": "Bo", "judgement": "irrelevant", "weight": 0.0, "words": ""})
    'Bo: irrelevant'
    """
    weight = float(judgement["weight"])
    side = "yes" if weight > 0 else "no"
    if judgement["words"]:
        strength = judgement["words"]
    elif judgement["judgement"] == "irrelevant":
        strength = "irrelevant"
    elif not isfinite(weight):
        strength = f"decisive for {side}"
    else:
        ratio = exp(abs(weight))
        strength = f"{ratio:.2g} to 1 for {side}" if weight else "as likely either way"
    return f"{judgement['judge']}: {strength}"
