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
            print_lines(["", f"Why the {name} is {percent(held['prob'])}"])
            print_table(list(steps(held, view)), _COLUMNS, nothing="")
    _print_levers(view)


def _has_people(held: Sheet) -> bool:
    return any(one["cause"] == "person" for one in held.get("why", ()))


def steps(held: Sheet, view: Sheet) -> Iterator[dict[str, Any]]:
    """A row for each contribution: its words, its nats, and where it leaves the probability."""
    titles: dict[str, str] = {}
    for row in view.get("evidence", ()):
        titles.setdefault(row["story"] or row["report"], row["title"])
    total = 0.0
    for one in held["why"]:
        total += one["nats"]
        reference = one["reference"]
        words = _NAMES.get(one["cause"], f"{one['cause']} {reference}")
        title = titles.get(reference, "") if one["cause"] == "story" else ""
        yield {"what": words, "title": title, "nats": one["nats"], "so_far": expit(total)}


def _print_levers(view: Sheet) -> None:
    found = view["belief"].get("levers", ())[:LEVERS]
    if not found:
        return
    now = view["belief"]["prob"]
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
