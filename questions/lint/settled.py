"""Checks that the answer is open: not true already, not certain, not next to certain."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

from questions.lint.names import names_in
from questions.lint.subject import Subject
from questions.records import Finding

LEAST, MOST = 0.02, 0.98

_CERTAIN: Final = re.compile(
    r"\b(?:certain|sure|bound|guaranteed) to\b|\binevitabl|\bforegone conclusion|"
    r"\bwithout (?:a )?doubt\b|\bas a matter of course\b",
    re.IGNORECASE,
)
_ALREADY: Final = re.compile(
    r"\b(?:already|has since|have since|have now|has now)\s+(?:been\s+)?(\w+)"
    r"|\bcontinu(?:e|es|ed|ing) to (\w+)|\bstill (\w+ing)\b"
)
_PERFECT: Final = re.compile(r"\b(?:has|have)\s+(?:just\s+|recently\s+)?(?:been\s+)?(\w+)")
_AHEAD: Final = re.compile(
    r"\b(?:will|would|may|might|could|again|next|plan|plans|planned|planning|expected|another|"
    r"yet|not|never|nor|scheduled|agreed|prepar\w+|seek\w*|intend\w*|hope\w*)\b"
)
_SENTENCE: Final = re.compile(r"[^.!?\n]+(?:\.(?=\w)[^.!?\n]*)*")
_ENDINGS: Final = re.compile(r"(?:ing|ed|es|s|e)$")
_WORD: Final = re.compile(r"[a-z]+")
_LONGEST: Final = 10_000
_NEAR: Final = 4
_FAR: Final = 40
_LONG_SENTENCE: Final = 1000
_HINT: Final = "ask for the next step, or for the same again with a later opening"


def answer_is_open(subject: Subject) -> Iterator[Finding]:
    """Neither quotation nor article says that it has happened."""
    asked = subject.asked
    verbs = {_stem(word) for word in re.findall(r"\b[a-z]{3,}\b", asked.title)} - _EMPTY
    quoted = asked.quotation.text[:_LONGEST] if asked.quotation else ""
    if (done := _done(_ALREADY, quoted, verbs)) is not None:
        yield Finding("error", "quotation", f"it says that this is so: “{done}”", _HINT)
    elif not _AHEAD.search(quoted) and (done := _done(_PERFECT, quoted, verbs)) is not None:
        yield Finding("warning", "quotation", f"it says that it happened: “{done}”", _HINT)
    elif (told := _told(subject, verbs)) is not None:
        yield Finding("warning", "title", f"the article says that this is so: “{told}”", _HINT)


def _done(pattern: re.Pattern[str], text: str, asked: set[str]) -> str | None:
    """What a text says was done, where the title asks whether it will be.

    A light verb says nothing alone: "have taken" is the same deed as "take control" only where
    "control" follows.
    """
    for match in pattern.finditer(text):
        verb = _stem(next(group for group in match.groups() if group).lower())
        after = {
            _stem(word) for word in _WORD.findall(text[match.end() : match.end() + _FAR])[:_NEAR]
        }
        if verb in asked and (verb not in _LIGHT or after & asked):
            return match[0]
    return None


def _told(subject: Subject, verbs: set[str]) -> str | None:
    """The same in the article's sentences that name all that the title names."""
    names = [name.split()[-1] for name in names_in(subject.asked.title)]
    for match in _ALREADY.finditer(subject.text or "") if names else ():
        assert subject.text is not None
        if _done(_ALREADY, subject.text[match.start() : match.end() + _FAR], verbs) is None:
            continue
        marks = (". ", "\n", "? ", "! ")
        earliest = max(0, match.start() - _LONG_SENTENCE)
        ends = (subject.text.rfind(mark, earliest, match.start()) + 1 for mark in marks)
        start = max(earliest, *ends)
        sentence = _SENTENCE.match(subject.text, start)
        if sentence is not None and all(name in sentence[0] for name in names):
            return match[0]
    return None


def odds_are_open(subject: Subject) -> Iterator[Finding]:
    """The probability, where one is known, is not next to 0 or 1."""
    asked, prob = subject.asked, subject.prob
    if asked.quotation is not None and (found := _CERTAIN.search(asked.quotation.text)):
        yield Finding(
            "warning",
            "quotation",
            f"it calls the event certain: “{found[0]}”",
            "ask about something that could go either way",
        )
    if prob is None and asked.reference_class is not None:
        known = asked.reference_class
        prob = (0.5 + known.hits) / (1.0 + known.trials)
    if prob is not None and not LEAST <= prob <= MOST:
        yield Finding(
            "advice",
            "probability",
            f"it stands at {100 * prob:.2g} %: the answer is nearly known",
            "ask for less or for more, unless the tail is what matters",
        )


def _stem(verb: str) -> str:
    """A verb without its ending, irregular ones by a table.

    >>> _stem("visited"), _stem("withdrawn"), _stem("stopping"), _stem("resign")
    ('visit', 'withdraw', 'stop', 'resign')
    """
    base = _ENDINGS.sub("", _irregular().get(verb, verb))
    doubled = len(base) > 3 and base[-1] == base[-2] and base[-1] not in "ls"
    return base[:-1] if doubled else base


@cache
def _irregular() -> dict[str, str]:
    """Past participles and the verbs that they belong to."""
    text = files("questions.lint").joinpath("participles.txt").read_text(encoding="utf-8")
    pairs = (pair.partition("=") for pair in text.split())
    return {participle: verb for participle, _, verb in pairs}


_EMPTY: Final = {
    _stem(word)
    for word in (
        *("will", "have", "been", "least", "most", "more", "than", "any", "the", "and"),
        *("for", "its", "with", "from", "over"),
    )
}
_LIGHT: Final = {
    _stem(word)
    for word in ("take", "make", "give", "hold", "have", "get", "do", "go", "put", "come", "set")
}
