"""A digest as plain text: a mail to oneself or to the team."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

from forecast.show.overview import MOST, moved_to
from forecast.show.terminal import by_day, clean, day, print_lines
from questions.instants import iso

Sheet = Mapping[str, Any]

SAID: Final = frozenset({"resolved", "clarified", "disputed", "commented"})
"""What people said of questions, whoever reads."""


def print_digest(found: Sheet, *, most: int | None = None) -> None:
    """Print each part that has rows under its heading, all of them or the first ``most``."""
    whom = f" for {clean(found['member'])}" if found["member"] else ""
    head = f"Tidings{whom}, {iso(found['at'])}; news since {iso(found['since'])}"
    print_lines([head, *lines_of(found, most=most)])


def print_news(found: Sheet) -> None:
    """Print in short what the overview does not have: one's own questions, and what was said.

    Of new reports those that were judged; the overview has the others.
    """
    own = {"due", "stale"} if found["member"] else {"stale"}
    judged = [row for row in found["reported"] if row["judged"]]
    shown = {**found, "reported": judged}
    print_lines(lines_of(shown, most=MOST, only=own | SAID | {"reported"}))


def lines_of(
    found: Sheet, *, most: int | None = None, only: Collection[str] | None = None
) -> list[str]:
    """The parts of a digest that have rows: a heading, and a line for each row."""
    return [
        line
        for part, heading, told in _PARTS
        if found[part] and (only is None or part in only)
        for line in ["", heading, *_some([f"  {told(row)}" for row in found[part]], most)]
    ]


def _some(lines: Sequence[str], most: int | None) -> Sequence[str]:
    if most is None or len(lines) <= most:
        return lines
    return [*lines[:most], f"  and {len(lines) - most} more"]


def _asked(row: Sheet) -> str:
    return f"{row['question']}  {clean(row['title'])}"


def _due(row: Sheet) -> str:
    reason = f"; {clean(row['reason'])}" if row["reason"] else ""
    return f"{_asked(row)} (closes {by_day(row['closes'])}{reason})"


def _closed(row: Sheet) -> str:
    return f"{_asked(row)} (closed with {by_day(row['closes'])})"


def _moved(row: Sheet) -> str:
    return f"{row['question']}  {moved_to(dict(row))}  {clean(row['title'])}"


def _reported(row: Sheet) -> str:
    waits = "" if row["judged"] else "; not judged"
    source = f" ({clean(row['source'])})" if row["source"] else ""
    return f"{row['report']} on {row['question']}  {clean(row['headline'])}{source}{waits}"


def _proposed(row: Sheet) -> str:
    return f"{_asked(row)}: {clean(row['outcome'])}, says {clean(row['source'])}"


def _resolved(row: Sheet) -> str:
    mine = f"; you said {clean(row['said'])}" if row["said"] != "-" else ""
    return f"{_asked(row)}: {clean(row['outcome'])}, says {clean(row['source'])}{mine}"


def _why(row: Sheet) -> str:
    return f"{_asked(row)}: {clean(row['why'])} ({clean(row['by'])}, {day(row['at'])})"


def _commented(row: Sheet) -> str:
    return f"{_asked(row)}: {clean(row['by'])}: {clean(row['text'])}"


_PARTS: Final[Sequence[tuple[str, str, Callable[[Sheet], str]]]] = (
    ("due", "To forecast", _due),
    ("stale", "To look at again", _due),
    ("closed", "Closed, and waiting for a resolution", _closed),
    ("moved", "Beliefs that moved", _moved),
    ("reported", "New reports", _reported),
    ("proposed", "Proposed as answers", _proposed),
    ("resolved", "Resolved", _resolved),
    ("clarified", "Clarified", _why),
    ("disputed", "Disputed", _why),
    ("commented", "Comments", _commented),
)
