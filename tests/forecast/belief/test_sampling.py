"""The sampler recovers what a simulated world was made of, and its gate says when it has not."""

import os
import signal
from dataclasses import replace
from datetime import UTC, datetime
from math import log
from threading import Timer

import numpy as np
import pytest

from forecast.belief.chains import Chain, _compiled, side_by_side
from forecast.belief.dataset import Case, data_hash, dataset
from forecast.belief.diagnosis import R_HAT_LIMIT, _problems
from forecast.belief.draws import Fit, member_information
from forecast.belief.memory import pack
from forecast.belief.observations import Observation, Sighting
from forecast.belief.sampling import named_draws, sample, tree_of
from forecast.belief.tasks import Cluster, Workers
from forecast.probability import expit, logit

pytestmark = pytest.mark.slow

AT = datetime(2023, 3, 13, tzinfo=UTC)
C0, INFORMED, IDLE = -0.4, 1.3, 0.0


def world(count=150, seed=4):
    """Reference classes that are too high by C0; one member who knows, one who does not."""
    rng = np.random.Generator(np.random.PCG64(seed))
    return [_case(f"Q{number:03d}", rng) for number in range(count)]


def _case(question, rng):
    prior = rng.uniform(0.2, 0.8)
    yes = rng.random() < expit(C0 + logit(prior))
    sign = 1 if yes else -1
    report = Observation(
        report=f"{question}-R",
        story=f"{question}-S",
        source="wire",
        letter="B",
        credibility=1.0,
        weight=float(0.45 * sign + rng.normal(0, 0.8)),
        judges=("ana",),
        at=AT,
    )
    said = {
        name: float(expit(0.7 * (C0 + logit(prior)) + gamma * sign + rng.normal(0, 0.6)))
        for name, gamma in (("informed", INFORMED), ("idle", IDLE))
    }
    sightings = tuple(Sighting(name, prob, 0.0, AT) for name, prob in said.items())
    return Case(question, prior, sign, 0.0, True, (report,), sightings)


@pytest.fixture(scope="module")
def sampled():
    return sample(dataset(world()), seed=3)


def test_the_gate_passes_and_says_what_it_saw(sampled):
    found = sampled.diagnostics
    assert found.ok
    assert found.problems == ()
    assert found.divergences == 0
    assert found.r_hat_max <= R_HAT_LIMIT
    assert found.ess_bulk_min >= 400
    assert (found.n_questions, found.n_reports, found.n_forecasts) == (150, 150, 300)


def test_the_bias_of_the_reference_classes_is_recovered(sampled):
    low, high = np.quantile(sampled.draws["c0"], [0.025, 0.975])
    assert low < C0 < high
    assert high < 0.1


def test_who_knows_something_is_told_from_who_does_not(sampled):
    fit = Fit("M1", AT, 3, "", sampled.diagnostics, sampled.draws)
    informed, idle = (member_information(fit, name) for name in ("informed", "idle"))
    assert (informed > idle + 0.5).mean() > 0.99
    assert abs(informed.mean() - INFORMED) < 0.35
    assert abs(idle.mean() - IDLE) < 0.35


def test_every_parameter_has_its_own_named_draws(sampled):
    assert {"c0", "mu_grade[B]", "z_source[wire]", "bias[idle]"} <= set(sampled.draws)
    assert {draws.shape for draws in sampled.draws.values()} == {(2000,)}
    assert len(pack(sampled.draws)) > 2000 * 8 * len(sampled.draws)


def test_the_posterior_can_be_archived_as_netcdf(sampled, tmp_path):
    import xarray

    path = tmp_path / "posterior.nc"
    sampled.tree.to_netcdf(path, engine="h5netcdf")
    kept = xarray.open_datatree(path, engine="h5netcdf")
    assert np.array_equal(named_draws(kept)["c0"], sampled.draws["c0"])
    kept.close()


def test_the_gate_names_each_failure():
    assert _problems(1.02, 300.0, 3) == (
        "3 divergences",
        "r-hat 1.020 is above 1.01",
        "effective sample 300 is below 400",
    )
    assert _problems(float("nan"), float("nan"), 0)


def test_the_hash_of_the_data_knows_every_change_and_no_order():
    cases = world(5)
    assert data_hash(dataset(cases)) == data_hash(dataset(cases[::-1]))
    changed = [replace(cases[0], answer=-cases[0].answer), *cases[1:]]
    assert data_hash(dataset(cases)) != data_hash(dataset(changed))


