"""The kinds of events that forecasting adds to the log, and how their rows become records."""

from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa

from forecast.records import Cases, Prior, PriorBasis, Rate, Spread, Stated
from questions.store.tables import (
    QUESTION_KINDS,
    Instant,
    Kinds,
    Nested,
    event_table,
    free_text,
    person,
    text,
)
from questions.values import Cdf, Shares, value_from_json, value_to_json

MEMBERS = event_table("members", person("name", index=True))
ALIASES = event_table("aliases", free_text("alias"), person("member"))
PRIORS = event_table(
    "priors",
    text("question", index=True),
    sa.Column("basis", Nested),
    free_text("why"),
    sa.Column("scheduled", sa.Boolean),
)
EVIDENCE = event_table(
    "evidence",
    text("report", index=True),
    text("question", index=True),
    person("judge"),
    text("judgement"),
    sa.Column("weight", sa.Float),
    sa.Column("signal", Nested),
    text("words"),
    free_text("why"),
)
FORECASTS = event_table(
    "forecasts",
    text("id", index=True),
    text("question", index=True),
    person("member", index=True),
    sa.Column("value", Nested),
    sa.Column("made_at", Instant),
    sa.Column("expires", Instant),
    free_text("why"),
    sa.Column("confirmed", sa.Boolean),
    text("corrects"),
    text("words"),
    text("confidence"),
    text("shown"),
)
WITHDRAWALS = event_table("withdrawals", text("question", index=True), person("member"))
BLINDS = event_table("blinds", text("question", index=True), sa.Column("until", Instant))
"""Questions that hide what others said of them from a member who has not forecast them."""
REVEALS = event_table("reveals", text("question", index=True), person("member", index=True))
"""Who asked to see all the same."""
COMMENTS = event_table(
    "comments",
    text("id", index=True),
    text("question", index=True),
    person("member"),
    free_text("text"),
)
NOTES = event_table(
    "notes",
    text("id", index=True),
    text("question", index=True),
    person("member", index=True),
    free_text("text"),
)
"""What a member keeps to themselves: no other is ever shown it."""
TEAMS = event_table(
    "teams", text("team", index=True), person("member"), sa.Column("stands", sa.Boolean)
)
"""Who is in which team: the last word on each pair holds."""
ORIGINS = event_table(
    "origins",
    text("question", index=True),
    text("platform"),
    text("theirs", index=True),
    text("post"),
    text("url"),
    sa.Column("spot_scoring_time", Instant),
    sa.Column("actual_close_time", Instant),
)
"""Where a question was brought in from: its platform and its id there."""
HANDLES = event_table(
    "handles",
    text("platform"),
    person("handle"),
    text("theirs"),
    person("member"),
    sa.Column("in_crowd", sa.Boolean),
)
"""What a platform calls a member, with its id there; bots stay out of the crowd."""
QUOTES = event_table(
    "quotes",
    text("question", index=True),
    text("platform"),
    text("crowd"),
    sa.Column("value", Nested),
    sa.Column("at", Instant),
    sa.Column("n", sa.Integer),
)
"""What a community or market elsewhere said from an instant on; nobody's forecast."""
IMPORTS = event_table(
    "imports",
    text("platform"),
    text("file"),
    sa.Column("counts", Nested),
    sa.Column("mapping", Nested),
)
SENDINGS = event_table(
    "sendings",
    text("id", index=True),
    text("platform"),
    text("question", index=True),
    text("theirs"),
    person("member"),
    text("forecast"),
    text("what"),
    sa.Column("body", Nested),
    text("state"),
    text("said"),
)
"""What was sent to a platform, word for word: ``begun``, then ``taken``, ``refused`` or
``unknown``, with what was said of it."""
SUGGESTIONS = event_table(
    "suggestions",
    text("id", index=True),
    text("report", index=True),
    text("question", index=True),
    person("by"),
    sa.Column("relevance", sa.Float),
    sa.Column("weight", sa.Float),
    free_text("why"),
)
"""A judgement that a program suggests; it is evidence once a person judges so."""
SUGGESTIONS_DECLINED = event_table("suggestions_declined", text("id", index=True), free_text("why"))
FITS = event_table(
    "fits",
    text("id", index=True),
    sa.Column("diagnostics", Nested),
    sa.Column("seed", sa.BigInteger),
    sa.Column("versions", Nested),
    text("data_hash"),
    sa.Column("names", Nested),
    text("draws"),
)
MODEL_ANSWERS = event_table(
    "model_answers",
    text("article", index=True),
    text("model"),
    free_text("prompt"),
    free_text("answer"),
)
LADDERS = event_table(
    "ladders",
    text("id", index=True),
    text("title"),
    text("relation"),
    sa.Column("questions", Nested),
    sa.Column("marks", Nested),
)
LINKS = event_table(
    "links",
    text("id", index=True),
    text("relation"),
    sa.Column("questions", Nested),
    sa.Column("chances", Nested),
    sa.Column("stands", sa.Boolean),
    free_text("why"),
)

