"""The events of a parsed article: a family's words with names in its roles.

An event whose names are not all found is kept as partial: it may be another mention of a
complete one and lend it a time or a better quotation.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from questions.drafting.anaphora import name_of
from questions.drafting.arguments import subject_of, words_at
from questions.drafting.families import Family, Form
from questions.drafting.names import Name, Names
from questions.drafting.stance import OPEN, Stance, is_verbal, stance_of
from questions.english.lexicon import Mood, words
from questions.english.time_rules import WEEKDAYS
from questions.english.windows import Window, windows
from questions.records import Finding

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_STALE: Final = timedelta(days=60)
_TAGS: Final = {False: frozenset({"VERB", "AUX"}), True: frozenset({"NOUN", "PROPN"})}
_UNTIMED: Final[dict[bool, frozenset[Mood]]] = {
    False: frozenset({"ongoing"}),
    True: frozenset({"ongoing", "unknown"}),
}
"""Moods that a time ahead makes a timetable, for verbs (False) and nouns (True)."""
_PARTS: Final = words("parts taken")
_PARTICLES: Final = words("particles")


@dataclass(frozen=True, slots=True)
class Event:
    """A happening that the article speaks of."""

    family: Family
    roles: Mapping[str, Name]
    mood: Mood
    window: Window | None
    start: int
    """Of the sentence that says so, in code points of the text."""
    end: int
    variant: str
    spelled: int
    """How many of its names the sentence itself spells out."""
    anchor: int
    """Where the verb that carries it stands; two events of one verb and agent are one."""
    of_others: bool = False
    """Whether it names nobody and yet means somebody else: "ministers will meet", "a summit"."""
    doubts: tuple[Finding, ...] = ()
    """What its reading leaves open; nothing where a family's form was read."""

    @property
    def complete(self) -> bool:
        """Whether every role that is not optional is filled."""
        return all(name in self.roles or role.optional for name, role in self.family.roles.items())


def events_in(
    doc: "Doc", names: Names, families: tuple[Family, ...], published: date
) -> list[Event]:
    """The events that an article tells, in the order of the text."""
    index = _index(families)
    found: list[Event] = []
    for sentence in doc.sents:
        times = windows(sentence.text, published)
        for token in sentence:
            for family, form in index.get(token.lemma_.lower(), ()):
                event = _event(token, family, form, names, times, published)
                if event is not None:
                    found.append(event)
    return found


def _index(families: tuple[Family, ...]) -> dict[str, list[tuple[Family, Form]]]:
    """Forms by their head word: a verb's first, a noun's last."""
    index: dict[str, list[tuple[Family, Form]]] = {}
    for family in families:
        for form in family.forms:
            for phrase in form.words:
                one = replace(form, words=(phrase,))
                index.setdefault(phrase[-1 if form.noun else 0], []).append((family, one))
    return index


def _event(
    head: "Token",
    family: Family,
    form: Form,
    names: Names,
    times: list[Window],
    published: date,
) -> Event | None:
    """The event that a word tells in one form of a family, if it fits there."""
    phrase = _phrase(head, form)
    if phrase is None:
        return None
    stance = stance_of(head)
    window, mood = window_of(stance, head, times, published)
    if mood in _UNTIMED[form.noun] and window is not None and window.last > published:
        mood = "scheduled"
    roles, spelled = _fill(head, form, family, names, phrase)
    if mood == "happened" and not family.repeats and _only_part(head, phrase):
        mood = "attempted"
    sentence = head.sent
    return Event(
        family=family,
        roles=roles,
        mood=mood,
        window=window,
        start=sentence.start_char,
        end=sentence.end_char,
        variant=form.variant,
        spelled=spelled,
        anchor=anchor_of(stance, head),
        of_others=not roles and (_is_new(head) if form.noun else _has_own_subject(head)),
    )


def _has_own_subject(verb: "Token") -> bool:
    return any(word.pos_ in {"NOUN", "PROPN"} for word in subject_of(verb))


def _is_new(noun: "Token") -> bool:
    """Whether a noun brings up something not spoken of before: "a summit", not "the summit"."""
    return any(child.lower_ in {"a", "an", "another"} for child in noun.children)


def anchor_of(stance: Stance, head: "Token") -> int:
    """Where the first verb of a stance stands, else the event's own word."""
    return next((token.idx for token in stance.chain if is_verbal(token)), head.idx)


def _phrase(head: "Token", form: Form) -> "frozenset[Token] | None":
    """The other words of a form beside its head, or None where one is missing."""
    parts = form.words[0]
    if head.pos_ not in _TAGS[form.noun] or head.dep_ == "compound":
        return None
    if form.subject_is and not any(w.lemma_ in form.subject_is for w in subject_of(head)):
        return None
    others = parts[:-1] if form.noun else parts[1:]
    found = []
    for other in others:
        match = next((c for c in _around(head) if other in {c.lemma_.lower(), c.lower_}), None)
        if match is None:
            return None
        found.append(match)
    return None if _takes_another(head, form, found) else frozenset(found)


