"""Why a belief is what it is: a line for each thing that moved it, on a terminal."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from forecast.probability import expit
from forecast.show.terminal import Column, clean, day, percent, points, print_lines, print_table

Sheet = Mapping[str, Any]

LEVERS: Final = 3
_NAMES: Final = {
    "reference class": "prior",
    "recalibration": "how priors have held",
    "time": "time that passed",
    "decisive": "decisive reports",
    "tail": "doubt of a heavy tail",
}


def print_why(view: Sheet) -> None:
    """Print what each thing added to belief and joint, and what would move the belief most."""
    for name in ("belief", "joint"):
        held = view.get(name, {})
        if name == "joint" and not _has_people(held):
            continue
        if len(held.get("why", ())) > 1:
            print_lines(["", f"Why the {name}{that(held)} is {percent(held['why_of']['prob'])}"])
            print_table(list(steps(held)), _COLUMNS, nothing="")
    _print_levers(view)


def that(held: Sheet) -> str:
    """Of which event the reasons are, where it is not yes."""
    event = held["why_of"]["event"]
    return "" if event == "yes" else f" that {clean(event)}"


def _has_people(held: Sheet) -> bool:
    return any(one["cause"] == "person" for one in held.get("why", ()))


def steps(held: Sheet) -> Iterator[dict[str, Any]]:
    """A row for each contribution: its words, its nats, and where it leaves the probability."""
    total = 0.0
    for one in held["why"]:
        total += one["nats"]
        words = _NAMES.get(one["cause"], f"{one['cause']} {one['reference']}")
        yield {"what": words, "title": one["title"], "nats": one["nats"], "so_far": expit(total)}


def _print_levers(view: Sheet) -> None:
    found = view["belief"].get("levers", ())[:LEVERS]
    if not found:
        return
    now = view["belief"]["why_of"]["prob"]
    lines = [
        f"  {clean(one['what'])} {_told(one['reference'])}: {percent(one['prob'])} "
        f"({points(one['prob'] - now)} points)"
        for one in found
    ]
    print_lines(["", "What would move it most (a new report: ten times likelier)", *lines])


def _told(reference: str) -> str:
    """A reference as it is, or a day as people say it."""
    try:
        return day(datetime.fromisoformat(reference))
    except ValueError:
        return clean(reference)


_COLUMNS: Final = [
    Column("what", lambda row: row["what"]),
    Column("title", lambda row: row["title"], wraps=True, spare=True),
    Column("adds, log odds", lambda row: f"{row['nats']:+z.2f}", "right"),
    Column("so far", lambda row: percent(row["so_far"]), "right"),
]
