"""Words that a question should not have: the table ``words.toml``, compiled once."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from questions.records import Finding, Level


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table: where it looks, what it looks for, and what to say of it."""

    name: str
    level: Level
    where: frozenset[str]
    what: str
    hint: str
    pattern: re.Pattern[str]
    unless_measured: bool = False

    def finding(self, where: str, match: re.Match[str]) -> Finding:
        """What to say of a match."""
        return Finding(self.level, where, self.what.format(match[0]), self.hint)


@cache
def rules() -> tuple[Rule, ...]:
    """The table, in its order.

    >>> [rule.name for rule in rules()][:2]
    ['vague', 'evaluative']
    """
    text = files("questions.lint").joinpath("words.toml").read_text(encoding="utf-8")
    return tuple(_rule(row) for row in tomllib.loads(text)["rules"])


def _rule(row: Mapping[str, Any]) -> Rule:
    parts = [_any_of(row["words"])] if "words" in row else []
    parts += [row["pattern"]] if "pattern" in row else []
    return Rule(
        name=row["name"],
        level=row["level"],
        where=frozenset(row["where"]),
        what=row["what"],
        hint=row["hint"],
        pattern=re.compile("|".join(parts), re.VERBOSE),
        unless_measured=row.get("unless_measured", False),
    )


def _any_of(words: str) -> str:
    alternatives = (re.escape(" ".join(word.split())) for word in words.split(","))
    spaced = "|".join(one.replace("\\ ", r"\s+") for one in alternatives)
    return rf"(?<![\w-])(?:{spaced})(?![\w-])"


def findings(text: str, where: str, *, measured: bool = False) -> Iterator[Finding]:
    """What the table says of a text that stands ``where``; the first match of each row.

    >>> [found.what for found in findings("Will Kenya make significant cuts?", "title")]
    ['“significant” is vague']
    """
    for rule in rules():
        if where not in rule.where or (measured and rule.unless_measured):
            continue
        if (match := rule.pattern.search(text)) is not None:
            yield rule.finding(where, match)
