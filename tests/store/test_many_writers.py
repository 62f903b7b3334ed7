"""Many processes write into one store at once: nobody fails, and nothing forks or is missing."""

import json
from pathlib import Path
from subprocess import PIPE, Popen

import numpy as np
import pytest

from forecast.ledger import FORECASTS
from tests.store.places import PROJECT, address, check_whole, founded, module, reopened


def write_at_once(place: str, processes: int, each: int) -> np.ndarray:
    """Let so many processes predict so many times each; the seconds of every call."""
    commands = [module("writer", place, f"w{at}", each) for at in range(processes)]
    pipes = {"stdin": PIPE, "stdout": PIPE, "stderr": PIPE, "text": True, "cwd": PROJECT}
    writers = [Popen(command, **pipes) for command in commands]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n", writer.stderr.read()
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    said = [writer.communicate(timeout=300) for writer in writers]
    assert [error for _, error in said] == [""] * processes
    assert [writer.returncode for writer in writers] == [0] * processes
    return np.concatenate([json.loads(answer) for answer, _ in said])


def written_at_once(place: str, processes: int, each: int) -> None:
    founded(place).close()
    seconds = write_at_once(place, processes, each)
    store = reopened(place)
    with store.reading() as read:
        check_whole(read)
        said = read.rows(FORECASTS)
    store.close()
    assert len(seconds) == len(said) == processes * each
    assert {row["id"] for row in said} == {f"F{at + 1}" for at in range(processes * each)}
    times = dict(zip(("p50", "p99", "slowest"), np.quantile(seconds, [0.5, 0.99, 1]), strict=True))
    told = ", ".join(f"{name} {1000 * second:.0f} ms" for name, second in times.items())
    print(f"{processes} processes, {len(said)} calls: {told}")


def test_eight_writers_at_once_leave_one_whole_chain(place):
    written_at_once(address(place), 8, 10)


@pytest.mark.soak
def test_thirty_two_writers_at_once_leave_one_whole_chain(place, capsys):
    with capsys.disabled():
        print("\nSQLite:" if isinstance(place, Path) else "\nPostgreSQL:", end=" ")
        written_at_once(address(place), 32, 50)
