"""What a program can do at a desk: the same verbs and views as people, as plain dictionaries.

It reads with the eyes of its own member, so that what is blind for it stays so. It forecasts
and suggests; it judges and resolves only where the team has agreed on that. What others wrote
stands under ``by_others``, apart from what the store itself says.
"""

from collections.abc import Mapping
from datetime import datetime
from math import exp
from typing import Any, Final

from forecast.desk import judging, predicting, settling, suggesting
from forecast.desk.agreed import AGENTS_JUDGE, AGENTS_RESOLVE, agreed
from forecast.desk.desk import Desk, Receipt
from forecast.views.news import inbox_rows
from forecast.views.questions import question_rows, question_view
from forecast.views.sheets import Sheet
from forecast.writing.values import right_value
from questions.errors import BadInput, Conflict, NotFound
from questions.instants import parse_instant
from questions.store import shelf
from questions.store.envelope import plain

PIECE: Final = 20_000
"""How many characters of a text are handed over at once."""
MOST: Final = 200
"""How many rows a list may have."""

_BY_OTHERS: Final = ("quote", "article", "comments", "notes", "clarifications", "disputes")
_LEFT_OUT: Final = ("refit", "beliefs", "history")


def list_questions(
    desk: Desk, *, status: str = "", tag: str = "", as_of: str = "", limit: int = 50
) -> Sheet:
    """The questions of a status and tag, oldest first, as of an instant.

    Raises:
        BadInput: no time, or a limit beyond 1 to 200.
    """
    at, count = _at(desk, as_of), _limited(limit)
    with desk.reading(at) as read:
        rows = [
            row
            for row in question_rows(read, at)
            if status in ("", row["status"]) and (not tag or tag in row["tags"])
        ]
    return {"questions": plain(rows[:count]), "more": max(len(rows) - count, 0), "at": plain(at)}


def read_question(desk: Desk, question: str, *, as_of: str = "") -> Sheet:
    """Everything about one question as of an instant.

    Raises:
        NotFound: no question of that id or title.
        BadInput: several questions, or no time.
    """
    at = _at(desk, as_of)
    with desk.reading(at) as read:
        view = dict(question_view(read, question, at))
        kind = shelf.find_question(read, view["id"], at).question.kind
    quoted = {name: view.pop(name) for name in _BY_OTHERS if name in view}
    for name in _LEFT_OUT:
        view.pop(name, None)
    view["forecasts"] = [
        {name: value for name, value in one.items() if name != "value"} for one in view["forecasts"]
    ]
    return dict(plain({**view, "takes": right_value(kind), "at": at, "by_others": quoted}))


def list_reports(desk: Desk, *, question: str = "", limit: int = 50) -> Sheet:
    """What bears on open questions and has not been judged by this member.

    Raises:
        BadInput: a limit beyond 1 to 200.
    """
    count = _limited(limit)
    with desk.reading() as read:
        rows = [
            row
            for row in inbox_rows(read, desk.now, judge=desk.actor)
            if question.strip().upper() in ("", row["question"])
        ]
    return {"reports": plain(rows[:count]), "more": max(len(rows) - count, 0)}


def read_report(desk: Desk, report: str, *, offset: int = 0, as_of: str = "") -> Sheet:
    """A report with what it bears on, and a piece of its text.

    Raises:
        NotFound: no such report.
        BadInput: no time, or an offset below 0.
    """
    at = _at(desk, as_of)
    with desk.reading(at) as read:
        one = shelf.find_report(read, report)
        near = [bearing for bearing in shelf.bearings(read) if bearing.report == one.id]
    names = ("id", "published", "source", "grade", "story", "copy_of")
    return {
        **plain({name: getattr(one, name) for name in names}),
        "bears_on": plain(
            [{"question": each.question, "relevance": each.relevance} for each in near]
        ),
        "by_others": _piece(one.title, one.text, offset),
    }


def read_article(desk: Desk, article: str, *, offset: int = 0) -> Sheet:
    """An article that questions came from, and a piece of its text.

    Raises:
        NotFound: no such article.
        BadInput: an offset below 0.
    """
    with desk.reading() as read:
        one = shelf.find_article(read, article.strip().upper())
    if one is None:
        raise NotFound("article", article)
    names = ("id", "published", "source", "publisher", "authors", "language")
    return {
        **plain({name: getattr(one, name) for name in names}),
        "by_others": _piece(one.title, one.text, offset),
    }


