"""One of many writers: `PLACE NAME COUNT` predicts COUNT times, and prints the seconds of each."""

import json
import sys
from time import perf_counter

from tests.store.places import reopened, say


def main(place: str, name: str, count: int) -> None:
    """Get ready, wait for a line on standard input, then write as fast as the store takes it."""
    store = reopened(place)
    print("ready", flush=True)
    sys.stdin.readline()
    seconds = []
    for turn in range(count):
        started = perf_counter()
        say(store, f"{name}-{turn}")
        seconds.append(perf_counter() - started)
    store.close()
    print(json.dumps(seconds), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
