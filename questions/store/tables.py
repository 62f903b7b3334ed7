"""The tables: one log, and for each kind of event the table that its entries are read from.

The log is the truth. A table holds an event's payload column by column, beside ``seq``,
``recorded_at``, ``effective_at``, ``actor`` and ``mode``; it can be thrown away and
rebuilt. Owners bring their own kinds: this module has those of the questions, and
:mod:`forecast.ledger` adds its own.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from questions.instants import from_micros, micros, parse_instant
from questions.store.envelope import canonical

METADATA = sa.MetaData()


PLACE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""An entry's place in the log; in SQLite the row's own number, which needs no index beside it."""


class Instant(sa.types.TypeDecorator[datetime]):
    """An instant, kept as whole microseconds since 1970."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | str | None, dialect: Any) -> int | None:  # noqa: ARG002, D102
        if value is None:
            return None
        return micros(parse_instant(value) if isinstance(value, str) else value)

    def process_result_value(self, value: int | None, dialect: Any) -> datetime | None:  # noqa: ARG002, D102
        return None if value is None else from_micros(value)


class Nested(sa.types.TypeDecorator[Any]):
    """A JSON value, kept as the canonical text that the log has of it."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:  # noqa: ARG002, D102
        return None if value is None else canonical(value)

    def process_result_value(self, value: str | None, dialect: Any) -> Any:  # noqa: ARG002, D102
        return None if value is None else json.loads(value)


