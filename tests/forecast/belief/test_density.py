"""What is sampled has the density that the model in PyMC states."""

from datetime import timedelta

import numpy as np
import pytest

from forecast.belief import density
from forecast.belief.chains import Chain, side_by_side
from forecast.belief.dataset import dataset
from forecast.belief.density import from_prior, layout, log_density, parameters_at
from forecast.belief.dossier import case_of
from forecast.belief.kernel import Phi
from forecast.belief.model import LEANING, SIGNED, build
from forecast.belief.phi import BY_NAME, PARAMETERS
from tests.forecast.belief.worlds import OPEN, random_dossiers

AT = OPEN + timedelta(days=15)


@pytest.fixture(scope="module")
def data():
    rng = np.random.Generator(np.random.PCG64(7))
    return dataset([case_of(one, AT, with_forecasts=True) for one in random_dossiers(rng, 40)])


def rng_of(seed):
    return np.random.Generator(np.random.PCG64(seed))


def test_the_likelihood_takes_the_parameters_in_the_order_of_their_table():
    assert Phi._fields == tuple(one.name for one in PARAMETERS)


def point_of(model, x, where):
    """PyMC's input for a sampled vector; whoever is in the rest of the room is plainly average."""
    c0, c1, delta = (x[where.slices[name]][0] for name in ("c0", "c1", "delta"))
    point = {}
    for value in model.value_vars:
        name = model.values_to_rvs[value].name.removesuffix(SIGNED)
        places = where.slices["bias" if name == LEANING else name]
        shape = model.initial_point()[value.name].shape
        unbiased = delta * (c0 + c1 * where.middle)
        filled = np.full(shape, unbiased if name == LEANING else 0.0)
        filled.reshape(-1)[: places.stop - places.start] = x[places]
        point[value.name] = filled
    return point


@pytest.mark.slow
@pytest.mark.parametrize("robust", [False, True], ids=["plain", "robust"])
def test_the_density_and_its_gradient_are_those_of_the_pymc_model(data, robust):
    where, model = layout(data, robust=robust), build(data, robust=robust).model
    ours, theirs = log_density(data, where), model.compile_logp()
    slopes = model.compile_dlogp()
    points = [from_prior(where, rng_of(seed)) for seed in range(4)]
    found = [(ours(x), theirs(point_of(model, x, where))) for x in points]
    gaps = [value - float(their_value) for (value, _), their_value in found]
    assert np.ptp(gaps) < 1e-8 * max(abs(value) for (value, _), _ in found)
    for x, ((_, slope), _) in zip(points, found, strict=True):
        parts, at = {}, 0
        by_pymc = slopes(point_of(model, x, where))
        for value in model.value_vars:
            size = model.initial_point()[value.name].size
            parts[model.values_to_rvs[value].name.removesuffix(SIGNED)] = by_pymc[at : at + size]
            at += size
        for name, places in where.slices.items():
            mine = slope[places] if places.stop <= where.size else []
            theirs_of = parts.get(LEANING if name == "bias" else name, np.zeros(0))
            assert np.allclose(mine, theirs_of[: len(mine)], rtol=1e-8, atol=1e-8)


@pytest.mark.parametrize("robust", [False, True], ids=["plain", "robust"])
def test_the_gradient_is_that_of_the_density(data, robust):
    where = layout(data, robust=robust)
    at = log_density(data, where)
    x = from_prior(where, rng_of(3))
    _, slope = at(x)
    for place in range(where.size):
        step = 1e-5 * np.eye(where.size)[place]
        difference = (at(x + step)[0] - at(x - step)[0]) / 2e-5
        assert slope[place] == pytest.approx(difference, rel=1e-4, abs=1e-4)


def test_a_vector_from_the_prior_is_spread_as_the_prior_is(data):
    where = layout(data, robust=True)
    vectors = np.stack([from_prior(where, rng_of(seed)) for seed in range(4000)])
    phi = parameters_at(vectors, where)
    for name in ("c0", "mu_grade", "bias", "log_sigma_member"):
        prior, drawn = BY_NAME[name], phi[:, where.slices[name]]
        assert np.allclose(drawn.mean(axis=0), prior.mean, atol=0.1 * prior.sd)
        assert np.allclose(drawn.std(axis=0), prior.sd, rtol=0.06)
    for name in ("tau_k", "tau_R"):
        mean = BY_NAME[name].sd * (2 / np.pi) ** 0.5
        assert phi[:, where.slices[name]].mean() == pytest.approx(mean, rel=0.05)
    assert np.median(phi[:, where.slices["kappa"]]) == pytest.approx(1.0, abs=0.02)
    assert ((phi[:, -1] > 1) & (phi[:, -1] < 2.5)).all()


@pytest.mark.parametrize("name", [one.name for one in PARAMETERS])
@pytest.mark.parametrize("far", [-1e3, -40.0, 0.0, 40.0, 1e3])
def test_far_out_it_raises_nothing(data, name, far):
    """A sampler steps there once in a while; what is not finite makes it turn back."""
    where = layout(data, robust=True)
    x = from_prior(where, rng_of(1))
    x[where.slices[name]] = far
    value, slope = log_density(data, where)(x)
    assert value < np.inf or np.isnan(value)
    assert slope.shape == x.shape


def test_a_sampler_that_steps_where_nothing_is_finite_turns_back(monkeypatch):
    """The density is made to end above c0 = .3, one standard deviation of its prior."""
    few = dataset([case_of(one, AT, with_forecasts=True) for one in random_dossiers(rng_of(3), 5)])
    visited = []

    def ending(data, where):
        at = log_density(data, where)

        def cut(x):
            value, slope = at(x)
            visited.append(x[0])
            return (value, slope) if x[0] < 0.3 else (np.nan, slope)

        return cut

    monkeypatch.setattr(density, "log_density", ending)
    (drawn,) = side_by_side([Chain(few, 1, 50, 0.8, False, "nutpie")])
    assert max(visited) >= 0.3
    assert drawn.phi["c0"].max() < 0.3


def test_where_members_have_no_noise_the_density_is_not_finite(data):
    where = layout(data)
    x = from_prior(where, rng_of(3))
    x[where.slices["omega"]], x[where.slices["log_sigma_member"]] = 0.0, -1e3
    assert not np.isfinite(log_density(data, where)(x)[0])
