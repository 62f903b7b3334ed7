"""The whole way of a question by command, in a file and on a server alike."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from forecast.cli.main import app


@pytest.fixture
def address(place):
    return getattr(place, "url", None) or str(place)


@pytest.fixture
def tidings(alone, address, monkeypatch):
    """Runs a command on the store of TIDINGS_DB, which is ``address``."""
    monkeypatch.setenv("TIDINGS_DB", address)

    def run(*words):
        result = CliRunner().invoke(app, [str(word) for word in (*words, "--json")])
        assert (result.exit_code, result.exception) == (0, None), result.output
        return json.loads(result.stdout)

    return run


def test_a_question_goes_its_whole_way_on_either_engine(tidings):
    assert tidings("init", "--replay")["label"] == "replay"
    tidings("member", "add", "Ana", "--at", "2023-03-01")
    tidings("member", "add", "Bo")
    asked = tidings(
        *("ask", "Will it rain in Oslo by 30 April 2023?", "--closes", "2023-04-30"),
        *("--criteria", "Yes if it rains.", "--at", "2023-03-13"),
    )
    assert asked["id"] == "Q1"
    tidings("predict", "Q1", "30%", "--as", "Ana", "--at", "2023-03-20", "--why", "clouds")
    tidings("predict", "Q1", "60%", "--as", "Bo", "--at", "2023-03-21")
    shown = tidings("show", "Q1")
    assert [one["prob"] for one in shown["forecasts"]] == [0.3, 0.6]
    assert tidings("show", "Q1", "--as-of", "2023-03-20T12:00Z")["crowd"]["n"] == 1
    tidings("resolve", "Q1", "yes", "--source", "weather service", "--at", "2023-05-02")
    assert tidings("show", "Q1")["status"] == "resolved"
    scores = tidings("score", "--rule", "brier")
    assert {row["forecaster"] for row in scores} >= {"Ana", "Bo"}
    assert len(tidings("audit")["head"]) == 64


def test_the_first_write_makes_the_store_on_either_engine(tidings):
    tidings("member", "add", "Ana")
    assert tidings("member", "list") == [{"name": "Ana"}]


def test_a_store_is_made_once_on_either_engine(alone, address):
    alone.ok("init", "--db", address)
    assert "exists already; name another" in alone.refused(4, "init", "--db", address)


def test_what_a_command_says_of_a_server_never_has_its_password(alone, server, new_place):
    secret = "correct-horse"
    place = new_place()
    if hasattr(place, "url"):
        address = f"{place.url}&password={secret}"
        said = alone("init", "--db", address)
        assert secret not in said.output
        assert re.search(r"new store: postgresql:.*password=\*\*\*", said.output)
        assert secret not in alone("init", "--db", address).output
    for user, code in (("ana:" + secret, 4), (f"x:{secret}", 4)):
        line = alone.refused(code, "questions", "--db", f"postgresql://{user}@127.0.0.1:1/team")
        assert secret not in line
        assert ":***@127.0.0.1:1/team" in line


def test_the_configuration_may_name_a_server(alone, address, tmp_path):
    folder = tmp_path / "home" / "config" / "tidings"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(f"db = {json.dumps(address)}\n")
    alone.ok("member", "add", "Ana")
    assert alone.data("member", "list") == [{"name": "Ana"}]
    assert not alone.db.exists()


def test_a_role_of_a_server_is_admitted(alone, place, address):
    alone.ok("init", "--db", address)
    if isinstance(place, Path):
        assert "a PostgreSQL store knows roles" in alone.refused(4, "admit", "x", "--db", address)
        return
    assert "CREATE ROLE makes one" in alone.refused(3, "admit", "nobody at all", "--db", address)
    said = alone.ok("admit", "pg_monitor", "--db", address)
    assert said.startswith("pg_monitor can read ")
