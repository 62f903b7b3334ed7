"""An event becomes the sentences of a question: title, criteria and fine print."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from questions.drafting.deadlines import Deadline
from questions.drafting.events import Event
from questions.drafting.merging import Happening
from questions.drafting.names import Name
from questions.instants import plain_date

NEWS: Final = "at least two of the Associated Press, Agence France-Presse and Reuters"

_OPTIONAL: Final = re.compile(r"\[([^\[\]{}]*\{(\w+)\}[^\[\]]*)\]")


def title_of(event: Event, deadline: Deadline) -> str:
    """The question."""
    wording = event.family.wording
    template = wording.variants.get(event.variant, wording.title)
    return _said(template, event, deadline)


def criteria_of(event: Event, deadline: Deadline, opens: date) -> str:
    """What counts as yes, what as no, what voids it, and who settles it."""
    wording = event.family.wording
    day = plain_date(deadline.day)
    return "\n".join(
        (
            f"Yes: {_said(wording.yes, event, deadline)} The event counts from "
            f"{plain_date(opens)} to {day}, both included, in UTC.",
            f"No: {_said(wording.no, event, deadline)}",
            f"Void: {_said(wording.void, event, deadline)}",
            f"Settled by: {_said(wording.settles, event, deadline)}",
        )
    )


def fine_print_of(happening: Happening, deadline: Deadline) -> str:
    """The edge cases of the family, and who else counts."""
    event = happening.best
    lines = [_said(line, event, deadline) for line in event.family.wording.fine_print]
    if happening.also:
        others = " and ".join(name.text for name in happening.also)
        lines.append(f"Those who act on the same side count too, {others} included.")
    return "\n".join(lines)


def roles_of(event: Event) -> tuple[tuple[str, str], ...]:
    """The roles with their full names, in the family's order; a pair in alphabetical order."""
    filled = [(role, event.roles[role].text) for role in event.family.roles if role in event.roles]
    if not event.family.pair:
        return tuple(filled)
    key = event.family.key
    names = sorted(name for role, name in filled if role in key)
    return (*zip(key, names, strict=True), *(item for item in filled if item[0] not in key))


def _said(template: str, event: Event, deadline: Deadline) -> str:
    """A template with names and date filled in, its first letter large."""
    words = {role: _as_written(name) for role, name in event.roles.items()}
    words |= {"date": plain_date(deadline.day), "news": NEWS}
    said = _without_blanks(template, words).format(**words)
    text = " ".join("".join(c if c.isprintable() else " " for c in said).split())
    return text[:1].upper() + text[1:]


def _without_blanks(template: str, words: Mapping[str, str]) -> str:
    """The template without the parts in brackets whose role is empty.

    >>> _without_blanks("Will {force} attack[ in {place}] by {date}?", {"force": "", "date": ""})
    'Will {force} attack by {date}?'
    """
    return _OPTIONAL.sub(lambda part: part[1] if part[2] in words else "", template)


def _as_written(name: Name) -> str:
    """A body of officials is asked about through any one of them."""
    if name.kind == "officials":
        return f"at least one {_singular(name.text)}"
    return name.text


def _singular(words: str) -> str:
    return words.removesuffix("s")
