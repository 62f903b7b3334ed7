"""SciPy is loaded before the first timed example."""

import pytest


@pytest.fixture(scope="session", autouse=True)
def _scipy_is_there():
    import scipy.optimize
    import scipy.special  # noqa: F401
