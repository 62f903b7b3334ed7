"""The model in PyMC and the fast path are one mathematics, written twice."""

from datetime import timedelta

import numpy as np
import pytest

from forecast.belief import kernel
from forecast.belief.collapsed import log_likelihood, log_ratio
from forecast.belief.dataset import columns, dataset
from forecast.belief.density import layout
from forecast.belief.dossier import case_of
from forecast.belief.kernel import Data
from forecast.belief.model import build
from forecast.belief.sampling import named_draws
from forecast.belief.seen import log_density, prior_log_odds, state_of
from tests.forecast.belief.worlds import OPEN, fit_of, random_dossiers

pm = pytest.importorskip("pymc")

AT = OPEN + timedelta(days=15)
DRAWS = 5


@pytest.fixture(scope="module")
def history():
    rng = np.random.Generator(np.random.PCG64(7))
    cases = [case_of(one, AT, with_forecasts=True) for one in random_dossiers(rng, 40)]
    built = build(dataset(cases))
    with built.model, pytest.warns(UserWarning, match="Potentials"):
        tree = pm.sample_prior_predictive(DRAWS, random_seed=3)
    prior = tree["prior"].to_dataset()
    ordered = sorted(cases, key=lambda case: case.question)
    draws = named_draws({"posterior": labelled(prior, dataset(cases))})
    return ordered, built, prior, fit_of(draws)


def labelled(prior, data):
    """The draws of those who are in the data, by their names."""
    named = {"source": data.sources, "judge": data.judges, "member": data.members}
    present = prior.isel({dim: slice(len(names)) for dim, names in named.items()})
    return present.assign_coords({dim: list(names) for dim, names in named.items()})


def points(built, prior):
    """The model's own input for each prior draw: values on its unconstrained scale."""
    model = built.model
    for draw in range(DRAWS):
        point = {}
        for rv in model.free_RVs:
            value = prior[rv.name].values[0, draw]
            transform = model.rvs_to_transforms[rv]
            name = model.rvs_to_values[rv].name
            point[name] = np.log(value) if transform is not None else value
        yield point


def compiled(built, *expressions):
    model = built.model
    return model.compile_fn(model.replace_rvs_by_values(list(expressions)), point_fn=True)


def test_the_fast_path_gives_the_log_odds_of_the_pymc_model_to_1e_9(history):
    cases, built, prior, fit = history
    by_pymc = compiled(built, built.yes - built.no)
    theirs = np.array([by_pymc(point)[0] for point in points(built, prior)])
    ours = np.array(
        [prior_log_odds(case, fit) + log_ratio(state_of(case, fit)) for case in cases]
    ).T
    answered_no = np.array([case.answer < 0 for case in cases])
    assert np.abs(theirs - ours)[:, ~answered_no].max() < 1e-9


def test_the_fast_path_gives_the_likelihood_of_the_pymc_model_to_1e_9(history):
    """Answered, early and late, and open: what the refit meter weighs is what is sampled."""
    cases, built, prior, fit = history
    (likelihood,) = built.model.potentials
    by_pymc = compiled(built, likelihood)
    theirs = np.array([float(by_pymc(point)[0]) for point in points(built, prior)])
    ours = sum(log_density(case, state_of(case, fit), fit) for case in cases)
    assert np.abs(theirs - ours).max() < 1e-9 * np.abs(theirs).max()


def test_the_derivative_is_that_of_the_likelihood(history):
    """Against central differences, in the plain and in the heavy-tailed model."""
    cases, *_ = history
    data = dataset(cases)
    room = np.array([len(data.sources), len(data.judges), len(data.members)])
    size = layout(data, robust=True).size
    point = 0.5 + 0.1 * np.random.Generator(np.random.PCG64(5)).standard_normal(size)
    columns_of = tuple(columns(data)[name] for name in Data._fields)
    for stretch in (1.0, 1.8):
        point[-1] = stretch
        derivative = kernel.log_likelihood(point, room, columns_of)[3]
        for place in range(size):
            if stretch == 1.0 and place == size - 1:
                continue
            step = 1e-5 * np.eye(size)[place]
            up, down = (
                kernel.log_likelihood(point + s, room, columns_of)[0] for s in (step, -step)
            )
            assert derivative[place] == pytest.approx((up - down) / 2e-5, rel=1e-5, abs=1e-5)


def test_the_likelihood_is_that_of_one_large_gaussian(history):
    """Against a dense covariance for each question: nothing is lost by collapsing."""
    cases, _, _, fit = history
    for case in cases:
        for sign in (1.0, -1.0):
            dense = [dense_log_likelihood(case, fit, draw, sign) for draw in range(DRAWS)]
            ours = log_likelihood(state_of(case, fit), sign)
            count = len(case.observations) + len(case.sightings)
            ours = ours - 0.5 * count * np.log(2 * np.pi)
            assert np.allclose(ours, dense, atol=1e-9)


def dense_log_likelihood(case, fit, draw, sign):
    from scipy.stats import multivariate_normal

    from forecast.belief.dataset import clipped_logit
    from forecast.belief.decay import decayed
    from forecast.belief.draws import (
        judge_bias,
        member_bias,
        member_information,
        member_variance,
        source_bias,
        source_mean,
        source_variance,
    )

    d = {name: values[draw] for name, values in fit.draws.items()}
    m = np.log(case.prior_mean / (1 - case.prior_mean))
    x, mean, story = [], [], []
    for one in case.observations:
        x.append(one.weight)
        signal = one.credibility * source_mean(fit, one.source, one.letter)[draw]
        bias = source_bias(fit, one.source)[draw] + judge_bias(fit, one.judges)[draw]
        mean.append(sign * signal + bias + d["delta_R"] * m)
        story.append(one.story)
    opening = np.array([d["c0"] + d["c1"] * m])
    for one in case.sightings:
        x.append(clipped_logit(np.array(one.prob)))
        then = decayed(opening, one.elapsed, d["kappa"], case.span)[0]
        gamma = member_information(fit, one.member)[draw]
        mean.append(sign * gamma + member_bias(fit, one.member)[draw] + d["delta"] * then)
        story.append(None)
    if not x:
        return 0.0
    n, k = len(x), len(case.observations)
    report = np.arange(n) < k
    narrative = np.where(report, d["tau_R"], d["tau_F"])
    talk = np.where(report, 0.0, d["tau_F2"])
    same = np.array([[a is not None and a == b for b in story] for a in story])
    noise = [source_variance(fit, one.source)[draw] for one in case.observations]
    noise += [member_variance(fit, one.member)[draw] + d["omega"] ** 2 for one in case.sightings]
    cov = np.outer(narrative, narrative) + np.outer(talk, talk) + np.diag(noise)
    cov += d["tau_k"] ** 2 * same
    return multivariate_normal.logpdf(x, mean, cov)
