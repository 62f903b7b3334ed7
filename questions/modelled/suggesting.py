"""A model is asked about an article; what it suggests becomes drafts that nobody has opened."""

from dataclasses import replace
from datetime import date
from typing import Final

from questions.instants import end_of
from questions.lint import check
from questions.modelled.prompt import messages_for, repair
from questions.modelled.reading import suggestions_in
from questions.modelled.records import FAMILY, Service, Suggested, Suggestion, Trouble, Turn
from questions.modelled.service import Form, ask
from questions.records import Article, Draft, Quotation

_FEWEST_WORDS: Final = 4
_SOON_DAYS: Final = 60.0
_WORTH: Final = 0.7
"""The rank of a model's first suggestion that is settled soon; a usual family has this too."""
_NEXT: Final = 0.96


def suggest(article: Article, service: Service, *, limit: int = 8) -> Suggested:
    """Ask a model for questions about an article, and keep those whose quotation is exact.

    A server without a schema mode is asked in JSON mode; an answer that cannot be read is
    shown to the model once, to be put right. Whatever goes wrong is a line in ``trouble``.
    """
    messages = messages_for(article, limit=limit)
    form: Form = "schema"
    turn = ask(service, messages, form)
    if isinstance(turn, Trouble) and turn.of_the_form:
        form = "json"
        turn = ask(service, messages, form)
    if isinstance(turn, Trouble):
        return Suggested(trouble=turn.what)
    turns = [turn]
    found, problems = suggestions_in(turn.answer)
    if problems:
        again = ask(service, [*messages, *repair(turn.answer, problems[0])], "json")
        if isinstance(again, Turn):
            turns.append(again)
            better, left = suggestions_in(again.answer)
            found, problems = (better, left) if len(better) >= len(found) else (found, problems)
    if problems and not found:
        unusable = f"the answer of {service.model} cannot be used: {problems[0]}"
        return Suggested(turns=tuple(turns), trouble=unusable)
    drafts, dropped = _drafts(found[:limit], article, service.model)
    return Suggested(tuple(drafts), tuple(turns), (*dropped, *problems))


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
        resolution_criteria="\n".join(
            f"{label}: {words}"
            for label, words in (
                ("Yes", one.yes),
                ("No", one.no),
                ("Void", one.void),
                ("Settled by", one.settled_by),
            )
            if words
        ),
        fine_print=one.fine_print,
        quotation=Quotation(one.quotation, start, start + len(one.quotation)),
        rank=_rank((closes - article.published).days, place),
        article=article.id,
    )
    return replace(unchecked, problems=check(unchecked, as_of=article.published, text=article.text))


def _rank(days: int, place: int) -> float:
    """Higher for what is settled soon and for what the model put first."""
    soon = 1.0 if days <= _SOON_DAYS else max(0.2, _SOON_DAYS / days)
    return round(_WORTH * soon * _NEXT**place, 4)
