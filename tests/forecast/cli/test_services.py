"""Where platforms are and with whose token: the environment, the keyring, proxies."""

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from forecast.cli import services
from forecast.cli.services import ACCESS, fetched, line_to, token
from questions.errors import BadInput, Unavailable
from tests.forecast.exchange.stub import Reply, served


class Kept(KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self, found=None, locked=False):
        super().__init__()
        self.found, self.locked = found or {}, locked

    def get_password(self, service, username):
        if self.locked:
            raise KeyringLocked("closed")
        return self.found.get((service, username))

    def set_password(self, service, username, password):
        raise NotImplementedError


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    """No platform and no proxy in the environment; an empty keyring."""
    for access in ACCESS.values():
        for name in filter(None, (access.address, access.token, access.email)):
            monkeypatch.delenv(name, raising=False)
    for name in ("http", "https", "all", "no"):
        monkeypatch.delenv(f"{name}_proxy", raising=False)
        monkeypatch.delenv(f"{name}_proxy".upper(), raising=False)
    before = keyring.get_keyring()
    keyring.set_keyring(Kept())
    yield
    keyring.set_keyring(before)


def test_the_environment_comes_before_the_keyring(monkeypatch):
    keyring.set_keyring(Kept({("tidings", "metaculus"): "kept"}))
    assert token("metaculus", "Metaculus").reveal() == "kept"
    monkeypatch.setenv("METACULUS_TOKEN", " fresh\n")
    assert token("metaculus", "Metaculus").reveal() == "fresh"


def test_a_locked_keyring_is_noted_and_the_token_asked_for(capsys):
    keyring.set_keyring(Kept(locked=True))
    with pytest.raises(BadInput, match="no token of Fatebook: give one in FATEBOOK_API_KEY"):
        token("fatebook", "Fatebook")
    assert capsys.readouterr().err == "note: the keyring cannot be read (KeyringLocked)\n"


def test_without_the_keyring_package_the_environment_is_enough(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "keyring", None)
    monkeypatch.setenv("METACULUS_TOKEN", "fresh")
    assert token("metaculus", "Metaculus").reveal() == "fresh"
    monkeypatch.delenv("METACULUS_TOKEN")
    with pytest.raises(BadInput, match="no token of Metaculus"):
        token("metaculus", "Metaculus")


def test_a_token_with_a_break_in_it_is_refused_and_not_shown(monkeypatch):
    monkeypatch.setenv("METACULUS_TOKEN", "abc\r\nX-Evil: 1")
    with pytest.raises(BadInput) as caught:
        token("metaculus", "Metaculus")
    assert "Evil" not in str(caught.value)


@pytest.mark.parametrize(
    ("platform", "set_to", "base"),
    [
        ("metaculus", "", "https://www.metaculus.com/api"),
        ("metaculus", "http://127.0.0.1:8000", "http://127.0.0.1:8000/api"),
        ("metaculus", "http://127.0.0.1:8000/api/", "http://127.0.0.1:8000/api"),
        ("fatebook", "", "https://fatebook.io/api/v0"),
        ("predictionbook", "", "https://predictionbook.com"),
        ("manifold", "http://127.0.0.1:9", "http://127.0.0.1:9/v0"),
    ],
)
def test_an_address_in_the_environment_is_honoured(monkeypatch, platform, set_to, base):
    access = ACCESS[platform]
    monkeypatch.setenv(access.address, set_to)
    if access.token:
        monkeypatch.setenv(access.token, "t")
    with line_to(platform) as line:
        assert line.service.base == base


def test_an_address_that_is_none_is_told_by_its_variable(monkeypatch):
    monkeypatch.setenv("METACULUS_API_BASE_URL", "metaculus")
    with pytest.raises(BadInput, match="METACULUS_API_BASE_URL 'metaculus' cannot be used"):
        fetched("metaculus")


def test_a_history_comes_as_a_tree_that_its_reader_takes(monkeypatch):
    from forecast.exchange.formats.fatebook import suits

    item = {
        "id": "q1",
        "title": "Rain?",
        "createdAt": "2024-05-01T00:00:00Z",
        "resolveBy": "2024-06-01T00:00:00Z",
        "yourLatestPrediction": "0.4",
        "forecasts": [],
    }

    def answer(asked):
        return Reply({"items": [] if "cursor" in asked.query else [item]})

    with served(answer) as stub:
        monkeypatch.setenv("FATEBOOK_API_BASE_URL", stub.url)
        monkeypatch.setenv("FATEBOOK_API_KEY", "k3y")
        (tree,) = fetched("fatebook")
    assert tree.value == {"items": [item]}
    assert suits([tree])
    assert stub.asked[0].path == "/api/v0/getQuestions"


def test_a_platform_that_is_not_asked_is_told():
    with pytest.raises(BadInput, match="give one of metaculus, fatebook, predictionbook"):
        fetched("forecastbench")


def test_manifold_wants_to_know_which_markets():
    with pytest.raises(BadInput, match="no market: give the id, slug or address of each"):
        fetched("manifold")


def test_a_cultivate_site_is_asked_with_name_password_and_number(monkeypatch):
    with pytest.raises(BadInput, match="no site: give the address of yours"):
        fetched("cultivate", account=5)

    def answer(asked):
        if asked.path == "/oauth/token":
            return Reply({"access_token": "b4b4"})
        name = asked.path.rpartition("/")[2]
        said = [{"id": 1, "question_id": 2, "membership_id": 5}]
        return Reply({name: said if name == "prediction_sets" else [{"id": 2}]})

    with served(answer) as stub:
        monkeypatch.setenv("CULTIVATE_API_BASE_URL", stub.url)
        monkeypatch.setenv("CULTIVATE_PASSWORD", "p")
        with pytest.raises(BadInput, match="no address of your account"):
            fetched("cultivate", account=5)
        monkeypatch.setenv("CULTIVATE_EMAIL", "ana@example.org")
        with pytest.raises(BadInput, match="no account: give your member number"):
            fetched("cultivate")
        (tree,) = fetched("cultivate", account=5)
    assert tree.value["questions"] == [{"id": 2}]


def test_a_proxy_of_the_environment_is_used_but_not_for_this_machine(monkeypatch):
    monkeypatch.setenv("https_proxy", "http://proxy.test:3128")
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")
    assert services._proxy("https://www.metaculus.com/api") == "http://proxy.test:3128"
    assert services._proxy("https://127.0.0.1:1/api") is None
    monkeypatch.setenv("https_proxy", "socks5://proxy.test:1080")
    with pytest.raises(Unavailable, match="behind a proxy of kind socks5"):
        services._proxy("https://www.metaculus.com/api")
