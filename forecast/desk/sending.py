"""What a member would send to Metaculus, and the record of what was sent.

Every request stands in the log before it goes out, word for word, and what became of it after.
So nothing is sent twice, and what may have arrived is known to be in doubt.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from forecast.desk.desk import Desk, Receipt, receipt
from forecast.exchange.records import PlatformForecast
from forecast.exchange.sendable import Body, body_of, withdrawal_of
from forecast.ledger import ORIGINS, SENDINGS
from forecast.people.roster import forecasts, known_member
from forecast.records import Forecast
from questions.errors import BadInput, TidingsError, Unanswered
from questions.instants import iso
from questions.records import Tracked
from questions.store import shelf
from questions.store.reading import Reading

PLATFORM: Final = "metaculus"
SLACK: Final = timedelta(minutes=2)
"""How far the clock of a platform may differ from ours."""

Row = Mapping[str, Any]
Span = tuple[datetime, datetime]
What = Literal["forecast", "withdrawal"]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One request that could go out now, or why it does not."""

    question: str
    title: str
    theirs: str
    """The id of the question there."""
    post: str
    """The id of the post that holds it; empty where that is not known."""
    member: str
    forecast: str
    """The forecast of ours that is sent or withdrawn."""
    what: What
    body: Body | None
    """What would be sent, word for word; None where nothing is."""
    problem: str = ""
    """Why nothing is sent, where somebody has to do something about it."""
    note: str = ""
    """Why nothing needs to be sent."""


def outgoing(
    read: Reading,
    member: str,
    at: datetime,
    references: Sequence[str] = (),
    *,
    again: bool = False,
) -> list[Outgoing]:
    """What a member has said and not sent of the questions that came from Metaculus.

    Of all of them, or of those that are named. ``again`` takes up what may have arrived.

    Raises:
        NotFound: no such member or question.
        BadInput: a question that did not come from Metaculus.
    """
    name = known_member(read, member)
    origins = {row["question"]: row for row in read.rows(ORIGINS, platform=PLATFORM)}
    asked = _asked(read, references, origins, at)
    found = (_of(read, one, origins[one.question.id], name, at, again=again) for one in asked)
    return [one for one in found if one is not None]


def _asked(
    read: Reading, references: Sequence[str], origins: Mapping[str, Row], at: datetime
) -> Iterator[Tracked]:
    if not references:
        yield from (one for one in shelf.questions(read, at) if one.question.id in origins)
    for reference in references:
        tracked = shelf.find_question(read, reference, at)
        if tracked.question.id not in origins:
            right = "a question that came from Metaculus: `tidings import` brings them in"
            raise BadInput("question", reference, right)
        yield tracked


def _of(
    read: Reading, tracked: Tracked, origin: Row, member: str, at: datetime, *, again: bool
) -> Outgoing | None:
    """What there is to send of one question; None where its member has said nothing."""
    question = tracked.question
    said = [one for one in forecasts(read, question.id) if one.member == member]
    last = max(said, key=lambda one: one.made_at, default=None)
    if last is None:
        return None
    sent = read.rows(SENDINGS, platform=PLATFORM, question=question.id, member=member)
    what: What = "withdrawal" if _was_withdrawn(last, at) else "forecast"
    bare = Outgoing(
        *(question.id, question.title, origin["theirs"], origin["post"] or ""),
        *(member, last.id, what, None),
    )
    if note := _needless(last, what, sent, at):
        return replace(bare, note=note)
    if tracked.status != "open":
        return replace(bare, problem=f"{question.id} is {tracked.status}: it takes no forecasts")
    if not again and (doubt := _doubt(sent, bare)):
        return replace(bare, problem=doubt)
    return _written(bare, tracked, last, sent)


def _was_withdrawn(last: Forecast, at: datetime) -> bool:
    """Whether its member has ended it; what runs out ends there by itself."""
    return last.withdrawn and last.ended_at is not None and last.ended_at <= at


