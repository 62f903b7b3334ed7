"""How an article speaks of an event: planned, demanded, failed so far, already happened, ...

A stance is read by climbing from the event's word to the words that govern it: "plans to
visit", "called on X to speak", "a proposed call", "have failed to encircle".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from questions.english.lexicon import Mood, moods, words

if TYPE_CHECKING:
    from spacy.tokens import Token


GOVERNING_VERBS: Final = moods("governing verbs")
"""Verbs and adjectives that govern an infinitive or an event noun, with the mood they give.

``hop`` is what the lemmatizer makes of "hopes".
"""

GOVERNING_NOUNS: Final = moods("governing nouns")
FUTURE_ADJECTIVES: Final = moods("future adjectives")
_MODALS: Final = moods("modals")
HAPPENING: Final = words("happening verbs")
REPORTING: Final = words("reporting verbs")
LIGHT: Final = words("light verbs")
"""Verbs that lend their subject and time to an event noun: "hold a meeting"."""
_NEVER: Final = frozenset({"never", "no", "nt", "longer"})
_CALLED_OFF: Final = words("verbs that call off")
_WAITING: Final = frozenset({"before", "after", "when", "once", "until", "till", "ahead"})


OPEN: Final[frozenset[Mood]] = frozenset(
    {
        "scheduled", "planned", "expected", "proposed", "demanded", "attempted", "failed",
        "possible", "considered", "able", "conditional", "refused",
    }
)  # fmt: skip
"""Moods of an event that may still happen."""


@dataclass(frozen=True, slots=True)
class Stance:
    """The mood of an event and the words that show it, from the event's own word upwards."""

    mood: Mood
    chain: tuple["Token", ...]


def stance_of(head: "Token") -> Stance:
    """How the article speaks of the event that a verb or noun tells."""
    chain: list[Token] = []
    mood = _verb_mood(head, chain) if is_verbal(head) else _noun_mood(head, chain)
    if mood in OPEN and _is_denied(chain[-1]):
        mood = "denied"
    elif mood in OPEN and any(is_verbal(verb) and _has_condition(verb) for verb in chain):
        mood = "conditional"
    if mood in {"attempted", "failed"} and _is_closed(chain[-1]):
        mood = "unknown"
    return Stance(mood, tuple(chain))


def _is_denied(top: "Token") -> bool:
    """As in "denied that it plans to", "denied rumours that": the clause above says no."""
    if top.dep_ in {"acl", "relcl"} and top.head.dep_ == "dobj":
        top = top.head
    return top.dep_ in {"ccomp", "dobj", "xcomp"} and top.head.lemma_ in {
        "deny",
        "dismiss",
        "reject",
    }


def _is_closed(top: "Token") -> bool:
    """As in "tried to": a past attempt that nobody is telling about is over."""
    told = any(a.lemma_ in REPORTING for a in top.ancestors)
    return top.tag_ == "VBD" and not told


def is_verbal(token: "Token") -> bool:
    """Whether a word heads a clause, auxiliaries included."""
    return token.pos_ in {"VERB", "AUX"}


def _verb_mood(verb: "Token", chain: list["Token"]) -> Mood:
    if verb in chain or len(chain) > 8:
        return "unknown"
    chain.append(verb)
    if (modal := _modal(verb)) is not None:
        return _with_modal(verb, modal)
    if _is_nonfinite(verb):
        return _governed_mood(verb, chain)
    return _finite_mood(verb)


def _is_nonfinite(verb: "Token") -> bool:
    """Infinitives, in the passive too ("to be sent"), and participles without auxiliaries."""
    auxiliaries = _auxiliaries(verb)
    if verb.tag_ == "VB" or (verb.tag_ in {"VBG", "VBN"} and not auxiliaries):
        return True
    return _has_to(verb) and not any(aux.lemma_ == "have" for aux in auxiliaries)


def _auxiliaries(verb: "Token") -> list["Token"]:
    return [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]


def _modal(verb: "Token") -> Mood | None:
    return next((_MODALS.get(aux.lower_) for aux in _auxiliaries(verb) if aux.tag_ == "MD"), None)


