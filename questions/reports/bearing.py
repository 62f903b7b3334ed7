"""Which open questions a report bears on: its window first, then words, names and meaning.

A report bears on nothing that opens after it or closes before it. Among the rest, nearness to
what a question asks, without its "Will" and its deadline, is the cosine of weighted words, plus a
share of the cosine of meanings, of the report's best passage, plus a share of how much of what is
asked the report names at all. Then names and type of event are compared: with both, a report is
worth a look whatever its words; without the names it is not, and without the event never sure.
What is worth a look is looked at again by a sentence encoder, where there is one: what it finds
unlike counts for less. The shares and bounds were set on a month of agency news.
"""

from collections.abc import Iterator, Sequence
from itertools import batched
from math import log
from typing import TYPE_CHECKING, Final

import numpy as np

from questions.instants import micros
from questions.records import Bearing, Decision, Report
from questions.reports.asking import Prepared
from questions.reports.events import told
from questions.reports.meaning import unit
from questions.reports.naming import named
from questions.reports.passages import Passages, passages_of
from questions.reports.sparse import sparse
from questions.reports.terms import Floats, counted, weigh
from questions.reports.tokens import Tokens, found_in

if TYPE_CHECKING:
    from scipy.sparse import csr_array

MEANING: Final = 0.3
"""What a cosine of meanings counts beside a cosine of words."""
COVERAGE: Final = 0.15
"""What it counts that the report holds all the question's words, by their weight."""
YES: Final = 0.47
"""Nearness, from 0 to ``1 + MEANING + COVERAGE``, from which a report bears on a question."""
MAYBE: Final = 0.36
"""Nearness from which somebody should look."""
DRAWN: Final = 0.44
"""Nearness towards which names and type of event draw: worth a look, and not yet sure."""
NAMED: Final = 0.75
"""How much of a question's names is enough: a country may be missing beside another name."""
TOLD: Final = 0.6
"""How far a report has to tell a question's type of event to be as near as its words are."""
STEEPEST: Final = 0.98
"""The most that is taken from what is nearer than ``DRAWN``, so that "yes" is out of reach."""
STEEPNESS: Final = log(3) / (YES - MAYBE)
"""So that relevance is .5 where "yes" begins and .25 where "maybe" begins."""

ALIKE: Final = 0.6
"""Cosine of a sentence encoder's meanings below which it doubts that a report bears on a
question: most reports that do are nearer."""
DOUBT: Final = 0.5
"""How much of what is missing from ALIKE is taken from nearness."""
ASSURED: Final = 0.025
"""What at most is added for what is above ALIKE."""
AT_ONCE: Final = 64
"""How many reports are compared at once: more of them save no time and take more memory."""


def bearings(report: Report, prepared: Prepared, depth: int | None = None) -> list[Bearing]:
    """The questions that were open when the report came, the nearest first.

    ``depth`` keeps that many, and all that are decided besides. Relevance is from 0 to 1 and
    comparable between reports: "yes" from .5, "maybe" from .25, else no decision.
    """
    (found,) = bearings_of([report], prepared, depth)
    return found


def bearings_of(
    reports: Sequence[Report], prepared: Prepared, depth: int | None = None
) -> Iterator[list[Bearing]]:
    """What :func:`bearings` finds of each report, in their order, many at once."""
    for block in batched(reports, AT_ONCE):
        if not prepared.ids:
            yield from ([] for _ in block)
            continue
        parts = passages_of(block)
        moments = np.array([[micros(report.published)] for report in block])
        opened = (prepared.opens <= moments) & (moments < prepared.closes)
        near = nearness(parts, prepared)
        near += second_look(parts, np.where(opened, near, 0), prepared)
        relevance = np.where(opened, np.round(_relevance(near), 6), -1)
        for report, row in zip(block, relevance, strict=True):
            yield _ranked(report.id, row, prepared, depth)


def _ranked(report: str, relevance: Floats, prepared: Prepared, depth: int | None) -> list[Bearing]:
    """The open questions of one report, best first; relevance is below 0 where none is open."""
    found = np.flatnonzero(relevance >= (0 if depth is None else _least(relevance, depth)))
    order = found[np.lexsort((prepared.alphabetical[found], -relevance[found]))]
    decided = int((relevance >= 0.25).sum())
    kept = order if depth is None else order[: max(depth, decided)]
    return [
        Bearing(report, prepared.ids[place], near, _decision(near))
        for place, near in zip(kept.tolist(), relevance[kept].tolist(), strict=True)
    ]


