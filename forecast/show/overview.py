"""What a person sees who types the command alone: due, newly reported, moved."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from forecast.show.news import proposed
from forecast.show.terminal import brief, clean, counted, percent, points, print_lines
from forecast.show.ties import broken
from forecast.show.when import said_by
from forecast.views.sheets import Sheet

MOST = 5
NOTEWORTHY = 0.01


def print_overview(
    rows: Sequence[Sheet],
    due: Sequence[Sheet],
    moved: Sequence[Sheet],
    inbox: Sequence[Sheet],
    answers: Sequence[Sheet] = (),
    contradictions: Sequence[Sheet] = (),
    *,
    now: datetime,
) -> None:
    """Print what wants attention, a line each, at most five of a kind."""
    counts = [f"{sum(row['status'] == status for row in rows)} {status}" for status in _STATUSES]
    print_lines([f"{counted(len(rows), 'question')}: {', '.join(counts)}"])
    overdue = [row for row in due if row["status"] == "closed"]
    soon = [row for row in due if row["status"] == "open"]
    far = [row for row in moved if abs(row["move"]) >= NOTEWORTHY]
    _part(
        "Proposed as answers (tidings resolve, tidings decline)", [proposed(one) for one in answers]
    )
    _part("Closed and waiting for a resolution", [_asked(row, "closed", now) for row in overdue])
    _part("Closing within a week", [_asked(row, "closes", now) for row in soon])
    _part("Linked, and cannot all be (tidings links)", [_broken(row) for row in contradictions])
    _part("Moved in a week", [_moved(row) for row in far])
    _part("Reports that wait for a judgement (tidings inbox)", [_waiting(row) for row in inbox])


_STATUSES = ("upcoming", "open", "closed", "resolved")


def _part(title: str, lines: Sequence[str]) -> None:
    if not lines:
        return
    more = [f"  and {len(lines) - MOST} more"] if len(lines) > MOST else []
    print_lines(["", title, *lines[:MOST], *more])


def _asked(row: Sheet, verb: str, now: datetime) -> str:
    when = said_by(row["scheduled_close_time"], now)
    believed = clean(row["believed"]) if row["belief"] is None else brief(row["belief"])
    return f"  {row['id']}  {clean(row['title'])} ({verb} {when}, {believed})"


def _moved(row: Sheet) -> str:
    return f"  {row['id']}  {moved_to(row)}  {clean(row['title'])}"


def moved_to(row: Mapping[str, Any]) -> str:
    """How far a belief went, and where it is; of what is no probability the share that moved.

    >>> moved_to({"prob": 0.4, "move": 0.1, "believed": "40%"})
    'rose 10.0 points to 40%'
    """
    if row["prob"] is None:
        return f"{percent(round(abs(row['move']), 3))} of it moved, to {clean(row['believed'])}"
    went = "rose" if row["move"] > 0 else "fell"
    return f"{went} {points(abs(row['move'])).lstrip('+')} points to {percent(row['prob'])}"


def _broken(row: Sheet) -> str:
    return f"  {row['id']}  {row['says']}; {broken(row)}"


def _waiting(row: Sheet) -> str:
    return f"  {row['report']} on {row['question']}  {clean(row['title'])}"
