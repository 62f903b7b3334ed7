"""An Article becomes Drafts: parse, find events, merge, word, lint, rank."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from questions.drafting.deadlines import Deadline, deadline_of
from questions.drafting.events import Event, events_in, is_open
from questions.drafting.families import families
from questions.drafting.merging import Happening, happenings
from questions.drafting.names import Names, names_in
from questions.drafting.parsing import parse
from questions.drafting.plans import plans_in
from questions.drafting.ranking import rank_of
from questions.drafting.wording import criteria_of, fine_print_of, roles_of, title_of
from questions.instants import end_of
from questions.lint import check, is_sound
from questions.records import Article, Draft, Finding, Quotation

_DOZEN: Final = 12
_ALIKE: Final = 0.6
"""The share of the words of the shorter of two acts from which on they are one."""

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def draft(article: Article, language: "Language") -> list[Draft]:
    """Draft the questions that an article suggests, the most worth asking first.

    Every draft quotes the sentence that supports it, exactly; what the linter says of it is in
    its ``problems``, and it is the caller who decides what to offer.

    >>> from datetime import UTC, datetime
    >>> from questions.articles import article_from_bytes
    >>> from questions.language import english
    >>> text = b"Norwegian Foreign Minister Espen Eide plans to visit Kenya next week."
    >>> when = datetime(2024, 5, 6, tzinfo=UTC)
    >>> article = article_from_bytes(text, source="-", published=when)
    >>> [draft.title for draft in draft(article, english())]
    ['Will Espen Eide visit Kenya by 26 May 2024?']
    """
    doc = parse(article.text, language)
    names = names_in(doc)
    published = article.published.date()
    events = _events(doc, names, published)
    found = _best_first(happenings(events, published), published)
    drafts = [one for happening in found if (one := _draft(happening, article)) is not None]
    return _without_heaps(_without_repeats(drafts))


def _without_heaps(drafts: list[Draft]) -> list[Draft]:
    """All that can be asked as it stands; what has errors fills up to a dozen."""
    left = _DOZEN - sum(map(is_sound, drafts))
    kept: list[Draft] = []
    for one in drafts:
        left -= not (sound := is_sound(one))
        kept.extend([one] if sound or left >= 0 else [])
    return kept


def _best_first(found: list[Happening], published: date) -> list[Happening]:
    """The most worth asking first; of one verb and agent no general reading beside another."""
    ranked = sorted(found, key=lambda one: -rank_of(one, _deadline(one, published), published))
    special = {_reading(one) for one in ranked if not one.best.family.general}
    return [one for one in ranked if not one.best.family.general or _reading(one) not in special]


def _reading(happening: Happening) -> tuple[int, str]:
    event = happening.best
    return event.anchor, next(iter(event.roles.values())).text


def _events(doc: "Doc", names: Names, published: date) -> list[Event]:
    """What the families know, and the acts in sentences of which they know nothing."""
    known = events_in(doc, names, families(), published)
    taken = {event.start for event in known if event.complete and is_open(event)}
    general = next(family for family in families() if not family.forms)
    return [*known, *plans_in(doc, names, general, published, taken)]


def _draft(happening: Happening, article: Article) -> Draft | None:
    """The draft of a happening; None for an act that has a title which nobody can ask."""
    event, published = happening.best, article.published.date()
    deadline = _deadline(happening, published)
    unchecked = Draft(
        title=title_of(event, deadline),
        family=event.family.name,
        roles=roles_of(event),
        open_time=article.published,
        scheduled_close_time=end_of(deadline.day),
        deadline_reason=deadline.reason,
        resolution_criteria=criteria_of(event, deadline, published),
        fine_print=fine_print_of(happening, deadline),
        quotation=_quotation(event, article.text),
        reference_class=event.family.reference_class,
        rank=rank_of(happening, deadline, published),
        article=article.id,
    )
    problems = check(unchecked, as_of=article.published, text=article.text)
    if not event.family.forms and any(_condemns(finding) for finding in problems):
        return None
    return replace(unchecked, problems=(*event.doubts, *problems))


def _condemns(finding: Finding) -> bool:
    return finding.level == "error" and finding.where == "title"


def _deadline(happening: Happening, published: date) -> Deadline:
    window = happening.timed.window if happening.timed else None
    return deadline_of(window, happening.best.family.horizon_days, published)


def _quotation(event: Event, text: str) -> Quotation:
    """The sentence without the white space around it."""
    sentence = text[event.start : event.end]
    start = event.start + len(sentence) - len(sentence.lstrip("\ufeff \t\r\n\u00a0"))
    end = start + len(sentence.strip("\ufeff \t\r\n\u00a0"))
    return Quotation(text[start:end], start, end)


def _without_repeats(drafts: list[Draft]) -> list[Draft]:
    """Of drafts that say nearly the same of one agent, the one of the highest rank."""
    kept: dict[str, Draft] = {}
    told: dict[object, list[set[str]]] = defaultdict(list)
    for one in drafts:
        title, acts = one.title.casefold(), told[one.family, one.roles[:1]]
        act = set(dict(one.roles).get("deed", "").casefold().split())
        if title not in kept and not any(_alike(act, before) for before in acts):
            kept[title] = one
            acts.extend([act] if act else [])
    return list(kept.values())


def _alike(act: set[str], before: set[str]) -> bool:
    return len(act & before) > _ALIKE * min(len(act), len(before))