def _needless(last: Forecast, what: What, sent: Sequence[Row], at: datetime) -> str:
    """Why nothing needs to go out; empty where something does."""
    taken = [row for row in sent if row["state"] == "taken"]
    if taken and (taken[-1]["forecast"], taken[-1]["what"]) == (last.id, what):
        return f"{last.id} was sent at {iso(taken[-1]['recorded_at'])}"
    if what == "withdrawal":
        there = last.imported or bool(taken and taken[-1]["what"] == "forecast")
        return "" if there else f"{last.id} was withdrawn and never sent"
    if last.imported:
        return f"{last.id} came from there"
    if last.ended_at is not None and last.ended_at <= at:
        return f"{last.id} has expired"
    return ""


def _doubt(sent: Sequence[Row], bare: Outgoing) -> str:
    """What is said of a request of which nobody knows whether it arrived."""
    if not sent or sent[-1]["state"] not in ("begun", "unknown"):
        return ""
    if (sent[-1]["forecast"], sent[-1]["what"]) != (bare.forecast, bare.what):
        return ""
    when = iso(sent[-1]["recorded_at"])
    doubt = f"{bare.question}: nobody knows whether the {bare.what} sent at {when} arrived"
    return f"{doubt}; look there, then send it with --again"


def _written(bare: Outgoing, tracked: Tracked, last: Forecast, sent: Sequence[Row]) -> Outgoing:
    """The request with its body, unless that is what stands there already."""
    theirs = int(bare.theirs)
    if bare.what == "withdrawal":
        return replace(bare, body=withdrawal_of(theirs))
    try:
        body = body_of(tracked.question.kind, last.value, theirs, ends=last.ended_at)
    except BadInput as error:
        return replace(bare, problem=f"{bare.question}: {error}")
    if last.confirmed and sent and (sent[-1]["state"], sent[-1]["body"]) == ("taken", body):
        return replace(bare, note=f"{last.id} repeats what was sent")
    return replace(bare, body=body)


def without_echoes(
    read: Reading, platform: str, member: str, found: Sequence[PlatformForecast]
) -> list[PlatformForecast]:
    """What a platform tells of a member's own forecasts, without those that were sent from here.

    Clocks differ: what it says was made within two minutes of a request is that request.
    """
    if not member or platform != PLATFORM:
        return list(found)
    spans = _spans(read.rows(SENDINGS, platform=platform, member=known_member(read, member)))
    return [one for one in found if one.by.name or not _is_echo(one, spans)]


def _is_echo(one: PlatformForecast, spans: Mapping[str, Sequence[Span]]) -> bool:
    """Whether it was made while a request of ours was on its way."""
    near = spans.get(one.origin.question, ())
    return any(first - SLACK <= one.made_at <= last + SLACK for first, last in near)


def _spans(rows: Sequence[Row]) -> dict[str, list[Span]]:
    """From when to when each forecast that was not refused was on its way, by question."""
    found: dict[str, list[Span]] = {}
    for row in rows:
        if row["what"] != "forecast":
            continue
        spans = found.setdefault(row["theirs"], [])
        if row["state"] == "begun":
            spans.append((row["recorded_at"], row["recorded_at"]))
        elif (begun := spans.pop()) and row["state"] != "refused":
            spans.append((begun[0], row["recorded_at"]))
    return found


def send(desk: Desk, one: Outgoing, deliver: Callable[[Outgoing], None]) -> Receipt:
    """Put on record that a request goes out, let it, and put on record what became of it.

    Raises:
        ValueError: there is nothing to send.
        TidingsError: whatever ``deliver`` raises; it is on record by then.
    """
    if one.body is None:
        raise ValueError(f"nothing to send of {one.question}")
    _record(desk, one, "begun")
    try:
        deliver(one)
    except Unanswered as error:
        _record(desk, one, "unknown", str(error))
        raise
    except TidingsError as error:
        _record(desk, one, "refused", str(error))
        raise
    return _record(desk, one, "taken")


def _record(desk: Desk, one: Outgoing, state: str, said: str = "") -> Receipt:
    key = f"{desk.key}:{one.theirs}:{one.forecast}:{state}"
    with replace(desk, key=key).writing() as entry:
        record = {
            "id": entry.next_id(SENDINGS, "X"),
            "platform": PLATFORM,
            "question": one.question,
            "theirs": one.theirs,
            "member": one.member,
            "forecast": one.forecast,
            "what": one.what,
            "body": one.body,
            "state": state,
            "said": said,
        }
        return receipt(str(record["id"]), record, entry.append("forecast.sent", record))
