"""What a desk shows: tables of pandas, and one question as a dictionary.

Everything is as of the desk's hour, or of another; what is hidden from the member at it is
left out.
"""

from functools import partial
from typing import TYPE_CHECKING, Any

from numpy.random import PCG64, Generator

from forecast.desk.desk import Desk
from forecast.python.desks import Time, instant

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from forecast.scoring.calibration import Calibration


def questions(desk: Desk, *, as_of: Time | None = None) -> "pd.DataFrame":
    """One row a question: id, title, status, times, resolution, belief and crowd (0 to 1)."""
    import pandas as pd

    from forecast.views.questions import question_rows

    at = instant(as_of, now=desk.now) or desk.now
    with desk.reading(at) as read:
        return pd.DataFrame(question_rows(read, at))


def question(desk: Desk, name: str, *, as_of: Time | None = None) -> dict[str, Any]:
    """Everything about one question, as ``tidings show --json`` has it.

    Args:
        desk: where one looks.
        name: its id, or an unambiguous part of its title.
        as_of: what was on record then, in place of the desk's hour.

    Raises:
        NotFound: no question of that id or title.
        BadInput: several questions.
    """
    from forecast.views.questions import question_view

    at = instant(as_of, now=desk.now) or desk.now
    with desk.reading(at) as read:
        return question_view(read, name, at)


def update(desk: Desk, *names: str) -> "pd.DataFrame":
    """One row a question: its belief now, what the last report moved, how far it was a week ago.

    Of the questions named, or of all that are not over. ``prob``, ``ci_low`` and ``ci_high``
    are from 0 to 1; ``move``, ``last_move`` and ``learned_move`` are differences of
    probabilities; the last is how far a belief would move by what all that is new teaches, were
    the fit carried on.

    Raises:
        NotFound, BadInput: as :func:`question`.
    """
    import pandas as pd

    from forecast.views.movement import movement
    from questions.store import shelf

    with desk.reading() as read:
        ids = [shelf.find_question(read, one, desk.now).question.id for one in names]
        return pd.DataFrame(movement(read, desk.now, only=ids or None))


def believe(desk: Desk, name: str, *, as_of: Time | None = None) -> dict[str, Any]:
    """The belief about one question: prior, time and judged reports, never a forecast.

    Keys: ``prob``, ``probs`` or ``quantiles``, ``ci_low``, ``ci_high``, ``ci_prob``, ``at``,
    ``fit`` (``cold`` before there is one), ``needs_refit``, and ``why``: what each thing
    added, in nats of log odds.

    Raises:
        NotFound, BadInput: as :func:`question`.
    """
    found: dict[str, Any] = question(desk, name, as_of=as_of)["belief"]
    return found


def moves(desk: Desk, name: str) -> "pd.DataFrame":
    """One row for each step of a belief: at, cause, reference, before, after, by, title.

    Raises:
        NotFound, BadInput: as :func:`question`.
    """
    import pandas as pd

    return pd.DataFrame(question(desk, name)["beliefs"])


def tables(desk: Desk) -> "tuple[pd.DataFrame, pd.DataFrame]":
    """All forecasts and all questions, in the columns that :func:`forecast.score` takes."""
    import pandas as pd

    from forecast.exchange.analysis import TABLES
    from forecast.views.tables import forecast_table, question_table

    with desk.reading() as read:
        rows = {
            "forecasts": forecast_table(read, desk.now),
            "questions": question_table(read, desk.now),
        }
    said, asked = (
        pd.DataFrame(found or None, columns=None if found else list(TABLES[name]))
        for name, found in rows.items()
    )
    return said, asked


def plot(desk: Desk, what: str, *, why: bool = False, seed: int = 1) -> "Figure":
    """A picture of a question, a ladder, or the team; a notebook shows it.

    Args:
        desk: where one looks.
        what: an id, or ``calibration``, ``leaderboard``, ``sources``.
        why: of a question, the reasons of its belief as a waterfall.
        seed: of the resampling behind bands and intervals.

    Raises:
        NotFound, BadInput: as :func:`question`; nothing to draw.
    """
    from forecast.show.pictures import figure_of

    with desk.reading() as read:
        return _shown(figure_of(read, what, desk.now, rng=Generator(PCG64(seed)), why=why))


def draw(found: "Calibration | pd.DataFrame") -> "Figure":
    """A picture of what ``calibrate``, ``leaderboard`` or ``backtest`` found; a notebook shows it.

    Raises:
        ValueError: a table of something else, or of nobody.
    """
    from forecast.crowd.backtest import Performance
    from forecast.scoring.calibration import Calibration
    from forecast.scoring.leaderboard import Standing
    from forecast.show.pictures.calibration import calibration_figure
    from forecast.show.pictures.gains import gains
    from forecast.show.pictures.leaderboard import leaderboard_figure

    if isinstance(found, Calibration):
        return _shown(calibration_figure(found))
    rows: list[dict[str, Any]] = [
        {str(name): None if value != value else value for name, value in row.items()}
        for row in found.to_dict("records")
    ]
    if "rank" in found:
        return _shown(leaderboard_figure([Standing(**row) for row in rows]))
    if "gain_over_mean" in found:
        return _shown(gains([Performance(**row) for row in rows]))
    raise ValueError("give what calibrate, leaderboard or backtest found")


def _shown(figure: "Figure") -> "Figure":
    """A figure that a notebook shows, though nobody has loaded pyplot there."""
    from forecast.show.pictures.drawn import png_of

    vars(figure)["_repr_png_"] = partial(png_of, figure)
    return figure
