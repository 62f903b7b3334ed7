"""Lists of words as data: titles, forces, the verbs that govern an infinitive, ..."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Mood = Literal[
    "scheduled", "planned", "expected", "proposed", "demanded", "attempted", "failed", "possible",
    "considered", "able", "conditional", "refused", "certain", "denied", "happened", "ongoing",
    "unknown",
]  # fmt: skip


@cache
def _lexicon() -> Mapping[str, Any]:
    text = files("questions.english").joinpath("lexicon.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def words(name: str) -> frozenset[str]:
    """A list of words.

    Raises:
        KeyError: no list has this name.

    >>> "soldier" in words("forces")
    True
    """
    return frozenset(_lexicon()[name]["words"].split())


def moods(name: str) -> "dict[str, Mood]":
    """A list of words, each with the mood it gives to what it governs.

    Raises:
        KeyError: no list has this name.

    >>> moods("governing verbs")["urge"]
    'demanded'
    """
    by_mood = _lexicon()["moods"][name]
    return {word: mood for mood, listed in by_mood.items() for word in listed.split()}
