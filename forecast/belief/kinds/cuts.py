"""The chances of a ladder's rungs before any report: at the opening, and while nothing happens.

Deadlines cut one hazard: the priors that were stated are recalibrated, each deadline between
them follows by a Weibull hazard, even in time^kappa, or by that of a rate that is uncertain, and
what lies before the present is gone.
Numbers cut one distribution: between stated priors by even steps, all with the same deadline.
Arrays are (draws, rungs) unless they say otherwise.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.belief.decay import decayed, hazard_gone
from forecast.belief.dossier import Dossier, elapsed, until
from forecast.belief.draws import Fit
from forecast.belief.kinds.answers import DRAWS
from forecast.belief.kinds.chance import generator
from forecast.belief.prior import prior_draws, prior_mean, span_of
from forecast.probability import expit, logit
from questions.instants import EPOCH, days_between

Floats = NDArray[np.float64]
Clock = Callable[[float], Floats]
"""(draws,) the hazard by a day, in any unit."""

LEAST: Final = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """What a fit says of reference classes and of time, one entry a draw; one without a fit."""

    shift: Floats
    """c0, log odds."""
    slope: Floats
    """c1, kept above 0 so that no rung falls below the one before."""
    kappa: Floats


def learned_of(fit: Fit | None) -> Learned:
    """What a fit has learned; nothing without one."""
    if fit is None:
        return Learned(np.zeros(1), np.ones(1), np.ones(1))
    return Learned(fit.draws["c0"], np.maximum(fit.draws["c1"], LEAST), fit.draws["kappa"])


def chances_at(ladder: Dossier, fit: Fit | None, at: datetime) -> tuple[Floats, Floats]:
    """P(yes) of each rung while nothing has happened: from the prior's mean, and from its draws.

    The draws are those of the last rung's prior, the others moved with it: deadlines share one
    frailty, a factor on the hazard; numbers a shift of their log odds.
    """
    learned, last = learned_of(fit), ladder.rungs[-1]
    opening = _opening(ladder, learned)
    mean = np.broadcast_to(_chances(opening, ladder)[:, -1], fit.size if fit else DRAWS)
    rng = generator(fit.seed if fit else 0, last.question)
    drawn = np.clip(prior_draws(last.basis, mean, rng), LEAST, 1 - LEAST)
    if ladder.by_deadline:
        moved = opening * (-np.log1p(-drawn) / opening[:, -1])[:, None]
    else:
        moved = opening + (logit(drawn) - opening[:, -1])[:, None]
    first, second = (_later(one, ladder, learned, at) for one in (opening, moved))
    return _chances(first, ladder), _chances(second, ladder)


def means_at(ladder: Dossier, fit: Fit | None, at: datetime) -> Floats:
    """P(yes) of each rung while nothing has happened, from the prior's mean."""
    learned = learned_of(fit)
    return _chances(_later(_opening(ladder, learned), ladder, learned, at), ladder)


def _opening(ladder: Dossier, learned: Learned) -> Floats:
    """The hazards or log odds of the rungs at the opening."""
    return _hazards(ladder, learned) if ladder.by_deadline else _odds(ladder, learned)


def cells_of(chances: Floats) -> Floats:
    """(..., rungs + 1) the probability of each cell, of (..., rungs) chances that never fall.

    >>> cells_of(np.array([0.2, 0.5])).round(9).tolist()
    [0.2, 0.3, 0.5]
    """
    return np.diff(chances, axis=-1, prepend=0.0, append=1.0)


def rising(values: Sequence[float]) -> list[float]:
    """The nearest values that never fall: neighbours that do are pooled (least squares).

    >>> rising([0.1, 0.5, 0.3, 0.6])
    [0.1, 0.4, 0.4, 0.6]
    """
    blocks: list[tuple[float, int]] = []
    for value in values:
        total, count = value, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / count:
            before, many = blocks.pop()
            total, count = total + before, count + many
        blocks.append((total, count))
    return [total / count for total, count in blocks for _ in range(count)]


