"""Which story a report belongs to, and which report it repeats: copies count once.

A report is placed once, against all that is known when it comes; earlier placements stay.

- It is a copy where either text holds half of the other's triples of words, at any distance
  in time (containment: Broder 1997); texts too short for that are never copies.
- It tells a known story where, within three days, it is near enough to that story's reports in
  its weighted words. The more time lies between, the nearer it has to be, because news follows
  news in the same words; not so where both name one origin.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from questions.records import Report
from questions.reports.origins import origins, share_origin
from questions.reports.terms import Floats, Terms, cosines, rarity, terms
from questions.reports.words import containment, shingles

REPEATED: Final = 0.5
"""Containment of the triples at which a text repeats another."""
FEWEST_TRIPLES: Final = 6
"""A text with fewer triples (under eight words) repeats nothing: it would by accident."""
SPAN: Final = timedelta(hours=72)
"""How far apart two reports of one story may be published, copies apart."""
SAME_STORY: Final = 0.2
"""Nearness at which a report tells a story: the mean of its best and its average cosine."""
FOLLOWING: Final = 0.25
"""What SPAN between the reports adds to that, unless they name one origin."""


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A report that has its story, prepared for comparison."""

    id: str
    story: str
    copy_of: str
    published: datetime
    terms: Terms
    shingles: frozenset[tuple[str, ...]]
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a report belongs."""

    story: str | None
    """The known story that it tells; None where it begins one."""
    copy_of: str = ""
    """The report that it repeats, itself no copy; empty where it repeats none."""
    origin: str = ""
    """The first origin that the text names, in its own words; empty where it names none."""


def tell(report: Report) -> Told:
    """A report prepared for comparison; ``report.story`` is kept as it is."""
    text = f"{report.title}\n{report.text}" if report.title not in report.text else report.text
    return Told(
        report.id,
        report.story,
        report.copy_of,
        report.published,
        terms(text),
        shingles(report.text),
        origins(report.text),
    )


def place(report: Report | Told, known: Sequence[Told]) -> Placement:
    """Where a report belongs among those that are known, in the order they were read.

    >>> from datetime import UTC
    >>> wire = Report("R1", "Talks", "The envoys met in Oslo for six hours and parted without a "
    ...               "word to the press.", datetime(2024, 5, 6, tzinfo=UTC), story="S1")
    >>> again = Report("R2", "Talks", "By our staff. The envoys met in Oslo for six hours and "
    ...                "parted without a word.", datetime(2024, 5, 9, tzinfo=UTC))
    >>> place(again, [tell(wire)])
    Placement(story='S1', copy_of='R1', origin='')
    """
    new = report if isinstance(report, Told) else tell(report)
    origin = next(iter(new.origins), "")
    if (original := _repeated(new, known)) is not None:
        return Placement(original.story, original.copy_of or original.id, origin)
    return Placement(_story(new, known), origin=origin)


def _repeated(new: Told, known: Sequence[Told]) -> Told | None:
    """The report that this one repeats most of; the first of those that tie."""
    if len(new.shingles) < FEWEST_TRIPLES:
        return None
    long_enough = (told for told in known if len(told.shingles) >= FEWEST_TRIPLES)
    scored = [(containment(new.shingles, told.shingles), told) for told in long_enough]
    share, told = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return told if share >= REPEATED else None


def _story(new: Told, known: Sequence[Told]) -> str | None:
    """The story that the report is nearest to, if it is near enough to tell it."""
    near = [told for told in known if abs(told.published - new.published) <= SPAN]
    if not near:
        return None
    rare = rarity(told.terms for told in known)
    cosine = cosines(new.terms, [told.terms for told in near], rare)
    margin = {story: _margin(new, cosine, near, story) for story in {told.story for told in near}}
    best = max(sorted(margin), key=margin.__getitem__)
    return best if margin[best] >= 0 else None


def _margin(new: Told, cosine: Floats, near: Sequence[Told], story: str) -> float:
    """How far a story's nearness is above what it takes to tell it."""
    members = [(one, told) for one, told in zip(cosine, near, strict=True) if told.story == story]
    every = [one for one, _ in members]
    nearness = (max(every) + sum(every) / len(every)) / 2
    apart = min(abs(told.published - new.published) for _, told in members) / SPAN
    if any(share_origin(new.origins, told.origins) for _, told in members):
        apart = 0.0
    return float(nearness - SAME_STORY - FOLLOWING * apart)


def gather(reports: Iterable[Report], known: Sequence[Told] = ()) -> list[Told]:
    """Place reports one after another; new stories take the id of their first report."""
    told = list(known)
    placed = []
    for report in reports:
        new = tell(report)
        where = place(new, told)
        placed.append(_settled(new, where))
        told.append(placed[-1])
    return placed


def _settled(new: Told, where: Placement) -> Told:
    return replace(new, story=where.story or new.id, copy_of=where.copy_of)
