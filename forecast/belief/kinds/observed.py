"""What reports and forecasts say of the rungs of a ladder, as each draw of a fit has it.

In each cell every rung is yes or no, and what is said of a rung is as likely as the yes-or-no
model makes it. A member who speaks of several rungs speaks from one mind: most of the noise of
these forecasts is the same.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.belief.dataset import clipped_logit
from forecast.belief.dossier import Dossier, active, until
from forecast.belief.draws import (
    Fit,
    heavy_tailed,
    member_bias,
    member_information,
    member_variance,
    source_mean,
)
from forecast.belief.kinds.covariance import Covariance, log_det, solved, stretched
from forecast.belief.kinds.cuts import LEAST, means_at, stated_chance
from forecast.belief.kinds.signals import Signal, covariance_of, leaning
from forecast.belief.phi import STRETCH
from forecast.probability import logit
from questions.values import Probability

Floats = NDArray[np.float64]

ALIKE: Final = 0.75
"""How much of the noise of a member's forecasts on rungs of one ladder they share: design."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One member's active forecast of one rung."""

    member: str
    place: int
    prob: float
    at: datetime


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Observations, a row each."""

    rest: Floats
    """(rows, draws) what was said less what it leans, log odds or nats."""
    mean: Floats
    """(rows, draws) how far it moves toward the truth."""
    signs: Floats
    """(rows, cells) from -1 to 1 in which direction, were a cell true."""


def remarks(ladder: Dossier, at: datetime) -> list[Remark]:
    """The forecasts of all rungs that hold at an instant, by member and then by rung."""
    said = [
        Remark(one.member, place, one.value.yes, one.made_at)
        for place, rung in enumerate(ladder.rungs)
        for one in active(rung.forecasts, until(rung, at))
        if isinstance(one.value, Probability)
    ]
    return sorted(said, key=lambda one: (one.member, one.place))


def likelihood(
    found: Sequence[Signal], said: Sequence[Remark], ladder: Dossier, fit: Fit
) -> Floats:
    """(draws, cells) ln P(reports and forecasts | cell, draw), nats, up to one constant."""
    if not found and not said:
        return np.zeros((fit.size, len(ladder.rungs) + 1))
    rows = [*(_report(one, ladder, fit) for one in found), *_forecasts(said, ladder, fit)]
    held = Rows(*(np.stack(part) for part in zip(*rows, strict=True)))
    shared = _covariance(found, said, fit)
    plain = _gaussian(held, shared)
    if STRETCH not in fit.draws:
        return plain
    heavy = _gaussian(held, stretched(shared, fit.draws[STRETCH]))
    return heavy_tailed(plain, heavy)


Row = tuple[Floats, Floats, Floats]


def _report(one: Signal, ladder: Dossier, fit: Fit) -> Row:
    weight, signs = _scaled(one, ladder)
    odds = [logit(stated_chance(rung)) for rung in ladder.rungs if rung.question in one.questions]
    rest = weight - leaning(one, fit, float(np.mean(odds)))
    return rest, one.credibility * source_mean(fit, one.source, one.letter), signs


def _scaled(one: Signal, ladder: Dossier) -> tuple[float, Floats]:
    """A report's weight (nats), and (cells,) from -1 to 1 in which direction it is for each cell.

    Of a report on one rung the weight is as it was stated, 1 where that rung is yes, -1 where
    no. Of one on several rungs it is how far apart its likeliest and unlikeliest cells are.
    """
    names = [rung.question for rung in ladder.rungs]
    if len(one.questions) == 1:
        signs = _signs(names.index(one.questions[0]), len(names))
        return float(one.weights[0] - one.weights[-1]), signs
    low, high = float(one.weights.min()), float(one.weights.max())
    toward_yes = 1.0 if one.weights[0] >= one.weights[-1] else -1.0
    signs = (2 * one.weights - low - high) / max(high - low, LEAST)
    return toward_yes * (high - low), toward_yes * signs


def _signs(place: int, rungs: int) -> Floats:
    """(cells,) 1 where that rung is yes, -1 where no."""
    return np.where(np.arange(rungs + 1) <= place, 1.0, -1.0)


def _forecasts(said: Sequence[Remark], ladder: Dossier, fit: Fit) -> list[Row]:
    """Each forecast beside the prior that its author knew."""
    known = {at: means_at(ladder, fit, at) for at in {one.at for one in said}}
    rows = []
    for one in said:
        prior = logit(np.clip(known[one.at][:, one.place], LEAST, 1 - LEAST))
        leans = member_bias(fit, one.member) + fit.draws["delta"] * prior
        rest = clipped_logit(np.array(one.prob)) - leans
        signs = _signs(one.place, len(ladder.rungs))
        rows.append((rest, member_information(fit, one.member) * np.ones(fit.size), signs))
    return rows


def _covariance(found: Sequence[Signal], said: Sequence[Remark], fit: Fit) -> Covariance:
    """V of reports and forecasts; what a member says of several rungs is one group."""
    whole = covariance_of(found, fit, [one.member for one in said])
    noise, groups = whole.noise.copy(), list(whole.groups)
    for member, many in Counter(one.member for one in said).items():
        if many > 1:
            rows = len(found) + np.flatnonzero([one.member == member for one in said])
            variance = member_variance(fit, member) + fit.draws["omega"] ** 2
            noise[rows] = (1 - ALIKE) * variance
            groups.append((rows, np.sqrt(ALIKE * variance)))
    return replace(whole, noise=noise, groups=groups)


def _gaussian(rows: Rows, shared: Covariance) -> Floats:
    """(draws, cells) the log density of what was said, given each cell."""
    of_rest, found = solved(shared, rows.rest), []
    for signs in rows.signs.T:
        toward = signs[:, None] * rows.mean
        found.append((toward * (2 * of_rest - solved(shared, toward))).sum(axis=0))
    common = (rows.rest * of_rest).sum(axis=0) + log_det(shared)
    return np.asarray(np.stack(found, axis=-1) - common[:, None]) / 2
