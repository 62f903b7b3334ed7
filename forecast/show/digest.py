"""A digest as plain text: a mail to oneself or to the team."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from forecast.show.overview import MOST, moved_to
from forecast.show.terminal import clean, day, print_lines
from forecast.show.when import said_by, said_day

Sheet = Mapping[str, Any]
type Told = Callable[[Sheet, datetime], str]
"""What is to say of a question, at an instant."""

SAID: Final = frozenset({"resolved", "clarified", "disputed", "commented"})
"""What people said of questions, whoever reads."""


def print_digest(found: Sheet, *, most: int | None = None) -> None:
    """Print each part that has rows under its heading, all of them or the first ``most``."""
    whom = f" for {clean(found['member'])}" if found["member"] else ""
    at, since = found["at"], found["since"]
    news = f"news since {said_day(since, at)}, {since:%H:%M}"
    head = f"Tidings{whom}, {day(at)}, {at:%H:%M} UTC; {news}"
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
    """The parts of a digest that have rows: a heading, then what is to say of which question."""
    return [
        line
        for part, heading, told in _PARTS
        if found[part] and (only is None or part in only)
        for line in ["", heading, *_some([_line(row, told, found) for row in found[part]], most)]
    ]


def _line(row: Sheet, told: Told, found: Sheet) -> str:
    return f"- {_begun(told(row, found['at']))}: {row['question']} {clean(row['title'])}"


def _some(lines: Sequence[str], most: int | None) -> Sequence[str]:
    if most is None or len(lines) <= most:
        return lines
    return [*lines[:most], f"- and {len(lines) - most} more"]


def _due(row: Sheet, at: datetime) -> str:
    reason = clean(row["reason"]).removeprefix("due")
    when = f"closes {said_by(row['closes'], at)}"
    return f"{reason}, {when}" if reason else when


def _closed(row: Sheet, at: datetime) -> str:
    return f"closed {said_by(row['closes'], at)}"


def _moved(row: Sheet, _: datetime) -> str:
    return moved_to(row)


def _reported(row: Sheet, _: datetime) -> str:
    waits = "" if row["judged"] else ", not judged yet"
    source = f" ({clean(row['source'])})" if row["source"] else ""
    return f"{row['report']} {clean(row['headline'])}{source}{waits}"


def _proposed(row: Sheet, _: datetime) -> str:
    by = f" by {clean(row['by'])}" if row["by"] else ""
    return f"{clean(row['outcome'])}{by} ({clean(row['source'])})"


def _resolved(row: Sheet, _: datetime) -> str:
    mine = f", you said {clean(row['said'])}" if row["said"] != "-" else ""
    return f"{clean(row['outcome'])}{mine} ({clean(row['source'])})"


def _why(row: Sheet, at: datetime) -> str:
    return f"“{clean(row['why'])}” ({clean(row['by'])}, {said_day(row['at'], at)})"


def _commented(row: Sheet, at: datetime) -> str:
    return f"{clean(row['by'])}, {said_day(row['at'], at)}: “{clean(row['text'])}”"


def _begun(text: str) -> str:
    """A text as it begins a line."""
    return text[:1].upper() + text[1:]


_PARTS: Final[Sequence[tuple[str, str, Told]]] = (
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
