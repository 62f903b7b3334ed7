"""The crowd in a line, and how far somebody is from it."""

from collections.abc import Mapping, Sequence
from typing import Any

from forecast.show.terminal import clean, counted, day, percent, points

Sheet = Mapping[str, Any]


def crowd_line(crowd: Sheet) -> str:
    """What a crowd says, how it was pooled and of how many.

    >>> crowd_line({"says": "42%", "method": "median", "n": 3})
    '42%  median of 3 active forecasts'
    """
    return f"{clean(crowd['says'])}  {crowd['method']} of {counted(crowd['n'], 'active forecast')}"


def elsewhere_lines(rows: Sequence[Sheet]) -> list[str]:
    """What crowds elsewhere say, a line each.

    >>> from datetime import UTC, datetime
    >>> since = datetime(2024, 3, 5, tzinfo=UTC)
    >>> row = {"platform": "manifold", "crowd": "market", "short": "62%", "since": since, "n": None}
    >>> elsewhere_lines([row])
    ['62%  market (manifold) since 5 Mar 2024']
    """
    return [
        f"{clean(row['short'])}  {clean(row['crowd'])} ({clean(row['platform'])}) since "
        f"{day(row['since'])}" + (f", {counted(row['n'], 'forecaster')}" if row["n"] else "")
        for row in rows
    ]


def standing_lines(found: Sheet) -> list[str]:
    """The crowd, and how far from it a member is who is one of it; nothing of one alone.

    >>> crowd = {"says": "42%", "method": "median", "n": 3}
    >>> standing_lines({"crowd": crowd, "from_crowd": {"points": 0.08, "log_odds": 0.323}})
    ['crowd 42%  median of 3 active forecasts; this is 8.0 points above it (+0.32 in log odds)']
    """
    crowd = found["crowd"]
    if crowd["n"] < 2:
        return []
    return [f"crowd {crowd_line(crowd)}; {_far(found['from_crowd'])}"]


def _far(far: Sheet) -> str:
    if "points" not in far:
        return f"of this {percent(round(far['distance'], 3))} lies elsewhere"
    amount = points(abs(far["points"])).lstrip("+")
    side = "above" if far["points"] > 0 else "below"
    return f"this is {amount} points {side} it ({far['log_odds']:+.2f} in log odds)"
