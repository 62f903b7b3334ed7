"""Which story a report belongs to, and which report it repeats: copies count once.

- A report is a copy where either text holds half of the other's triples of words, at any distance
  in time (containment: Broder 1997); texts too short for that are never copies.
- Else the stories that it may belong to are looked at again together with it: their reports are
  joined by average linkage (Sokal and Michener 1958) as long as they are alike enough. It joins a
  story, or begins one, or shows that two stories are one, or that one is two: what seemed alike
  when little was known need not be, now that more is told of either.

A story whose reports a person chose can gain reports; it is never joined and loses none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from types import MappingProxyType
from typing import Final

import numpy as np

from questions.records import Report
from questions.reports.likeness import (
    OPENING_WORDS,
    SPAN,
    Told,
    likeness,
    rarity_of_stories,
    smoothed,
)
from questions.reports.origins import origins
from questions.reports.terms import Floats, Rarity, cosines, terms
from questions.reports.tokens import Ids, found_in, word_id
from questions.reports.words import shingles

REPEATED: Final = 0.5
"""Containment of the triples at which a text repeats another."""
FEWEST_TRIPLES: Final = 6
"""A text with fewer triples (under eight words) repeats nothing: it would by accident."""
SAME_STORY: Final = 0.2
"""Average likeness at which groups of reports tell one story."""
WORTH_A_LOOK: Final = 0.04
"""Cosine of the whole texts from which a report's story is looked at again."""
STORIES: Final = 30
"""How many stories at most are looked at again: the nearest."""
COUNTED: Final = 1000
"""The last known reports by whose stories words are rare or common."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a report belongs, and what it changes among those that are known."""

    story: str | None
    """The known story that it tells; None where it begins one."""
    copy_of: str = ""
    """The report that it repeats, itself no copy; empty where it repeats none."""
    origin: str = ""
    """The first origin that the text names, in its own words; empty where it names none."""
    moved: Mapping[str, str | int] = field(default_factory=lambda: MappingProxyType({}))
    """Of each known report whose story is another now, which; a number for one that begins: 0
    for that of the new report, from 1 on for those that part with theirs without it."""

    def beginning(self) -> int:
        """How many stories begin without the new report."""
        return max((to for to in self.moved.values() if isinstance(to, int)), default=0)


def tell(report: Report, *, held: bool = False) -> Told:
    """A report prepared for comparison; ``report.story`` is kept as it is."""
    text = f"{report.title}\n{report.text}" if report.title not in report.text else report.text
    return Told(
        report.id,
        report.story,
        report.copy_of,
        report.published,
        terms(text),
        terms(" ".join(text.split()[:OPENING_WORDS])),
        _numbers(shingles(report.text)),
        origins(report.text),
        held,
    )


def _numbers(triples: Iterable[tuple[str, ...]]) -> Ids:
    return np.unique(np.array([word_id(" ".join(triple)) for triple in triples], dtype=np.int64))


def place(report: Report | Told, known: Sequence[Told]) -> Placement:
    """Where a report belongs among those that are known, in the order they were read.

    >>> from datetime import UTC, datetime
    >>> wire = Report("R1", "Talks", "The envoys met in Oslo for six hours and parted without a "
    ...               "word to the press.", datetime(2024, 5, 6, tzinfo=UTC), story="S1")
    >>> again = Report("R2", "Talks", "By our staff. The envoys met in Oslo for six hours and "
    ...                "parted without a word.", datetime(2024, 5, 9, tzinfo=UTC))
    >>> where = place(again, [tell(wire)])
    >>> where.story, where.copy_of
    ('S1', 'R1')
    """
    new = report if isinstance(report, Told) else tell(report)
    origin = next(iter(new.origins), "")
    if (original := _repeated(new, known)) is not None:
        return Placement(original.story, original.copy_of or original.id, origin)
    group, rare = _nearby(new, known)
    if not group:
        return Placement(None, origin=origin)
    parts = linked(smoothed(likeness([*group, new], rare)))
    story, moved = _rearranged(group, parts, known)
    return Placement(story, "", origin, moved)


def _repeated(new: Told, known: Sequence[Told]) -> Told | None:
    """The report that this one repeats most of; the first of those that tie."""
    able = [told for told in known if len(told.triples) >= FEWEST_TRIPLES]
    if len(new.triples) < FEWEST_TRIPLES or not able:
        return None
    lengths = np.array([len(told.triples) for told in able])
    _, found = found_in(np.concatenate([told.triples for told in able]), new.triples)
    shared = np.bincount(np.repeat(np.arange(len(able)), lengths)[found], minlength=len(able))
    share = shared / np.minimum(lengths, len(new.triples))
    best = int(share.argmax())
    return able[best] if share[best] >= REPEATED else None


