"""Where a team disagrees most, and why: what it should talk about, as of an instant."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from forecast.belief.dossier import Dossier, active
from forecast.belief.observations import standing
from forecast.crowd.disagreement import FEWEST, chances_of, spread
from forecast.desk.believing import dossiers
from forecast.histories.grids import nodes_of
from forecast.records import Evidence, Forecast
from forecast.views.news import News, news
from forecast.views.sheets import Sheet
from forecast.writing.values import format_number, format_value, grid_of
from questions.records import Kind, MultipleChoice
from questions.store import shelf
from questions.store.reading import Reading
from questions.store.tables import REPORTS
from questions.values import Cdf


def agenda_rows(
    read: Reading, at: datetime, *, members: Collection[str] | None = None
) -> list[Sheet]:
    """A row for each open question on which two or more forecasts stand, the most disputed first.

    ``spread`` is the standard deviation of their log odds, of options and numbers where it is
    largest; ``low`` and ``high`` are the outermost, with their reasons; ``reports`` are those
    that only one of these two had seen when forecasting, or that they weighed otherwise. Of
    some ``members`` alone, if they are named.
    """
    held, found = dossiers(read, at), news(read)
    arrived = {row["id"]: row["recorded_at"] for row in read.rows(REPORTS)}
    rows = []
    for tracked in shelf.questions(read, at):
        question = tracked.question
        said = [
            one
            for one in active(held[question.id].forecasts, at)
            if members is None or one.member in members
        ]
        if tracked.status == "open" and len(said) >= FEWEST:
            closes = {"title": question.title, "closes": question.scheduled_close_time}
            row = _row(held[question.id], said, found, arrived)
            rows.append({"question": question.id, **closes, **row})
    return sorted(rows, key=lambda row: -row["spread"])


def _row(
    dossier: Dossier, said: Sequence[Forecast], found: News, arrived: Mapping[str, datetime]
) -> Sheet:
    apart = spread([_chances(one, said[0]) for one in said])
    low, high = said[apart.low], said[apart.high]
    return {
        "spread": apart.amount,
        "n": len(said),
        "where": _where(dossier.kind, said[0], apart.place),
        "low": _side(dossier.kind, low),
        "high": _side(dossier.kind, high),
        "reports": _differing(dossier, low, high, found, arrived),
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


def _side(kind: Kind, one: Forecast) -> Sheet:
    return {
        "member": one.member,
        "says": format_value(kind, one.value),
        "made_at": one.made_at,
        "why": one.why,
        "confidence": one.confidence,
    }


def _differing(
    dossier: Dossier,
    low: Forecast,
    high: Forecast,
    found: News,
    arrived: Mapping[str, datetime],
) -> list[Sheet]:
    """The reports that two forecasters saw or weighed otherwise, those furthest apart first."""
    near = {one.report for one in found.bearings if one.question == dossier.question}
    judged: dict[str, dict[str, Evidence]] = {}
    for one in standing(one for one in found.said if one.question == dossier.question):
        judged.setdefault(one.copy_of or one.report, {})[one.judge] = one
    rows = []
    for name in sorted(near | judged.keys()):
        report = found.reports.get(name)
        if report is None or report.copy_of:
            continue
        sides = [_seen(one, judged.get(name, {}), arrived[name]) for one in (low, high)]
        if sides[0] != sides[1]:
            rows.append({"report": name, "title": report.title, "low": sides[0], "high": sides[1]})
    return sorted(rows, key=_gap, reverse=True)


def _seen(one: Forecast, judged: Mapping[str, Evidence], arrived: datetime) -> Sheet:
    """What a forecaster made of a report: whether it was there when forecasting, its weight."""
    mine = judged.get(one.member)
    return {
        "seen": arrived <= one.recorded_at,
        "judgement": mine.judgement if mine else None,
        "weight": mine.weight if mine else None,
        "words": mine.words if mine else "",
    }


def _gap(row: Mapping[str, Any]) -> tuple[float, bool]:
    low, high = row["low"], row["high"]
    one, other = low["weight"] or 0.0, high["weight"] or 0.0
    return (0.0 if one == other else abs(one - other)), low["seen"] != high["seen"]