def _least(relevance: Floats, depth: int) -> float:
    """The relevance below which nothing is kept of the ``depth`` best and all decided."""
    if not 0 < depth < len(relevance):
        return 0.0 if depth else 0.25
    return float(np.clip(np.partition(relevance, -depth)[-depth], 0, 0.25))


def nearness(parts: Passages, prepared: Prepared) -> Floats:
    """How near each question is to each report, whatever its window; ``(reports, n)``."""
    rows = _rows(parts, prepared)
    turned = unit(prepared.meaning(parts.texts) - prepared.centre) @ prepared.directions.T
    turned *= MEANING
    turned += (rows @ prepared.weights).toarray()
    near: Floats = np.maximum.reduceat(turned, parts.first)
    held = rows[parts.first]
    held.data[:] = 1
    near += COVERAGE * (held @ prepared.shares).toarray()
    return _drawn(near, parts, prepared)


def _rows(parts: Passages, prepared: Prepared) -> "csr_array":
    """The weights of each passage's words, of length 1, where questions hold them; ``(p, v)``."""
    passage, words = counted(parts.read)
    weights = weigh(words, prepared.rare)
    length = np.sqrt(np.bincount(passage, weights**2, len(parts.texts)))
    place, found = found_in(words.ids, prepared.words)
    own = weights[found] / length[passage[found]]
    return sparse(passage[found], place, own, (len(parts.texts), len(prepared.words)))


def second_look(parts: Passages, near: Floats, prepared: Prepared) -> Floats:
    """What the encoder adds to nearness, or takes from it; of the shape of ``near``.

    Nothing where there is no encoder, nor for what is not worth a look.
    """
    change = np.zeros_like(near)
    worth = near >= MAYBE
    reports, places = np.flatnonzero(worth.any(axis=1)), np.flatnonzero(worth.any(axis=0))
    if prepared.encoder is None or prepared.asked_again is None or not len(reports):
        return change
    ends = [*parts.first[1:], len(parts.texts)]
    own = [parts.texts[parts.first[at] : ends[at]] for at in reports]
    told = prepared.encoder([text for texts in own for text in texts])
    asked = prepared.asked_again([prepared.texts[place] for place in places])
    starts = np.cumsum([0, *map(len, own[:-1])])
    alike = np.maximum.reduceat(told @ asked.T, starts)
    change[np.ix_(reports, places)] = np.minimum(DOUBT * (alike - ALIKE), ASSURED)
    change[~worth] = 0
    return change


def _drawn(near: Floats, parts: Passages, prepared: Prepared) -> Floats:
    """Nearness after names and type of event are compared, of questions that have both.

    A report that leaves out most of the names is farther. One that opens with names and event is
    drawn up to ``DRAWN``; one that tells nothing of the event is drawn down, in the same order.
    """
    event, names = _told_and_named(parts.whole, len(near), prepared)
    first_event, first_names = _told_and_named(parts.opening, len(near), prepared)
    closer = near * names
    up = first_event * first_names * np.maximum(DRAWN - closer, 0)
    down = np.clip(1 - event / TOLD, 0, STEEPEST) * np.maximum(closer - DRAWN, 0)
    drawn: Floats = np.where(prepared.types >= 0, closer + up - down, near)
    return drawn


def _told_and_named(read: Tokens, reports: int, prepared: Prepared) -> tuple[Floats, Floats]:
    """How far texts tell each question's type of event, and give enough of its names."""
    names = np.minimum(named(read, reports, prepared.names) / NAMED, 1)
    return told(read, reports)[:, prepared.types], names


def _relevance(near: Floats) -> Floats:
    """Nearness on a scale from 0 to 1 that is .5 where "yes" begins."""
    scaled: Floats = 1 / (1 + np.exp(-STEEPNESS * (near - YES)))
    return scaled


def _decision(relevance: float) -> Decision | None:
    if relevance >= 0.5:
        return "yes"
    return "maybe" if relevance >= 0.25 else None
