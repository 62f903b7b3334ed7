"""What was said of a question beside forecasts, as a person reads it on a terminal."""

from collections.abc import Mapping, Sequence
from typing import Any

from forecast.show.terminal import clean, day, print_lines

Sheet = Mapping[str, Any]


def clarified(view: Sheet) -> list[str]:
    """What a question's words mean, as was said since it opened; and its disputes."""
    told = [
        f"Clarified on {day(row['at'])} by {clean(row['by'])}: {clean(row['why'])}"
        for row in view.get("clarifications", ())
    ]
    return [*told, *map(disputed, view.get("disputes", ()))]


def disputed(row: Sheet) -> str:
    """One dispute in a line.

    >>> from datetime import UTC, datetime
    >>> at = datetime(2030, 5, 1, tzinfo=UTC)
    >>> disputed({"at": at, "by": "Bo", "why": "it was sleet", "settled": "upheld"})
    'Disputed on 1 May 2030 by Bo: it was sleet (upheld)'
    """
    end = f" ({row['settled']})" if row["settled"] else ""
    return f"Disputed on {day(row['at'])} by {clean(row['by'])}: {clean(row['why'])}{end}"


def print_said(view: Sheet) -> None:
    """Print the comments on a question, and the reader's own notes."""
    _print("Comments", view.get("comments", ()))
    _print("Your notes, shown to nobody else", view.get("notes", ()))


def _print(title: str, rows: Sequence[Sheet]) -> None:
    if rows:
        lines = [
            f"  {row['id']}  {day(row['at'])}  {clean(row['by'])}: {clean(row['text'])}"
            for row in rows
        ]
        print_lines(["", title, *lines])


def manner(row: Sheet) -> str:
    """What a forecast says, in the word of its author or of the standard, and how surely.

    >>> manner({"says": "67.5%", "words": "likely", "confidence": "low"})
    '67.5%, likely; low confidence'
    """
    word = row.get("words") or row.get("word")
    said = f"{row['says']}, {word}" if word else str(row["says"])
    return f"{said}; {row['confidence']} confidence" if row.get("confidence") else said
