"""Admiralty grades (NATO AJP-2.1): a source's letter A-F and a report's number 1-6.

F and 6 mean "cannot be judged", not worst.
"""

from typing import Final

LETTERS: Final = "ABCDEF"
CREDIBILITY: Final = {"1": 1.0, "2": 0.8, "3": 0.55, "4": 0.3, "5": 0.1, "6": 0.5}
UNGRADED: Final = "F6"


def letter(grade: str) -> str:
    """How reliable the source is, A to F.

    >>> letter("B2"), letter("")
    ('B', 'F')
    """
    return (grade or UNGRADED)[0]


def credibility(grade: str) -> float:
    """How much of the source's weight this report carries, from 0 to 1.

    >>> credibility("B2"), credibility("A"), credibility("")
    (0.8, 0.5, 0.5)
    """
    graded = grade or UNGRADED
    return CREDIBILITY[graded[1] if len(graded) > 1 else "6"]
