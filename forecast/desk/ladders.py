"""Several questions are asked at once, each of which implies the next: a ladder."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

import numpy as np

from forecast.desk.asking import new_question
from forecast.desk.blinding import AS_AGREED, Hiding
from forecast.desk.desk import Receipt, once_each, receipt
from forecast.desk.predicting import Said, place_forecasts
from forecast.desk.ties import Ladder, LadderKind, ladders
from forecast.ledger import LADDERS
from forecast.probability import expit, format_probability, logit, parse_probability
from questions.errors import BadInput, NotFound
from questions.instants import EPOCH, days_between, last_day
from questions.store import shelf
from questions.store.log import Entry
from questions.store.reading import Reading
from questions.tracking.lifecycle import said_number

GAP: Final = "{}"
MOST: Final = 50
LADDER_ID: Final = re.compile(r"L\d+", re.IGNORECASE)
LEAST: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Rungs:
    """What tells the questions of a ladder apart: deadlines, or numbers with one deadline."""

    closes: tuple[datetime, ...]
    above: tuple[float, ...] = ()
    below: tuple[float, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Rung:
    """One question of a ladder, before it is asked."""

    words: str
    """``by 30 June 2030``, ``above 50 seats``."""
    closes: datetime
    mark: float


@once_each
def ask_ladder(
    entry: Entry,
    title: str,
    rungs: Rungs,
    *,
    criteria: str,
    opens: datetime | None = None,
    fine_print: str = "",
    tags: Sequence[str] = (),
    hiding: Hiding = AS_AGREED,
) -> list[Receipt]:
    """Ask a question for each deadline, or for each number, and tie them to a ladder.

    ``{}`` in the title and criteria stands for what tells the rungs apart; a title without it
    has that at its end. The receipts are the questions', the narrowest first, and the ladder's.

    Raises:
        BadInput: fewer than two rungs, one twice, too many, or what asking refuses.
    """
    relation, listed = _listed(rungs)
    identity = entry.next_id(LADDERS, "L")
    made = [
        new_question(
            entry,
            _filled(title, rung.words, appended=True),
            closes=rung.closes,
            criteria=_filled(criteria, rung.words),
            opens=opens,
            fine_print=_filled(fine_print, rung.words),
            tags=tags,
            hiding=hiding,
        )
        for rung in listed
    ]
    record = {
        "id": identity,
        "title": " ".join(title.replace(GAP, "…").split()),
        "relation": relation,
        "questions": [one.id for one in made],
        "marks": [rung.mark for rung in listed],
    }
    return [*made, receipt(identity, record, entry.append("ladder.made", record))]


def _listed(rungs: Rungs) -> tuple[LadderKind, list[Rung]]:
    """The rungs, the narrowest first."""
    if rungs.above and rungs.below:
        raise BadInput("ladder", "--above and --below", "one of them")
    numbers = rungs.above or rungs.below
    marks: Sequence[Any] = numbers or rungs.closes
    if numbers and len(rungs.closes) != 1:
        raise BadInput("ladder", f"{len(rungs.closes)} deadlines", "one --closes with the numbers")
    if not 2 <= len(marks) <= MOST or len({*marks}) < len(marks):
        raise BadInput("ladder", f"{len(marks)} rungs", f"2 to {MOST} different ones")
    if not numbers:
        deadlines = sorted(rungs.closes)
        return "deadline", [
            Rung(f"by {_day(one)}", one, days_between(EPOCH, one)) for one in deadlines
        ]
    word: LadderKind = "above" if rungs.above else "below"
    unit = f" {rungs.unit}" if rungs.unit else ""
    return word, [
        Rung(f"{word} {said_number(one)}{unit}", rungs.closes[0], one)
        for one in sorted(numbers, reverse=word == "above")
    ]


def _day(close: datetime) -> str:
    return last_day(close).strftime("%d %B %Y").lstrip("0")


def _filled(text: str, words: str, *, appended: bool = False) -> str:
    if GAP in text:
        return text.replace(GAP, words)
    if not appended or not text.strip():
        return text
    stem = text.strip()
    return f"{stem.removesuffix('?').rstrip()} {words}{'?' if stem.endswith('?') else ''}"


def find_ladder(read: Reading, reference: str) -> Ladder:
    """A ladder by its id.

    Raises:
        NotFound: no such ladder.
    """
    known = {one.id: one for one in ladders(read)}
    if (found := known.get(reference.strip().upper())) is None:
        raise NotFound("ladder", reference, known, "`tidings links` lists them")
    return found


@once_each
def predict_ladder(
    entry: Entry,
    reference: str,
    text: str,
    *,
    member: str,
    why: str = "",
    confidence: str = "",
) -> list[Receipt]:
    """Log a forecast on every rung of a ladder, all or none.

    Raises:
        NotFound: no such ladder or member.
        BadInput: not one probability a rung, or such as contradict each other.
        Conflict: a rung takes no forecasts any more.
    """
    ladder = find_ladder(entry, reference)
    first = shelf.find_asked(entry, ladder.questions[0]).question
    probs = ladder_probs(ladder, text, opened=days_between(EPOCH, first.open_time))
    return place_forecasts(
        entry,
        [
            Said(member, question, prob, why, confidence=confidence)
            for question, prob in probs.items()
        ],
    )


def ladder_probs(ladder: Ladder, text: str, *, opened: float) -> dict[str, float]:
    """The probability of each rung, the narrowest first.

    ``10%,30%,50%`` in the order of the rungs as they are listed, by rising deadline or number;
    or ``Q3=10%,Q5=50%``: what is left out lies between, deadlines by an even hazard from the
    opening (in days since 1970) on, numbers by even steps of log odds.

    Raises:
        BadInput: too few or too many, no rung of that name, or a rung that is likelier than one
            which it implies.
    """
    parts = [part.strip() for part in text.split(",")]
    listed = _in_listed_order(ladder)
    right = f"a probability for each of {', '.join(listed)}, such as 10%,30%; or {listed[-1]}=50%"
    if all("=" in part for part in parts):
        said = _named(ladder, parts, right)
    elif len(parts) == len(listed) and not any("=" in part for part in parts):
        said = {name: _prob(part) for name, part in zip(listed, parts, strict=True)}
    else:
        raise BadInput("forecast", text, right)
    _check_order(ladder, said, text)
    return _between(ladder, said, opened, text)


def _in_listed_order(ladder: Ladder) -> list[str]:
    order = np.argsort(ladder.marks, kind="stable").tolist()
    return [ladder.questions[place] for place in order]


def _prob(text: str) -> float:
    return parse_probability(text, bare_ends=False)


def _named(ladder: Ladder, parts: Sequence[str], right: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in parts:
        name, _, amount = (one.strip() for one in part.partition("="))
        if name.upper() not in ladder.questions or name.upper() in found:
            raise BadInput("rung", name, right)
        found[name.upper()] = _prob(amount)
    return found


def _check_order(ladder: Ladder, said: Mapping[str, float], text: str) -> None:
    """Hold that no rung is likelier than the next, which it implies."""
    given = [(name, said[name]) for name in ladder.questions if name in said]
    for (narrow, low), (wide, high) in pairwise(given):
        if low > high:
            one, other = format_probability(low), format_probability(high)
            right = f"{narrow} ({one}) no higher than {wide} ({other}), which it implies"
            raise BadInput("forecast", text, right)


def _between(
    ladder: Ladder, said: Mapping[str, float], opened: float, text: str
) -> dict[str, float]:
    places = [place for place, name in enumerate(ladder.questions) if name in said]
    last, deadlines = len(ladder.questions) - 1, ladder.relation == "deadline"
    if places[-1] != last or (places[0] != 0 and not deadlines):
        ends = (
            (ladder.questions[last],)
            if deadlines
            else (ladder.questions[0], ladder.questions[last])
        )
        raise BadInput("forecast", text, f"one for {' and '.join(ends)} too: the rest lies between")
    given = np.array([said[ladder.questions[place]] for place in places])
    marks = np.array(ladder.marks)
    if deadlines:
        hazards = -np.log1p(-np.minimum(given, 1 - LEAST))
        filled = -np.expm1(-np.interp(marks, [opened, *marks[places]], [0.0, *hazards]))
    else:
        odds = logit(np.clip(given, LEAST, 1 - LEAST))
        filled = expit(np.interp(np.arange(len(marks)), places, odds))
    return {
        name: said.get(name, round(float(prob), 6))
        for name, prob in zip(ladder.questions, filled, strict=True)
    }
