"""What pictures and pages show, collected from the store."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from forecast.belief.dossier import Dossier, resting_on
from forecast.belief.draws import Fit
from forecast.belief.history import path
from forecast.crowd.paths import crowd_path
from forecast.desk.ladders import LADDER_ID, find_ladder
from forecast.desk.scoring import Which, tables
from forecast.histories.history import History, histories
from forecast.histories.targets import target_of
from forecast.records import Belief
from forecast.scoring.calibration import Calibration, calibrate
from forecast.scoring.leaderboard import Standing, leaderboard
from forecast.scoring.score import score
from forecast.show.pictures.calibration import calibration_figure
from forecast.show.pictures.course import Course, Move, Stretch
from forecast.show.pictures.ladder import ladder_figure
from forecast.show.pictures.leaderboard import leaderboard_figure
from forecast.show.pictures.question import WIDE, question_figure
from forecast.show.pictures.sources import sources_figure
from forecast.show.pictures.spread import spread_figure
from forecast.show.pictures.waterfall import waterfall_figure
from forecast.views.crowd import DEFAULT_METHOD
from forecast.views.known import Known
from forecast.views.linked import ladder_view
from forecast.views.questions import question_view
from forecast.views.sourcing import source_rows
from questions.errors import BadInput
from questions.instants import from_micros
from questions.store.reading import Reading

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Sheet = Mapping[str, Any]

LEAST_MOVE = 0.0005
"""A report that moved the belief by less than this share of a point has not moved it."""


def figure_of(
    read: Reading, what: str, at: datetime, *, rng: np.random.Generator, why: bool = False
) -> "Figure":
    """The picture that a word asks for: a team's, a ladder's, or a question's.

    ``calibration``, ``leaderboard``, ``sources``, a ladder's id, or what names a question;
    ``why`` asks for what each thing added to a question's belief, not for its course.

    Raises:
        NotFound: no question or ladder of that id or title.
        BadInput: several questions, or nothing to draw yet.
    """
    known = Known(read, at)
    if why:
        return waterfall_figure(question_view(read, what, at, known=known))
    match what.strip().lower():
        case "calibration":
            return calibration_figure(calibration_of(read, at, rng=rng))
        case "leaderboard":
            return leaderboard_figure(standings_of(read, at, rng=rng))
        case "sources":
            return sources_figure(_sources(read, at))
    if LADDER_ID.fullmatch(what.strip()):
        return ladder_figure(ladder_view(read, find_ladder(read, what), at))
    return figure_of_question(question_view(read, what, at, known=known), known)


def _sources(read: Reading, at: datetime) -> Sequence[Sheet]:
    if rows := source_rows(read, at):
        return rows
    raise BadInput("sources to draw", "", "at least one source: tidings source add NAME")


def figure_of_question(
    view: Sheet, known: Known, *, width: float = WIDE, captioned: bool = True
) -> "Figure":
    """The picture of one question: over time, or as it stands where it is not yes or no."""
    if view["type"] != "binary":
        return spread_figure(view, width=width, captioned=captioned)
    return question_figure(course_of(view, known), width=width, captioned=captioned)


def calibration_of(read: Reading, at: datetime, *, rng: np.random.Generator) -> Calibration:
    """The team's calibration as of an instant.

    Raises:
        BadInput: no resolved binary question with a forecast.
    """
    targets, forecasts = tables(read, at)
    return calibrate(targets, forecasts, rng=rng)


def standings_of(read: Reading, at: datetime, *, rng: np.random.Generator) -> list[Standing]:
    """The leaderboard as of an instant.

    Raises:
        BadInput: nobody has peer points yet.
    """
    targets, forecasts = tables(read, at, Which(imported=False))
    standings = leaderboard(score(targets, forecasts, ["peer", "brier"]), rng=rng)
    if not standings:
        right = "at least one resolved question on which two members forecast"
        raise BadInput("questions to rank on", "", right)
    return standings


def course_of(view: Sheet, known: Known) -> Course:
    """The course of a question, from what its view lets the reader see."""
    tracked, dossier = known.asked[view["id"]], known.dossiers[view["id"]]
    question, at = tracked.question, known.at
    history = histories([target_of(tracked)], dossier.forecasts)[0]
    return Course(
        id=question.id,
        title=question.title,
        at=at,
        open_time=question.open_time,
        scheduled_close_time=question.scheduled_close_time,
        beliefs=tuple(path(dossier, known.fits, at)),
        joint=_joint(view, dossier, known.fits, at),
        said=tuple(_said(history, view, at)),
        crowd=tuple(_crowd(history, at)) if "crowd" in view else (),
        moves=tuple(moves_of(view["beliefs"])),
        outcome=view["resolution"],
        resolved_at=view["resolved_at"],
    )


def _joint(view: Sheet, dossier: Dossier, fits: Sequence[Fit], at: datetime) -> tuple[Belief, ...]:
    """The belief with the team's forecasts, where a fit has learned what they are worth."""
    heard = any(one.forecasts for one in resting_on(dossier))
    if "joint" not in view or not fits or not heard:
        return ()
    return tuple(path(dossier, fits, at, joint=True))


def _said(history: History, view: Sheet, at: datetime) -> list[Stretch]:
    """What the members whose forecasts may be seen held, and when."""
    seen = {row["member"] for row in view["forecasts"]}
    rows = zip(history.who, history.start, history.end, history.values, strict=True)
    held = [(history.forecasters[who], start, end, prob) for who, start, end, prob in rows]
    return _until([one for one in held if one[0] in seen], at)


def _crowd(history: History, at: datetime) -> list[Stretch]:
    crowd = crowd_path(history, DEFAULT_METHOD)
    rows = zip(crowd.edges[:-1], crowd.edges[1:], crowd.n, crowd.values, strict=True)
    return _until([("crowd", start, end, prob) for start, end, n, prob in rows if n], at)


def _until(held: Sequence[tuple[str, int, int, float]], at: datetime) -> list[Stretch]:
    """The stretches that had begun by an instant, cut off there."""
    stretches = [
        Stretch(who, from_micros(int(start)), min(from_micros(int(end)), at), float(prob))
        for who, start, end, prob in held
    ]
    return [one for one in stretches if one.start <= at]


def moves_of(beliefs: Sequence[Sheet]) -> list[Move]:
    """The reports that moved a belief, numbered in the order in which they first did."""
    moved = [
        one
        for one in beliefs
        if one["cause"] == "evidence"
        and one["before"] is not None
        and abs(one["after"] - one["before"]) >= LEAST_MOVE
    ]
    number = {
        report: place
        for place, report in enumerate(dict.fromkeys(one["reference"] for one in moved), start=1)
    }
    return [
        Move(
            number=number[one["reference"]],
            report=one["reference"],
            title=one["title"],
            at=one["at"],
            before=one["before"],
            after=one["after"],
        )
        for one in moved
    ]
