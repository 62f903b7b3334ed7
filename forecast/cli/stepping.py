"""Drafts, one at a time, by keyboard: what is decided stays, the rest waits."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile
from typing import TYPE_CHECKING, Final

from forecast.cli.editing import Edited, form_of, read_form, with_edits
from forecast.cli.keyboard import ENDS, Person
from forecast.cli.output import say, write
from questions.errors import BadFile, TidingsError

if TYPE_CHECKING:
    from forecast.desk.desk import Desk
    from questions.records import Draft

KEYS: Final = "a accept, e edit, s skip, r reject, b back, q quit"


@dataclass(frozen=True, slots=True)
class Card:
    """A draft on the table, as it was or as edited, and what was decided of it."""

    draft: "Draft"
    tags: tuple[str, ...] = ()
    edited: bool = False
    decided: str = ""


def step_through(
    desk: "Desk", drafts: "Sequence[Draft]", texts: Mapping[str, str], person: Person
) -> list[str]:
    """Ask about each draft; returns the ids of the questions that were opened.

    ``texts`` are the articles by their ids. Each decision is recorded when it is made.
    """
    cards = [Card(draft) for draft in drafts]
    opened: list[str] = []
    place = 0
    while place < len(cards):
        card = cards[place]
        _present(card, texts.get(card.draft.article, ""), f"{place + 1} of {len(cards)}")
        key = _choice(person, card)
        if key == "q":
            break
        if key == "b":
            place = max(0, place - 1)
            continue
        try:
            cards[place] = _decide(desk, card, key, texts, person, opened)
        except TidingsError as error:
            say(f"    {error}")
            continue
        place += 0 if key == "e" else 1
    _summary(cards, opened)
    return opened


def _present(card: Card, text: str, place: str) -> None:
    from forecast.show.drafts import print_draft

    label = f"{card.draft.id}  ({place}{', edited' if card.edited else ''})"
    write("\n")
    sys.stdout.flush()
    print_draft(card.draft, text, label)
    write(f"    {card.decided or KEYS}\n")


def _choice(person: Person, card: Card) -> str:
    """The next key that means something here; the end of input means quit."""
    allowed = "sbq" if card.decided else "aesrbq"
    while True:
        try:
            key = person.key()
        except KeyboardInterrupt:
            return "q"
        if key == "" or key in ENDS:
            return "q"
        if key in allowed:
            return key


def _decide(
    desk: "Desk",
    card: Card,
    key: str,
    texts: Mapping[str, str],
    person: Person,
    opened: list[str],
) -> Card:
    """What becomes of a card."""
    if key == "a":
        opened.append(_accept(desk, card))
        write(f"    opened as {opened[-1]}\n")
        return replace(card, decided=f"opened as {opened[-1]}: s next, b back, q quit")
    if key == "r":
        _reject(desk, card, person.line("    why not? "))
        write("    rejected\n")
        return replace(card, decided="rejected: s next, b back, q quit")
    if key == "e":
        return _edit(desk, card, texts.get(card.draft.article, ""), person)
    return card


def _accept(desk: "Desk", card: Card) -> str:
    from forecast.desk import asking

    draft, desk = card.draft, _step(desk, card)
    if not card.edited:
        return asking.accept(desk, draft.id).id
    return asking.accept(
        desk,
        draft.id,
        title=draft.title,
        closes=draft.scheduled_close_time,
        criteria=draft.resolution_criteria,
        fine_print=draft.fine_print,
        tags=card.tags,
    ).id


def _reject(desk: "Desk", card: Card, why: str) -> None:
    from forecast.desk import asking

    asking.reject(_step(desk, card), card.draft.id, why.strip())


def _step(desk: "Desk", card: Card) -> "Desk":
    """The desk with the clock's reading and a key for this one decision."""
    from forecast.cli.setting import clock

    now = clock() if desk.store.label == "live" else desk.now
    return replace(desk, now=now, key=f"{desk.key}/{card.draft.id}")


def _edit(desk: "Desk", card: Card, text: str, person: Person) -> Card:
    """The card as edited; a form that cannot be read is given back with what is wrong."""
    form = form_of(card.draft, card.tags)
    while True:
        try:
            form = person.edit(form)
            edited = read_form(form, now=desk.now)
        except BadFile as error:
            say(f"    {error}")
            return card
        except TidingsError as error:
            say(f"    {error}")
            write("    e edit again, any other key leaves the draft as it was\n")
            if person.key() != "e":
                return card
            form = _told(form, str(error))
            continue
        return card if edited is None else _changed(card, edited, text)


def _told(form: str, problem: str) -> str:
    """A form with what is wrong with it in its first line, in place of older remarks."""
    lines = dropwhile(lambda one: one.startswith("#"), form.splitlines(keepends=True))
    return "".join([f"# {problem}\n", *lines])


def _changed(card: Card, edited: Edited, text: str) -> Card:
    draft = with_edits(card.draft, edited, text)
    same = replace(draft, problems=card.draft.problems) == card.draft and edited.tags == card.tags
    return card if same else replace(card, draft=draft, tags=edited.tags, edited=True)


def _summary(cards: Sequence[Card], opened: Sequence[str]) -> None:
    waiting = sum(not card.decided for card in cards)
    rejected = len(cards) - waiting - len(opened)
    say(f"{len(opened)} opened, {rejected} rejected, {waiting} waiting (tidings drafts)")
