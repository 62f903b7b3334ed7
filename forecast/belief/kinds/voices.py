"""What people's forecasts say of several possible outcomes, and how much of it counts.

A forecast is a vector over the cells, its log probabilities against those of somebody who knows
nothing. As for yes or no it is read as bias, information and noise about the prior that its
author knew: x = delta l + gamma d + noise, with the narrative that reports share and the talk
that only forecasts share. The leanings of members are left out: they lean toward a yes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from forecast.belief.dataset import CLIP
from forecast.belief.dossier import Dossier, active
from forecast.belief.draws import Fit
from forecast.belief.kinds.signals import Signal, learned_shares
from questions.values import Value

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """One member's active forecast."""

    member: str
    weights: Floats
    """(cells,) ln of the forecast over an even one, nats."""


def voices(
    dossier: Dossier, at: datetime, probs_of: Callable[[Value], Floats | None], even: Floats
) -> list[Voice]:
    """The forecasts that hold at an instant; ``probs_of`` gives (cells,) or None for one."""
    said = [(one.member, probs_of(one.value)) for one in active(dossier.forecasts, at)]
    return [Voice(member, log_share(probs, even)) for member, probs in said if probs is not None]


def log_share(probs: Floats, even: Floats) -> Floats:
    """Log of probabilities over even ones, kept from infinity as those of a yes are.

    What nobody could give anything to counts for nothing.

    >>> log_share(np.array([0.0, 1.0]), np.array([0.5, 0.5])).round(3).tolist()
    [-3.912, 0.683]
    """
    possible = even > 0
    kept = CLIP * np.minimum(2.0 * even, 1.0)
    ratio = np.clip(probs, kept, 1.0 - kept) / np.where(possible, even, 1.0)
    return np.where(possible, np.log(np.where(possible, ratio, 1.0)), 0.0)


def evidence_of_all(
    found: Sequence[Signal], said: Sequence[Voice], prior: Floats, fit: Fit
) -> Floats:
    """(draws, cells) the log likelihood of reports and forecasts together, nats.

    ``prior`` is (cells,) ln of the prior over an even one.
    """
    if not found and not said:
        return np.zeros((fit.size, len(prior)))
    shares = learned_shares(found, fit, [one.member for one in said])
    weights = np.stack([*(one.weights for one in found), *(one.weights for one in said)])
    known = shares[:, len(found) :].sum(axis=1) * fit.draws["delta"]
    return np.asarray(shares @ weights - known[:, None] * prior)
