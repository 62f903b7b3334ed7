"""Reports in parts: the whole of each, its opening and its paragraphs, taken apart once for all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

import numpy as np

from questions.records import Report
from questions.reports.tokens import Flags, Ids, Tokens, tokens

PASSAGE_WORDS: Final = 60
"""Paragraphs are joined until they have as many words."""
OPENING_WORDS: Final = 100
"""How many words of the text are its opening, beside the title."""


@dataclass(frozen=True, slots=True, eq=False)
class Passages:
    """The ``p`` passages of ``n`` reports: the whole of each, then its paragraphs."""

    texts: tuple[str, ...]
    """``(p,)``"""
    first: Ids
    """``(n,)``: the place of each report's first passage, which is the whole."""
    read: Tokens
    """The words of the passages."""
    whole: Tokens
    """The words of the reports, by the place of the report."""
    opening: Tokens
    """Those of title and first words, where news says what it is about."""


def whole(report: Report) -> str:
    """Title and text of a report; the title twice, as a headline says what matters."""
    return f"{report.title}\n{report.title}\n{report.text}".strip()


def passages(report: Report) -> list[str]:
    """The whole of a report, and its paragraphs, the short ones joined to the next."""
    paragraphs = _paragraphs(report.text)
    return [whole(report), *(paragraphs if len(paragraphs) > 1 else [])]


def _paragraphs(text: str) -> list[str]:
    joined: list[str] = []
    pending = ""
    for paragraph in filter(str.strip, text.splitlines()):
        pending = f"{pending}\n{paragraph}".strip()
        if len(pending.split()) >= PASSAGE_WORDS:
            joined.append(pending)
            pending = ""
    return [*joined, pending] if pending else joined


def passages_of(reports: Sequence[Report]) -> Passages:
    """Take reports apart."""
    every = [passages(report) for report in reports]
    parts = [
        [report.title, *(own[1:] or [report.text])]
        for report, own in zip(reports, every, strict=True)
    ]
    lengths = np.array([len(own) for own in every], dtype=np.int64)
    first = np.cumsum(lengths) - lengths
    read = tokens(list(chain.from_iterable(parts)))
    report, part = _places([len(own) for own in parts])
    by_report = replace(read, text=report[read.text])
    part = part[read.text]
    alone = (part > 0) & (lengths[by_report.text] > 1)
    return Passages(
        texts=tuple(chain.from_iterable(every)),
        first=first,
        read=_as_passages(by_report, part, first, alone),
        whole=by_report,
        opening=by_report[_opening(by_report.text, part == 0, len(reports))],
    )


def _places(lengths: Sequence[int]) -> tuple[Ids, Ids]:
    """Of each part of all, the place of the report that it is of, and its place there."""
    report = np.repeat(np.arange(len(lengths)), lengths)
    return report, np.arange(len(report)) - np.repeat(np.cumsum(lengths) - lengths, lengths)


def _as_passages(read: Tokens, part: Ids, first: Ids, alone: Flags) -> Tokens:
    """Every word as one of the whole, those of the title twice, and as one of its paragraph."""
    rows = np.concatenate([np.arange(len(part)), *map(np.flatnonzero, (part == 0, alone))])
    again = len(rows) - alone.sum()
    place = first[read.text[rows]]
    place[again:] += part[alone]
    return replace(read[rows], text=place)


def _opening(report: Ids, title: Flags, reports: int) -> Flags:
    begins = np.searchsorted(report, np.arange(reports))
    titles = np.bincount(report[title], minlength=reports)
    position: Ids = np.arange(len(report)) - (begins + titles)[report]
    return position < OPENING_WORDS