def _nearby(new: Told, known: Sequence[Told]) -> tuple[list[Told], Rarity]:
    """The reports of the stories that may be the new one's, copies apart, and how rare words are.

    Of a story, those within SPAN of the new report.
    """
    near = [told for told in known if abs(told.published - new.published) <= SPAN]
    rare = rarity_of_stories([*known[-COUNTED:], replace(new, story="")])
    alike = cosines(new.terms, [told.terms for told in near], rare)
    nearest = np.argsort(-alike, kind="stable")
    ranked = [near[spot].story for spot in nearest if alike[spot] >= WORTH_A_LOOK]
    looked_at = set(list(dict.fromkeys(ranked))[:STORIES])
    return [told for told in near if told.story in looked_at], rare


def linked(alike: Floats) -> list[int]:
    """The part that each report is in when parts alike enough on average are joined.

    >>> linked(np.array([[1, 0.3, 0.1], [0.3, 1, 0.2], [0.1, 0.2, 1]]))
    [1, 1, 2]
    """
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    far = 1 - np.minimum(alike, 1)
    np.fill_diagonal(far, 0)
    tree = linkage(squareform(far, checks=False), "average")
    return [int(part) for part in fcluster(tree, 1 - SAME_STORY, "distance")]


def _rearranged(
    group: Sequence[Told], parts: Sequence[int], known: Sequence[Told]
) -> tuple[str | None, dict[str, str | int]]:
    """The story of the new report, whose part is the last, and the others' that have changed.

    A story stays with the part that has most of its reports. Stories with one part are joined to
    the first of them. A report that parts with its story joins that of its part, or begins one
    with those who do likewise; its copies go with it.
    """
    homes = _homes(group, parts, known)
    held = {told.story for told in known if told.held}
    heirs: dict[int, str | int] = {}
    for story in sorted(homes, key=lambda one: one not in held):
        heirs.setdefault(homes[story], story)
    mine = heirs.setdefault(parts[-1], 0)
    joined = {story: heirs[part] for story, part in homes.items() if story not in held}
    numbers, parted = count(1), dict[str, str | int]()
    for told, part in zip(group, parts, strict=False):
        if part != homes[told.story] and told.story not in held and not told.copy_of:
            heirs[part] = heirs[part] if part in heirs else next(numbers)
            parted[told.id] = heirs[part]
    moved: dict[str, str | int] = {}
    for told in known:
        leaves = told.copy_of or told.id
        now = parted.get(leaves) if told.story not in held else None
        now = joined.get(told.story, told.story) if now is None else now
        if now != told.story:
            moved[told.id] = now
    return mine if isinstance(mine, str) else None, moved


def _homes(group: Sequence[Told], parts: Sequence[int], known: Sequence[Told]) -> dict[str, int]:
    """The part that has most of each story's reports, the stories in the order they began."""
    in_parts: dict[str, list[int]] = {}
    for told, part in zip(group, parts, strict=False):
        in_parts.setdefault(told.story, []).append(part)
    began = dict.fromkeys(told.story for told in known)
    return {
        story: max(in_parts[story], key=in_parts[story].count)
        for story in began
        if story in in_parts
    }


def gather(reports: Iterable[Report], known: Sequence[Told] = ()) -> list[Told]:
    """Place reports one after another; a new story takes the id of its first report.

    Returns the new ones, in the order given, with the stories that they have after the last.
    """
    told = list(known)
    for report in reports:
        new = tell(report)
        where = place(new, told)
        begun = [where.story or _unused(new.id, told)]
        begun += [_unused(f"{new.id}/{number + 1}", told) for number in range(where.beginning())]
        told = [moved(one, where, begun) for one in told]
        told.append(replace(new, story=begun[0], copy_of=where.copy_of))
    return told[len(known) :]


def moved(told: Told, where: Placement, begun: Sequence[str]) -> Told:
    """A known report after another's placement; ``begun`` are the stories that its numbers mean."""
    to = where.moved.get(told.id)
    return told if to is None else replace(told, story=begun[to] if isinstance(to, int) else to)


def _unused(name: str, told: Iterable[Told]) -> str:
    """A name for a story that none has: the one wanted, or it with primes."""
    taken = {one.story for one in told}
    while name in taken:
        name += "'"
    return name
