"""The refit meter: how far what came since a fit has moved the posterior away from its draws.

Each draw of the parameters is weighed by how likely it makes everything new, of all questions:
reports, forecasts, answers, and time in which nothing happened. If a few draws would carry the
weight, the fit no longer speaks for the data. A belief itself uses its own question's weights
alone, which last much longer than these.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.belief.dataset import Case
from forecast.belief.dossier import Dossier, case_of
from forecast.belief.draws import Fit
from forecast.belief.pareto import shape
from forecast.belief.seen import log_density, state_of

Vector = NDArray[np.float64]

ASKS: Final = 0.5
STALE: Final = 0.7
ENOUGH_RESOLVED: Final = 10
DRAWS: Final = 1000


@dataclass(frozen=True, slots=True)
class Meter:
    """What the meter shows."""

    k_hat: float | None
    """The Pareto shape of the joint weights, at least 0; None if there is nothing to weigh."""
    asks: bool
    """A refit is due."""
    stale: bool
    """Until then, beliefs are worth little more than without a fit."""
    why: str


def read_meter(dossiers: Iterable[Dossier], fit: Fit | None, at: datetime) -> Meter:
    """What the meter shows as of an instant."""
    if fit is None:
        return _without_fit(_counting(dossiers, at), at)
    moved = moved_since(dossiers, fit, at)
    if not moved:
        return Meter(None, False, False, "")
    k_hat = max(shape(joint_weight(moved, _thinned(fit))), 0.0)
    if k_hat <= ASKS:
        return Meter(k_hat, False, False, "")
    return Meter(k_hat, True, k_hat > STALE, _why(moved, fit, k_hat))


def moved_since(dossiers: Iterable[Dossier], fit: Fit, at: datetime) -> list[tuple[Case, Case]]:
    """The questions of which something is new: as the fit saw them, and as they are."""
    pairs = [(_case(one, fit.made_at), _case(one, at)) for one in _counting(dossiers, at)]
    return [(then, now) for then, now in pairs if then != now]


def joint_weight(moved: Iterable[tuple[Case, Case]], fit: Fit) -> Vector:
    """(draws,) the log of how likely each draw makes everything that is new, to a constant."""
    return sum((_new_weight(then, now, fit) for then, now in moved), np.zeros(fit.size))


def _counting(dossiers: Iterable[Dossier], at: datetime) -> list[Dossier]:
    return [one for one in dossiers if one.answer != "void" and one.open_time <= at]


def _without_fit(dossiers: list[Dossier], at: datetime) -> Meter:
    over = sum(one.answered_at is not None and one.answered_at <= at for one in dossiers)
    asks = over >= ENOUGH_RESOLVED
    why = f"{over} questions have an answer and nothing was fitted to them" if asks else ""
    return Meter(None, asks, False, why)


def _thinned(fit: Fit) -> Fit:
    step = -(-fit.size // DRAWS)
    return replace(fit, draws={name: values[::step] for name, values in fit.draws.items()})


def _case(dossier: Dossier, at: datetime) -> Case:
    """The question's case, which says nothing before its opening."""
    case = case_of(dossier, max(at, dossier.open_time), with_forecasts=True)
    return replace(case, elapsed=0.0) if case.scheduled else case


def _new_weight(then: Case, now: Case, fit: Fit) -> Vector:
    before = state_of(then, fit)
    seen = then.observations, then.sightings
    after = before if seen == (now.observations, now.sightings) else state_of(now, fit)
    return log_density(now, after, fit) - log_density(then, before, fit)


def _why(moved: list[tuple[Case, Case]], fit: Fit, k_hat: float) -> str:
    counted = {
        "answer": sum(now.answer != then.answer for then, now in moved),
        "report": sum(_more(now.observations, then.observations) for then, now in moved),
        "forecast": sum(_more(now.sightings, then.sightings) for then, now in moved),
    }
    said = [f"{n} new {name}{'s' if n > 1 else ''}" for name, n in counted.items() if n]
    news = ", ".join(said) or "the time that passed"
    return f"{news} since {fit.id}; k-hat {k_hat:.2f}, above {STALE if k_hat > STALE else ASKS}"


def _more[Item](now: tuple[Item, ...], then: tuple[Item, ...]) -> int:
    return len(set(now) - set(then))
