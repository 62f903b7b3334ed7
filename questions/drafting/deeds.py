"""What a sentence says would be done, as a title can say it: the verb and what belongs to it.

The time is left out, since the title ends with a deadline, and so is what begins another clause.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from questions.drafting.things import needs_context
from questions.english.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_PARTS: Final = frozenset({"dobj", "prt", "prep", "dative", "agent", "oprd", "xcomp", "attr",
                           "acomp", "ccomp", "nmod", "npadvmod"})  # fmt: skip
_PARTICLES: Final = words("particles")
_LEADING: Final = frozenset({"ADP", "CCONJ", "SCONJ", "DET", "PART", "AUX", "SPACE", "WP", "WDT",
                             "PRP$", "HYPH", "DT"})  # fmt: skip
_ASIDES: Final = words("openings of asides")
_LONGEST: Final = 14
LONGEST_DEED: Final = 24
"""Words of a deed that a title can still hold."""


@dataclass(frozen=True, slots=True)
class Deed:
    """The words of a deed, and what speaks against asking about it as it stands."""

    text: str
    whole: bool
    """Whether it needs nothing from its context."""
    specific: bool
    """Whether it names something: "open a hangar in Bergen", not "hit the country"."""


def deed_of(verb: "Token", time: range) -> Deed:
    """The verb in its base form with its objects and places.

    ``time`` holds the characters of the time phrase.
    """
    passive = is_passive(verb)
    every = list(_kept(verb, time))
    kept = _trimmed(every[:LONGEST_DEED])
    start = f"be {verb.lower_}" if passive else verb.lemma_.lower()
    return Deed(
        text=" ".join((start + " " + "".join(_spaced(kept))).split()),
        whole=len(every) <= _LONGEST and not any(_hangs(token) for token in kept),
        specific=_is_specific(verb, kept) or (passive and not kept),
    )


def is_passive(verb: "Token") -> bool:
    """Whether the verb is in the passive voice."""
    return any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children)


def _hangs(token: "Token") -> bool:
    """Whether a word needs its context; "its" in "open its hangar" is the agent's."""
    return (needs_context(token) and token.tag_ != "PRP$") or token.dep_ in {"ccomp", "relcl"}


def is_joint(token: "Token") -> bool:
    """Whether it is the hyphen of "ultra-light"."""
    inside = not token.whitespace_ and token.i > 0 and not token.nbor(-1).whitespace_
    return token.text in {"-", "–"} and inside


def _trimmed(kept: list["Token"]) -> list["Token"]:
    """Without words at the end that lead to what was left out."""
    while kept and (
        kept[-1].pos_ in _LEADING or kept[-1].tag_ in {"WP", "WDT", "PRP$", "HYPH", "DT"}
    ):
        kept = kept[:-1]
    return kept


def _is_specific(verb: "Token", kept: list["Token"]) -> bool:
    if any(token.pos_ == "PROPN" or token.like_num for token in kept):
        return True
    objects = [token for token in kept if token.dep_ == ("pobj" if is_passive(verb) else "dobj")]
    return any(c.dep_ in {"amod", "compound", "nummod"} for o in objects for c in o.children)


def _kept(verb: "Token", time: range) -> Iterator["Token"]:
    """What belongs to the verb, without the time, up to the first word of another clause."""
    for child in verb.children:
        if child.i < verb.i or not (child.dep_ in _PARTS or child.lower_ in _PARTICLES):
            continue
        if child.dep_ == "prep" and child.lower_ in _ASIDES:
            return
        for token in child.subtree:
            if token.i < verb.i:
                continue
            if _ends(token):
                return
            if any(part.idx in time for part in (token, *token.children)) and token.pos_ == "ADP":
                break
            if token.idx in time:
                break
            yield token


def _ends(token: "Token") -> bool:
    """Whether another clause or a source begins here."""
    if token.is_punct and not is_joint(token):
        return True
    if token.dep_ in {"relcl", "advcl", "mark"} or token.tag_ in {"WP", "WDT", "WRB"}:
        return True
    return token.lower_ in {"according", "after", "amid"}


def _spaced(tokens: list["Token"]) -> Iterator[str]:
    """The words as the article spaces them, with a space where something was left out."""
    for token in tokens:
        follows = token.i + 1 < len(token.doc) and token.nbor() in tokens
        yield token.text_with_ws if follows else token.text + " "
