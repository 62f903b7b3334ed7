"""The page for a weekly meeting: collected from the store, written as one file."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from forecast.show.files import write_whole
from forecast.show.html import Drawing, Page, Pictured, Sheet, report_page
from forecast.show.pictures import calibration as reliability
from forecast.show.pictures import leaderboard as ranking
from forecast.show.pictures import spread
from forecast.show.pictures.drawn import svg_of
from forecast.show.pictures.gathering import (
    calibration_of,
    course_of,
    figure_of_question,
    standings_of,
)
from forecast.show.pictures.question import NARROW, question_figure
from forecast.show.pictures.telling import closing, closing_of, finding, numbered, steps_of
from forecast.views.movement import due_rows, movement
from forecast.views.questions import question_rows, question_view
from questions.errors import BadInput
from questions.store.reading import Reading

if TYPE_CHECKING:
    import numpy as np


def report_of(
    read: Reading,
    at: datetime,
    *,
    label: str,
    rng: "np.random.Generator",
    since_days: float = 7.0,
    leaderboard: bool = False,
) -> str:
    """The page as of an instant, from a store with a label (``live`` or ``replay``).

    Questions have a picture unless they were resolved more than ``since_days`` before;
    people are ranked only where ``leaderboard`` asks for it.
    """
    rows = question_rows(read, at)
    views = [question_view(read, row["id"], at) for row in rows]
    over = [view for view in views if view["status"] == "resolved"]
    since = at - timedelta(days=since_days)
    shown = [view for view in views if view["resolved_at"] is None or view["resolved_at"] >= since]
    return report_page(
        Page(
            at=at,
            label=label,
            since_days=since_days,
            moved=by_movement(movement(read, at, since=timedelta(days=since_days))),
            due=due_rows(rows, at, days=since_days),
            resolved=sorted(over, key=lambda view: view["resolved_at"], reverse=True),
            pictured=[_pictured(read, view, at) for view in shown],
            calibration=_calibration(read, at, rng),
            leaderboard=_leaderboard(read, at, rng) if leaderboard else None,
        )
    )


def write_page(html: str, path: Path) -> None:
    """Write a page.

    Raises:
        BadInput: a name that does not end in .html.
        BadFile: no such folder, or one that cannot be written.
    """
    if path.suffix.lower() != ".html":
        raise BadInput("page file", path, "a name that ends in .html")
    write_whole(path, html.encode())


def by_movement(rows: Sequence[Sheet]) -> list[Sheet]:
    """Rows of movement, the question that moved farthest within the week first."""
    return sorted(rows, key=lambda row: -abs(row["move"]))


def _pictured(read: Reading, view: Sheet, at: datetime) -> Pictured:
    if view["type"] != "binary":
        figure = figure_of_question(read, view, at, width=NARROW, captioned=False)
        drawing = Drawing(spread.finding(view), svg_of(figure, inline=True))
        return Pictured(view, closing_of(view["scheduled_close_time"]), drawing, {}, {})
    course = course_of(read, view, at)
    figure = question_figure(course, width=NARROW, captioned=False)
    return Pictured(
        view=view,
        closing=closing(course),
        drawing=Drawing(finding(course), svg_of(figure, inline=True)),
        numbers={one.report: one.number for one in numbered(course.moves)},
        moved={first.report: moved for first, moved in steps_of(course.moves)},
    )


def _calibration(read: Reading, at: datetime, rng: "np.random.Generator") -> Drawing | None:
    """The team's calibration; None where there is nothing to calibrate on."""
    try:
        found = calibration_of(read, at, rng=rng)
    except BadInput:
        return None
    svg = svg_of(reliability.calibration_figure(found, width=NARROW, captioned=False), inline=True)
    return Drawing(reliability.headline(found), svg, reliability.explanation(found))


def _leaderboard(read: Reading, at: datetime, rng: "np.random.Generator") -> Drawing | None:
    """The leaderboard; None where nobody can be ranked."""
    try:
        found = standings_of(read, at, rng=rng)
    except BadInput:
        return None
    svg = svg_of(ranking.leaderboard_figure(found, width=NARROW, captioned=False), inline=True)
    return Drawing(ranking.headline(found), svg, ranking.explanation(found))
