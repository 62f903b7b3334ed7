"""How long one update of a belief takes: a report comes in, mean and interval are read."""

from collections.abc import Callable

import numpy as np

from forecast.belief.draws import SHARED
from forecast.belief.fold import hold, updated
from forecast.belief.observations import observations
from forecast.probability import expit
from questions.instants import DAY
from tests.forecast.belief.worlds import OPEN, dossier, fit_of, judged

DRAWS = 2000
REPEATS = 50


def update() -> tuple[Callable[[], object], Callable[[], object]]:
    """One more report on a question that has ten, against an argsort and a sigmoid mean."""
    rng = np.random.Generator(np.random.PCG64(1))
    own = ("z_source[wire]", "z_b[wire]", "log_sigma_source[wire]", "b_judge[ana]")
    names = (*SHARED, *own)
    fit = fit_of({name: 0.5 + 0.1 * rng.standard_normal(DRAWS) for name in names})
    reports = [judged(f"R{at}", 0.5, story=f"S{at % 4}") for at in range(10)]
    held = hold(dossier(*reports), fit, OPEN + 7 * DAY)
    (report,) = observations([judged("R99", 1.0, story="S2")])
    log_odds = rng.standard_normal(DRAWS)

    def ours() -> None:
        for _ in range(REPEATS):
            updated(held, report)

    def theirs() -> None:
        for _ in range(REPEATS):
            np.argsort(log_odds)
            expit(log_odds).mean()

    return ours, theirs
