"""Cells of text that a spreadsheet would run as a formula: made inert, and brought back."""

from typing import Final

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet may take for more than text."""


def inert(text: str) -> str:
    """A text that no spreadsheet runs: ``'`` before what begins as a formula does.

    So does a text that only looks as if that had been done to it; :func:`alive` undoes both.

    >>> inert("=1+1"), inert("'=1+1"), inert("2 + 2"), inert("'tis")
    ("'=1+1", "''=1+1", '2 + 2', "'tis")
    """
    return f"'{text}" if _begins(text) else text


def alive(text: str) -> str:
    """The text that :func:`inert` was given.

    >>> [alive(one) for one in ("'=1+1", "''=1+1", "2 + 2", "'tis", "=1+1")]
    ['=1+1', "'=1+1", '2 + 2', "'tis", '=1+1']
    """
    return text[1:] if text.startswith("'") and _begins(text) else text


def _begins(text: str) -> bool:
    return text.lstrip("'").startswith(FORMULA)
