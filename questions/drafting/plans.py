"""Acts that no family knows, read from sentences as they stand.

A named agent's plan for a named time makes a question; any other reading carries the doubts
that hold it back until a person has put it right.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from questions.drafting.agents import agent_of
from questions.drafting.deeds import Deed, deed_of, is_joint
from questions.drafting.doubts import Reading, doubts_of
from questions.drafting.events import Event, token_at, window_of
from questions.drafting.families import Family
from questions.drafting.names import Name, Names
from questions.drafting.stance import OPEN, stance_of
from questions.drafting.things import phrase_of
from questions.english.lexicon import Mood, words
from questions.english.windows import Window, windows

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_TOLD: Final[frozenset[Mood]] = OPEN | {"denied"}
_AWAITING: Final = words("verbs of waiting")
_NO_ACTS: Final = words("verbs without a day")
_NOWHERE: Final = range(0)
_SHORTEST: Final = 5


def plans_in(
    doc: "Doc", names: Names, family: Family, published: date, taken: Collection[int] = ()
) -> list[Event]:
    """The acts of an article, in the order of the text; sentences that start at ``taken`` not."""
    return [
        event
        for sentence in doc.sents
        if sentence.start_char not in taken and len(sentence) >= _SHORTEST
        for event in _best(list(_read(sentence, names, family, published)))
    ]


def _best(found: list[Event]) -> list[Event]:
    """All that can be asked; without any, the one with the fewest doubts."""
    clear = [event for event in found if not event.doubts]
    return clear or sorted(found, key=lambda event: len(event.doubts))[:1]


def _read(sentence: "Span", names: Names, family: Family, published: date) -> Iterator[Event]:
    times = windows(sentence.text, published)
    for token in sentence:
        if _is_own(token) and token.lemma_.lower() not in _NO_ACTS:
            if token.pos_ in {"VERB", "AUX"}:
                yield from _act(token, names, family, times, published)
            elif token.pos_ == "NOUN" and (_is_awaited(token) or _is_there(token)):
                yield from _matter(token, family, times, published)


def _is_own(token: "Token") -> bool:
    """Whether a word is neither an auxiliary nor a part of another one: "far-fetched"."""
    beside = token.i > 0 and is_joint(token.nbor(-1))
    return token.dep_ not in {"aux", "auxpass"} and not beside


def _act(
    verb: "Token", names: Names, family: Family, times: list[Window], published: date
) -> Iterator[Event]:
    """A verb with its agent and objects, if the article leaves it open."""
    stance = stance_of(verb)
    window, mood = window_of(stance, verb, times, published)
    if mood == "ongoing" and window is not None and _is_timetable(window, verb, published):
        mood = "scheduled"
    if mood not in _TOLD:
        return
    deed = deed_of(verb, _characters(window, verb))
    agent = agent_of(verb, names, family.roles["agent"].kinds)
    if agent is None:
        return
    reading = Reading(verb.lemma_.lower(), deed, agent.named, mood, window, _is_quoted(verb))
    event = _event(verb, family, deed, mood, window)
    roles = {"agent": agent.name, "deed": Name(deed.text, "thing")}
    whole = agent.named and deed.whole
    told = min(agent.told, event.start if whole else _before(verb.sent))
    yield replace(event, roles=roles, start=told, spelled=2, doubts=doubts_of(reading, published))


def _is_timetable(window: Window, verb: "Token", published: date) -> bool:
    """As in "the talks resume on 3 June": the time ahead hangs on the verb itself."""
    token = token_at(window, verb)
    if token is None or window.last <= published:
        return False
    while token.head is not token and token.pos_ in {"NOUN", "PROPN", "NUM", "ADJ", "ADP", "DET"}:
        if token.dep_ in {"dobj", "nsubj"}:
            return False
        token = token.head
    return token is verb


def _is_awaited(noun: "Token") -> bool:
    """As in "requested a recount", "aftershocks were expected", "called for reform"."""
    if noun.dep_ == "pobj" and noun.head.lower_ in {"for", "of", "on", "to"}:
        return noun.head.head.lemma_.lower() in _AWAITING
    if noun.dep_ not in {"dobj", "nsubjpass"} or noun.head.lemma_.lower() not in _AWAITING:
        return False
    return noun.dep_ == "dobj" or not any(child.dep_ == "xcomp" for child in noun.head.children)


def _is_there(noun: "Token") -> bool:
    """As in "there may be a strike"."""
    return noun.dep_ == "attr" and any(child.dep_ == "expl" for child in noun.head.children)


def _matter(noun: "Token", family: Family, times: list[Window], published: date) -> Iterator[Event]:
    """A noun that the article leaves open: "requested a recount", "plans for a tower"."""
    stance = stance_of(noun.head if _is_there(noun) else noun)
    window, mood = window_of(stance, noun, times, published)
    text = phrase_of(noun)
    if mood not in _TOLD or not text or any(word.tag_ == "PRP$" for word in noun.children):
        return
    deed = Deed(text, whole=True, specific=True)
    reading = Reading("", deed, False, mood, window, _is_quoted(noun))
    event = _event(noun, family, deed, mood, window)
    doubts = doubts_of(reading, published)
    yield replace(event, start=_before(noun.sent), variant="matter", doubts=doubts)


def _before(sentence: "Span") -> int:
    """Where the sentence before starts, which a reading leans on, in the same paragraph."""
    if not sentence.start:
        return sentence.start_char
    before = sentence.doc[sentence.start - 1].sent
    return sentence.start_char if "\n" in before.text_with_ws else before.start_char


def _event(head: "Token", family: Family, deed: Deed, mood: Mood, window: Window | None) -> Event:
    return Event(
        family=family,
        roles={"deed": Name(deed.text, "thing")},
        mood=mood,
        window=window,
        start=head.sent.start_char,
        end=head.sent.end_char,
        variant="",
        spelled=1,
        anchor=head.idx,
    )


def _characters(window: Window | None, head: "Token") -> range:
    at = head.sent.start_char
    return range(at + window.start, at + window.end) if window else _NOWHERE


def _is_quoted(head: "Token") -> bool:
    """Whether a quotation is open before a word of its sentence."""
    marks = [token.text for token in head.sent if token.is_quote and token.i < head.i]
    opened = sum(mark in {"“", "``"} for mark in marks) > sum(mark in {"”", "''"} for mark in marks)
    return opened or sum(mark == '"' for mark in marks) % 2 == 1
