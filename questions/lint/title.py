"""Checks on the title's wording: one observable event in plain words."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from questions.lint.subject import Subject
from questions.records import Finding, Level


class Words(NamedTuple):
    """Words that a title should not have, and what to say of them."""

    level: Level
    what: str
    hint: str
    pattern: re.Pattern[str]


def _any_of(words: str) -> re.Pattern[str]:
    alternatives = "|".join(word.strip().replace(" ", r"\s+") for word in words.split(","))
    return re.compile(rf"\b(?:{alternatives})\b", re.IGNORECASE)


WORDS: Final[Mapping[str, Words]] = {
    "vague": Words(
        "warning",
        "“{}” is vague",
        "say how much, how many or which",
        _any_of(
            "significant, significantly, further, major, substantial, substantially, serious, "
            "seriously, considerable, meaningful, large-scale, widespread, soon, in the near "
            "future, effectively, real, key, dramatic, dramatically, sufficient, adequate"
        ),
    ),
    "evaluative": Words(
        "error",
        "“{}” is a judgement, not an event",
        "ask for something that can be seen to happen or not",
        _any_of(
            "major event, historic, important, success, successful, successfully, failure, "
            "coup, blow, boost, good, bad, better, worse, fair, unfair, right, wrong, "
            "appropriate, reasonable, justified, turning point, milestone, disaster, victory for"
        ),
    ),
    "unobservable": Words(
        "error",
        "“{}” cannot be observed",
        "ask for an act, a statement or a published number",
        _any_of(
            "isolation, tensions, relations improve, improve relations, deepen, worsen, "
            "strengthen, weaken, undermine, embolden, influence, credibility, morale, mood, "
            "want, believe, feel, hope, fear, understand, regret, trust, remain committed, "
            "continue to, keep trying, try to, attempt to, seek to, consider, push for"
        ),
    ),
    "certain": Words(
        "warning",
        "“{}” leaves little to ask",
        "ask about something that could go either way",
        _any_of("certain to, sure to, bound to, inevitably, of course, always, never"),
    ),
    "double": Words(
        "warning",
        "“{}” asks two things at once",
        "ask one question for each",
        _any_of("and/or, as well as, and then, followed by"),
    ),
    "first person": Words(
        "error",
        "“{}” speaks in the first person",
        "name who is meant",
        re.compile(r"\b(?:I|[Ww]e|us|[Oo]ur|[Mm]y|me|ourselves|myself)\b(?!\.)"),
    ),
}
_LONGEST: Final = 200


def title_is_clear(subject: Subject) -> Iterator[Finding]:
    """The title is one question about one event that anyone could see happen."""
    title = subject.asked.title.strip()
    if not title:
        yield Finding("error", "title", "it is empty", "ask one question")
        return
    if not title.endswith("?"):
        yield Finding("advice", "title", "it is not a question", "end it with a question mark")
    if len(title) > _LONGEST:
        yield Finding(
            "warning", "title", f"it has {len(title)} characters", "leave detail to the criteria"
        )
    for words in WORDS.values():
        if (match := words.pattern.search(title)) is not None:
            yield Finding(words.level, "title", words.what.format(match[0]), words.hint)