def test_the_same_seed_gives_the_same_draws_and_another_does_not():
    data = dataset(world(30))
    first, same, other = (sample(data, seed=seed, draws=60, runs=1).draws for seed in (1, 1, 2))
    assert all(np.array_equal(first[name], same[name]) for name in first)
    assert not np.array_equal(first["c0"], other["c0"])


def test_too_few_draws_are_sampled_on_with_more_chains():
    found = sample(dataset(world(30)), seed=1, draws=60, runs=3)
    assert found.tree["posterior"].sizes["chain"] > 4
    assert found.diagnostics.ok or found.diagnostics.problems


def test_it_gives_up_and_says_what_is_wrong():
    found = sample(dataset(world(30)), seed=1, draws=20, runs=1)
    assert not found.diagnostics.ok
    assert found.diagnostics.problems


def test_whoever_samples_the_chains_the_draws_are_the_same():
    data = dataset(world(30))
    here, spread = (sample(data, seed=1, draws=60, runs=1, crew=c) for c in (None, Workers(2)))
    assert all(np.array_equal(here.draws[name], spread.draws[name]) for name in here.draws)


@pytest.mark.filterwarnings("ignore")
def test_a_fit_on_a_cluster_outlives_a_killed_worker_and_has_the_same_draws():
    distributed = pytest.importorskip("distributed")
    data = dataset(world(30))
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        first = cluster.workers[0].pid
        Timer(1.0, os.kill, (first, signal.SIGKILL)).start()
        found = sample(data, seed=1, draws=60, runs=1, crew=Cluster(cluster.scheduler_address))
        assert cluster.workers[0].pid != first
    here = sample(data, seed=1, draws=60, runs=1)
    assert all(np.array_equal(here.draws[name], found.draws[name]) for name in here.draws)


@pytest.mark.filterwarnings("ignore")
class TestWithoutNutpie:
    @pytest.fixture(autouse=True)
    def alone(self, monkeypatch):
        monkeypatch.setattr("forecast.belief.sampling.best_sampler", lambda: "pymc")

    def test_pymcs_own_sampler_does_it_and_compiles_once_for_all_data_that_fit(self):
        found = sample(dataset(world(60)), seed=1, draws=150, runs=1)
        assert {"c0", "z_source[wire]", "bias[idle]"} <= set(found.draws)
        chains = [Chain(found.data, seed, 150, 0.8, False, "nutpie") for seed in range(4)]
        theirs = named_draws(tree_of(side_by_side(chains), found.data))
        for name in ("c0", "mu_grade[B]", "z_source[wire]", "bias[idle]", "kappa", "tau_R"):
            ours, other = found.draws[name], theirs[name]
            assert ours.mean() == pytest.approx(other.mean(), abs=0.3 * other.std())
            assert ours.std() == pytest.approx(other.std(), rel=0.3)
        before = _compiled.cache_info().misses
        same, again = (
            sample(dataset(world(20, seed=9)), seed=1, draws=20, runs=1).draws for _ in range(2)
        )
        assert _compiled.cache_info().misses == before
        assert all(np.array_equal(same[name], again[name]) for name in same)


def test_what_is_done_is_told_as_it_goes():
    told = []
    sample(dataset(world(30)), seed=1, draws=60, runs=1, watch=lambda *at: told.append(at))
    assert {turn for turn, _ in told} <= {0}
    assert all(0 <= share <= 1 for _, share in told)


def flat_statements(items=60, sources=8, right=0.75, seed=5):
    """Open questions of which each source says yes or no, always with the same weight."""
    rng = np.random.Generator(np.random.PCG64(seed))
    for number in range(items):
        truth, name = (1 if rng.random() < 0.5 else -1), f"Q{number:02d}"
        said = [truth if rng.random() < right else -truth for _ in range(sources)]
        reports = tuple(
            Observation(f"{name}-{n}", f"{name}-{n}", f"s{n}", "B", 1.0, log(3) * one, ("ana",), AT)
            for n, one in enumerate(said)
        )
        yield Case(name, 0.5, 0, 0.0, True, reports, ())


def test_a_source_that_always_says_the_same_does_not_settle_every_question_alone():
    """Were a weight exact, the likelihood would have no bound where one source has no noise."""
    found = sample(dataset(list(flat_statements())), seed=2, draws=300, runs=1)
    worst = found.diagnostics
    assert worst.divergences == 0
    assert worst.r_hat_max < 1.1
