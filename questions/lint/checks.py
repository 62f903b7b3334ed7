"""The linter: every check over a draft or question, the gravest findings first."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Final

from questions.lint.agent import agent_is_named
from questions.lint.criteria import criteria_are_whole
from questions.lint.duplicates import is_new
from questions.lint.evidence import quotation_holds
from questions.lint.subject import Check, Subject
from questions.lint.times import dates_agree, deadline_fits
from questions.lint.title import title_is_clear
from questions.records import Draft, Finding, Question

if TYPE_CHECKING:
    from spacy.language import Language

CHECKS: Final[tuple[Check, ...]] = (
    deadline_fits,
    dates_agree,
    title_is_clear,
    agent_is_named,
    criteria_are_whole,
    quotation_holds,
    is_new,
)
_ORDER: Final = {"error": 0, "warning": 1, "advice": 2}


def check(
    asked: Draft | Question,
    *,
    as_of: datetime,
    text: str | None = None,
    open_questions: Iterable[Question] = (),
    parser: "Language | None" = None,
) -> tuple[Finding, ...]:
    """Find what a careful writer would put right in a draft or question.

    ``text`` is the article that a quotation is compared with; ``open_questions`` are those that
    a duplicate would repeat; with a ``parser`` the agent is looked for in the title's parse,
    without it by its words alone. A finding is never an exception.

    >>> from datetime import UTC, datetime
    >>> from questions.records import Binary
    >>> opens, closes = datetime(2024, 5, 6, tzinfo=UTC), datetime(2024, 7, 1, tzinfo=UTC)
    >>> asked = Question("", "Will they meet soon?", Binary(), opens, closes, "")
    >>> for finding in check(asked, as_of=opens)[:2]:
    ...     print(finding.level, finding.where, "-", finding.what)
    error title - the agent is a pronoun, "they"
    error criteria - nothing says how the question is settled
    """
    subject = Subject(asked, as_of, text, tuple(open_questions), parser)
    found = [finding for one in CHECKS for finding in one(subject)]
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.level]))
