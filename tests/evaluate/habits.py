"""How real forecasters change their minds: movement over learning, 1 for a Bayesian."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from forecast.histories.history import History, histories
from forecast.scoring.habits import movement, updating
from forecast.scoring.intervals import ratio_of
from forecast.scoring.streams import crowd_streams, streams_of
from tests.evaluate.crowd import _professionals, _public
from tests.evaluate.figure import Figure

ENOUGH = 10
"""Questions with two beliefs or more from which on one forecaster is judged alone."""


def figures(data: Path) -> Iterator[Figure]:
    """Of each crowd the ratio of all its members together, of the pool, and who is off it."""
    if (pros := data / "metaculus_pros_dev").exists():
        yield from _crowd("professionals", *_professionals(pros))
    if (early := data / "predictionbook_early").exists():
        yield from _crowd("public site", *_public(early))


def _crowd(name: str, targets: Sequence, forecasts: Sequence) -> Iterator[Figure]:
    held = [one for one in histories(targets, forecasts) if one.target.type == "binary"]
    for to_outcome in (False, True):
        label = f"habits: {name}, {'to the outcome' if to_outcome else 'between forecasts'}"
        unit = "movement over learning"
        yield from _ratio(f"{label}, members", [[one] for one in held], to_outcome, unit)
        streams = crowd_streams(held, ["log_odds_mean"] * len(held), to_outcome=to_outcome)
        pool = updating("crowd", streams, rng=_rng())
        yield Figure(f"{label}, log_odds_mean, excess", pool.excess, None, "Brier a question")
        if pool.ratio == pool.ratio:
            yield Figure(f"{label}, log_odds_mean", pool.ratio, None, unit)
        yield from _each(label, held, to_outcome)


def _ratio(
    name: str, groups: Iterable[list[History]], to_outcome: bool, unit: str
) -> Iterator[Figure]:
    """The ratio of everybody's movement to everybody's learning, questions resampled."""
    sums = []
    for group in groups:
        streams = [one for own in streams_of(group, to_outcome=to_outcome).values() for one in own]
        moved = [movement(one) for one in streams if len(one) > 1]
        sums.append(np.sum(moved, axis=0) if moved else np.zeros(2))
    above, below = np.array(sums).T
    found = ratio_of(above, below, rng=_rng())
    yield Figure(name, found.ratio, None, unit)
    yield Figure(f"{name}, lower bound", found.ci_low, None, unit)
    yield Figure(f"{name}, upper bound", found.ci_high, None, unit)


def _each(label: str, held: Sequence[History], to_outcome: bool) -> Iterator[Figure]:
    rng, own = _rng(), streams_of(held, to_outcome=to_outcome)
    judged = [updating(who, streams, rng=rng) for who, streams in own.items()]
    judged = [one for one in judged if one.n_questions >= ENOUGH]
    if judged:
        off = [one for one in judged if one.p_value < 0.05]
        yield Figure(f"{label}, forecasters judged", len(judged), None, "forecasters")
        yield Figure(
            f"{label}, off a Bayesian", len(off) / len(judged), None, "share, 5 % by chance"
        )


def _rng() -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(1))
