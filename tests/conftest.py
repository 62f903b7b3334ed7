"""Both engines for every test that asks for a ``place``: a SQLite file, a PostgreSQL schema."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest
from hypothesis import HealthCheck, settings

from questions.store.place import Place, Server
from tests.server import TestServer, started

# Nothing is tested against a clock: a loaded machine breaks no law.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[TestServer]:
    """The PostgreSQL server of these tests, started when the first of them asks for it."""
    server = started()
    server.do("CREATE ROLE owner LOGIN", "CREATE DATABASE team OWNER owner")
    yield server
    server.close()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def new_place(request, tmp_path_factory) -> Callable[[], Place]:
    """Makes a fresh place for a store; on a server it is the ordinary role ``owner``'s."""
    if request.param == "sqlite":
        folder = tmp_path_factory.mktemp("stores")
        return lambda: folder / f"{next(_NUMBERS)}.db"
    server = request.getfixturevalue("server")

    def fresh() -> Server:
        schema = f"store{next(_NUMBERS)}"
        server.do(f"CREATE SCHEMA {schema} AUTHORIZATION owner", base="team")
        return Server(server.url(schema, user="owner", base="team"))

    return fresh


@pytest.fixture
def place(new_place) -> Place:
    """A place where no store is yet."""
    return new_place()
