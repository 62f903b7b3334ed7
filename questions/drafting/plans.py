"""Acts that no family knows, where a named agent has planned them for a named time.

The deed is read from the sentence: the verb and what belongs to it, without the time, as far
as it can stand in a title. Anything that needs its context is left out.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from questions.drafting.anaphora import name_of
from questions.drafting.arguments import words_at
from questions.drafting.events import Event, window_of
from questions.drafting.families import Family
from questions.drafting.names import Name, Names
from questions.drafting.stance import stance_of
from questions.drafting.things import needs_context
from questions.english.lexicon import Mood, words
from questions.english.windows import Window, windows

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FIRM: Final[frozenset[Mood]] = frozenset({"planned", "expected", "scheduled"})
_VAGUE_VERBS: Final = words("vague verbs")
_PARTS: Final = frozenset({"dobj", "prt", "prep", "dative", "agent", "oprd"})
_FAR: Final = timedelta(days=730)
_LONGEST: Final = 14


def plans_in(doc: "Doc", names: Names, family: Family, published: date) -> list[Event]:
    """The planned acts of an article, in the order of the text."""
    found: list[Event] = []
    for sentence in doc.sents:
        times = [time for time in windows(sentence.text, published) if time.exact]
        if not times or any(token.is_quote for token in sentence):
            continue
        for token in sentence:
            if token.pos_ == "VERB" and token.lemma_.lower() not in _VAGUE_VERBS:
                event = _plan(token, names, family, times, published)
                found.extend([event] if event is not None else [])
    return found


def _plan(
    verb: "Token", names: Names, family: Family, times: list[Window], published: date
) -> Event | None:
    stance = stance_of(verb)
    if stance.mood not in _FIRM and stance.mood != "ongoing":
        return None
    window, mood = window_of(stance, verb, times, published)
    if window is None or not published < window.last < published + _FAR:
        return None
    if mood == "ongoing":
        mood = "scheduled"
    agent = _agent(verb, names, family)
    deed = _deed(verb, window)
    if agent is None or deed is None or mood not in _FIRM:
        return None
    return Event(
        family=family,
        roles={"agent": agent, "deed": Name(deed, "thing")},
        mood=mood,
        window=window,
        start=verb.sent.start_char,
        end=verb.sent.end_char,
        variant="",
        spelled=2,
        anchor=verb.idx,
    )


def _agent(verb: "Token", names: Names, family: Family) -> Name | None:
    """The one named agent; of several the title would say too little."""
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    heads = words_at(verb, "object" if passive else "subject", frozenset())
    if len(heads) != 1 or heads[0].tag_ in {"PRP", "PRP$", "WDT", "WP", "DT"}:
        return None
    return name_of(heads[0], names, family.roles["agent"].kinds)


def _deed(verb: "Token", window: Window) -> str | None:
    """The verb in its base form with its objects and places, as a title can say it."""
    at = verb.sent.start_char
    time = range(at + window.start, at + window.end)
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    kept = _trimmed(list(_kept(verb, time)))
    if len(kept) > _LONGEST or any(needs_context(token) for token in kept):
        return None
    if not _is_specific(verb, kept) and not (passive and not kept):
        return None
    start = f"be {verb.lower_}" if passive else verb.lemma_.lower()
    return " ".join((start + " " + "".join(_spaced(kept))).split())


def _trimmed(kept: list["Token"]) -> list["Token"]:
    """Without words at the end that lead to what was left out."""
    while kept and kept[-1].pos_ in {"ADP", "CCONJ", "DET", "PART"}:
        kept = kept[:-1]
    return kept


def _is_specific(verb: "Token", kept: list["Token"]) -> bool:
    """Whether the deed names something: "open a hangar in Bergen", not "hit the country"."""
    if any(token.pos_ == "PROPN" for token in kept):
        return True
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    objects = [token for token in kept if token.dep_ == ("pobj" if passive else "dobj")]
    return any(c.dep_ in {"amod", "compound", "nummod"} for o in objects for c in o.children)


def _kept(verb: "Token", time: range) -> Iterator["Token"]:
    """What belongs to the verb, without the time, up to the first word of another clause."""
    for child in verb.children:
        if child.i < verb.i or child.dep_ not in _PARTS:
            continue
        for token in child.subtree:
            if _ends(token):
                return
            if any(part.idx in time for part in (token, *token.children)) and token.pos_ == "ADP":
                break
            if token.idx in time:
                break
            yield token


def _ends(token: "Token") -> bool:
    """Whether another clause or a source begins here."""
    if token.is_punct and token.tag_ != "HYPH":
        return True
    return token.dep_ in {"relcl", "advcl"} or token.lower_ == "according"


def _spaced(tokens: list["Token"]) -> Iterator[str]:
    """The words as the article spaces them, with a space where something was left out."""
    for token in tokens:
        follows = token.i + 1 < len(token.doc) and token.nbor() in tokens
        yield token.text_with_ws if follows else token.text + " "
