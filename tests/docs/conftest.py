"""Documents are run in folders of their own, with nothing in the environment."""

import pytest

from tests.docs.sessions import Session


@pytest.fixture(scope="session")
def analysts(server):
    """The server, with the role that examples name."""
    server.do("CREATE ROLE analysts", base="team")
    return server


@pytest.fixture
def session(tmp_path, monkeypatch):
    """A shell in an empty folder, with a home of its own."""
    here = tmp_path / "work"
    here.mkdir()
    return Session(here, monkeypatch)
