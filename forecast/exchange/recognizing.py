"""Which questions on record a platform's questions are, and which are new."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from forecast.exchange.plan import NEW, Choices, Known, Plan
from forecast.exchange.records import Batch, PlatformQuestion
from forecast.exchange.work import Asked, refuse
from questions.errors import BadInput
from questions.instants import DAY, iso
from questions.records import Question
from questions.store.texts import check_text

HAND_MADE: Final = "csv"
"""The platform of tables without a format: its ids tell apart what one table asks."""


def recognized(
    batch: Batch, known: Known, choices: Choices, plan: Plan
) -> tuple[dict[str, Asked], frozenset[str]]:
    """The questions that items may be on, by their id there, and the ids of those refused."""
    said: dict[str, list[PlatformQuestion]] = defaultdict(list)
    for one in batch.questions:
        said[one.origin.question].append(one)
    asked = {
        theirs: _of(known, ours) for theirs, ours in known.origins.items() if ours in known.tracked
    }
    alike, gone, fresh = _by_letters(known), set(), []
    for theirs, several in sorted(said.items()):
        try:
            one = _agreed(several)
            if theirs in asked:
                _still_the_same(one, known, asked[theirs].id, plan)
            elif (ours := _onto(one, known, choices, alike)) is not None:
                plan.joined.append((ours, one))
                asked[theirs] = _of(known, ours)
            else:
                fresh.append(one)
        except BadInput as error:
            gone.add(theirs)
            refuse(plan, several[0].origin, error)
    fresh.sort(key=lambda one: (one.open_time, one.origin.question))
    for number, one in enumerate(fresh, start=known.next_question):
        asked[one.origin.question] = Asked(f"Q{number}", one.kind, one.open_time, False)
        plan.questions.append((_question(f"Q{number}", one), one))
    return asked, frozenset(gone)


def _of(known: Known, ours: str) -> Asked:
    question = known.tracked[ours].question
    return Asked(ours, question.kind, question.open_time, ours not in known.imported)


def _agreed(several: Sequence[PlatformQuestion]) -> PlatformQuestion:
    """What several mentions of a question agree on, once it is seen that it can be asked."""
    plain = {replace(one, origin=replace(one.origin, place="")) for one in several}
    one = several[0]
    if len(plain) > 1:
        places = ", ".join(sorted(one.origin.place for one in several)[:3])
        raise BadInput("question", one.origin.question, f"one form of it; {places} differ")
    if not one.title.strip():
        raise BadInput("title", "", "a title")
    for what in ("title", "resolution_criteria", "fine_print", "background", "url"):
        check_text(what, getattr(one, what))
    for tag in one.tags:
        check_text("tag", tag)
    if one.scheduled_close_time <= one.open_time:
        right = f"a close after the opening at {iso(one.open_time)}"
        raise BadInput("scheduled close", iso(one.scheduled_close_time), right)
    return one


def _still_the_same(one: PlatformQuestion, known: Known, ours: str, plan: Plan) -> None:
    """See that what is known under an id is this question; titles and closes may change."""
    question = known.tracked[ours].question
    same = (one.title.strip(), one.scheduled_close_time) == (
        question.title,
        question.scheduled_close_time,
    )
    if same or ours not in known.imported:
        plan.already += same
        return
    if one.origin.platform == HAND_MADE and one.title.strip() != question.title:
        right = f'another platform = "NAME" in the mapping: {ours} came in under this id'
        raise BadInput("question", one.origin.question, right)
    if one.kind != question.kind:
        raise BadInput("question", one.origin.question, f"its kind unchanged: {ours} is another")
    plan.notes.append(f"{ours} reads otherwise at its source now; what is on record stays")


def _onto(
    one: PlatformQuestion, known: Known, choices: Choices, alike: Mapping[str, Sequence[Question]]
) -> str | None:
    """The question on record that is meant; None for a new one.

    Raises:
        BadInput: none or another kind of question is named, or one looks the same and nobody
            has said which it is.
    """
    theirs = one.origin.question
    chosen = choices.onto.get(theirs, choices.onto.get("", ""))
    if chosen == NEW:
        return None
    if chosen:
        found = known.tracked.get(chosen.upper())
        if found is None:
            raise BadInput("question", chosen, "an id on record, such as Q12")
        if found.question.kind != one.kind:
            right = f"a question of the same kind: {chosen} is another"
            raise BadInput("question", theirs, right)
        return found.question.id
    for ours in alike.get(_letters(one.title), ()):
        if abs(ours.scheduled_close_time - one.scheduled_close_time) < DAY:
            right = f"--onto {theirs}={ours.id} if it is {ours.id}, --onto {theirs}={NEW} if not"
            raise BadInput("question", theirs, f"{right}: title and close are the same")
    return None


def _by_letters(known: Known) -> dict[str, list[Question]]:
    """The questions on record by the letters of their titles."""
    found: dict[str, list[Question]] = defaultdict(list)
    for tracked in known.tracked.values():
        found[_letters(tracked.question.title)].append(tracked.question)
    return found


def _letters(title: str) -> str:
    return "".join(one for one in title.casefold() if one.isalnum())


def _question(ours: str, one: PlatformQuestion) -> Question:
    return Question(
        id=ours,
        title=one.title.strip(),
        kind=one.kind,
        open_time=one.open_time,
        scheduled_close_time=one.scheduled_close_time,
        resolution_criteria=one.resolution_criteria or "As it was resolved at its source.",
        fine_print=one.fine_print,
        background=one.background,
        tags=one.tags,
    )
