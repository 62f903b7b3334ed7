"""A list of questions as a person reads it on a terminal."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from forecast.show.terminal import Column, bar, brief, points, print_table
from forecast.show.when import said_by

Row = Mapping[str, Any]

FAR: Final = 0.05
"""A belief that moved so much within a week stands out."""


def print_questions(rows: Sequence[Row], moves: Mapping[str, float], now: datetime) -> None:
    """Print a line for each question: status, deadline, belief, its week, and the crowd.

    ``moves`` has how far the belief of a question went within a week, by its id.
    """

    def week(row: Row) -> str:
        move = moves.get(row["id"])
        return "" if move is None or row["belief"] is None else points(move)

    def belief(row: Row) -> str:
        return _said(row, "belief", "believed", "belief_word")

    def crowd(row: Row) -> str:
        return _said(row, "crowd", "crowd_short", "crowd_word")

    worded = any(row.get("belief_word") or row.get("crowd_word") for row in rows)
    columns = [
        Column("id", lambda row: row["id"], tone=_tone),
        Column("question", lambda row: row["title"], wraps=True, tone=_tone),
        Column("status", _status, tone=_alarm),
        Column("closes", lambda row: said_by(row["scheduled_close_time"], now), tone=_alarm),
        Column("belief", belief, "right", wraps=worded),
        Column("week", week, "right", spare=True, tone=lambda row: _far(moves.get(row["id"]))),
        Column("", lambda row: bar(row["belief"]), spare=True),
        Column("crowd", crowd, "right", wraps=worded),
        Column("of", _of, "right", spare=True),
    ]
    print_table(rows, columns, nothing="no questions; tidings draft or tidings ask makes some")


def _tone(row: Row) -> str:
    return "dim" if row["status"] == "resolved" else ""


def _alarm(row: Row) -> str:
    return "bold yellow" if row["status"] == "closed" or row["disputed"] else _tone(row)


def _far(move: float | None) -> str:
    return "bold" if move is not None and abs(move) >= FAR else ""


def _status(row: Row) -> str:
    if row["resolution"] is None:
        return str(row["status"])
    return f"{row['resolution']}, disputed" if row["disputed"] else str(row["resolution"])


def _of(row: Row) -> str:
    """How many are in the crowd; nothing where that is hidden."""
    return "" if row["n_forecasters"] is None else str(row["n_forecasters"])


def _said(row: Row, prob: str, value: str, word: str) -> str:
    """A probability, or what stands for another value; with its word where that is asked for."""
    said = str(row[value]) if row[prob] is None else brief(row[prob])
    return f"{said}, {row[word]}" if row.get(word) else said