def _takes_another(head: "Token", form: Form, phrase: "list[Token]") -> bool:
    """Whether a verb has more than the form: "withdraw a plan", "strike back"."""
    if not form.noun and any(_turns(child, form) for child in head.children):
        return True
    if form.noun or any(place == "object" for place, _ in form.slots):
        return False
    return any(c.dep_ == "dobj" and c not in phrase for c in head.children)


def _turns(child: "Token", form: Form) -> bool:
    """Whether a particle makes another verb."""
    word = child.lower_
    turns = child.dep_ == "prt" or word == "back"
    return turns and word in _PARTICLES and word not in form.words[0]


def _around(head: "Token") -> Iterator["Token"]:
    """Children, and the objects of prepositions beside the head."""
    for child in head.children:
        yield child
        if child.dep_ in {"prep", "agent"}:
            yield from child.children


def _fill(
    head: "Token", form: Form, family: Family, names: Names, phrase: "frozenset[Token]"
) -> tuple[dict[str, Name], int]:
    """Names for the roles, and how many of them are spelled out rather than traced."""
    roles: dict[str, Name] = {}
    spelled = 0
    for place, fillers in form.slots:
        free = [role for role in fillers if role not in roles]
        for word in words_at(head, place, phrase):
            if not free or word in phrase:
                continue
            name = name_of(word, names, family.roles[free[0]].kinds, tuple(roles.values()))
            if name is not None and not _repeats(name, roles.values()):
                roles[free.pop(0)] = name
                spelled += word.pos_ != "PRON"
    return roles, spelled


def _repeats(name: Name, filled: Iterable[Name]) -> bool:
    """Whether a name is there already, or is the country that another one belongs to."""
    return any(
        name.text == other.text
        or (name.side == other.side != "" and {"forces", "country"} >= {name.kind, other.kind})
        for other in filled
    )


def window_of(
    stance: Stance, head: "Token", times: list[Window], published: date
) -> tuple[Window | None, Mood]:
    """The window ahead that the event's own clause names, and the mood that its times leave.

    What is past has happened; what is long past says nothing about now.
    """
    attached = [time for time in times if _belongs(time, stance, head)]
    ahead = [t for t in attached if t.last >= published and not _told_as_past(t, head)]
    if ahead:
        return min(ahead, key=lambda time: (not time.exact, time.last)), stance.mood
    stale = published - _STALE
    above = [t for t in times if t.exact and t.last < stale and _above(t, head)]
    past = [time.last for time in attached or above]
    if not past or stance.mood == "unknown":
        return None, stance.mood
    return None, "unknown" if max(past) < stale else "happened"


def _told_as_past(time: Window, head: "Token") -> bool:
    """As in "tried on Friday": a bare weekday beside a verb in the past is the last one."""
    token = token_at(time, head)
    if token is None or token.lower_ not in WEEKDAYS or "next" in time.phrase.lower():
        return False
    verb = next((a for a in token.ancestors if a.pos_ in {"VERB", "AUX"}), None)
    if verb is not None and verb.tag_ == "VBG":
        verb = next((a for a in verb.ancestors if a.tag_ in {"VBD", "VBZ", "VBP", "MD"}), None)
    return verb is not None and verb.tag_ == "VBD"


def token_at(time: Window, head: "Token") -> "Token | None":
    """The last word of a time phrase in the sentence of an event's word."""
    at = head.sent.start_char + time.start + len(time.phrase.rstrip('."”')) - 1
    return next((t for t in head.sent if t.idx <= at < t.idx + len(t.text_with_ws)), None)


def _belongs(time: Window, stance: Stance, head: "Token") -> bool:
    """Whether a time phrase hangs on the event's word or on what governs it."""
    token = token_at(time, head)
    if token is None:
        return False
    if any(_is_dated_by(verb, token) for verb in stance.chain):
        return True
    for node in (token, *token.ancestors):
        if node in stance.chain:
            return True
        if node.pos_ in {"VERB", "AUX"}:
            return False
    return False


def _is_dated_by(verb: "Token", day: "Token") -> bool:
    """As in "until 3 June, when the ferry will stop"."""
    opens = verb.dep_ == "relcl" and any(child.lower_ == "when" for child in verb.children)
    return opens and (day.head is verb.head or day is verb.head or day in verb.head.children)


def _above(time: Window, head: "Token") -> bool:
    """Whether a time phrase hangs on a clause around the event: "said in 2019 that ..."."""
    token = token_at(time, head)
    if token is None:
        return False
    verb = next((a for a in (token, *token.ancestors) if a.pos_ in {"VERB", "AUX"}), None)
    return verb is not None and verb in set(head.ancestors)


def _only_part(head: "Token", phrase: "frozenset[Token]") -> bool:
    """As in "captured eastern Bakhmut", "seized parts of the town": the rest is still open."""
    objects = [c for part in (head, *phrase) for c in part.children if c.dep_ in {"dobj", "pobj"}]
    return any(word.lower_ in _PARTS for obj in objects for word in (obj, *obj.children))


def is_open(event: Event) -> bool:
    """Whether the event may still happen, as the article tells it."""
    return event.mood in OPEN or (event.mood == "denied" and bool(event.doubts))
