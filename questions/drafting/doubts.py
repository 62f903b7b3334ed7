"""What a reading by no family's rules leaves open: findings that hold a draft back.

A family knows who acts, when, and what settles it. Where none applies, a sentence is read as it
stands, and everything that a person would have to put right is said.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from questions.drafting.deeds import Deed
from questions.english.lexicon import Mood, words
from questions.english.windows import Window
from questions.records import Finding

_FIRM: Final[frozenset[Mood]] = frozenset({"planned", "expected", "scheduled"})
_POSSIBLE: Final[frozenset[Mood]] = frozenset(
    {"possible", "proposed", "considered", "attempted", "demanded"}
)
"""Worth asking about where the act has a day."""
_FAR: Final = timedelta(days=730)
_VAGUE_VERBS: Final = words("vague verbs")
OBSERVABLE: Final = words("observable verbs")
"""Acts whose day anybody can tell: a plan for one is worth asking about without a date."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence read as an act, before it is known whether it can be asked about."""

    verb: str
    deed: Deed
    named: bool
    """Whether the agent has a name."""
    mood: Mood
    window: Window | None
    quoted: bool
    """Whether it stands within somebody's words."""


def doubts_of(reading: Reading, published: date) -> tuple[Finding, ...]:
    """What would have to be put right before the reading is asked as a question."""
    return tuple(_doubts(reading, published))


def _doubts(reading: Reading, published: date) -> Iterator[Finding]:
    if not reading.named:
        yield _error("title", "nobody is named who acts", "name who acts, in full")
    if reading.verb in _VAGUE_VERBS:
        yield _error("title", f"nobody can tell the day of “{reading.verb}”", "ask for an act")
    if not reading.deed.whole:
        yield _error("title", "it leans on words around it", "say what is meant, by name")
    elif not reading.deed.specific:
        yield _error("title", "it names nothing in particular", "say which one, or how many")
    if reading.quoted:
        yield _error("quotation", "it is somebody's own words", "quote a plain statement")
    if not _is_firm(reading) and not _is_worth_a_look(reading):
        yield _error("quotation", f"the article calls it {reading.mood} only", "ask for a step")
    yield from _of_time(reading, published)


def _is_firm(reading: Reading) -> bool:
    """Whether it is planned; without a time "after he goes" may have happened long ago."""
    if reading.mood == "scheduled":
        return reading.window is not None
    return reading.mood in _FIRM


def _is_worth_a_look(reading: Reading) -> bool:
    """Whether what is merely possible has a day, or would have one if it happened."""
    dated = reading.window is not None and reading.window.exact
    return reading.mood in _POSSIBLE and (dated or reading.verb in OBSERVABLE)


def _of_time(reading: Reading, published: date) -> Iterator[Finding]:
    window = reading.window
    if window is None or not window.exact:
        if reading.verb not in OBSERVABLE:
            yield _error("deadline", "the article names no day for it", "ask for a first step")
    elif not published < window.last < published + _FAR:
        yield _error("deadline", "its time is not ahead, or far off", "ask for a first step")


def _error(where: str, what: str, hint: str) -> Finding:
    return Finding("error", where, what, hint)
