"""Why a belief is elsewhere than it was: the reports that moved it, and what time did."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from forecast.show.terminal import clean, points

Sheet = Mapping[str, Any]

MOST: Final = 3
"""So many reasons are told, those that moved the belief most."""
LEAST: Final = 0.002
"""What moved it by less than a fifth of a point is no reason."""
_CAUSES: Final = {"fit": "refit", "retraction": "retracted", "grade": "grade of"}


def reasons(row: Sheet, view: Sheet, since: datetime) -> Sequence[str]:
    """What moved a belief since an instant, in words, the strongest first; a report is named.

    ``row`` is of :func:`forecast.views.movement`, ``view`` of :func:`forecast.views.question_view`.
    Of a question that is not yes or no the reports judged since.
    """
    if row["prob"] is None:
        return [f"{one['report']} {clean(one['title'])}" for one in _judged(view, since)][:MOST]
    steps = [one for one in view["beliefs"] if one["at"] > since and one["before"] is not None]
    moved: dict[str, float] = {}
    for one in steps:
        said = _named(one)
        moved[said] = moved.get(said, 0.0) + one["after"] - one["before"]
    moved["time that passed"] = row["move"] - sum(moved.values())
    told = sorted(moved.items(), key=lambda pair: -abs(pair[1]))
    return [f"{said} ({points(by)})" for said, by in told if abs(by) >= LEAST][:MOST]


def _named(step: Sheet) -> str:
    cause = _CAUSES.get(step["cause"], "")
    return clean(" ".join(filter(None, (cause, step["reference"], step["title"]))))


def _judged(view: Sheet, since: datetime) -> list[Sheet]:
    """The reports of which somebody's judgement came since an instant, and stands."""
    return [
        row
        for row in view["evidence"]
        if any(one["stands"] and one["at"] > since for one in row["judgements"])
    ]
