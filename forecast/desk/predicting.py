"""Members join, and log, confirm and withdraw their forecasts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np

from forecast.crowd.disagreement import chances_of
from forecast.desk.desk import Receipt, once, once_each, receipt
from forecast.ledger import EVIDENCE, FORECASTS
from forecast.people.roster import forecasts, known_member, members
from forecast.people.sight import shown_to
from forecast.records import Forecast
from forecast.writing.values import ROUNDING, parse_value, right_value, takes
from forecast.writing.words import band_named, parse_confidence
from questions.errors import BadInput, Conflict, TidingsError
from questions.instants import iso
from questions.records import Binary, Kind, MultipleChoice, Tracked
from questions.store import shelf
from questions.store.log import Entry
from questions.store.tables import BEARINGS, RESOLUTIONS
from questions.values import Probability, Shares, Value

_PERSON_ID: Final = re.compile(r"P\d+")
SLIP: Final = timedelta(minutes=10)
"""How long a forecast can be corrected."""


@once
def add_member(entry: Entry, name: str) -> Receipt:
    """Let somebody forecast under a name.

    Raises:
        BadInput: an empty name, or one with control characters.
        Conflict: the name is taken.
    """
    wanted = _checked_name(name)
    if wanted.lower() in {one.lower() for one in members(entry.everything())}:
        raise Conflict(f"{wanted!r} is a member already", "choose another name")
    event = entry.append("member.added", {"name": wanted})
    return receipt(wanted, {"name": wanted}, event)


@once
def add_alias(entry: Entry, alias: str, name: str) -> Receipt:
    """Let a member be called by another name too.

    Raises:
        BadInput: an empty alias, or one with control characters.
        NotFound: no such member.
        Conflict: the alias is somebody's name already.
    """
    wanted = _checked_name(alias)
    everybody = entry.everything()
    if wanted.lower() in {one.lower() for one in members(everybody)}:
        raise Conflict(f"{wanted!r} is a member's name", "choose another alias")
    record = {"alias": wanted, "member": known_member(everybody, name)}
    return receipt(wanted, record, entry.append("member.aliased", record))


def _checked_name(name: str) -> str:
    wanted = " ".join(name.split())
    if not wanted or not wanted.isprintable():
        raise BadInput("member name", name, "a name of printable characters")
    if _PERSON_ID.fullmatch(wanted):
        raise BadInput("member name", name, "another name: this is what erased names are called")
    return wanted


@dataclass(frozen=True, slots=True)
class Said:
    """One forecast as it is handed in."""

    member: str
    question: str
    value: float | str | Value
    """P(yes); or any value, or its text as a person writes it for that kind of question."""
    why: str = ""
    expires: datetime | None = None
    claimed_at: datetime | None = None
    place: str = ""
    """Where it stands in a list, such as ``line 3``; named when it cannot be taken."""
    confidence: str = ""
    """How sound the grounds are: low, moderate, high; it changes nothing in the value."""


def place_forecasts(entry: Entry, forecasts: Sequence[Said]) -> list[Receipt]:
    """Log what members think of questions, all or none of it.

    In a live store a forecast counts from now, whatever time is claimed for it.

    Raises:
        NotFound: no such question or member.
        BadInput: a value that the question does not take, an expiry that is not to come.
        Conflict: a question has closed or is resolved.
    """
    return [_placed(entry, said) for said in forecasts]


predict = once_each(place_forecasts)


def _placed(entry: Entry, said: Said) -> Receipt:
    try:
        return _predict(entry, said)
    except TidingsError as error:
        raise (error.at(said.place) if said.place else error) from None


def _predict(entry: Entry, said: Said) -> Receipt:
    tracked = _takes_forecasts(entry, said.question)
    value = _value(entry, tracked, said.value)
    member = known_member(entry.everything(), said.member)
    if said.expires is not None and said.expires <= entry.now:
        right = f"a time to come: it is {iso(entry.now)}"
        raise BadInput("expiry", iso(said.expires), right)
    record = {
        **_record(entry, tracked, member, value, said.why),
        "expires": said.expires,
        "words": _words(tracked, said.value),
        "confidence": parse_confidence(said.confidence),
    }
    return _log(entry, record, said.claimed_at)


def _words(tracked: Tracked, said: float | str | Value) -> str:
    """The standard's word for a probability that was given in words; else nothing."""
    if not (isinstance(said, str) and isinstance(tracked.question.kind, Binary)):
        return ""
    band = band_named(said)
    return band.word if band else ""


@once
def correct(
    entry: Entry,
    reference: str,
    value: float | str | Value,
    *,
    member: str,
    why: str = "",
    confidence: str = "",
) -> Receipt:
    """Put a slip right: the author's last forecast on a question gets another value.

    Within ten minutes of when it was first made, and only while nothing new about the question is
    on record since.
    Both stay in the log; the corrected value counts from when the first one was made.

    Raises:
        NotFound: no such question or member.
        BadInput: a value that the question does not take.
        Conflict: there is nothing to correct, it is too late, or something came in between.
    """
    tracked = _takes_forecasts(entry, reference)
    name = known_member(entry.everything(), member)
    last = _last(entry, tracked.question.id, name)
    if last is None:
        raise Conflict(
            f"{name} has no forecast on {tracked.question.id} to correct", "predict first"
        )
    _still_a_slip(entry, last)
    record = {
        **_record(entry, tracked, name, _value(entry, tracked, value), why or last.why),
        "made_at": last.made_at,
        "expires": last.ended_at,
        "corrects": last.id,
        "words": _words(tracked, value),
        "confidence": parse_confidence(confidence) or last.confidence,
        "shown": last.shown,
    }
    event = entry.append("forecast.made", record, supersedes=_seq_of(entry, last))
    return receipt(str(record["id"]), record, event)


