"""Pictures of a posterior are drawn of what was sampled, even where nobody has forecast."""

from dataclasses import replace

import numpy as np
import pytest

from forecast.belief.dataset import dataset
from forecast.belief.portraits import SHARED, portraits
from forecast.belief.sampling import sample
from tests.forecast.belief.test_sampling import world

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


def drawn(cases, tmp_path):
    sampled = sample(dataset(cases), seed=1, draws=60, runs=1)
    rng = np.random.Generator(np.random.PCG64(1))
    found = {}
    for name, picture in portraits(sampled, rng):
        picture.savefig(tmp_path / f"{name}.png")
        found[name] = picture
    return found


def titles(picture):
    """What stands over the panels of a picture."""
    axes = np.ravel(picture.viz["figure"].item().axes)
    return {one.get_title() for one in axes}


def test_each_shared_parameter_has_its_panel(tmp_path):
    found = drawn(world(30), tmp_path)
    assert list(found) == ["trace", "rank", "energy", "prior_posterior", "posterior_predictive"]
    for name in ("trace", "rank", "prior_posterior"):
        assert set(SHARED) <= titles(found[name])
    assert all((tmp_path / f"{name}.png").stat().st_size > 5_000 for name in found)


def test_there_is_one_too_where_nobody_forecast_and_no_answer_is_known(tmp_path):
    silent = [replace(one, sightings=(), answer=0) for one in world(20)]
    assert list(drawn(silent, tmp_path)) == ["trace", "rank", "energy", "prior_posterior"]
    answered = [replace(one, sightings=()) for one in world(20)]
    assert "posterior_predictive" in drawn(answered, tmp_path)
