"""Options, numbers and dates as a person reads them on a terminal."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from forecast.show.terminal import Column, bar, clean, of_fit, percent, print_lines, print_table
from forecast.writing.values import format_number
from questions.instants import parse_instant
from questions.records import Date, Discrete, Kind, Numeric
from questions.store.decoding import kind_from_json

Sheet = Mapping[str, Any]

_HEIGHTS: Final = " ▁▂▃▄▅▆▇█"
NOBODY: Final[Sheet] = {"n": 0}
"""The crowd where the reader is shown none."""


def print_numbers(view: Sheet) -> None:
    """Print prior, belief and crowd of a question that is not answered yes or no."""
    if "probs" in view["belief"]:
        _print_options(view)
    else:
        _print_measure(view, kind_from_json(view["kind"]))


def _print_options(view: Sheet) -> None:
    belief, crowd = view["belief"], view.get("crowd", {}).get("probs", {})
    rows = [
        {
            "option": option,
            "prior": view["prior"]["probs"][option],
            "belief": share,
            "low": belief["ci_low"][option],
            "high": belief["ci_high"][option],
            "crowd": crowd.get(option),
            "joint": view["joint"]["probs"][option] if _joint(view) else None,
        }
        for option, share in belief["probs"].items()
    ]
    columns = [
        Column("option", lambda row: row["option"], wraps=True),
        Column("prior", lambda row: percent(round(row["prior"], 3)), "right"),
        Column("belief", lambda row: percent(round(row["belief"], 3)), "right"),
        Column("", lambda row: bar(row["belief"]), spare=True),
        Column(
            f"{belief['ci_prob']:.0%} interval",
            lambda row: f"{percent(round(row['low'], 3))} to {percent(round(row['high'], 3))}",
            spare=True,
        ),
        Column("crowd", lambda row: _rounded(row["crowd"]), "right"),
    ]
    if _joint(view):
        columns.append(Column("joint", lambda row: _rounded(row["joint"]), "right"))
    print_lines([""])
    print_table(rows, columns, nothing="")
    print_lines(_foot(view))


def _rounded(share: float | None) -> str:
    return percent(None if share is None else round(share, 3))


def _foot(view: Sheet) -> list[str]:
    belief, crowd = view["belief"], view.get("crowd", NOBODY)
    stale = "; refit is due" if belief["needs_refit"] else ""
    lines = [f"prior: {clean(view['prior']['why'])}", f"belief: {of_fit(belief['fit'])}{stale}"]
    if crowd["n"]:
        lines.append(f"crowd: {crowd['method']} of {crowd['n']}")
    return lines


def _print_measure(view: Sheet, kind: Kind) -> None:
    belief, crowd = view["belief"], view.get("crowd", NOBODY)
    low, high = (told(kind, belief[end]) for end in ("ci_low", "ci_high"))
    told_of = ("prior", "belief", *_joint(view))
    rows = [{"what": name, **view[name]["quantiles"]} for name in told_of]
    rows += [{"what": "crowd", **crowd["quantiles"]}] if crowd["n"] else []
    levels = sorted({name for row in rows for name in row if name != "what"}, key=_level)
    columns = [
        Column("", lambda row: row["what"]),
        *(Column(name, _at(kind, name), "right") for name in levels),
    ]
    print_lines([""])
    print_table(rows, columns, nothing="")
    unit = f" {clean(kind.unit)}" if isinstance(kind, Numeric | Discrete) and kind.unit else ""
    lines = [
        f"{belief['ci_prob']:.0%} between {low} and {high}{unit}",
        density(kind, belief["density"]),
        _known(kind, belief),
    ]
    print_lines([*lines, *_foot(view)])


def _joint(view: Sheet) -> list[str]:
    """The joint, where it is no secret and a fit knows what forecasts are worth."""
    return ["joint"] if "joint" in view and view["joint"]["fit"] != "cold" else []


def _known(kind: Kind, belief: Sheet) -> str:
    """How well the quantiles of a belief are known."""
    bands = [
        f"{name} {told(kind, low)} to {told(kind, high)}"
        for name, (low, high) in belief["known_within"].items()
    ]
    return f"known within ({belief['ci_prob']:.0%}): {', '.join(bands)}"


def _level(name: str) -> float:
    return float(name.removeprefix("p"))


def _at(kind: Kind, name: str) -> Any:
    return lambda row: told(kind, row[name]) if name in row else ""


def density(kind: Kind, found: Sheet) -> str:
    """The shape of a distribution on one line, and what lies beyond its ends."""
    inside: Sequence[float] = found["inside"]
    highest = max(*inside, 1e-12)
    line = "".join(_HEIGHTS[round((len(_HEIGHTS) - 1) * one / highest)] for one in inside)
    below = f"({percent(round(found['below'], 3))}) " if found["below"] >= 0.0005 else ""
    above = f" ({percent(round(found['above'], 3))})" if found["above"] >= 0.0005 else ""
    return f"{below}{told(kind, found['low'])} {line} {told(kind, found['high'])}{above}"


def told(kind: Kind, value: Any) -> str:
    """A number of a question, or a date, from its view."""
    return format_number(kind, _number(kind, value))


def _number(kind: Kind, value: Any) -> float:
    if isinstance(kind, Date) and not isinstance(value, float):
        moment = parse_instant(value) if isinstance(value, str) else value
        return float(moment.timestamp())
    return float(value)
