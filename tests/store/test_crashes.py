"""Writers killed at random moments lose nothing that was acknowledged, and a retry adds nothing."""

import json
import subprocess

import pytest

from tests.store.places import PROJECT, address, module


def told(place: str, kills: int, seed: int) -> dict[str, int]:
    command = module("crashing", place, kills, seed)
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["kills"], found["lost"]) == (kills, 0)
    assert found["acknowledged"] >= kills // 4
    return found


def test_fifteen_kills_of_a_writer_lose_nothing(place):
    told(address(place), 15, seed=1)


@pytest.mark.soak
def test_five_hundred_kills_of_a_writer_lose_nothing_in_a_file(tmp_path, capsys):
    found = told(str(tmp_path / "a.db"), 500, seed=2)
    with capsys.disabled():
        print("\nSQLite:", ", ".join(f"{name} {count}" for name, count in found.items()))


@pytest.mark.soak
def test_twenty_kills_of_a_server_and_its_writer_lose_nothing(capsys):
    found = told("server", 20, seed=3)
    with capsys.disabled():
        print("\nPostgreSQL:", ", ".join(f"{name} {count}" for name, count in found.items()))
