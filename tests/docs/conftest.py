"""Documents are run in folders of their own, with nothing in the environment."""

import pytest

from tests.docs.sessions import Session


@pytest.fixture
def session(tmp_path, monkeypatch):
    """A shell in an empty folder, with a home of its own."""
    here = tmp_path / "work"
    here.mkdir()
    return Session(here, monkeypatch)
