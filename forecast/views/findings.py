"""What the linter finds in tracked questions."""

from datetime import datetime

from forecast.belief import memory
from forecast.belief.fold import believe
from forecast.desk.believing import dossiers
from forecast.views.sheets import Sheet, prob_or_none
from questions.lint import check, register_of
from questions.records import Tracked
from questions.store import shelf
from questions.store.envelope import plain
from questions.store.reading import Reading
from questions.values import YES


def findings(read: Reading, at: datetime, *, only: str | None = None) -> list[Sheet]:
    """What the linter finds in one question, or in all that are not resolved, the gravest first.

    Raises:
        NotFound: no question of that id or title.
        BadInput: several questions.
    """
    known = shelf.questions(read, at)
    asked = [one.question for one in known if one.status != "resolved"]
    wanted = asked if only is None else [shelf.find_question(read, only, at).question]
    register = register_of(asked, [one.question for one in known if _came_true(one)])
    fit = memory.last_fit(read, at)
    held = dossiers(read, at, only=wanted[0].id if only else None)
    return [
        {"question": question.id, **plain(problem)}
        for question in wanted
        for problem in check(
            question,
            as_of=at,
            text=_text_of(read, question.article),
            open_questions=register,
            prob=prob_or_none(believe(held[question.id], fit, at).value),
        )
    ]


def _came_true(tracked: Tracked) -> bool:
    return tracked.resolution is not None and tracked.resolution.outcome == YES


def _text_of(read: Reading, article: str) -> str | None:
    kept = shelf.find_article(read, article) if article else None
    return kept.text if kept else None