def hazard_by(day: float, days: Floats, hazards: Floats, clock: Clock) -> Floats:
    """(draws,) the hazard gone by a day, through (draws, known) those of some (known,) days.

    Linear in the clock from nothing at the opening; beyond the last as before it.

    >>> known = np.array([4.0]), np.ones((1, 1))
    >>> [float(hazard_by(day, *known, lambda day: day ** (2 * np.ones(1)))[0]) for day in (2, 8)]
    [0.25, 4.0]
    """
    if day >= days[-1]:
        return np.asarray(hazards[:, -1] * clock(day) / clock(days[-1]))
    part = int(np.searchsorted(days, day, side="right"))
    low = float(days[part - 1]) if part else 0.0
    gone = hazards[:, part - 1] if part else np.zeros(len(hazards))
    start = clock(low)
    share = (clock(day) - start) / (clock(days[part]) - start)
    return np.asarray(gone + share * (hazards[:, part] - gone))


def opening_odds(ladder: Dossier) -> tuple[list[int], Floats]:
    """The rungs whose prior was stated, and the log odds of those priors, which never fall.

    Of deadlines without any, the last one's, which is the general prior.
    """
    places = [place for place, rung in enumerate(ladder.rungs) if rung.stated]
    if ladder.by_deadline and not places:
        places = [len(ladder.rungs) - 1]
    means = [stated_chance(ladder.rungs[place]) for place in places]
    pooled = -np.expm1(-np.array(rising((-np.log1p(-np.array(means))).tolist())))
    return places, logit(pooled if ladder.by_deadline else np.array(rising(means)))


def stated_chance(rung: Dossier) -> float:
    """P(yes) of a rung at its opening by its own prior."""
    return prior_mean(rung.basis, days_between(rung.open_time, rung.scheduled_close_time))


def _odds(ladder: Dossier, learned: Learned) -> Floats:
    """Log odds of each number at the opening."""
    places, odds = opening_odds(ladder)
    at = [-1.0, *map(float, places), float(len(ladder.rungs))]
    chances = np.interp(np.arange(len(ladder.rungs)), at, [0.0, *expit(odds), 1.0])
    held = logit(np.clip(chances, LEAST, 1 - LEAST))
    return np.asarray(learned.shift[:, None] + learned.slope[:, None] * held)


def _hazards(ladder: Dossier, learned: Learned) -> Floats:
    """The hazard of each deadline from the opening on."""
    places, odds = opening_odds(ladder)
    known = np.logaddexp(0.0, learned.shift[:, None] + learned.slope[:, None] * odds)
    days = _days(ladder)
    clock = _clock(ladder, learned)
    found = [hazard_by(day, days[places], known, clock) for day in days]
    return np.maximum(np.stack(found, axis=-1), LEAST)


def _clock(ladder: Dossier, learned: Learned) -> Clock:
    """How the hazard of a ladder's deadlines goes by: as that of the last prior's class."""
    end = float(_days(ladder)[-1])
    span = span_of(ladder.rungs[opening_odds(ladder)[0][-1]].basis, end)
    return lambda day: hazard_gone((day / end) ** learned.kappa, span)


def _days(ladder: Dossier) -> Floats:
    """(rungs,) days from the opening to each deadline."""
    start = days_between(EPOCH, ladder.rungs[0].open_time)
    return np.maximum(np.array(ladder.rung_marks) - start, LEAST)


def _chances(held: Floats, ladder: Dossier) -> Floats:
    return np.asarray(-np.expm1(-held)) if ladder.by_deadline else expit(held)


def _later(held: Floats, ladder: Dossier, learned: Learned, at: datetime) -> Floats:
    """The hazards or log odds of the rungs at an instant, while nothing has happened."""
    rung = ladder.rungs[-1]
    if rung.scheduled:
        return held
    if not ladder.by_deadline:
        return decayed(held, elapsed(rung, until(rung, at)), learned.kappa[:, None])
    days = _days(ladder)
    now = float(np.clip(days_between(rung.open_time, at), 0.0, days[-1]))
    gone = hazard_by(now, days, held, _clock(ladder, learned))
    return np.maximum(held - gone[:, None], 0.0)
