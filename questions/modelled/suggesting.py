"""A model is asked about an article; what it suggests becomes drafts that nobody has opened."""

from dataclasses import replace
from datetime import date
from typing import Final

from questions.instants import end_of
from questions.lint import check
from questions.modelled.answering import answered
from questions.modelled.prompt import SCHEMA, messages_for
from questions.modelled.reading import suggestions_in
from questions.modelled.records import FAMILY, Service, Suggested, Suggestion
from questions.records import Article, Draft, Quotation

_FEWEST_WORDS: Final = 4
_SOON_DAYS: Final = 60.0
_WORTH: Final = 0.7
"""The rank of a model's first suggestion that is settled soon; a usual family has this too."""
_NEXT: Final = 0.96


def suggest(article: Article, service: Service, *, limit: int = 8) -> Suggested:
    """Ask a model for questions about an article, and keep those whose quotation is exact.

    Whatever goes wrong is a line in ``trouble``.
    """
    said = answered(service, messages_for(article, limit=limit), SCHEMA, suggestions_in)
    drafts, dropped = _drafts(list(said.found[:limit]), article, service.model)
    return Suggested(tuple(drafts), said.turns, (*dropped, *said.problems), said.trouble)


def _drafts(found: list[Suggestion], article: Article, model: str) -> tuple[list[Draft], list[str]]:
    drafts: list[Draft] = []
    dropped: list[str] = []
    for place, one in enumerate(found):
        made = _draft(one, article, model, place)
        if isinstance(made, Draft):
            drafts.append(made)
        else:
            dropped.append(made)
    return drafts, dropped


def _draft(one: Suggestion, article: Article, model: str, place: int) -> Draft | str:
    """A draft, or why the suggestion is dropped."""
    start = article.text.find(one.quotation)
    if start < 0 or not one.quotation:
        return "its quotation is not in the article"
    if len(one.quotation.split()) < _FEWEST_WORDS:
        return "its quotation is no sentence"
    try:
        closes = end_of(date.fromisoformat(one.closes))
    except (ValueError, OverflowError):
        return f"its deadline {one.closes[:20]!r} is no date"
    unchecked = Draft(
        title=one.title,
        family=FAMILY,
        roles=(),
        open_time=article.published,
        scheduled_close_time=closes,
        deadline_reason=f"proposed by {model}: {one.why_closes}",
        resolution_criteria=_criteria(one),
        fine_print=one.fine_print,
        quotation=Quotation(one.quotation, start, start + len(one.quotation)),
        rank=_rank((closes - article.published).days, place),
        article=article.id,
    )
    return replace(unchecked, problems=check(unchecked, as_of=article.published, text=article.text))


def _criteria(one: Suggestion) -> str:
    """What a model said settles its question, a line each."""
    said = {"Yes": one.yes, "No": one.no, "Void": one.void, "Settled by": one.settled_by}
    return "\n".join(f"{label}: {words}" for label, words in said.items() if words)


def _rank(days: int, place: int) -> float:
    """Higher for what is settled soon and for what the model put first."""
    soon = 1.0 if days <= _SOON_DAYS else max(0.2, _SOON_DAYS / days)
    return round(_WORTH * soon * _NEXT**place, 4)
