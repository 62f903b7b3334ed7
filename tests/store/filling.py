"""Write until the disk is full, make room, write on: `PLACE` prints how much was kept and said."""

import sys
from pathlib import Path

from questions.errors import Conflict
from tests.store.places import check_whole, founded, reopened, say


def main(place: str) -> None:
    """Fill the small disk that the place lies on."""
    ballast = Path(place).with_name("ballast")
    ballast.write_bytes(bytes(200_000))
    store, kept = founded(place), 0
    try:
        while True:
            say(store, f"k{kept}")
            kept += 1
    except Conflict as error:
        said = str(error)
    store.close()
    ballast.unlink()
    store = reopened(place)
    say(store, f"k{kept}")
    with store.reading() as read:
        check_whole(read)
        keys = [event.key for event in read.events() if event.kind == "forecast.made"]
    store.close()
    assert keys == [f"k{turn}:1" for turn in range(kept + 1)]
    print(kept)
    print(said)


if __name__ == "__main__":
    main(sys.argv[1])
