"""Articles become drafts, drafts become questions, and a person asks by hand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from forecast.desk.blinding import AS_AGREED, Hiding, blind
from forecast.desk.desk import Desk, Receipt, once, receipt
from questions.errors import BadInput, Conflict
from questions.instants import iso
from questions.modelled.records import FAMILY as MODEL
from questions.modelled.records import Turn
from questions.records import Article, Binary, Draft, Kind, Question
from questions.store import shelf
from questions.store import tables as t
from questions.store.decoding import article as article_of
from questions.store.decoding import kind_to_json
from questions.store.envelope import Event, plain
from questions.store.log import Entry

Found = Sequence[tuple[Article, Sequence[Draft]]]
Turns = Mapping[str, Sequence[Turn]]
NO_TURNS: Final[Turns] = MappingProxyType({})
YES_OR_NO: Final = Binary()


def keep_drafts(desk: Desk, article: Article, drafts: Sequence[Draft]) -> list[Draft]:
    """Keep an article and what was drafted from it; returns the drafts with their ids.

    An article that was kept before (by its hash) gives back the drafts it had.
    """
    return keep_all(desk, [(article, drafts)])


def keep_all(desk: Desk, found: Found, turns: Turns = NO_TURNS) -> list[Draft]:
    """Keep several articles and what was drafted from each, all or none of it.

    ``turns`` is what a model was asked and said of an article, by the hash of the article.
    """
    with desk.writing() as entry:
        return _keep_all(entry, found, turns)


def open_all(
    desk: Desk,
    found: Found,
    choose: Callable[[list[Draft]], Sequence[str]],
    turns: Turns = NO_TURNS,
) -> list[Receipt]:
    """Keep articles and drafts, and open those drafts whose ids ``choose`` gives.

    Raises:
        Conflict: one that it picks was accepted or rejected before; then nothing is kept.
    """
    with desk.writing() as entry:
        kept = _keep_all(entry, found, turns)
        return [open_draft(entry, identity) for identity in choose(kept)]


def _keep_all(entry: Entry, found: Found, turns: Turns) -> list[Draft]:
    return [
        draft
        for article, drafts in found
        for draft in _keep(entry, article, drafts, turns.get(article.sha256, ()))
    ]


def _keep(
    entry: Entry, article: Article, drafts: Sequence[Draft], turns: Sequence[Turn]
) -> list[Draft]:
    """The drafts of an article; where it was kept before, those it had and a model's new ones."""
    record = entry.everything()
    known = record.rows(t.ARTICLES, sha256=article.sha256)
    had: list[Draft] = []
    if known:
        kept = article_of(known[0]).id
        had = [draft for draft, _ in shelf.drafts(record) if draft.article == kept]
        titles = {draft.title for draft in had}
        drafts = [one for one in drafts if one.family == MODEL and one.title not in titles]
    else:
        kept = entry.next_id(t.ARTICLES, "A")
        entry.append("article.kept", replace(article, id=kept), effective_at=article.published)
    for turn in turns:
        entry.append("model.answered", {"article": kept, **plain(turn)})
    return [*had, *(_keep_draft(entry, replace(draft, article=kept)) for draft in drafts)]


def _keep_draft(entry: Entry, draft: Draft) -> Draft:
    numbered = replace(draft, id=entry.next_id(t.DRAFTS, "D"))
    entry.append("draft.made", numbered)
    return numbered


def open_draft(
    entry: Entry,
    reference: str,
    *,
    title: str | None = None,
    closes: datetime | None = None,
    criteria: str | None = None,
    fine_print: str | None = None,
    tags: Sequence[str] = (),
    hiding: Hiding = AS_AGREED,
) -> Receipt:
    """Open a draft as a question, edited where something is given.

    Raises:
        NotFound: no such draft.
        BadInput: a blank title or blank criteria, a close that is not after the opening, or an
            end of blindness that is not.
        Conflict: it was accepted or rejected before.
    """
    draft, verdict = shelf.find_draft(entry.everything(), reference)
    _still_waiting(draft, verdict)
    question = Question(
        id=entry.next_id(t.QUESTIONS, "Q"),
        title=words("title", draft.title if title is None else title),
        kind=Binary(),
        open_time=draft.open_time,
        scheduled_close_time=closes or draft.scheduled_close_time,
        resolution_criteria=words(
            "criteria", draft.resolution_criteria if criteria is None else criteria
        ),
        fine_print=draft.fine_print if fine_print is None else fine_print,
        tags=tuple(tags),
        family=draft.family,
        roles=draft.roles,
        quotation=draft.quotation,
        reference_class=draft.reference_class,
        article=draft.article,
        draft=draft.id,
        asked_by=entry.actor,
    )
    _check_times(question)
    _ask(entry, question, hiding)
    verdict_of = {"draft": draft.id, "verdict": "accepted", "why": "", "question": question.id}
    event = entry.append("draft.judged", verdict_of)
    return receipt(question.id, question_record(question), event)


accept = once(open_draft)


def words(what: str, said: str) -> str:
    """What was said of something, without blanks around it; it must not be blank.

    Raises:
        BadInput: it is.
    """
    if not said.strip():
        raise BadInput(what, said, "some words")
    return said.strip()


@once
def reject(entry: Entry, reference: str, why: str) -> Receipt:
    """Turn a draft down, with the reason.

    Raises:
        NotFound: no such draft.
        Conflict: it was accepted or rejected before.
    """
    draft, verdict = shelf.find_draft(entry.everything(), reference)
    _still_waiting(draft, verdict)
    record = {"draft": draft.id, "verdict": "rejected", "why": why, "question": ""}
    return receipt(draft.id, record, entry.append("draft.judged", record))


def _still_waiting(draft: Draft, verdict: str) -> None:
    if verdict != "waiting":
        raise Conflict(f"draft {draft.id} was {verdict} before", "`tidings drafts` lists the rest")


def new_question(
    entry: Entry,
    title: str,
    *,
    closes: datetime,
    criteria: str,
    opens: datetime | None = None,
    kind: Kind = YES_OR_NO,
    fine_print: str = "",
    tags: Sequence[str] = (),
    hiding: Hiding = AS_AGREED,
) -> Receipt:
    """Ask a question by hand, open from now unless ``opens`` says otherwise.

    Raises:
        BadInput: no title or criteria, a close that is not after the opening, or an end of
            blindness that is not.
    """
    question = Question(
        id=entry.next_id(t.QUESTIONS, "Q"),
        title=words("title", title),
        kind=kind,
        open_time=opens or entry.now,
        scheduled_close_time=closes,
        resolution_criteria=words("criteria", criteria),
        fine_print=fine_print,
        tags=tuple(tags),
        asked_by=entry.actor,
    )
    _check_times(question)
    return receipt(question.id, question_record(question), _ask(entry, question, hiding))


ask = once(new_question)


def _check_times(question: Question) -> None:
    if question.scheduled_close_time <= question.open_time:
        raise BadInput(
            "closing time",
            iso(question.scheduled_close_time),
            f"a time after the opening at {iso(question.open_time)}",
        )


def _ask(entry: Entry, question: Question, hiding: Hiding) -> Event:
    """Put a question on record, blind where it is to be; the entry after which it is asked."""
    event = entry.append("question.asked", question_record(question))
    return blind(entry, question, hiding) or event


def question_record(question: Question) -> dict[str, Any]:
    """A question as its event holds it."""
    return {**plain(question), "kind": kind_to_json(question.kind)}