def _still_a_slip(entry: Entry, last: Forecast) -> None:
    if entry.now - last.made_at > SLIP:
        raise Conflict(f"{last.id} is more than ten minutes old", "make a new forecast")
    seq = _seq_of(entry, last)
    for table in (FORECASTS, EVIDENCE, RESOLUTIONS, BEARINGS):
        if any(row["seq"] > seq for row in entry.rows(table, question=last.question)):
            raise Conflict(
                f"something new about {last.question} came in since {last.id}",
                "make a new forecast",
            )


def _seq_of(entry: Entry, forecast: Forecast) -> int:
    return int(entry.rows(FORECASTS, id=forecast.id)[0]["seq"])


def _value(entry: Entry, tracked: Tracked, said: float | str | Value) -> Value:
    """What was said, as a value that the question takes."""
    kind = tracked.question.kind
    match said:
        case str():
            return parse_value(kind, said, now=entry.now)
        case float() | int():
            if not 0 <= said <= 1:
                raise BadInput("probability", said, "a number from 0 to 1")
            value: Value = Probability(float(said))
        case _:
            value = said
    if not (takes(kind, value) and _is_whole(kind, value)):
        raise BadInput(f"forecast on {tracked.question.id}", value, right_value(kind))
    return value


def _is_whole(kind: Kind, value: Value) -> bool:
    """Whether a value is a distribution over all that can happen."""
    chances = chances_of(value)
    if not ((chances >= 0) & (chances <= 1)).all():
        return False
    match kind, value:
        case MultipleChoice(options), Shares(by_option):
            priced = sorted(name for name, _ in by_option) == sorted(options)
            return priced and abs(float(chances.sum()) - 1) <= ROUNDING
    return bool((np.diff(chances) >= 0).all())


@once
def confirm(entry: Entry, reference: str, *, member: str) -> Receipt:
    """Repeat a member's last forecast, as looked at again.

    Raises:
        NotFound: no such question or member.
        Conflict: there is none to confirm, or the question has closed.
    """
    tracked = _takes_forecasts(entry, reference)
    name = known_member(entry.everything(), member)
    last = _last(entry, tracked.question.id, name)
    if last is None:
        raise Conflict(
            f"{name} has no forecast on {tracked.question.id} to confirm", "predict first"
        )
    record = {
        **_record(entry, tracked, name, last.value, ""),
        "confirmed": True,
        "words": last.words,
        "confidence": last.confidence,
    }
    return _log(entry, record)


@once
def withdraw(entry: Entry, reference: str, *, member: str) -> Receipt:
    """End a member's forecast; it scores for the time it held.

    Raises:
        NotFound: no such question or member.
        Conflict: none stands that could be withdrawn, or the question has closed.
    """
    tracked = _takes_forecasts(entry, reference)
    name = known_member(entry.everything(), member)
    last = _last(entry, tracked.question.id, name)
    if last is None or (last.ended_at is not None and last.ended_at <= entry.now):
        raise Conflict(
            f"{name} has no forecast on {tracked.question.id} that stands",
            "there is nothing to withdraw",
        )
    record = {"question": tracked.question.id, "member": name, "forecast": last.id}
    return receipt(last.id, record, entry.append("forecast.withdrawn", record))


def _takes_forecasts(entry: Entry, reference: str) -> Tracked:
    tracked = shelf.find_asked(entry, reference)
    if tracked.status in ("closed", "resolved"):
        closed = tracked.actual_close_time or tracked.question.scheduled_close_time
        raise Conflict(
            f"{tracked.question.id} closed at {iso(closed)}",
            "it takes no forecasts any more",
        )
    return tracked


def _last(entry: Entry, question: str, member: str) -> Forecast | None:
    mine = [one for one in forecasts(entry, question) if one.member == member]
    return max(mine, key=lambda one: one.made_at, default=None)


def _log(entry: Entry, record: Mapping[str, Any], claimed_at: datetime | None = None) -> Receipt:
    event = entry.append("forecast.made", record, effective_at=claimed_at)
    return receipt(str(record["id"]), record, event)


def _record(entry: Entry, tracked: Tracked, member: str, value: Value, why: str) -> dict[str, Any]:
    """A forecast from now on, as its event holds it."""
    return {
        "id": entry.next_id(FORECASTS, "F"),
        "question": tracked.question.id,
        "member": member,
        "value": value,
        "made_at": entry.now,
        "expires": None,
        "why": why,
        "confirmed": False,
        "corrects": "",
        "words": "",
        "confidence": "",
        "shown": shown_to(entry, tracked.question.id, member, entry.now),
    }