LOG = sa.Table(
    "log",
    METADATA,
    sa.Column("seq", PLACE, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("effective_at", Instant, nullable=False),
    sa.Column("recorded_at", Instant, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("mode", sa.Text, nullable=False),
    sa.Column("supersedes", sa.BigInteger),
    sa.Column("prev", sa.Text, nullable=False, unique=True),
    sa.Column("hash", sa.Text, nullable=False),
)

META = sa.Table(
    "meta",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

BLOBS = sa.Table(
    "blobs",
    METADATA,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("bytes", sa.LargeBinary, nullable=False),
)

ENVELOPE = ("seq", "recorded_at", "effective_at", "actor", "mode")


TEXTS = sa.Table(
    "texts",
    METADATA,
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("salt", sa.Text),
    sa.Column("text", sa.Text),
)
"""Free texts beside the log: the log holds the hash of salt and text, so that both can be
erased and the chain still verifies."""


KEPT = (LOG, META, BLOBS, TEXTS)
"""The tables that nothing can be rebuilt without."""


def text(name: str, *, index: bool = False) -> sa.Column[str]:
    """A column of text."""
    return sa.Column(name, sa.Text, index=index)


def free_text(name: str) -> sa.Column[str]:
    """A column of text that can be erased on request: the log has only its salted hash."""
    return sa.Column(name, sa.Text, info={"holds": "free text"})


def person(name: str, *, index: bool = False) -> sa.Column[str]:
    """A column that names somebody: the log has an id, whose name can be erased."""
    return sa.Column(name, sa.Text, index=index, info={"holds": "person"})


@cache
def holding(table: sa.Table, what: str) -> tuple[str, ...]:
    """The columns of a table that hold free text, or that name a person."""
    return tuple(column.name for column in table.c if column.info.get("holds") == what)


def event_table(name: str, *columns: sa.Column[Any]) -> sa.Table:
    """A table that one kind of event is read from: the envelope's columns and its own."""
    return sa.Table(
        name,
        METADATA,
        sa.Column("seq", PLACE, primary_key=True, autoincrement=False),
        sa.Column("recorded_at", Instant, nullable=False),
        sa.Column("effective_at", Instant, nullable=False),
        sa.Column("actor", sa.Text, nullable=False, info={"holds": "person"}),
        sa.Column("mode", sa.Text, nullable=False),
        *columns,
    )


def _asked_columns() -> list[sa.Column[Any]]:
    return [
        text("family"),
        sa.Column("roles", Nested),
        sa.Column("open_time", Instant),
        sa.Column("scheduled_close_time", Instant),
        text("resolution_criteria"),
        text("fine_print"),
        sa.Column("quotation", Nested),
        sa.Column("reference_class", Nested),
        text("article"),
    ]


PERSONS = event_table("persons", text("id", index=True), free_text("name"))
REDACTIONS = event_table("redactions", text("reference"), text("why"), sa.Column("digests", Nested))
ARTICLES = event_table(
    "articles",
    text("id", index=True),
    free_text("title"),
    free_text("text"),
    sa.Column("published", Instant),
    text("source"),
    text("sha256", index=True),
    free_text("authors"),
    text("publisher"),
    text("language"),
    text("extractor"),
    sa.Column("fetched_at", Instant),
)
DRAFTS = event_table(
    "drafts",
    text("id", index=True),
    text("title"),
    text("type"),
    text("deadline_reason"),
    sa.Column("problems", Nested),
    sa.Column("rank", sa.Float),
    *_asked_columns(),
)
DRAFT_VERDICTS = event_table(
    "draft_verdicts", text("draft", index=True), text("verdict"), free_text("why"), text("question")
)
QUESTIONS = event_table(
    "questions",
    text("id", index=True),
    text("title"),
    sa.Column("kind", Nested),
    text("background"),
    sa.Column("tags", Nested),
    text("draft"),
    person("asked_by"),
    *_asked_columns(),
)
RESOLUTIONS = event_table(
    "resolutions",
    text("question", index=True),
    sa.Column("outcome", Nested),
    sa.Column("resolved_at", Instant),
    text("source"),
)
REOPENINGS = event_table("reopenings", text("question", index=True), free_text("why"))
CLARIFICATIONS = event_table("clarifications", text("question", index=True), free_text("why"))
"""What a question's words mean, said after it opened: it asks what it asked."""
TAGGINGS = event_table(
    "taggings",
    text("question", index=True),
    sa.Column("added", Nested),
    sa.Column("removed", Nested),
)
DISPUTES = event_table("disputes", text("question", index=True), free_text("why"))
UPHOLDINGS = event_table("upholdings", text("question", index=True), text("source"))
"""Somebody else confirmed a resolution that was disputed."""
PROPOSALS = event_table(
    "proposals",
    text("question", index=True),
    sa.Column("outcome", Nested),
    sa.Column("resolved_at", Instant),
    text("source"),
    free_text("why"),
)
DECLINATIONS = event_table("declinations", text("question", index=True), free_text("why"))
SETTINGS = event_table("settings", text("name"), sa.Column("value", Nested), free_text("why"))
SOURCES = event_table(
    "sources",
    text("name", index=True),
    sa.Column("aliases", Nested),
    sa.Column("domains", Nested),
    text("grade"),
    free_text("why"),
)
RETRACTIONS = event_table(
    "retractions",
    text("report", index=True),
    sa.Column("stands", sa.Boolean),
    text("corrected_by"),
    free_text("why"),
)
REPORTS = event_table(
    "reports",
    text("id", index=True),
    free_text("title"),
    free_text("text"),
    sa.Column("published", Instant),
    text("source"),
    text("grade"),
    text("story", index=True),
    text("copy_of"),
    text("origin"),
    text("sha256", index=True),
)
STORY_CHANGES = event_table(
    "story_changes",
    text("report", index=True),
    text("story"),
    text("was"),
    sa.Column("by_hand", sa.Boolean),
    free_text("why"),
)
"""A report is in another story now than it ``was``: a later report showed it, or a person said."""
BEARINGS = event_table(
    "bearings",
    text("report", index=True),
    text("question", index=True),
    sa.Column("relevance", sa.Float),
    text("decision"),
)
DIRECTIONS = event_table(
    "directions",
    text("report", index=True),
    text("question", index=True),
    text("says"),
    sa.Column("start", sa.Integer),
    sa.Column("end", sa.Integer),
)
"""What a report says of the event asked about: in its text, the words from ``start`` to ``end``."""
RULES = event_table(
    "rules",
    text("name", index=True),
    text("source"),
    text("says"),
    text("words"),
    sa.Column("stands", sa.Boolean),
    free_text("why"),
)

Kinds = Mapping[str, sa.Table]

QUESTION_KINDS: Kinds = {
    "person.met": PERSONS,
    "text.redacted": REDACTIONS,
    "article.kept": ARTICLES,
    "draft.made": DRAFTS,
    "draft.judged": DRAFT_VERDICTS,
    "question.asked": QUESTIONS,
    "question.resolved": RESOLUTIONS,
    "question.reopened": REOPENINGS,
    "question.clarified": CLARIFICATIONS,
    "question.tagged": TAGGINGS,
    "resolution.disputed": DISPUTES,
    "resolution.upheld": UPHOLDINGS,
    "resolution.proposed": PROPOSALS,
    "resolution.declined": DECLINATIONS,
    "setting.changed": SETTINGS,
    "source.described": SOURCES,
    "report.retracted": RETRACTIONS,
    "report.read": REPORTS,
    "report.bears": BEARINGS,
    "story.changed": STORY_CHANGES,
    "report.says": DIRECTIONS,
    "rule.agreed": RULES,
}
