"""Questions are tied: one implies another, at most one comes true, one hangs on another."""

from collections.abc import Sequence
from math import isfinite

from forecast.desk.desk import Receipt, once, receipt
from forecast.desk.ties import Link, Relation, ladder_of, ladders, links
from forecast.ledger import LINKS
from questions.errors import BadInput, Conflict, NotFound
from questions.records import Binary
from questions.store import shelf
from questions.store.log import Entry


@once
def link(
    entry: Entry,
    relation: Relation,
    references: Sequence[str],
    *,
    chances: Sequence[float] = (),
    why: str = "",
) -> Receipt:
    """Declare what is true of some yes-or-no questions, whatever happens.

    Raises:
        NotFound: no such question.
        BadInput: one question twice, too few of them, another type, or chances that are none.
        Conflict: it is declared already, or a question of a ladder, or that hangs on another, is
            to hang on something.
    """
    named = [_answered_yes_or_no(entry, one) for one in references]
    _check_names(relation, named)
    if relation == "given":
        _check_hanging(entry, named, chances)
    for known in links(entry):
        if _is_same(known, relation, named):
            raise Conflict(f"{known.id} says so already", f"`tidings unlink {known.id}` drops it")
    record = {
        "id": _next(entry),
        "relation": relation,
        "questions": named,
        "chances": list(chances),
        "stands": True,
        "why": why,
    }
    return receipt(str(record["id"]), record, entry.append("questions.linked", record))


@once
def unlink(entry: Entry, reference: str, *, why: str = "") -> Receipt:
    """Drop a link; it stays on record, and binds no longer.

    Raises:
        NotFound: no such link, or it was dropped.
    """
    known = {one.id: one for one in links(entry)}
    found = known.get(reference.strip().upper())
    if found is None:
        raise NotFound("link", reference, known, "`tidings links` lists them")
    record = {
        "id": found.id,
        "relation": found.relation,
        "questions": list(found.questions),
        "chances": list(found.chances),
        "stands": False,
        "why": why,
    }
    return receipt(found.id, record, entry.append("questions.linked", record))


def _answered_yes_or_no(entry: Entry, reference: str) -> str:
    question = shelf.find_asked(entry, reference).question
    if not isinstance(question.kind, Binary):
        raise BadInput("question", question.id, "one that is answered yes or no")
    return question.id


def _check_names(relation: Relation, named: Sequence[str]) -> None:
    if len({*named}) < len(named):
        raise BadInput("questions", " ".join(named), "each question once")
    if len(named) < 2 or (relation in ("implies", "given") and len(named) != 2):
        many = "two questions" if relation in ("implies", "given") else "two or more questions"
        raise BadInput("questions", " ".join(named), many)


def _check_hanging(entry: Entry, named: Sequence[str], chances: Sequence[float]) -> None:
    if len(chances) != 2 or not all(isfinite(one) and 0 < one < 1 for one in chances):
        right = "--if-yes and --if-no, probabilities strictly between 0 and 1"
        raise BadInput("chances", " ".join(f"{one:g}" for one in chances), right)
    held = {name for one in links(entry) if one.relation == "given" for name in one.questions}
    for name in named:
        if name in held:
            raise Conflict(f"{name} hangs on another already, or another on it", "drop that first")
        if ladder_of(ladders(entry), name) is not None:
            raise Conflict(f"{name} is a rung of a ladder", "its belief is cut from the ladder's")


def _is_same(known: Link, relation: Relation, named: Sequence[str]) -> bool:
    if known.relation != relation:
        return False
    if relation in ("exclusive", "exhaustive"):
        return {*known.questions} == {*named}
    return known.questions == tuple(named)


def _next(entry: Entry) -> str:
    """The next id; a dropped link has an entry more with an id of its own."""
    return f"K{len(entry.everything().distinct(LINKS, 'id')) + 1}"
