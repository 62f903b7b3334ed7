"""Worlds made of known parameters: questions, reports in stories, people's forecasts.

The parameters of :data:`WORLD` and the shapes are those that the model was first measured on;
:func:`from_prior` draws them from the model's own prior, for calibration by simulation.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np

from forecast.belief.dataset import Case
from forecast.belief.decay import decayed
from forecast.belief.draws import GRAIN
from forecast.belief.grades import LETTERS
from forecast.belief.observations import Observation, Sighting
from forecast.belief.phi import GRADE_MEANS, PARAMETERS
from forecast.probability import expit

AT = datetime(2023, 3, 13, tzinfo=UTC)
WORLD = {
    "c0": -0.1,
    "c1": 0.9,
    "kappa": 1.0,
    "delta_R": 0.0,
    "tau_R": 0.35,
    "tau_k": 0.6,
    "delta": 0.6,
    "omega": 0.5,
    "tau_F": 0.4,
    "tau_F2": 0.5,
}


@dataclass(frozen=True)
class Shape:
    """How much of everything there is."""

    resolved: int = 200
    waiting: int = 100
    sources: int = 30
    judges: int = 2
    members: int = 25
    stories: float = 4.0
    """Stories a question, on average."""
    share: float = 0.6
    """Of all pairs of member and question, how many have a forecast."""
    scheduled: float = 1.0
    """The share of questions whose event has a fixed date."""
    prior: tuple[float, float] = (-0.7, 1.2)
    copies: float = 0.0
    """The share of reports that repeat another of their question without anybody's noticing."""
    tail: float = np.inf
    """Degrees of freedom of the reports' noise."""
    rates: float = 0.0
    """The share of questions whose prior is an uncertain rate of events."""


@dataclass(frozen=True)
class World:
    """What the model may see, and what it may not."""

    cases: list[Case]
    truth: dict[str, int]
    """+1 or -1 for every question."""
    phi: dict[str, np.ndarray] = field(default_factory=dict)


def people_and_sources(rng, shape):
    """The parameters of the worlds that the model was first measured on."""
    letters = rng.choice(6, size=shape.sources, p=[0.1, 0.25, 0.3, 0.15, 0.05, 0.15])
    grades = np.array(GRADE_MEANS) + 0.12 * rng.standard_normal(6)
    return {
        **WORLD,
        "mu_grade": grades,
        "letters": letters,
        "mu": grades[letters] + 0.15 * rng.standard_normal(shape.sources),
        "b_source": 0.15 * rng.standard_normal(shape.sources),
        "b_judge": 0.15 * rng.standard_normal(shape.judges),
        "noise": np.exp(np.log(0.8) + 0.25 * rng.standard_normal(shape.sources)),
        "bias": 0.25 * rng.standard_normal(shape.members),
        "gamma": 0.6 + 0.2 * rng.standard_normal(shape.members),
        "log_sigma_member": np.log(0.6) + 0.3 * rng.standard_normal(shape.members),
    }


def from_prior(rng, shape):
    """Parameters drawn from the model's own prior."""
    count = {"": 1, "letter": 6, "source": shape.sources}
    count |= {"judge": shape.judges, "member": shape.members}
    phi = {one.name: _drawn(rng, one, count[one.dim]) for one in PARAMETERS}
    letters = rng.integers(0, 6, size=shape.sources)
    return {
        **phi,
        "letters": letters,
        "mu": phi["mu_grade"][letters] + phi["sd_mu"] * phi["z_source"],
        "b_source": phi["sd_b"] * phi["z_b"],
        "noise": np.hypot(np.exp(phi["log_sigma_source"]), GRAIN),
        "gamma": phi["g0"] + phi["s_g"] * phi["z_gamma"],
    }


def _drawn(rng, one, count):
    """One value, or an array of them, from a parameter's prior."""
    drawn = np.array(one.mean) + one.sd * rng.standard_normal(count)
    drawn = {"half_normal": abs, "folded": abs, "log_normal": np.exp}.get(one.family, np.array)(
        drawn
    )
    return drawn if one.dim else float(drawn[0])


def world(rng, shape=Shape(), phi=None):
    """A world of some parameters, by default those of :func:`people_and_sources`."""
    phi = people_and_sources(rng, shape) if phi is None else phi
    count = shape.resolved + shape.waiting
    made = [_question(rng, shape, phi, at, at < shape.resolved) for at in range(count)]
    return World([case for case, _ in made], {case.question: sign for case, sign in made}, phi)


def _question(rng, shape, phi, number, over):
    name, m = f"Q{number:05d}", rng.normal(*shape.prior)
    opening = phi["c0"] + phi["c1"] * m
    scheduled = rng.random() < shape.scheduled
    hazard, spent = np.logaddexp(0, opening), rng.exponential()
    sign = 1 if spent < hazard else -1
    span = float(rng.exponential(2.0)) if shape.rates and rng.random() < shape.rates else 0.0
    share = spent / hazard if span == 0.0 else np.expm1(spent / hazard * np.log1p(span)) / span
    happens = share ** (1 / phi["kappa"]) if sign > 0 else np.inf
    now = 1.0 if over else rng.uniform(0.05, 0.95)
    known = over if scheduled else over or happens < now
    end = 0.0 if scheduled else min(now, happens)
    shared, talk = rng.standard_normal(2)
    case = Case(
        question=name,
        prior_mean=float(expit(m)),
        answer=sign if known else 0,
        elapsed=float(end),
        scheduled=bool(scheduled),
        observations=tuple(_reports(rng, shape, phi, name, m, sign, shared)),
        sightings=tuple(_forecasts(rng, shape, phi, opening, sign, shared, talk, end, span)),
        span=span,
    )
    return case, sign


def _noise(rng, shape):
    return rng.standard_normal() if np.isinf(shape.tail) else rng.standard_t(shape.tail)


def _reports(rng, shape, phi, name, m, sign, shared):
    made = []
    for story in range(rng.poisson(shape.stories)):
        size = rng.geometric(0.5) + (rng.integers(2, 9) if rng.random() < 0.1 else 0)
        own = phi["tau_k"] * rng.standard_normal()
        for _ in range(size):
            place = f"{name}-R{len(made):03d}"
            source, judge = rng.integers(shape.sources), rng.integers(shape.judges)
            weight = (
                phi["mu"][source] * sign
                + phi["b_source"][source]
                + phi["b_judge"][judge]
                + phi["delta_R"] * m
                + phi["tau_R"] * shared
                + own
                + phi["noise"][source] * _noise(rng, shape)
            )
            if made and rng.random() < shape.copies:
                weight = made[rng.integers(len(made))].weight
            letter = LETTERS[phi["letters"][source]]
            labels = (f"{name}-S{story}", f"source {source:03d}", letter)
            made.append(Observation(place, *labels, 1.0, float(weight), (f"judge {judge}",), AT))
    return made


def _forecasts(rng, shape, phi, opening, sign, shared, talk, end, span):
    for member in range(shape.members):
        if rng.random() >= shape.share:
            continue
        made_at = float(rng.uniform(0, 0.5) * end)
        then = decayed(np.array(opening), made_at, phi["kappa"], span)
        noise = np.exp(phi["log_sigma_member"][member]) * rng.standard_normal()
        said = (
            phi["bias"][member]
            + phi["delta"] * then
            + phi["gamma"][member] * sign
            + phi["tau_F"] * shared
            + phi["tau_F2"] * talk
            + phi["omega"] * rng.standard_normal()
            + noise
        )
        yield Sighting(f"member {member:03d}", float(expit(said)), made_at, AT)
