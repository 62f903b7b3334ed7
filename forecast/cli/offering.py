"""Which drafts are offered: sound, new, and not too many."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from questions.lint.register import Register
    from questions.records import Article, Draft
    from questions.store.reading import Reading

    type Drafted = list[tuple[Article, list[Draft]]]


def asked_before(read: "Reading", at: "datetime") -> "Register":
    """The questions of a store that are not over, and those that came true."""
    from questions.lint import register_of
    from questions.store import shelf
    from questions.values import YES

    known = shelf.questions(read, at)
    return register_of(
        [one.question for one in known if one.status in ("upcoming", "open")],
        [one.question for one in known if one.resolution and one.resolution.outcome == YES],
    )


def offered(
    found: "Drafted",
    limit: int,
    *,
    every: bool,
    known: "Register | None" = None,
) -> "Drafted":
    """Of each article the drafts without an error-level finding, at most ``limit`` of them.

    A draft that repeats an open question, or one of an article before, has such a finding.
    With ``every`` nothing is left out.
    """
    from questions.lint import is_sound

    told: set[str] = set()
    chosen = []
    for article, drafts in found:
        checked = [_against(known, one) for one in drafts]
        if not every:
            checked = [one for one in checked if is_sound(one) and one.title not in told][:limit]
        told |= {one.title for one in checked}
        chosen.append((article, checked))
    return chosen


def _against(known: "Register | None", draft: "Draft") -> "Draft":
    """The draft with what the questions asked before say of it."""
    from questions.lint import repeats

    found = repeats(draft, known) if known is not None else ()
    return replace(draft, problems=(*found, *draft.problems)) if found else draft
