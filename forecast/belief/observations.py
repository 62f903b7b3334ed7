"""Judgements become observations: copies count once, judges of one report share its noise."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean

from forecast.belief.grades import credibility, letter
from forecast.records import Evidence


@dataclass(frozen=True, slots=True)
class Observation:
    """What one report, with all its copies, says about one question."""

    report: str
    story: str
    source: str
    letter: str
    credibility: float
    weight: float
    """The judges' mean weight of evidence, nats."""
    judges: tuple[str, ...]
    at: datetime
    """When it was first judged."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One person's active forecast, as an observation of the question."""

    member: str
    prob: float
    elapsed: float
    """The share of the question's life that had passed when it was made."""
    at: datetime


def standing(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Each judge's last judgement of each report (with its copies), oldest first.

    Who has taken it back has none.
    """
    last: dict[tuple[str, str], Evidence] = {}
    for one in sorted(evidence, key=lambda one: one.recorded_at):
        last[one.copy_of or one.report, one.judge] = one
    return [one for one in last.values() if one.judgement != "withdrawn"]


def observations(evidence: Iterable[Evidence]) -> tuple[Observation, ...]:
    """One observation for each report that somebody weighed; decisive ones are left out.

    Judges are pooled by the mean of their weights; where some weigh a report that others call
    irrelevant, these count as a weight of zero. What all call irrelevant is no observation.
    Ordered by report, so that the order of arrival changes nothing.
    """
    listed = tuple(evidence)
    return tuple(_observation(*one) for one in weighed(listed, standing(listed)))


def weighed(
    listed: Sequence[Evidence], standing: Iterable[Evidence]
) -> Iterator[tuple[str, Evidence, list[Evidence]]]:
    """Each report that somebody weighed, who tells its source and story, and what stands of it.

    Copies count as the report that they repeat; decisive judgements are left out. Ordered by
    report.
    """
    originals = {one.report: one for one in listed if not one.copy_of}
    groups: dict[str, list[Evidence]] = {}
    for one in standing:
        if one.judgement != "decisive":
            groups.setdefault(one.copy_of or one.report, []).append(one)
    for report, judged in sorted(groups.items()):
        if any(one.judgement == "weighed" for one in judged):
            yield report, originals.get(report, judged[0]), judged


def _observation(report: str, about: Evidence, judged: list[Evidence]) -> Observation:
    """What the judges say of a report, whose source and story ``about`` has."""
    return Observation(
        report=report,
        story=about.story or report,
        source=about.source,
        letter=letter(about.grade),
        credibility=credibility(about.grade),
        weight=fmean(one.weight for one in judged),
        judges=tuple(sorted(one.judge for one in judged)),
        at=min(one.recorded_at for one in judged),
    )


def decisive(evidence: Iterable[Evidence]) -> float:
    """+1, -1 or 0: what the standing decisive judgements, taken together, say happened."""
    signs = [
        1.0 if one.weight > 0 else -1.0 for one in standing(evidence) if one.judgement == "decisive"
    ]
    total = sum(signs)
    return (total > 0) - (total < 0) + 0.0
