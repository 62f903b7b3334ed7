"""Writers that are killed at random moments: `PLACE KILLS SEED` prints what was lost, as JSON.

Each round forks a child that opens the store, predicts under keys of its own and names
each key on a pipe once the call has returned. It is killed with SIGKILL some time later;
then the store is opened again and everything that was acknowledged has to be there.
"""

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from typing import NoReturn

from questions.store.log import Reading
from tests.store.places import check_whole, founded, reopened, say

LONGEST = 0.12
"""Seconds that a child lives at most: opening takes some, so a few die before they write."""


def child(place: str, name: str, pipe: int) -> NoReturn:
    """Write until killed."""
    store = reopened(place)
    turn = 0
    while True:
        say(store, f"{name}-{turn}")
        os.write(pipe, f"{name}-{turn}\n".encode())
        turn += 1


def killed(place: str, name: str, rng: random.Random) -> list[str]:
    """The keys that a child acknowledged before it was killed."""
    reads, writes = os.pipe()
    if (pid := os.fork()) == 0:
        os.close(reads)
        child(place, name, writes)
    os.close(writes)
    time.sleep(rng.uniform(0, LONGEST))
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    with os.fdopen(reads) as pipe:
        return [line.removesuffix("\n") for line in pipe if line.endswith("\n")]


def keys(read: Reading, name: str) -> Counter[str]:
    """How often each key of a child is in the log."""
    found = (event.key.split(":")[0] for event in read.events() if event.kind == "forecast.made")
    return Counter(key for key in found if key.startswith(f"{name}-"))


def survived(place: str, name: str, acknowledged: list[str]) -> tuple[int, int]:
    """How many acknowledged calls were lost, and how many had been kept without being told.

    The call that was never acknowledged is made again under its key: it must be there once.
    """
    store = reopened(place)
    with store.reading() as read:
        check_whole(read)
        before = keys(read, name)
    say(store, f"{name}-{len(acknowledged)}")
    with store.reading() as read:
        check_whole(read)
        after = keys(read, name)
    store.close()
    assert set(after.values()) == {1}, after
    lost = len([key for key in acknowledged if key not in before])
    assert len(after) == len(acknowledged) + 1 - lost
    return lost, len(before) - len(acknowledged) + lost


def main(place: str, kills: int, seed: int) -> None:
    """Kill so many children, one after another."""
    founded(place).close()
    rng = random.Random(seed)
    total = Counter(kills=kills, acknowledged=0, lost=0, unacknowledged=0)
    for turn in range(kills):
        acknowledged = killed(place, f"k{turn}", rng)
        lost, untold = survived(place, f"k{turn}", acknowledged)
        total.update(acknowledged=len(acknowledged), lost=lost, unacknowledged=untold)
    print(json.dumps(total))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