def _with_modal(verb: "Token", modal: Mood) -> Mood:
    """A modal's mood; "could have been" is about what did not happen."""
    perfect = any(aux.lemma_ == "have" for aux in _auxiliaries(verb))
    if perfect:
        return "unknown"
    if verb.lemma_ == "be":
        certain = (
            c for c in verb.children if c.dep_ == "acomp" and c.lower_ in {"certain", "sure"}
        )
        return "certain" if next(certain, None) is not None else modal
    if is_negated(verb):
        return "denied"
    if _has_condition(verb):
        return "conditional"
    return modal


def _has_condition(verb: "Token") -> bool:
    """Whether "if" opens the verb's clause or one that hangs on it."""
    clauses = (verb, *(child for child in verb.children if child.dep_ == "advcl"))
    return any(
        mark.dep_ == "mark" and mark.lower_ in {"if", "unless"}
        for clause in clauses
        for mark in clause.children
    )


def is_negated(verb: "Token") -> bool:
    """Whether "not" or "never" stands with a verb."""
    return any(
        child.dep_ == "neg" or (child.lower_ in _NEVER and child.dep_ == "advmod")
        for child in verb.children
    )


def _finite_mood(verb: "Token") -> Mood:
    """A verb in the past has happened; in the present it goes on or is on the timetable."""
    auxiliaries = _auxiliaries(verb)
    past = verb.tag_ == "VBD" or any(aux.tag_ == "VBD" for aux in auxiliaries)
    perfect = any(aux.lemma_ == "have" for aux in auxiliaries)
    if is_negated(verb):
        return "failed" if perfect and not past else "unknown"
    if past and any(aux.lemma_ == "be" for aux in auxiliaries) and verb.tag_ == "VBG":
        return "unknown"
    if past or perfect:
        return "happened"
    marks = {child.lower_ for child in verb.children if child.dep_ == "mark"}
    if "if" in marks or "unless" in marks:
        return "conditional"
    if marks & _WAITING:
        return "scheduled"
    return "happened" if verb.tag_ == "VBN" else "ongoing"


def _governed_mood(verb: "Token", chain: list["Token"]) -> Mood:
    """An infinitive or participle takes its mood from what governs it."""
    parent = verb.head
    if parent is verb:
        return "planned" if _has_to(verb) else "unknown"
    if verb.dep_ == "conj":
        return _shared_mood(verb, parent, chain)
    if verb.dep_ in {"pcomp", "pobj"}:
        chain.append(parent)
        parent = parent.head
    if is_verbal(parent) or parent.pos_ == "ADJ":
        return _from_governor(verb, parent, chain)
    return _from_noun(parent, chain) if verb.dep_ in {"acl", "relcl", "pcomp"} else "unknown"


def _has_to(verb: "Token") -> bool:
    return any(child.tag_ == "TO" for child in verb.children)


def _shared_mood(verb: "Token", parent: "Token", chain: list["Token"]) -> Mood:
    if not is_verbal(parent) or any(c.dep_ == "nsubj" for c in verb.children):
        return "unknown"
    first: list[Token] = []
    mood = _verb_mood(parent, first)
    chain.extend(first)
    return mood


def _from_governor(verb: "Token", parent: "Token", chain: list["Token"]) -> Mood:
    """The mood that "plans to", "is expected to", "is to" or "called on X to" gives."""
    lemma = parent.lemma_.lower()
    if verb.dep_ in {"ccomp", "advcl"} and not _has_to(verb):
        return "unknown"
    if lemma == "be" and _has_to(verb) and parent.tag_ in {"VBZ", "VBP"}:
        chain.append(parent)
        return "planned" if verb.dep_ in {"xcomp", "ccomp"} else "unknown"
    if lemma in HAPPENING or (lemma in LIGHT and lemma not in GOVERNING_VERBS):
        return _verb_mood(parent, chain)
    mood = GOVERNING_VERBS.get(lemma)
    if mood is None or (verb.dep_ == "advcl" and mood not in {"demanded", "attempted"}):
        return _purpose_mood(verb, parent, chain)
    chain.append(parent)
    if is_negated(parent):
        return "denied"
    return "denied" if is_negated(verb) else mood


def _purpose_mood(verb: "Token", parent: "Token", chain: list["Token"]) -> Mood:
    """As in "visits next week to meet": a purpose shares the mood of what it is for."""
    if verb.dep_ not in {"advcl", "xcomp"} or not _has_to(verb) or not is_verbal(parent):
        return "unknown"
    mood = _verb_mood(parent, chain)
    return mood if mood in OPEN else "unknown"


