"""What is on record of where questions and people came from, as scoring and readers need it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from forecast.histories.targets import Target, close_of
from forecast.ledger import HANDLES, ORIGINS, QUOTES
from questions.store.reading import Reading

Rows = list[dict[str, Any]]


def outsiders(read: Reading) -> frozenset[str]:
    """The members who are scored against the crowd without being part of it: bots elsewhere."""
    rows = read.rows(HANDLES)
    inside = {row["member"] for row in rows if row["in_crowd"]}
    return frozenset(row["member"] for row in rows if not row["in_crowd"]) - inside


def as_there(targets: Iterable[Target], read: Reading, at: datetime) -> list[Target]:
    """Targets with what their platform alone knows: an early close, when spot points look."""
    told = {row["question"]: row for row in read.rows(ORIGINS) if row["mode"] == "import"}
    return [_as_there(one, told[one.id], at) if one.id in told else one for one in targets]


def _as_there(target: Target, row: Any, at: datetime) -> Target:
    spot = row["spot_scoring_time"] or target.spot_scoring_time
    early = row["actual_close_time"]
    if early is None or not target.open_time < early < close_of(target) or early > at:
        return replace(target, spot_scoring_time=spot)
    return replace(target, spot_scoring_time=spot, actual_close_time=early)


def quotes(read: Reading, question: str) -> Rows:
    """What crowds elsewhere said of a question, each path oldest first."""
    found = read.rows(QUOTES, question=question)
    return [
        {name: row[name] for name in ("platform", "crowd", "at", "value", "n")}
        for row in sorted(found, key=lambda row: (row["platform"], row["crowd"], row["at"]))
    ]


def origins(read: Reading, question: str) -> Rows:
    """Where a question came from: platform, id there, post and address."""
    names = ("platform", "theirs", "post", "url")
    return [{name: row[name] for name in names} for row in read.rows(ORIGINS, question=question)]
