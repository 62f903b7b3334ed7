"""Ladders and links as a person reads them on a terminal."""

from collections.abc import Mapping, Sequence
from typing import Any

from forecast.show.terminal import Column, bar, clean, percent, print_lines, print_table

Sheet = Mapping[str, Any]


def print_ladder(view: Sheet) -> None:
    """Print a ladder: each rung with its belief and what members say of it."""
    print_lines([f"{view['id']}  {clean(view['title'])}", view["says"], ""])
    members = sorted({who for rung in view["rungs"] for who in rung["said"]})

    def said(who: str) -> Any:
        return lambda rung: percent(rung["said"].get(who))

    def span(rung: Sheet) -> str:
        return f"{percent(rung['ci_low'])} to {percent(rung['ci_high'])}"

    columns = [
        Column("id", lambda rung: rung["id"]),
        Column("question", lambda rung: rung["title"], wraps=True),
        Column("status", lambda rung: rung["status"], spare=True),
        Column("belief", lambda rung: percent(rung["prob"]), "right"),
        Column("", lambda rung: bar(rung["prob"]), spare=True),
        Column("90% interval", span, spare=True),
        *(Column(who, said(who), "right", spare=True) for who in members),
    ]
    print_table(view["rungs"], columns, nothing="no rungs")
    if lines := broken_lines(view):
        print_lines(["", *lines])


def print_ties(rows: Sequence[Sheet]) -> None:
    """Print every ladder and link, with who does not keep to it."""
    if not rows:
        print_lines(["nothing is linked: tidings link Q3 implies Q1"])
    for row in rows:
        print_lines([f"{row['id']:<4} {row['says']}", *broken_lines(row)])


def broken_lines(row: Sheet) -> list[str]:
    """A line for everybody who does not keep to a tie, with the nearest that does."""
    return [f"  {broken(holder)}" for holder in row["holders"] if not holder["coherent"]]


def broken(holder: Sheet) -> str:
    """What somebody says that cannot be, and the nearest that can.

    >>> said, near = {"Q3": 0.5, "Q1": 0.3}, {"Q3": 0.4, "Q1": 0.4}
    >>> broken({"who": "belief", "probs": said, "nearest": near})
    'belief: Q3 50%, Q1 30% cannot be; nearest (least squares): Q3 40%, Q1 40%'
    """
    return (
        f"{clean(holder['who'])}: {_listed(holder['probs'])} cannot be; "
        f"nearest (least squares): {_listed(holder['nearest'])}"
    )


def _listed(probs: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {percent(round(prob, 3))}" for name, prob in probs.items())
