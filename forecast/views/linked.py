"""What is declared of several questions, and whether beliefs and forecasts keep to it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from forecast.belief.coherence import Constraint, exclusive, hangs, implies, is_coherent, nearest
from forecast.belief.dossier import active
from forecast.desk.ties import Ladder, Link, ladders, links
from forecast.probability import format_probability
from forecast.views.known import Known
from forecast.views.sheets import prob_or_none
from questions.instants import days_between
from questions.store.reading import Reading

Sheet = dict[str, Any]
Probs = Mapping[str, float]


def constraints_of(tie: Ladder | Link) -> list[Constraint]:
    """What a ladder or link demands of the probabilities of its questions."""
    if isinstance(tie, Ladder) or tie.relation == "implies":
        return [implies(first, then) for first, then in pairwise(tie.questions)]
    if tie.relation == "given":
        (second, first), (if_yes, if_no) = tie.questions, tie.chances
        return [hangs(second, first, if_yes, if_no)]
    return [exclusive(tie.questions, exhaustive=tie.relation == "exhaustive")]


def said_of(tie: Ladder | Link) -> str:
    """A ladder or link in words.

    >>> said_of(Link("K1", "implies", ("Q3", "Q1")))
    'Q3 implies Q1'
    """
    names = ", ".join(tie.questions)
    match tie.relation:
        case "implies":
            return f"{tie.questions[0]} implies {tie.questions[1]}"
        case "exclusive":
            return f"at most one of {names} is yes"
        case "exhaustive":
            return f"exactly one of {names} is yes"
        case "given" if isinstance(tie, Link):
            yes, no = (format_probability(one) for one in tie.chances)
            return f"{tie.questions[0]}: {yes} if {tie.questions[1]} is yes, {no} if it is no"
    return f"each of {names} implies the next"


def tie_rows(
    read: Reading, at: datetime, *, only: str | None = None, known: Known | None = None
) -> list[Sheet]:
    """Every ladder and link, or those of one question, with who keeps to it and who does not.

    Links whose questions are not all open say nothing of anybody: what is resolved is known.
    """
    ties: list[Ladder | Link] = [*ladders(read), *links(read)]
    ties = [one for one in ties if only is None or only in one.questions]
    if not ties:
        return []
    known = known or Known(read, at)
    held = known.dossiers
    beliefs = {
        name: prob_or_none(known.belief(name).value)
        for tie in ties
        for name in tie.questions
        if name in held
    }
    return [_row(tie, known, beliefs) for tie in ties if {*tie.questions} <= held.keys()]


def _row(
    tie: Ladder | Link,
    known: Known,
    beliefs: Mapping[str, float | None],
) -> Sheet:
    waiting = all(known.asked[name].status in ("upcoming", "open") for name in tie.questions)
    said = {"belief": {name: beliefs[name] or 0.0 for name in tie.questions}}
    said |= _said_by_members(tie.questions, known)
    demands = constraints_of(tie)
    return {
        "id": tie.id,
        "relation": tie.relation if isinstance(tie, Link) else f"ladder ({tie.relation})",
        "questions": list(tie.questions),
        "says": said_of(tie),
        "holders": [_holder(who, probs, demands) for who, probs in said.items()] if waiting else [],
    }


def _holder(who: str, probs: Probs, demands: Sequence[Constraint]) -> Sheet:
    coherent = is_coherent(demands, probs)
    return {
        "who": who,
        "probs": dict(probs),
        "coherent": coherent,
        "nearest": None if coherent else nearest(demands, probs),
    }


def _said_by_members(names: Sequence[str], known: Known) -> dict[str, dict[str, float]]:
    """What each member holds of all of some questions."""
    said: dict[str, dict[str, float]] = {}
    for name in names:
        for one in active(known.dossiers[name].forecasts, known.at):
            prob = prob_or_none(one.value)
            if prob is not None:
                said.setdefault(one.member, {})[name] = prob
    return {who: probs for who, probs in sorted(said.items()) if len(probs) == len(names)}


def broken_rows(rows: Sequence[Sheet]) -> list[Sheet]:
    """A row for everybody who does not keep to something: the tie's id and words, and theirs."""
    return [
        {"id": row["id"], "says": row["says"], **holder}
        for row in rows
        for holder in row["holders"]
        if not holder["coherent"]
    ]


def ladder_view(read: Reading, ladder: Ladder, at: datetime) -> Sheet:
    """A ladder as ``show`` prints it: its rungs by rising deadline or number, and who says what."""
    known = Known(read, at)
    ties = tie_rows(read, at, only=ladder.questions[0], known=known)
    (row,) = [one for one in ties if one["id"] == ladder.id]
    order = sorted(range(len(ladder.marks)), key=lambda place: ladder.marks[place])
    rungs = [_rung(ladder.questions[place], known) for place in order]
    return {**row, "title": ladder.title, "rungs": rungs, "at": at}


def _rung(name: str, known: Known) -> Sheet:
    dossier, question = known.dossiers[name], known.asked[name].question
    belief = known.belief(name)
    return {
        "id": name,
        "title": question.title,
        "status": known.asked[name].status,
        "scheduled_close_time": question.scheduled_close_time,
        "days_left": days_between(known.at, question.scheduled_close_time),
        "prob": prob_or_none(belief.value),
        "ci_low": belief.ci_low,
        "ci_high": belief.ci_high,
        "said": {
            one.member: prob_or_none(one.value) for one in active(dossier.forecasts, known.at)
        },
    }
