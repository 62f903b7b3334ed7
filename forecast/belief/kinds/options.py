"""A belief about named options: a Dirichlet prior, moved by reports that favour some of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.belief.dossier import Dossier, known_evidence, until
from forecast.belief.draws import Fit
from forecast.belief.kinds.cells import Weighed, dirichlet, interval, weigh
from forecast.belief.kinds.chance import generator
from forecast.belief.kinds.signals import evidence_of, signals
from forecast.belief.kinds.trusted import trusted
from forecast.belief.kinds.voices import Voice, likelihood_of_all, log_share, voices
from forecast.records import Evidence
from questions.records import MultipleChoice
from questions.values import Shares, Value

Floats = NDArray[np.float64]

DRAWS: Final = 2000


def weigh_options(
    dossier: Dossier,
    kind: MultipleChoice,
    fit: Fit | None,
    at: datetime,
    *,
    joint: bool = False,
) -> Weighed:
    """What is believed of each option, in their order; ``joint`` also counts the forecasts.

    Without a stated prior every option is alike, worth one case each (the Dirichlet with
    ones, of Bayes and Laplace). The prior is taken as it was stated: what resolved yes-or-no
    questions say of reference classes is about a yes.
    """
    options = kind.options
    mean, worth = even(len(options)), float(len(options))
    if dossier.spread is not None and isinstance(dossier.spread.value, Shares):
        said = dict(dossier.spread.value.by_option)
        mean, worth = np.array([said[option] for option in options]), dossier.spread.worth

    def favour(judged: Sequence[Evidence]) -> Floats:
        nats = dict(judged[-1].signal)
        return np.array([nats.get(option, 0.0) for option in options])

    def weighed(fit: Fit | None) -> Weighed:
        rng = generator(fit.seed if fit else 0, dossier.question)
        theta = dirichlet(mean, worth, rng, DRAWS if fit is None else fit.size)
        if fit is None:
            return weigh(mean, theta, evidence_of(found, None, len(options)))
        prior = log_share(mean, even(len(options)))
        return weigh(mean, theta, likelihood_of_all(found, heard, prior, fit))

    end = until(dossier, at)
    found = signals(known_evidence(dossier, end), favour)
    heard = _voices(dossier, options, end) if joint else []
    return trusted(weighed, fit, joint=joint)


def _voices(dossier: Dossier, options: Sequence[str], at: datetime) -> list[Voice]:
    return voices(dossier, at, lambda value: _shares(value, options), even(len(options)))


def _shares(value: Value, options: Sequence[str]) -> Floats | None:
    """(options,) the shares of a forecast, in their order."""
    if not isinstance(value, Shares):
        return None
    said = dict(value.by_option)
    return np.array([said.get(option, 0.0) for option in options])


def even(count: int) -> Floats:
    """(count,) equal shares."""
    return np.full(count, 1 / count)


def option_intervals(
    found: Weighed, options: Sequence[str], ci_prob: float
) -> tuple[tuple[str, float, float], ...]:
    """``(option, low, high)`` of each option."""
    places = np.arange(len(options))
    return tuple(
        (option, *interval(found, places == place, ci_prob)) for place, option in enumerate(options)
    )
