"""Simulation-based calibration of beliefs that are not about one yes or no.

Parameters from the model's prior, the truth from the question's, what is said of it from the
model; the belief must then give the truth the chance that it has (Talts, Betancourt, Simpson,
Vehtari and Gelman 2018). A truth is ranked in its belief by the probability integral transform,
at random within its cell (Czado, Gneiting and Held 2009). A fit has some draws of the
parameters of which one, drawn evenly, is the truth's.
"""

import sys
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
import pytest

from forecast.belief.dataset import clipped_logit
from forecast.belief.fold import believe
from forecast.belief.kinds.pairs import weigh_pair
from forecast.belief.kinds.rungs import believe_rungs
from forecast.records import Spread, Stated
from questions.records import Date, MultipleChoice, Numeric
from questions.values import Cdf, Shares
from tests.forecast.belief.kinds.simulated import (
    bayes,
    draws_from_prior,
    draws_of_the_worthy,
    fitted,
    of_readings,
    of_shares,
    of_weights,
    one_of,
    readings_said,
    shares_said,
    some_said,
    told,
    toward,
    weights_said,
)
from tests.forecast.belief.kinds.test_rungs import NAMES, ladder
from tests.forecast.belief.worlds import CLOSE, OPEN, dossier, said

DAY = timedelta(days=1)
AT = OPEN + DAY
PARTIES = MultipleChoice(("Red", "Blue", "Green", "Other"))
RAIN = Numeric(0, 100, "mm", open_lower_bound=True, open_upper_bound=True)
WHEN = Date(OPEN, CLOSE)
LIFE = 48
LEVELS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99)


@dataclass(frozen=True)
class Simulated:
    """A belief, and what it is about."""

    belief: np.ndarray
    """(cells,)"""
    cell: int
    """The one that is true."""
    part: float | None = None
    """How much of that cell lies below the truth, where the cells have an order within."""
    exact: np.ndarray | None = None
    """(cells,) the belief by dense algebra."""
    low: float = 0.0
    high: float = 1.0
    """The interval of the first cell's chance, or of a number's median."""
    held: float = 0.5
    """What it is an interval of, had the prior and the parameters been known."""


def expit(x):
    return 1 / (1 + np.exp(-x))


def logit(p):
    return np.log(p / (1 - p))


