"""A fit comes back from the store as it was kept."""

import numpy as np

from forecast.belief import memory
from forecast.belief.draws import SHARED
from tests.forecast.belief.worlds import PASSED, keep_fit
from tests.forecast.desk.conftest import OPEN, furnish


def keep(office, names):
    """A fit on record with draws of these parameters."""
    draws = {name: np.arange(5.0) + place for place, name in enumerate(names)}
    keep_fit(office.on(0), draws)
    return draws


def test_each_parameter_gets_its_own_draws_back(tmp_path):
    office = furnish(tmp_path / "a.db")
    draws = keep(office, (*SHARED, "z_b[wire]"))
    with office.store.reading() as read:
        found = memory.last_fit(read, OPEN)
    assert found.diagnostics == PASSED
    assert {name: values.tolist() for name, values in found.draws.items()} == {
        name: values.tolist() for name, values in draws.items()
    }
    office.store.close()


def test_a_fit_of_a_model_with_fewer_parameters_is_none_of_this_one(tmp_path):
    office = furnish(tmp_path / "a.db")
    keep(office, [name for name in SHARED if name != "sd_b"])
    with office.store.reading() as read:
        assert memory.last_fit(read, OPEN) is None
        assert memory.last_sampled(read, OPEN) is None
        assert memory.fits(read) == []
    office.store.close()
