"""The page for a weekly meeting: collected from the store, written as one file."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from forecast.show.files import write_whole
from forecast.show.html import Drawing, Moved, Page, Pictured, Sheet, report_page
from forecast.show.pictures import calibration as reliability
from forecast.show.pictures import leaderboard as ranking
from forecast.show.pictures import sources as sourcing
from forecast.show.pictures import spread
from forecast.show.pictures.drawn import svg_of
from forecast.show.pictures.gathering import (
    calibration_of,
    course_of,
    figure_of_question,
    standings_of,
)
from forecast.show.pictures.question import NARROW, question_figure
from forecast.show.pictures.telling import (
    closing,
    closing_of,
    finding,
    numbered,
    state,
    steps_of,
)
from forecast.show.reasons import reasons
from forecast.views.agenda import agenda_rows
from forecast.views.known import Known
from forecast.views.movement import due_rows, moves
from forecast.views.questions import asked_rows, question_view
from forecast.views.sayings import dispute_rows
from forecast.views.sourcing import source_rows
from questions.errors import BadInput
from questions.store.reading import Reading

if TYPE_CHECKING:
    import numpy as np

MOST_SOURCES: Final = 12
MOST_PICTURED: Final = 40
"""So many questions have a picture; what is said of the others stands in the tables."""


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
    people are ranked only where ``leaderboard`` asks for it. What the reading hides from its
    reader stands nowhere on it.
    """
    known, since = Known(read, at), at - timedelta(days=since_days)
    rows = asked_rows(known)
    told = [row for row in rows if row["resolved_at"] is None or row["resolved_at"] >= since]
    views = {row["id"]: question_view(read, row["id"], at, known=known) for row in told}
    shown = list(views.values())
    over = [view for view in shown if view["status"] == "resolved"]
    running = _open(known, since, views)
    pictured = _foremost(shown, [one.row["id"] for one in running])
    return report_page(
        Page(
            at=at,
            since=since,
            label=label,
            open=running,
            disputed=agenda_rows(read, at, known=known),
            blind=[name for name, view in views.items() if "crowd" not in view],
            due=due_rows(rows, at, days=since_days),
            proposed=known.proposed,
            contested=[row for row in dispute_rows(read) if not row["settled"]],
            resolved=sorted(over, key=lambda view: view["resolved_at"], reverse=True),
            pictured=[_pictured(view, known) for view in pictured],
            unpictured=len(shown) - len(pictured),
            calibration=_calibration(read, at, rng),
            sources=_sources(known),
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


def _open(known: Known, since: datetime, views: Mapping[str, Sheet]) -> Sequence[Moved]:
    """The open questions with what moved them."""
    rows = by_movement(moves(known, since=known.at - since))
    return [Moved(row, reasons(row, views[row["id"]], since)) for row in rows]


def _foremost(shown: Sequence[Sheet], moved: Sequence[str]) -> Sequence[Sheet]:
    """As many questions as have a picture: those that are over or wait, then who moved most."""
    if len(shown) <= MOST_PICTURED:
        return shown
    turn = {name: place for place, name in enumerate(moved)}
    first = sorted(shown, key=lambda view: turn.get(view["id"], -1))[:MOST_PICTURED]
    kept = {view["id"] for view in first}
    return [view for view in shown if view["id"] in kept]


def by_movement(rows: Sequence[Sheet]) -> list[Sheet]:
    """Rows of movement, the question that moved farthest first."""
    return sorted(rows, key=lambda row: -abs(row["move"]))


def _pictured(view: Sheet, known: Known) -> Pictured:
    if view["type"] != "binary":
        figure = figure_of_question(view, known, width=NARROW, captioned=False)
        drawing = Drawing(spread.finding(view), svg_of(figure, inline=True))
        told = spread.state(view)
        return Pictured(view, closing_of(view["scheduled_close_time"]), told, drawing, {}, {})
    course = course_of(view, known)
    figure = question_figure(course, width=NARROW, captioned=False)
    return Pictured(
        view=view,
        closing=closing(course),
        state=state(course),
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


def _sources(known: Known) -> Drawing | None:
    """The sources that most reports come from; None where there are none."""
    rows = source_rows(known.read, known.at, known=known)
    rows = sorted(rows, key=lambda row: (-row["resolved"], -row["reports"]))
    if not rows:
        return None
    svg = svg_of(
        sourcing.sources_figure(rows[:MOST_SOURCES], width=NARROW, captioned=False), inline=True
    )
    missing = len(rows) - MOST_SOURCES
    rest = f" {missing} sources with fewer reports are not shown." if missing > 0 else ""
    return Drawing(sourcing.headline(rows), svg, sourcing.explanation(rows[:MOST_SOURCES]) + rest)


def _leaderboard(read: Reading, at: datetime, rng: "np.random.Generator") -> Drawing | None:
    """The leaderboard; None where nobody can be ranked."""
    try:
        found = standings_of(read, at, rng=rng)
    except BadInput:
        return None
    svg = svg_of(ranking.leaderboard_figure(found, width=NARROW, captioned=False), inline=True)
    return Drawing(ranking.headline(found), svg, ranking.explanation(found))
