"""Which of very many texts may repeat a new one: by a run of its words, wherever it stands.

Comparing triples of words is exact and takes a millisecond a text. Looking for a few runs of words
takes a microsecond, so that the whole past can be asked; what is found is compared exactly.
"""

from collections.abc import Iterator, Sequence
from typing import Final

RUN: Final = 8
"""Words that two texts have in a row only if one was copied from the other, as a rule."""
RUNS: Final = 16
"""How many runs of a text are looked for: of one that is repeated by half some are there."""


def runs(text: str) -> Iterator[str]:
    r"""Some runs of words of a text, evenly over it; the whole of a text that is shorter.

    >>> list(runs("The envoys met\nin Oslo."))
    ['the envoys met in oslo.']
    """
    words = flat(text).split(" ")
    last = max(len(words) - RUN, 0)
    places = {last * step // (RUNS - 1) for step in range(RUNS)}
    return (" ".join(words[place : place + RUN]) for place in sorted(places))


def flat(text: str) -> str:
    """A text in lower case and one line."""
    return " ".join(text.casefold().split())


def may_repeat(text: str, sought: Sequence[str]) -> bool:
    """Whether a text holds any of some runs; an empty run is in none."""
    held = flat(text)
    return any(run in held for run in sought if run)
