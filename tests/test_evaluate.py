"""The evaluations say so where there is no data."""

import os
import subprocess
import sys
from pathlib import Path


def run(*names: str, data: str | None) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "TIDINGS_EVAL_DATA"}
    if data is not None:
        environment["TIDINGS_EVAL_DATA"] = data
    command = [sys.executable, "-m", "tests.evaluate", *names]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_without_data_an_evaluation_says_so_and_stops(tmp_path: Path) -> None:
    for data in (None, "", str(tmp_path / "nowhere")):
        ended = run(data=data)
        assert (ended.returncode, ended.stdout) == (2, "")
        assert "TIDINGS_EVAL_DATA names no folder" in ended.stderr


def test_an_unknown_evaluation_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    ended = run("nothing", data=str(tmp_path))
    assert ended.returncode == 2
    assert "no evaluation nothing; there are" in ended.stderr
