"""Writers that are killed at random moments: `PLACE KILLS SEED` prints what was lost, as JSON.

For the place `server` a PostgreSQL server is brought, and killed together with the writer.

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
from collections.abc import Callable
from itertools import count
from typing import NoReturn

from forecast.ledger import KINDS
from questions.errors import Conflict
from questions.store.checking import check
from questions.store.reading import Reading
from tests.server import TestServer, carried, debian
from tests.store.places import check_whole, founded, reopened, say

FILE_SECONDS, SERVER_SECONDS = 0.12, 0.4
"""How long a child lives at most: opening takes some time, so a few die before they write."""


def nothing() -> None:
    """What else happens when a child is killed, where only the child is."""


def child(place: str, name: str, pipe: int) -> NoReturn:
    """Write until killed, or until the server is."""
    try:
        store = reopened(place)
        for turn in count():
            say(store, f"{name}-{turn}")
            os.write(pipe, f"{name}-{turn}\n".encode())
    except Conflict:
        os._exit(0)
    finally:
        os._exit(1)


def killed(place: str, name: str, rng: random.Random, fall: Callable[[], None]) -> list[str]:
    """The keys that a child acknowledged before it was killed.

    Every other child, on average, is waited for until it has written once, so that a slow
    machine kills some in the midst of writing too.
    """
    reads, writes = os.pipe()
    if (pid := os.fork()) == 0:
        os.close(reads)
        child(place, name, writes)
    os.close(writes)
    with os.fdopen(reads) as pipe:
        first = [pipe.readline()] if rng.random() < 0.5 else []
        time.sleep(rng.uniform(0, SERVER_SECONDS if "://" in place else FILE_SECONDS))
        fall()
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        return [line.removesuffix("\n") for line in (*first, *pipe) if line.endswith("\n")]


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


def proved(
    place: str,
    kills: int,
    seed: int,
    fall: Callable[[], None] = nothing,
    rise: Callable[[], None] = nothing,
) -> Counter[str]:
    """Kill so many children, one after another; the store is checked after each."""
    founded(place).close()
    rng = random.Random(seed)
    total = Counter(kills=kills, acknowledged=0, lost=0, unacknowledged=0)
    for turn in range(kills):
        acknowledged = killed(place, f"k{turn}", rng, fall)
        rise()
        lost, untold = survived(place, f"k{turn}", acknowledged)
        total.update(acknowledged=len(acknowledged), lost=lost, unacknowledged=untold)
    store = reopened(place)
    with store.reading() as read:
        assert check(read, KINDS) == []
    store.close()
    return total


def risen(server: TestServer) -> None:
    """Start a server again; a process of the killed one may take a moment to notice and go."""
    for _ in range(50):
        try:
            return server.start()
        except RuntimeError:
            time.sleep(0.2)
    return server.start()


def proved_on_a_server(kills: int, seed: int) -> Counter[str]:
    """The same with a server that forces all it acknowledges onto the disk, and is killed."""
    server = TestServer(debian() or carried(), settings=())
    try:
        return proved(server.url(), kills, seed, fall=server.kill, rise=lambda: risen(server))
    finally:
        server.close()


if __name__ == "__main__":
    where, turns, chance = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    found = proved_on_a_server(turns, chance) if where == "server" else proved(where, turns, chance)
    print(json.dumps(found))
