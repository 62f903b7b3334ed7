"""Arguments in the wrong order: the one that is an id by its look stands in another's place."""

import re
from typing import Final

from questions.errors import BadInput

QUESTION: Final = re.compile(r"[QL]\d+", re.IGNORECASE)
REPORT: Final = re.compile(r"R\d+", re.IGNORECASE)


def see_order(command: str, first: str, second: str, looks: re.Pattern[str] = QUESTION) -> None:
    """See that the first of two arguments is the one that has the look of an id.

    Raises:
        BadInput: the second is, and the first is not.

    >>> see_order("predict", "Q3", "40%"), see_order("predict", "the strike", "40%")
    (None, None)
    >>> see_order("predict", "40%", "Q3")
    Traceback (most recent call last):
    questions.errors.BadInput: order '40% Q3' cannot be used: give the other: tidings predict Q3 40%
    """
    if looks.fullmatch(second.strip()) and not looks.fullmatch(first.strip()):
        right = f"the other: tidings {command} {second.strip()} {first}"
        raise BadInput("order", f"{first} {second}", right)
