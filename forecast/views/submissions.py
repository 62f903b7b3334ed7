"""A member's forecasts as the files that platforms take."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forecast.belief.dossier import active
from forecast.exchange.sendable import body_of
from forecast.ledger import ORIGINS
from forecast.people.roster import forecasts, known_member
from forecast.records import Forecast
from questions.errors import BadInput, Conflict
from questions.instants import iso
from questions.records import Tracked
from questions.store import shelf
from questions.store.reading import Reading
from questions.values import Probability


@dataclass(frozen=True, slots=True)
class Submission:
    """A file for a platform, and what of it had to be left out."""

    document: Any
    notes: tuple[str, ...] = ()


def for_metaculus(read: Reading, member: str, at: datetime) -> Submission:
    """The bodies of requests that would put a member's standing forecasts on Metaculus.

    Raises:
        NotFound: no such member.
    """
    found, notes = [], []
    for tracked, origin, one in _standing(read, "metaculus", member, at):
        theirs = int(origin["theirs"])
        try:
            found.append(body_of(tracked.question.kind, one.value, theirs, ends=one.ended_at))
        except BadInput as error:
            notes.append(f"{one.question} left out: {error}")
    return Submission(found, tuple(notes))


def for_forecastbench(
    read: Reading, member: str, at: datetime, *, organization: str, model: str
) -> Submission:
    """A forecast set: a member's standing forecasts on the questions of one question set.

    Raises:
        NotFound: no such member.
        Conflict: the questions are of several sets, which come with their due dates.
    """
    standing = list(_standing(read, "forecastbench", member, at))
    due = {iso(tracked.question.open_time)[:10] for tracked, _, _ in standing}
    if len(due) > 1:
        problem = f"forecasts of several sets, due {', '.join(sorted(due))}, stand here"
        raise Conflict(problem, "give --as-of the day of one")
    return Submission(
        {
            "organization": organization,
            "model": model,
            "forecast_due_date": min(due, default=None),
            "forecasts": [_entry(origin["theirs"], one) for _, origin, one in standing],
        }
    )


def _entry(theirs: str, one: Forecast) -> dict[str, Any]:
    """A forecast of a set; a question on a series names the date on which it resolves."""
    source, identity, on = _parts(theirs)
    if not isinstance(one.value, Probability):
        raise ValueError(f"{one.id} is no probability")
    return {
        "id": identity,
        "source": source,
        "forecast": one.value.yes,
        "resolution_date": on or None,
        "reasoning": one.why or None,
    }


def _parts(theirs: str) -> tuple[str, str, str]:
    """Its source, its id there, and the date on which it resolves, if it has one.

    >>> _parts("fred/DGS10/2024-07-28"), _parts("infer/a/b")
    (('fred', 'DGS10', '2024-07-28'), ('infer', 'a/b', ''))
    """
    source, _, rest = theirs.partition("/")
    identity, slash, on = rest.rpartition("/")
    is_date = bool(slash) and re.fullmatch(r"\d{4}-\d\d-\d\d", on) is not None
    return (source, identity, on) if is_date else (source, rest, "")


def _standing(
    read: Reading, platform: str, member: str, at: datetime
) -> Iterator[tuple[Tracked, Mapping[str, Any], Forecast]]:
    """What a member holds of the questions that came from a platform."""
    name = known_member(read, member)
    origins = {row["question"]: row for row in read.rows(ORIGINS, platform=platform)}
    for tracked in shelf.questions(read, at):
        if tracked.question.id in origins:
            said = [one for one in forecasts(read, tracked.question.id) if one.member == name]
            for one in active(said, at):
                yield tracked, origins[tracked.question.id], one
