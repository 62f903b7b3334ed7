"""The linter: every check over a draft or question, the gravest findings first."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from questions.lint.agent import agent_is_named
from questions.lint.criteria import criteria_are_whole
from questions.lint.duplicates import has_not_come_true, is_new
from questions.lint.evidence import quotation_holds
from questions.lint.hindsight import nothing_came_later
from questions.lint.kinds import answers_fit
from questions.lint.names import names_agree
from questions.lint.register import Register, register_of
from questions.lint.settled import answer_is_open, odds_are_open
from questions.lint.single import asks_one_thing
from questions.lint.subject import Check, Subject
from questions.lint.times import dates_agree, deadline_fits, hours_have_zones
from questions.lint.title import title_is_clear
from questions.records import Draft, Finding, Question

if TYPE_CHECKING:
    from spacy.language import Language

CHECKS: Final[tuple[Check, ...]] = (
    deadline_fits,
    dates_agree,
    hours_have_zones,
    title_is_clear,
    agent_is_named,
    asks_one_thing,
    criteria_are_whole,
    names_agree,
    answers_fit,
    quotation_holds,
    nothing_came_later,
    answer_is_open,
    odds_are_open,
    is_new,
    has_not_come_true,
)
_LONGEST_TITLE: Final = 1000
_LONGEST: Final = 10_000
_ORDER: Final = {"error": 0, "warning": 1, "advice": 2}


def check(
    asked: Draft | Question,
    *,
    as_of: datetime,
    text: str | None = None,
    open_questions: Iterable[Question] | Register = (),
    prob: float | None = None,
    parser: "Language | None" = None,
) -> tuple[Finding, ...]:
    """Find what a careful writer would put right in a draft or question.

    ``text`` is the article that a quotation is compared with; ``open_questions`` are those that
    a duplicate would repeat, or a :func:`~questions.lint.register.register_of` them, which also
    knows what came true; ``prob`` is P(yes) where one is known; with a ``parser`` the agent is
    looked for in the title's parse, without it by its words alone. A finding is never an
    exception.

    >>> from datetime import UTC, datetime
    >>> from questions.records import Binary
    >>> opens, closes = datetime(2024, 5, 6, tzinfo=UTC), datetime(2024, 7, 1, tzinfo=UTC)
    >>> asked = Question("", "Will they meet soon?", Binary(), opens, closes, "")
    >>> for finding in check(asked, as_of=opens)[:2]:
    ...     print(finding.level, finding.where, "-", finding.what)
    error title - the agent is a pronoun, "they"
    error criteria - nothing says how the question is settled
    """
    if asked.open_time.tzinfo is None or asked.scheduled_close_time.tzinfo is None:
        return (Finding("error", "deadline", "it has no time zone", "give an offset, such as Z"),)
    asked = _in_bounds(asked)
    known = open_questions
    register = known if isinstance(known, Register) else register_of(known)
    subject = Subject(asked, as_of, text, register, prob, parser)
    found = [finding for one in CHECKS for finding in one(subject)]
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.level]))


def _in_bounds(asked: Draft | Question) -> Draft | Question:
    """The question with its texts cut where no reader would go on."""
    return replace(
        asked,
        title=asked.title[:_LONGEST_TITLE],
        resolution_criteria=asked.resolution_criteria[:_LONGEST],
        fine_print=asked.fine_print[:_LONGEST],
    )


def is_sound(draft: Draft) -> bool:
    """Whether a draft can be offered: nothing that was found is an error."""
    return all(found.level != "error" for found in draft.problems)