def _from_noun(noun: "Token", chain: list["Token"]) -> Mood:
    if (mood := GOVERNING_NOUNS.get(noun.lemma_.lower())) is None:
        return "unknown"
    if noun.dep_ in {"dobj", "nsubjpass"} and noun.head.lemma_.lower() in _CALLED_OFF:
        return "denied"
    chain.append(noun)
    return mood


def _noun_mood(noun: "Token", chain: list["Token"]) -> Mood:
    """The mood of an event noun: its adjective's, else that of the words around it."""
    if noun in chain or len(chain) > 8:
        return "unknown"
    chain.append(noun)
    adjective = next(_adjective_moods(noun), None)
    context = _context_mood(noun, chain)
    if (
        context in {"happened", "certain", "denied", "refused", "failed"}
        and adjective != "proposed"
    ):
        return context
    return adjective or context


def _adjective_moods(noun: "Token") -> Iterator[Mood]:
    for child in noun.children:
        if child.dep_ in {"amod", "det", "compound"} and child.lower_ in FUTURE_ADJECTIVES:
            yield FUTURE_ADJECTIVES[child.lower_]


def _context_mood(noun: "Token", chain: list["Token"]) -> Mood:
    parent = noun.head
    lemma = parent.lemma_.lower()
    if noun.dep_ in {"nsubj", "nsubjpass"} and is_verbal(parent):
        verbs = [parent, *(verb for verb in parent.conjuncts if not _has_subject(verb))]
        verbs.sort(
            key=lambda verb: verb.lemma_ not in HAPPENING and verb.lemma_ not in GOVERNING_VERBS
        )
        moods = (_as_subject(verb, chain) for verb in verbs)
        return next((mood for mood in moods if mood != "unknown"), "unknown")
    if noun.dep_ in {"dobj", "attr"} and is_verbal(parent):
        if lemma in LIGHT:
            return _verb_mood(parent, chain)
        return _wanted(parent, chain)
    if noun.dep_ == "pobj":
        return _after_preposition(parent, chain)
    if noun.dep_ == "conj" and noun.head is not noun:
        return _context_mood(parent, chain)
    return "unknown"


def _has_subject(verb: "Token") -> bool:
    return any(child.dep_ in {"nsubj", "nsubjpass"} for child in verb.children)


def _as_subject(verb: "Token", chain: list["Token"]) -> Mood:
    """As in "a visit would be", "warrants were expected to arrive", "the call was agreed"."""
    lemma = verb.lemma_.lower()
    passive = any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children)
    if passive and lemma in GOVERNING_VERBS:
        chain.extend((verb, *(child for child in verb.children if child.dep_ == "xcomp")))
        return "denied" if is_negated(verb) else GOVERNING_VERBS[lemma]
    if lemma == "be" and _modal(verb) is None:
        chain.extend((verb, *(child for child in verb.children if child.dep_ == "acomp")))
        return "unknown"
    if _modal(verb) is not None or lemma in HAPPENING or (passive and lemma in LIGHT):
        return _verb_mood(verb, chain)
    return "unknown"


def _wanted(verb: "Token", chain: list["Token"]) -> Mood:
    """As in "plans a visit", "seek the arrests", "demanded a ceasefire"."""
    mood = GOVERNING_VERBS.get(verb.lemma_.lower())
    if mood is None or mood == "refused":
        return "unknown"
    chain.append(verb)
    outer: list[Token] = []
    above = _verb_mood(verb, outer)
    chain.extend(token for token in outer if token not in chain)
    if above in {"refused", "certain", "denied"}:
        return above
    return above if above in OPEN and mood not in {"refused", "failed"} else mood


def _after_preposition(preposition: "Token", chain: list["Token"]) -> Mood:
    """As in "plans for a visit", "called for a ceasefire", "agreed on a deal"."""
    governor = preposition.head
    lemma = governor.lemma_.lower()
    chain.append(preposition)
    if governor.pos_ == "NOUN" and preposition.lower_ in {"for", "of", "on", "to", "about"}:
        return _from_noun(governor, chain)
    leads = preposition.lower_ in {"for", "on", "to", "in", "about"}
    if is_verbal(governor) and leads and lemma in GOVERNING_VERBS:
        return _wanted(governor, chain)
    return "unknown"