KINDS: Final[Kinds] = {
    **QUESTION_KINDS,
    "member.added": MEMBERS,
    "member.aliased": ALIASES,
    "prior.stated": PRIORS,
    "evidence.judged": EVIDENCE,
    "forecast.made": FORECASTS,
    "forecast.withdrawn": WITHDRAWALS,
    "question.blinded": BLINDS,
    "crowd.revealed": REVEALS,
    "comment.made": COMMENTS,
    "note.kept": NOTES,
    "team.changed": TEAMS,
    "question.imported": ORIGINS,
    "member.known_as": HANDLES,
    "crowd.quoted": QUOTES,
    "history.imported": IMPORTS,
    "forecast.sent": SENDINGS,
    "judgement.suggested": SUGGESTIONS,
    "suggestion.declined": SUGGESTIONS_DECLINED,
    "fit.kept": FITS,
    "model.answered": MODEL_ANSWERS,
    "ladder.made": LADDERS,
    "questions.linked": LINKS,
}

Row = Mapping[str, Any]


def basis_to_json(basis: PriorBasis | Spread) -> dict[str, Any]:
    """What a prior rests on as a JSON object with its tag.

    >>> basis_to_json(Cases(12, 20))
    {'kind': 'cases', 'hits': 12, 'trials': 20}
    """
    match basis:
        case Cases(hits, trials):
            return {"kind": "cases", "hits": hits, "trials": trials}
        case Rate(events, exposure_days):
            return {"kind": "rate", "events": events, "exposure_days": exposure_days}
        case Stated(prob, worth):
            return {"kind": "stated", "prob": prob, "worth": worth}
        case Spread(value, worth):
            return {"kind": "spread", "value": value_to_json(value), "worth": worth}


def basis_from_json(data: Row) -> PriorBasis | Spread:
    """What :func:`basis_to_json` wrote.

    Raises:
        ValueError: a tag that is none of ours.
    """
    fields = {key: value for key, value in data.items() if key != "kind"}
    match data["kind"]:
        case "cases":
            return Cases(**fields)
        case "rate":
            return Rate(**fields)
        case "stated":
            return Stated(**fields)
        case "spread":
            return _spread(fields)
        case other:
            raise ValueError(f"no prior rests on {other!r}")


def _spread(data: Row) -> Spread:
    value = value_from_json(data["value"])
    if not isinstance(value, Shares | Cdf):
        raise ValueError(f"{value!r} is no distribution")
    return Spread(value, data["worth"])


def prior(row: Row) -> Prior:
    """A prior of the ``priors`` table."""
    return Prior(
        question=row["question"],
        basis=basis_from_json(row["basis"]),
        why=row["why"],
        by=row["actor"],
        recorded_at=row["recorded_at"],
        scheduled=bool(row["scheduled"]),
    )