def options(rng, size, members=0.0):
    draws = draws_from_prior(rng, size)
    phi, prior, worth = one_of(draws, rng.integers(size)), rng.dirichlet([4, 3, 3, 2]), 10.0
    theta = rng.dirichlet(prior * worth)
    cell = int(rng.choice(4, p=theta))
    who = some_said(rng, members=members)
    heard = shares_said(rng, phi, who, prior, cell)
    reports = told(
        who, heard[:, 0], signals=[zip(PARTIES.options, row, strict=True) for row in heard]
    )
    votes = [
        replace(said(name, 0.5), value=_shares(np.exp(row - row.max())))
        for name, row in zip(who.members, heard[len(who.sources) :], strict=True)
    ]
    matter = replace(
        dossier(*reports, forecasts=votes), kind=PARTIES, spread=Spread(_shares(prior), worth)
    )
    found = believe(matter, fitted(draws, 400 // size), AT, joint=members > 0)
    likelihoods = [of_shares(one_of(draws, at), who, prior, heard) for at in range(size)]
    first = bayes(theta, np.array([of_shares(phi, who, prior, heard)]))[0]
    return Simulated(
        belief=np.array([share for _, share in found.value.by_option]),
        cell=cell,
        exact=bayes(prior, np.array(likelihoods)),
        low=found.intervals[0][1],
        high=found.intervals[0][2],
        held=first,
    )


def _shares(weights):
    return Shares(tuple(zip(PARTIES.options, (weights / weights.sum()).tolist(), strict=True)))


def joint_of_options(rng, size):
    return options(rng, size, members=0.7)


def number(rng, size, members=0.0):
    """A normal prior worth ten cases, and readings of the truth.

    Of parameters that are known they are as precise as their source is good; of several draws,
    which a stated spread must not tell apart, as comes.
    """
    from scipy.stats import norm

    draws = draws_of_the_worthy(rng, size)
    phi, who = one_of(draws, rng.integers(size)), some_said(rng, members=members)
    worth, middle, sd = toward(phi, who), rng.uniform(40, 60), rng.uniform(6, 12)
    spreads = 10 / np.sqrt(worth) if size == 1 else rng.uniform(6, 24, len(worth))
    nodes = np.linspace(0, 100, 201)
    prior = norm.cdf(nodes, middle, sd)
    share = rng.dirichlet(10.0 * np.diff(prior, prepend=0.0, append=1.0) + 1e-9)
    truth = (rng.choice(202, p=share) - rng.random()) / 2
    centres = readings_said(rng, phi, who, truth, spreads)
    quantiles = centres[:, None] + spreads[:, None] * norm.ppf(LEVELS)
    signals = [list(zip(LEVELS, row.tolist(), strict=True)) for row in quantiles]
    heard = []
    for row, name in enumerate(who.members, start=len(who.sources)):
        precision = spreads[row] ** -2 + phi["delta"] / sd**2
        pulled = (centres[row] * spreads[row] ** -2 + phi["delta"] * middle / sd**2) / precision
        value = Cdf(tuple(norm.cdf(nodes, pulled, precision**-0.5).tolist()))
        heard.append(replace(said(name, 0.5), value=value))
    reports = told(who, centres, signals=signals[: len(who.sources)])
    spread = Spread(Cdf(tuple(prior.tolist())), 10.0)
    matter = replace(dossier(*reports, forecasts=heard), kind=RAIN, spread=spread)
    found = believe(matter, fitted(draws), AT, joint=members > 0)
    places = (np.arange(202) - 0.5) / 2
    own = np.cumsum(bayes(share + 1e-300, of_readings(phi, who, centres, spreads, places)[None]))
    low, high = found.intervals[1][1:]
    half = float(places[np.searchsorted(own, 0.5)])
    return replace(_on_a_grid(found, nodes, truth), low=low - 0.25, high=high + 0.25, held=half)


def joint_of_numbers(rng, size):
    return number(rng, size, members=0.7)


def _on_a_grid(found, nodes, truth):
    points = np.array(found.value.points)
    cell = int(np.searchsorted(nodes, truth))
    inside = 0 < cell < len(nodes)
    part = (truth - nodes[cell - 1]) / (nodes[cell] - nodes[cell - 1]) if inside else None
    return Simulated(np.diff(points, prepend=0.0, append=1.0), cell, part)


def date(rng, size):
    """An event at a Weibull hazard that has not come yet, and plain reports of it."""
    draws, chance = draws_from_prior(rng, size), rng.uniform(0.2, 0.9)
    phi, who = one_of(draws, rng.integers(size)), some_said(rng)
    hazard = np.logaddexp(0, phi["c0"] + phi["c1"] * logit(chance))
    now, truth = 0.0, -1.0
    while truth <= now:
        now = rng.uniform(0, 0.9)
        truth = (rng.exponential() / hazard) ** (1 / phi["kappa"])
    signs = np.full(len(who.sources), 1.0 if truth <= 1 else -1.0)
    weights = weights_said(rng, phi, who, signs, logit(chance))
    matter = replace(
        dossier(*told(who, weights), basis=Stated(chance, 8.0)), kind=WHEN, stated=True
    )
    found = believe(matter, fitted(draws), OPEN + now * LIFE * DAY)
    return _on_a_grid(found, np.linspace(0, 1, 201), truth)


def deadlines(rng, size, members=0.0):
    """Three deadlines with their own priors, and what is said of any of them."""
    draws, raw = _rising(rng, size), np.sort(rng.uniform(0.05, 0.9, 3))
    chances = expit(draws["c0"][:, None] + draws["c1"][:, None] * logit(raw))
    place, now, days = rng.integers(size), rng.uniform(0, 47), np.array([0, 16, 32, 48])
    hazards = np.pad(-np.log1p(-chances), ((0, 0), (1, 0)))
    time = days[None, :] ** draws["kappa"][:, None]
    at = now ** draws["kappa"]
    gone = np.array([np.interp(a, t, h) for a, t, h in zip(at, time, hazards, strict=True)])
    left = np.maximum(hazards[:, 1:] - gone[:, None], 0)
    later = -np.expm1(-left)
    return _climbed(rng, draws, place, raw, (chances, later), now, members, by_deadline=True)


def joint_of_deadlines(rng, size):
    return deadlines(rng, size, members=0.7)


def numbers(rng, size):
    """Three numbers that something is above by a date."""
    draws, raw = _rising(rng, size), np.sort(rng.uniform(0.05, 0.9, 3))
    now = rng.uniform(0, 47)
    odds = draws["c0"][:, None] + draws["c1"][:, None] * logit(raw)
    left = 1 - (now / LIFE) ** draws["kappa"]
    later = -np.expm1(-np.logaddexp(0, odds) * left[:, None])
    place = rng.integers(size)
    return _climbed(rng, draws, place, raw, (expit(odds), later), now, 0.0, by_deadline=False)


def _rising(rng, size):
    """Draws by which a rung is no likelier than the next."""
    draws = draws_from_prior(rng, 4 * size)
    kept = np.resize(np.flatnonzero(draws["c1"] > 0.2), size)
    return {name: values[kept] for name, values in draws.items()}


def _climbed(rng, draws, place, raw, chances, now, members, *, by_deadline):
    """A ladder whose truth, and what is said of its rungs, are drawn from one of some draws.

    ``chances`` are those of the rungs at the opening, when members speak, and now.
    """
    opening, later = chances
    cells = np.maximum(np.diff(later, prepend=0.0, append=1.0), 1e-12)
    cell = int(rng.choice(4, p=cells[place] / cells[place].sum()))
    phi, who = one_of(draws, place), some_said(rng, members=members)
    reported = rng.integers(3, size=len(who.sources))
    spoken = [(name, rung) for name in who.members for rung in range(3) if rng.random() < 0.6]
    who = replace(who, members=tuple(name for name, _ in spoken))
    foreseen = np.array([rung for _, rung in spoken], dtype=int)
    known = logit(np.clip(opening, 1e-9, 1 - 1e-9))[:, foreseen]
    signs = np.where(np.arange(4)[:, None] <= np.concatenate([reported, foreseen]), 1.0, -1.0)
    odds, reports = logit(raw)[reported], len(reported)
    heard = weights_said(rng, phi, who, signs[cell], odds, known[place])
    heard[reports:] = clipped_logit(expit(heard[reports:]))
    rungs = ladder(
        told(who, heard[:reports], questions=[NAMES[rung] for rung in reported]),
        tuple((Stated(float(one), 8.0), True) for one in raw),
        by_deadline=by_deadline,
        people=[
            replace(said(name, float(expit(one)), day=0), question=NAMES[rung])
            for (name, rung), one in zip(spoken, heard[reports:], strict=True)
        ],
    )
    at = OPEN + now * DAY
    found = believe_rungs(rungs[0], fitted(draws), at, joint=members > 0)
    likelihoods = [
        [of_weights(one_of(draws, at), who, sign, odds, heard, known[at]) for sign in signs]
        for at in range(len(cells))
    ]
    return Simulated(found.mean, cell, exact=bayes(cells, np.array(likelihoods)))


def pair(rng, size):
    """A question that hangs on another, with reports on both."""
    draws, chance, worth = draws_from_prior(rng, size), rng.uniform(0.2, 0.8), 8.0
    given, now = rng.uniform(0.05, 0.95, 2), rng.uniform(0, 47)
    hazards = np.logaddexp(0, draws["c0"] + draws["c1"] * logit(chance))
    first = -np.expm1(-hazards * (1 - (now / LIFE) ** draws["kappa"]))
    place = rng.integers(size)
    table = np.stack([first, first, 1 - first, 1 - first], -1)
    table = table * np.array([given[0], 1 - given[0], given[1], 1 - given[1]])
    theta = rng.beta(first[place] * worth, (1 - first[place]) * worth)
    drawn = table[place] * np.repeat([theta / first[place], (1 - theta) / (1 - first[place])], 2)
    cell = int(rng.choice(4, p=drawn / drawn.sum()))
    phi, sides = one_of(draws, place), (some_said(rng), some_said(rng))
    signs, odds = (
        (np.array([1.0, 1, -1, -1]), np.array([1.0, -1, 1, -1])),
        (logit(chance), logit(0.3)),
    )
    heard = [
        weights_said(rng, phi, who, sign[cell], one)
        for who, sign, one in zip(sides, signs, odds, strict=True)
    ]
    other, hanging = (
        dossier(*told(who, one), basis=Stated(prior, worth), question=name)
        for who, one, prior, name in zip(sides, heard, (chance, 0.3), ("Q1", "Q2"), strict=True)
    )
    matter = replace(hanging, given=(other, *given))
    likelihoods = np.array(
        [
            sum(
                np.array([of_weights(one_of(draws, at), who, s, one, x) for s in sign])
                for who, sign, one, x in zip(sides, signs, odds, heard, strict=True)
            )
            for at in range(size)
        ]
    )
    fit, at = fitted(draws, 400 // size), OPEN + now * DAY
    asked = believe(matter, fit, at)
    own = bayes(drawn, likelihoods[[place]])
    return Simulated(
        weigh_pair(matter, fit, at).mean,
        cell,
        exact=bayes(table, likelihoods),
        low=asked.ci_low,
        high=asked.ci_high,
        held=own[0] + own[2],
    )


CELLS = (options, deadlines, joint_of_deadlines, numbers, pair)
"""Of these Bayes' rule is a few lines of dense algebra."""
ORDERED = (number, joint_of_numbers, date)
WITH_INTERVAL = (options, pair, number)


def simulated(kind, size, count, seed=0):
    seeds = (np.random.PCG64([seed, size, number]) for number in range(count))
    return [kind(np.random.Generator(one), size) for one in seeds]


def ranks(found, seed=0):
    """(simulations,) where the truth lies in its belief, from 0 to 1."""
    rng = np.random.Generator(np.random.PCG64(seed))
    parts = [rng.random() if one.part is None else one.part for one in found]
    below = [one.belief[: one.cell].sum() for one in found]
    return np.array(below) + np.array(parts) * [one.belief[one.cell] for one in found]


def cover(found, prob):
    """How often the central interval of that probability holds the truth."""
    return float(np.mean(abs(ranks(found) - 0.5) <= prob / 2))


def p_of(found, bins=10):
    """The p value of a chi-square test that ranks are uniform."""
    from scipy.stats import chisquare

    places = np.clip((ranks(found) * bins).astype(int), 0, bins - 1)
    return float(chisquare(np.bincount(places, minlength=bins)).pvalue)


def reliability(found, bins=10):
    """Brier's reliability of the chances of cells, what chance alone leaves of it, and p.

    Murphy (1973). One cell of each question, at random, so that they do not depend on each other.
    """
    from scipy.stats import chi2

    rng = np.random.Generator(np.random.PCG64(1))
    asked = [int(rng.choice(np.flatnonzero(one.belief > 1e-9))) for one in found]
    stated = np.array([one.belief[cell] for one, cell in zip(found, asked, strict=True)])
    came = np.array([one.cell == cell for one, cell in zip(found, asked, strict=True)])
    place = np.argsort(np.argsort(stated)) * bins // len(stated)
    off = np.bincount(place, came - stated)
    spread = np.bincount(place, stated * (1 - stated))
    count = np.bincount(place)
    square = float(np.sum(off**2 / spread))
    score, left = (float(np.sum(one / count) / len(stated)) for one in (off**2, spread))
    return score, left, float(chi2.sf(square, bins))


def held(found):
    """How often an interval held what it is an interval of."""
    return float(np.mean([one.low <= one.held <= one.high for one in found]))


@pytest.mark.parametrize("size", [1, 20])
@pytest.mark.parametrize("kind", CELLS)
def test_a_belief_about_cells_is_bayes_rule_and_calibrated(kind, size):
    found = simulated(kind, size, 100)
    assert all(one.belief == pytest.approx(one.exact, abs=1e-8) for one in found)
    assert 0.8 <= cover(found, 0.9) <= 0.98
    assert 0.35 <= cover(found, 0.5) <= 0.65
    assert p_of(found, bins=5) > 0.01 / 8
    assert reliability(found, bins=5)[2] > 0.01 / 8


@pytest.mark.parametrize("size", [1, 20])
@pytest.mark.parametrize("kind", ORDERED)
def test_a_belief_about_a_number_or_a_date_is_calibrated(kind, size):
    found = simulated(kind, size, 100)
    assert 0.8 <= cover(found, 0.9) <= 0.98
    assert 0.35 <= cover(found, 0.5) <= 0.65
    assert p_of(found, bins=5) > 0.01 / 6


@pytest.mark.parametrize("kind", WITH_INTERVAL)
def test_an_interval_holds_what_would_be_believed_if_all_were_known(kind):
    assert 0.8 <= held(simulated(kind, 20, 100)) <= 0.98


def test_the_joint_of_options_is_bayes_rule_but_for_the_most_certain_forecasts():
    """They are taken no closer to certainty than pooling takes them."""
    apart = [abs(one.belief - one.exact).max() for one in simulated(joint_of_options, 20, 100)]
    assert np.mean(apart) < 0.002
    assert np.median(apart) < 1e-8


ALL = (*CELLS, joint_of_options, *ORDERED)
TESTS = 2 * len(ALL) + 2 * (len(CELLS) + 1)
"""So many p values there are in all."""


@pytest.mark.soak
@pytest.mark.parametrize("size", [1, 20])
@pytest.mark.parametrize("kind", ALL)
def test_thousands_of_beliefs_of_every_kind_are_calibrated(kind, size):
    found = simulated(kind, size, 2500, seed=1)
    figures = cover(found, 0.9), cover(found, 0.5), p_of(found)
    _tell(kind, size, f"90 % {figures[0]:.3f}, 50 % {figures[1]:.3f}, p {figures[2]:.3f}")
    assert 0.88 <= figures[0] <= 0.92
    assert 0.46 <= figures[1] <= 0.54
    assert TESTS * figures[2] > 0.01
    if kind not in ORDERED:
        score, left, p = reliability(found)
        _tell(kind, size, f"reliability {score:.5f}, by chance {left:.5f}, p {p:.3f}")
        assert TESTS * p > 0.01
    if kind in WITH_INTERVAL and size > 1:
        _tell(kind, size, f"its interval holds {held(found):.3f}")
        assert 0.87 <= held(found) <= 0.93


def _tell(kind, size, words):
    sys.stderr.write(f"\n{kind.__name__}, {size} draws: {words}")