def _piece(title: str, text: str, offset: int) -> Sheet:
    """A text from an offset on."""
    if offset < 0:
        raise BadInput("offset", offset, "0 or more")
    end = offset + PIECE
    left = end if end < len(text) else None
    return {"title": title, "text": text[offset:end], "next_offset": left}


def log_forecast(desk: Desk, question: str, value: str, why: str) -> Sheet:
    """Log a forecast of this member.

    Raises:
        NotFound: no such question.
        BadInput: a value that it does not take, or no reason.
        Conflict: it has closed or is resolved.
    """
    if not why.strip():
        raise BadInput("reason", "", "why, in a sentence or two")
    (made,) = predicting.predict(desk, [predicting.Said(desk.actor, question, value, why)])
    record = {name: made.record[name] for name in ("id", "question", "member", "made_at", "why")}
    return {**record, "value": _short(made.record["value"]), "head": made.head}


def _short(value: Mapping[str, Any]) -> Any:
    """A value without the points of its curve, where it was given by quantiles."""
    left_out = ("points",) if value.get("at_level") else ()
    return {name: one for name, one in value.items() if name not in left_out}


def withdraw_forecast(desk: Desk, question: str) -> Sheet:
    """End this member's forecast.

    Raises:
        NotFound: no such question.
        Conflict: none stands, or it has closed.
    """
    return _told(predicting.withdraw(desk, question, member=desk.actor))


def propose_report(
    desk: Desk, report: str, question: str, *, relevance: float, weight: float, why: str
) -> Sheet:
    """Suggest how much a report bears on a question and what it weighs, for a person to judge.

    Raises:
        NotFound, BadInput, Conflict: as :func:`forecast.desk.suggesting.suggest`.
    """
    made = suggesting.suggest(desk, report, question, relevance=relevance, weight=weight, why=why)
    return {**_told(made), "ratio": exp(made.record["weight"]), "waits_for": "a person"}


def judge_report(desk: Desk, report: str, question: str, *, weight: float, why: str) -> Sheet:
    """Judge what a report says of a question, where the team lets programs judge.

    Raises:
        Conflict: it does not; otherwise as :func:`forecast.desk.judging.judge`.
        BadInput: a weight beyond what a program may say.
    """
    _allowed(desk, AGENTS_JUDGE, "judge", "propose_report")
    if not abs(weight) <= suggesting.STRONGEST:
        most = suggesting.STRONGEST
        raise BadInput("weight", weight, f"nats from -{most:g} to {most:g}")
    return _told(judging.judge(desk, report, question, "weighed", weight, why=why))


def propose_resolution(
    desk: Desk, question: str, outcome: str, *, at: str, source: str, why: str = ""
) -> Sheet:
    """Propose how a question ended, with who says so; a person resolves.

    Raises:
        NotFound, BadInput, Conflict: as :func:`forecast.desk.settling.propose`.
    """
    when = parse_instant(at, now=desk.now)
    return _told(
        settling.propose(desk, question, outcome, resolved_at=when, source=source, why=why)
    )


def resolve_question(desk: Desk, question: str, outcome: str, *, at: str, source: str) -> Sheet:
    """Resolve a question, where the team lets programs resolve.

    Raises:
        Conflict: it does not; otherwise as :func:`forecast.desk.settling.resolve`.
    """
    _allowed(desk, AGENTS_RESOLVE, "resolve", "propose_resolution")
    when = parse_instant(at, now=desk.now)
    return _told(settling.resolve(desk, question, outcome, resolved_at=when, source=source))


def _allowed(desk: Desk, setting: str, deed: str, instead: str) -> None:
    with desk.reading() as read:
        if agreed(read, setting) != "on":
            problem = f"the team has not agreed that programs {deed} ({setting})"
            raise Conflict(problem, f"use {instead}, which a person decides on")


def _told(made: Receipt) -> Sheet:
    return {**made.record, "id": made.id, "head": made.head}


def _at(desk: Desk, as_of: str) -> datetime:
    """The instant that is read as of, at the latest now."""
    if not as_of.strip():
        return desk.now
    return min(parse_instant(as_of, now=desk.now, what="as_of"), desk.now)


def _limited(limit: int) -> int:
    if not 1 <= limit <= MOST:
        raise BadInput("limit", limit, f"a number from 1 to {MOST}")
    return limit
