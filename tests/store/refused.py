"""Write, as somebody without rights, to a file that takes none: `PLACE` prints what is said."""

import os
import sys

from questions.errors import TidingsError
from tests.store.places import reopened, say

NOBODY = 65534


def main(place: str) -> None:
    """Give up the superuser's rights, read, and try to write."""
    if os.geteuid() == 0:
        os.setuid(NOBODY)
    store = reopened(place)
    with store.reading() as read:
        assert [event.kind for event in read.events()][-1] == "question.asked"
    try:
        say(store, "k")
    except TidingsError as error:
        print(error)
    finally:
        store.close()


if __name__ == "__main__":
    main(sys.argv[1])
