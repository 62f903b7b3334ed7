"""Writers killed at random moments lose nothing that was acknowledged, and a retry adds nothing."""

import json
import subprocess

import pytest

from tests.store.places import PROJECT, module


@pytest.fixture
def place(tmp_path):
    """Where the store lies."""
    return str(tmp_path / "a.db")


def told(place: str, kills: int, seed: int) -> dict[str, int]:
    command = module("crashing", place, kills, seed)
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_fifteen_kills_lose_nothing(place):
    found = told(place, 15, seed=1)
    assert (found["kills"], found["lost"]) == (15, 0)
    assert found["acknowledged"] > 15


@pytest.mark.soak
def test_five_hundred_kills_lose_nothing(place, capsys):
    found = told(place, 500, seed=2)
    with capsys.disabled():
        print(", ".join(f"{name} {count}" for name, count in found.items()))
    assert (found["kills"], found["lost"]) == (500, 0)
    assert found["acknowledged"] > 500
