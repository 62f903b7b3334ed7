"""What a store holds as flat tables, as of an instant and for a reader; see ``exchange.analysis``.

The first columns of questions and forecasts are those of the files that are scored without a
store, so that an export can be scored as it is.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from forecast.desk.scoring import scores
from forecast.histories.targets import shape_of
from forecast.ledger import HANDLES, ORIGINS
from forecast.people.judgements import judgements
from forecast.people.roster import forecasts
from forecast.records import Forecast
from questions.records import Date, Discrete, Kind, Numeric, Tracked
from questions.store import decoding, shelf
from questions.store import tables as t
from questions.store.reading import Reading
from questions.store.store import Store
from questions.tracking.lifecycle import say
from questions.values import Cdf, Moment, Number, Outcome, Probability, Quantiles, Shares, Value

Row = dict[str, Any]
RULES: Final = ("brier", "log", "baseline", "peer")


def question_table(read: Reading, at: datetime) -> list[Row]:
    """A row for each question, with what it came from where it was brought in."""
    origins = {row["question"]: row for row in read.rows(ORIGINS)}
    return [_question(one, origins.get(one.question.id, {})) for one in shelf.questions(read, at)]


def _question(tracked: Tracked, origin: Mapping[str, Any]) -> Row:
    question, resolution = tracked.question, tracked.resolution
    return {
        "question_id": question.id,
        "title": question.title,
        "type": shape_of(question.kind)[0],
        "status": tracked.status,
        "open_time": question.open_time,
        "scheduled_close_time": question.scheduled_close_time,
        "actual_close_time": tracked.actual_close_time,
        "resolved_at": resolution.resolved_at if resolution else None,
        "resolution": _ended(resolution.outcome) if resolution else None,
        **_range(question.kind),
        "tags": "; ".join(question.tags),
        "resolution_criteria": question.resolution_criteria,
        "fine_print": question.fine_print,
        "background": question.background,
        "family": question.family,
        "asked_by": question.asked_by,
        "platform": origin.get("platform"),
        "theirs": origin.get("theirs"),
        "url": origin.get("url"),
    }


def _ended(outcome: Outcome) -> Any:
    """An outcome as a file of questions has it: a word, a number or an instant."""
    match outcome:
        case Number(value) if abs(value) < float("inf"):
            return value
        case Moment(at):
            return at
    return say(outcome)


def _range(kind: Kind) -> Row:
    """Options, or the range of a number or date."""
    _, options, _ = shape_of(kind)
    if not isinstance(kind, Numeric | Discrete | Date):
        return {"options": list(options) or None}
    names = ("range_min", "range_max", "open_lower_bound", "open_upper_bound", "unit")
    further = ("zero_point", "inbound_outcome_count")
    return {name: getattr(kind, name, None) for name in (*names, *further)}


def forecast_table(read: Reading, at: datetime) -> list[Row]:
    """A row for each forecast, with the moment at which it ended."""
    kinds = {one.question.id: one.question.kind for one in shelf.questions(read, at)}
    inside = {row["member"]: bool(row["in_crowd"]) for row in read.rows(HANDLES)}
    return [_forecast(one, kinds[one.question], inside) for one in forecasts(read)]


def _forecast(one: Forecast, kind: Kind, inside: Mapping[str, bool]) -> Row:
    return {
        "question_id": one.question,
        "forecaster": one.member,
        "made_at": one.made_at,
        "ended_at": one.ended_at,
        **_said(kind, one.value),
        "words": one.words,
        "confidence": one.confidence,
        "why": one.why,
        "in_crowd": inside.get(one.member, True),
        "confirmed": one.confirmed,
        "imported": one.imported,
        "recorded_at": one.recorded_at,
        "forecast_id": one.id,
    }


def _said(kind: Kind, value: Value) -> Row:
    """A value in the column of its kind; shares in the order of all options there ever were."""
    match value:
        case Probability(yes):
            return {"prob": yes}
        case Shares(by_option):
            said = dict(by_option)
            return {"probs": [said.get(option) for option in shape_of(kind)[1]]}
        case Cdf(points, at_level):
            return {"cdf": list(points), "quantiles": _pairs(at_level)}
        case Quantiles(at_level):
            return {"quantiles": _pairs(at_level)}
    raise ValueError(f"{value!r} is no forecast")


def _pairs(at_level: Sequence[tuple[float, float]]) -> list[list[float]] | None:
    return [list(pair) for pair in at_level] or None


def resolution_table(read: Reading, at: datetime) -> list[Row]:
    """A row for each resolution on record, the last first to stand; others were taken back."""
    standing = {
        one.question.id: one.resolution.recorded_at
        for one in shelf.questions(read, at)
        if one.resolution
    }
    found = [decoding.resolution(row) for row in read.rows(t.RESOLUTIONS)]
    return [
        {
            "question_id": one.question,
            "resolution": _ended(one.outcome),
            "resolved_at": one.resolved_at,
            "source": one.source,
            "resolved_by": one.by,
            "recorded_at": one.recorded_at,
            "stands": standing.get(one.question) == one.recorded_at,
        }
        for one in found
    ]


def report_table(read: Reading, _: datetime) -> list[Row]:
    """A row for each report that was read, in the story that it is in now."""
    return [
        {
            "report_id": one.id,
            **{
                name: getattr(one, name)
                for name in ("title", "text", "published", "source", "grade", "story", "copy_of")
            },
            "origin": one.origin,
            "sha256": one.sha256,
        }
        for one in shelf.reports(read)
    ]


def evidence_table(read: Reading, _: datetime) -> list[Row]:
    """A row for each judgement of a report, also those that a later one replaced."""
    names = ("judge", "judgement", "weight", "words", "why", "recorded_at", "story", "copy_of")
    return [
        {
            "report_id": one.report,
            "question_id": one.question,
            **{name: getattr(one, name) for name in names},
            "source": one.source,
            "grade": one.grade,
        }
        for one in judgements(read)
    ]


def score_table(
    store: Store, read: Reading, at: datetime, rules: Sequence[str] = RULES
) -> list[Row]:
    """A row for each question, forecaster and rule.

    Raises:
        BadInput: a rule that is not known.
    """
    return [
        {name: getattr(one, name) for name in one.__slots__}
        for one in scores(store, read, at, rules)
    ]


VIEWS: Final[Mapping[str, Callable[[Reading, datetime], list[Row]]]] = {
    "questions": question_table,
    "forecasts": forecast_table,
    "resolutions": resolution_table,
    "reports": report_table,
    "evidence": evidence_table,
}
"""Each table that a reading alone is enough for."""
