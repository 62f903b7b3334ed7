"""Where a team disagrees most, and why: what it should talk about, as of an instant."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from forecast.belief.dossier import Dossier, active
from forecast.belief.observations import standing
from forecast.crowd.disagreement import FEWEST, chances_of, spread
from forecast.histories.grids import nodes_of
from forecast.records import Evidence, Forecast
from forecast.views.known import Known
from forecast.views.news import News
from forecast.views.sheets import Sheet
from forecast.writing.values import format_number, format_value, grid_of
from questions.records import Kind, MultipleChoice
from questions.store.reading import Reading
from questions.store.tables import REPORTS
from questions.values import Cdf


@dataclass(frozen=True, slots=True)
class Heard:
    """A report on a question: when it came, and each judge's standing judgement."""

    report: str
    title: str
    at: datetime
    judged: dict[str, Evidence] = field(default_factory=dict)


def agenda_rows(
    read: Reading,
    at: datetime,
    *,
    members: Collection[str] | None = None,
    known: Known | None = None,
) -> list[Sheet]:
    """A row for each open question on which two or more forecasts stand, the most disputed first.

    ``spread`` is the standard deviation of their log odds, of options and numbers where it is
    largest; ``low`` and ``high`` are the outermost, with their reasons; ``reports`` are those
    that only one of these two had seen when forecasting, or that they weighed otherwise. Of
    some ``members`` alone, if they are named.
    """
    known = known or Known(read, at)
    heard, rows = _heard(read, known.news), []
    for name, tracked in known.asked.items():
        if tracked.status != "open":
            continue
        question, dossier = tracked.question, known.dossiers[name]
        said = [
            one for one in active(dossier.forecasts, at) if members is None or one.member in members
        ]
        if len(said) >= FEWEST:
            closes = {"title": question.title, "closes": question.scheduled_close_time}
            row = _row(dossier, said, heard.get(name, {}))
            rows.append({"question": name, **closes, **row})
    return sorted(rows, key=lambda row: -row["spread"])


def _heard(read: Reading, found: News) -> dict[str, dict[str, Heard]]:
    """By question and report when what bears on it came, and what each judge makes of it."""
    said = defaultdict[str, list[Evidence]](list)
    arrived = {row["id"]: row["recorded_at"] for row in read.rows(REPORTS)}
    reports: dict[str, dict[str, Heard]] = {}

    def heard(question: str, name: str) -> Heard:
        title = found.reports[name].title
        fresh = Heard(name, title, arrived[name])
        return reports.setdefault(question, {}).setdefault(name, fresh)

    for near in found.bearings:
        if not found.reports[near.report].copy_of:
            heard(near.question, near.report)
    for one in found.said:
        said[one.question].append(one)
    for question, listed in said.items():
        for one in standing(listed):
            heard(question, one.copy_of or one.report).judged[one.judge] = one
    return reports


def _row(dossier: Dossier, said: Sequence[Forecast], heard: Mapping[str, Heard]) -> Sheet:
    apart = spread([_chances(one, said[0]) for one in said])
    low, high = said[apart.low], said[apart.high]
    return {
        "spread": apart.amount,
        "n": len(said),
        "where": _where(dossier.kind, said[0], apart.place),
        "low": _side(dossier, low),
        "high": _side(dossier, high),
        "reports": _differing(low, high, heard.values()),
    }


def _chances(one: Forecast, first: Forecast) -> Sequence[float]:
    """A forecast's probabilities, in the order of the first one's options."""
    if hasattr(one.value, "by_option") and hasattr(first.value, "by_option"):
        shares = dict(one.value.by_option)
        return [shares.get(option, 0.0) for option, _ in first.value.by_option]
    return [float(chance) for chance in chances_of(one.value)]


def _where(kind: Kind, first: Forecast, place: int) -> str:
    """Which probability they differ on most; empty of a yes-or-no question."""
    if isinstance(kind, MultipleChoice) and hasattr(first.value, "by_option"):
        return str(first.value.by_option[place][0])
    if isinstance(first.value, Cdf):
        nodes = nodes_of(grid_of(kind), len(first.value.points))
        return f"at most {format_number(kind, float(nodes[place]))}"
    return ""


def _side(dossier: Dossier, one: Forecast) -> Sheet:
    """What one of the outermost says, with the last reason that they gave on the question."""
    reasons = [said.why for said in dossier.forecasts if said.member == one.member and said.why]
    return {
        "member": one.member,
        "says": format_value(dossier.kind, one.value),
        "words": one.words,
        "confidence": one.confidence,
        "made_at": one.made_at,
        "why": reasons[-1] if reasons else "",
    }


def _differing(low: Forecast, high: Forecast, heard: Iterable[Heard]) -> list[Sheet]:
    """The reports that two forecasters saw or weighed otherwise, those furthest apart first."""
    rows = [
        {"report": one.report, "title": one.title, "low": _seen(low, one), "high": _seen(high, one)}
        for one in heard
    ]
    return sorted((row for row in rows if row["low"] != row["high"]), key=_gap, reverse=True)


def _seen(one: Forecast, heard: Heard) -> Sheet:
    """What a forecaster made of a report: whether it was there when forecasting, its weight."""
    mine = heard.judged.get(one.member)
    return {
        "seen": heard.at <= one.recorded_at,
        "judgement": mine.judgement if mine else None,
        "weight": mine.weight if mine else None,
        "words": mine.words if mine else "",
    }


def _gap(row: Mapping[str, Any]) -> tuple[float, bool]:
    low, high = row["low"], row["high"]
    one, other = low["weight"] or 0.0, high["weight"] or 0.0
    return (0.0 if one == other else abs(one - other)), low["seen"] != high["seen"]
