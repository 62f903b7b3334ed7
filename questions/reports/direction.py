"""Which way a report points: whether it says that what was asked has happened, will, or will not.

A typed match, not a mood: the report must tell an event of the question's family with the same
names in its roles. It answers only where the sentence is plain, and says nothing where a
second "no", a condition, a guess or another time could turn its meaning round.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, Literal

from questions.drafting.events import Event, events_in
from questions.drafting.families import families
from questions.drafting.names import PARTS, names_in
from questions.drafting.parsing import parse
from questions.drafting.stance import stance_of
from questions.english.windows import windows
from questions.instants import last_day
from questions.records import Question, Quotation

if TYPE_CHECKING:
    from datetime import datetime

    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

Says = Literal["happened", "ruled out", "denied", "scheduled", "asserted"]
"""The strongest first."""
_STRENGTH: Final[tuple[Says, ...]] = ("happened", "ruled out", "denied", "scheduled", "asserted")

_OVER: Final = timedelta(days=14)
"""How long after the close a report may still tell what happened before it."""
_NO_VERBS: Final = frozenset(["and", "the", "for", "least", "one", "with", "from"])
_ARTICLES: Final = frozenset({"the", "a", "an", "of", "at", "least", "one"})


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(_table()[name].split())


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("questions.reports").joinpath("directions.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Direction:
    """What a report says of an event, and the sentence that says it."""

    says: Says
    quotation: Quotation


@dataclass(frozen=True, slots=True)
class Asked:
    """The event that a question is about: a family, and the names in its roles."""

    family: str
    roles: tuple[tuple[str, str], ...]
    opens: date
    last: date
    """The last day that counts."""


def asked_of(question: Question, language: "Language") -> Asked | None:
    """The event of a question: the one it was drafted from, else the one that its title tells."""
    opens, last = question.open_time.date(), last_day(question.scheduled_close_time)
    if question.family and question.roles:
        return Asked(question.family, question.roles, opens, last)
    for statement in _statements(question.title):
        doc = parse(statement, language)
        for event in events_in(doc, names_in(doc), families(), opens):
            if event.complete and event.roles and not event.family.general:
                roles = tuple((role, name.text) for role, name in event.roles.items())
                return Asked(event.family.name, roles, opens, last)
    return None


def _statements(title: str) -> Iterator[str]:
    """What a question asks, as sentences that tell it, one for each word that may be its verb.

    >>> list(_statements("Will Ana visit Oslo by May 2024?"))
    ['Ana will visit Oslo by May 2024.']
    """
    asked = title.strip().removeprefix("Will ").rstrip("?")
    for word in re.finditer(r"(?<= )[a-z]{3,}", asked):
        if word[0] not in _NO_VERBS:
            yield f"{asked[: word.start()]}will {asked[word.start() :]}."


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """A text that was read once, for every question that it may bear on."""

    doc: "Doc"
    events: tuple[Event, ...]
    published: date


def hear(text: str, published: "datetime", language: "Language") -> Heard:
    """Parse a text and find the events of all families in it."""
    doc, day = parse(text, language), published.date()
    return Heard(doc, tuple(events_in(doc, names_in(doc), families(), day)), day)


def direction(heard: Heard, asked: Asked) -> Direction | None:
    """What a text says of the event asked about, or None where it is not plain.

    The quotation is an exact piece of the text.

    >>> from datetime import UTC, datetime
    >>> from questions.language import english
    >>> asked = Asked("visit", (("visitor", "Alexander Stubb"), ("place", "Kenya")),
    ...               date(2024, 5, 1), date(2024, 6, 30))
    >>> when = datetime(2024, 5, 6, tzinfo=UTC)
    >>> text = "Alexander Stubb arrived in Kenya on Sunday."
    >>> direction(hear(text, when, english()), asked).says
    'happened'
    >>> direction(hear("Alexander Stubb may visit Kenya.", when, english()), asked)
    """
    found: dict[Says, Event] = {}
    for event in heard.events:
        if event.family.name != asked.family or not _same(event, asked):
            continue
        sentence = heard.doc.char_span(event.start, event.end, alignment_mode="expand")
        if sentence and (says := _says(event, sentence, asked, heard.published)):
            found.setdefault(says, event)
    if not found or _quarrels(found):
        return None
    text, strongest = heard.doc.text, min(found, key=_STRENGTH.index)
    start, end = found[strongest].start, found[strongest].end
    quoted = text[start:end].strip()
    start = text.index(quoted, start)
    return Direction(strongest, Quotation(quoted, start, start + len(quoted)))


def _quarrels(found: Iterable[Says]) -> bool:
    """Whether a text says both that it happens and that it does not."""
    said = set(found)
    return bool(said & {"ruled out", "denied"}) and bool(
        said & {"happened", "scheduled", "asserted"}
    )


def _same(event: Event, asked: Asked) -> bool:
    """Whether an event has the names asked about in every role that tells events apart."""
    wanted = dict(asked.roles)
    told = {role: name.text for role, name in event.roles.items()}
    key = [role for role in event.family.key if role in wanted]
    if not key or any(role not in told for role in key):
        return False
    if event.family.pair and len(key) == 2:
        first, second = key
        crossed = _alike(told[first], wanted[second]) and _alike(told[second], wanted[first])
        if crossed:
            return True
    return all(_alike(told[role], wanted[role]) for role in key)


def _alike(one: str, other: str) -> bool:
    """Whether two names mean the same: the words of one are all in the other.

    >>> _alike("Xi", "Xi Jinping"), _alike("the United Nations", "United Nations (UN)")
    (True, True)
    >>> _alike("North Korea", "South Korea")
    False
    """
    a, b = (set(re.findall(r"[\w'’-]+", name.lower())) - _ARTICLES for name in (one, other))
    return bool(a and b) and (a <= b or b <= a)


def _says(event: Event, sentence: "Span", asked: Asked, published: date) -> Says | None:
    """What one sentence says of the event, or None."""
    if not asked.opens <= published <= asked.last + _OVER or _is_doubtful(sentence):
        return None
    times = windows(sentence.text, published)
    if any(time.last < asked.opens or time.first > asked.last for time in times):
        return None
    verb = next((word for word in sentence if word.idx == event.anchor), None)
    noes = [word for word in sentence if _is_no(word)]
    if verb is None or len(noes) > 1:
        return None
    return _turned(noes[0], verb) if noes else _plain(verb, event)


def _is_doubtful(sentence: "Span") -> bool:
    said = {form for word in sentence for form in (word.lower_, word.lemma_.lower())}
    return bool(said & _words("doubt")) or sentence.text.rstrip().endswith("?")


def _is_no(word: "Token") -> bool:
    lemma = word.lemma_.lower()
    if word.lower_ in _words("no") or word.dep_ == "neg":
        return True
    if particle := _table()["particles"].get(lemma):
        return any(child.lower_ == particle for child in word.children)
    return lemma in _words("denying") | _words("ending")


def _turned(no: "Token", verb: "Token") -> Says | None:
    """What a sentence says whose only "no" is this word."""
    lemma = no.lemma_.lower()
    above = [verb, *verb.ancestors]
    if lemma in _words("denying"):
        return "denied" if no in above[1:] and _has_happened(no) else None
    if lemma in _words("ending"):
        told = no in above or verb in {*no.subtree}
        return "ruled out" if told and _has_happened(no) else None
    will = any(child.lower_ in _words("will") for child in verb.children)
    return "ruled out" if will and no.head == verb and _is_told_plainly(verb) else None


def _plain(verb: "Token", event: Event) -> Says | None:
    """What a sentence without any "no" says."""
    if event.mood == "happened" and _is_told_plainly(verb) and _is_past(verb) and _is_whole(verb):
        return "happened"
    will = any(child.lower_ in _words("will") for child in verb.children)
    ahead = event.mood in {"scheduled", "planned"} or (event.mood == "expected" and will)
    if ahead and _is_told_plainly(verb, meant=True):
        return "scheduled" if event.window is not None else "asserted"
    return None


def _has_happened(verb: "Token") -> bool:
    return stance_of(verb).mood in {"happened", "ongoing"} and _is_told_plainly(verb)


def _is_past(verb: "Token") -> bool:
    """Whether a verb tells what has happened; "had" only in somebody's words."""
    had = any(child.lower_ == "had" and child.dep_ == "aux" for child in verb.children)
    return not had or verb.dep_ == "ccomp"


def _is_whole(verb: "Token") -> bool:
    """Whether it befell all of what is named: not as in "captured a suburb of the town"."""
    befallen = (child for child in verb.children if child.dep_ in {"dobj", "nsubjpass"})
    return not any(word.lower_ in PARTS for word in befallen)


def _is_told_plainly(verb: "Token", *, meant: bool = False) -> bool:
    """Whether the clause is the sentence's own, or what somebody says in it.

    What is ``meant`` may hang on "plans to" and the like; what happened may not.
    """
    own = {"conj", "ccomp", "xcomp"} if meant else {"conj", "ccomp"}
    while verb.dep_ in own and verb.head is not verb:
        if verb.dep_ == "ccomp" and verb.head.lemma_.lower() not in _words("telling"):
            return False
        verb = verb.head
    return verb.dep_ == "ROOT"
