"""Drafts of rules and of a model in one list, each question once."""

import re
from collections.abc import Sequence
from heapq import merge
from typing import Final

from questions.lint import is_sound
from questions.lint.register import core_of
from questions.records import Draft

_SAME: Final = 0.6
_WORD: Final = re.compile(r"\w+")
_EMPTY: Final = frozenset(
    {
        *("will", "be", "the", "a", "an", "its", "and", "or", "least"),
        *("of", "in", "on", "at", "to", "for", "by", "with", "from"),
    }
)


def merged(by_rules: Sequence[Draft], by_model: Sequence[Draft]) -> list[Draft]:
    """All drafts, the highest rank first; of two that ask the same the sound one, else the rules'.

    Two ask the same when, the deadline left out, at least six in ten of the words of both
    titles are shared.
    """
    kept = list(by_rules)
    added: list[Draft] = []
    for draft in by_model:
        same = next((one for one in (*kept, *added) if asks_the_same(one, draft)), None)
        if same is None:
            added.append(draft)
        elif same in kept and not is_sound(same) and is_sound(draft):
            kept.remove(same)
            added.append(draft)
    ranked = sorted(added, key=lambda one: -one.rank)
    return list(merge(kept, ranked, key=lambda one: -one.rank))


def asks_the_same(one: Draft, other: Draft) -> bool:
    """Whether two titles share most of their words."""
    first, second = _words(one.title), _words(other.title)
    return len(first & second) >= _SAME * max(1, len(first | second))


def _words(title: str) -> frozenset[str]:
    """The words of a title that carry meaning, without endings."""
    words = (word for word in _WORD.findall(core_of(title)) if word not in _EMPTY)
    return frozenset(re.sub(r"(?:ing|ed|es|s)$", "", word) for word in words)
