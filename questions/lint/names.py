"""A check that title and criteria speak of the same people, bodies, places and numbers."""

import re
from collections.abc import Iterator
from typing import Final

from questions.english.countries import country_of
from questions.lint.dates import without_dates
from questions.lint.subject import Subject
from questions.records import Finding

_NAME: Final = re.compile(
    r"\b[A-Z](?:\.[A-Z])+\.?|\b[A-Z][\w’'.-]*[\w’'](?:\s+(?:of\s+the\s+|of\s+)?[A-Z][\w’'-]+)*"
)
_FULL_FORM: Final = re.compile(r"[A-Z][\w’'-]*(?:\s+(?:(?:of|and|for|the)\s+)*[A-Z][\w’'-]*)+")
_NUMBER: Final = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w-])")
_NO_NAMES: Final = frozenset(
    """
    Will Does Did Is Are Has Have When What Which Who How Can Could Would The UTC GMT January
    February March April May June July August September October November December
    """.split()  # noqa: SIM905
)


def names_agree(subject: Subject) -> Iterator[Finding]:
    """What the title names, the criteria name too."""
    asked = subject.asked
    criteria = f"{asked.resolution_criteria}\n{asked.fine_print}"
    if not criteria.strip():
        return
    title = without_dates(asked.title, asked.open_time.date())
    known = _countries(criteria)
    missing = [name for name in names_in(title) if not _is_in(name, criteria, known)]
    if missing:
        yield Finding(
            "warning",
            "criteria",
            f"they do not name {' and '.join(missing)}",
            "let title and criteria name the same people, bodies and places",
        )
    said = set(_numbers(criteria))
    if absent := [number for number in _numbers(title) if number not in said]:
        yield Finding(
            "warning",
            "criteria",
            f"they do not repeat the title's {absent[0]}",
            "let title and criteria give the same numbers",
        )


def names_in(title: str) -> list[str]:
    """The capitalised names of a title, without the words that ask and its months.

    >>> names_in("Will the Bank of Norway raise rates in March?")
    ['Bank of Norway']
    """
    found = (match[0] for match in _NAME.finditer(title))
    names = [" ".join(_bare(w) for w in name.split() if w not in _NO_NAMES) for name in found]
    return [name for name in names if name and name not in {"I", "A", "An", "In", "By", "At"}]


def _bare(word: str) -> str:
    """A word without its genitive.

    >>> _bare("Kenya’s"), _bare("Motors'")
    ('Kenya', 'Motors')
    """
    return word.removesuffix("s").rstrip("’'") if word.endswith(("’s", "'s")) else word.rstrip("’'")


def _is_in(name: str, criteria: str, known: set[str]) -> bool:
    """Whether the criteria have the name's last word, its initials or full form, or its country."""
    words = name.split()
    if words[-1].casefold() in criteria.casefold():
        return True
    initials = "".join(word[0] for word in words if word[0].isupper())
    if len(initials) > 1 and re.search(rf"\b{initials}\b", criteria):
        return True
    if name.isupper() and name in _initials(criteria):
        return True
    return any(country_of(word) in known for word in (name, *words) if country_of(word))


def _initials(text: str) -> set[str]:
    """What the names of a text are called for short: "Food and Drug Administration" is FDA."""
    runs = (match[0].split() for match in _FULL_FORM.finditer(text))
    return {"".join(word[0] for word in run if word[0].isupper()) for run in runs}


def _countries(text: str) -> set[str]:
    """The countries that a text means by name, adjective, people or capital."""
    words = [word for match in _NAME.finditer(text) for word in (match[0], *match[0].split())]
    return {country for word in words if (country := country_of(word)) is not None}


def _numbers(text: str) -> list[str]:
    return [match[0].replace(",", "").rstrip(".") for match in _NUMBER.finditer(text)]
