"""What is believed, by whom, and how well.

In a notebook, from tables of forecasts and questions to scores::

    import forecast
    scores = forecast.score(forecasts, questions, "brier,peer")
    forecast.leaderboard(forecasts, questions)

and at a store, the verbs of the command line as functions::

    with forecast.open_desk("team.db", now="2030-01-01", who="Ana") as desk:
        forecast.predict(desk, "Q1", 0.35, why="talks are planned")
        forecast.believe(desk, "Q1")["prob"]

``docs/python.md`` lists all of it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from forecast.python.desks import add_member, open_desk, seat
    from forecast.python.looks import (
        believe,
        draw,
        moves,
        plot,
        question,
        questions,
        tables,
        update,
    )
    from forecast.python.pooling import aggregate, backtest
    from forecast.python.verbs import (
        accept,
        ask,
        draft,
        fit,
        judge,
        predict,
        prior,
        read,
        resolve,
    )
    from forecast.scoring.frames import calibrate, compare, leaderboard, score

_HOMES: Final = {
    "forecast.python.desks": ("add_member", "open_desk", "seat"),
    "forecast.python.verbs": (
        *("accept", "ask", "draft", "fit", "judge", "predict", "prior", "read", "resolve"),
    ),
    "forecast.python.looks": (
        *("believe", "draw", "moves", "plot", "question", "questions", "tables", "update"),
    ),
    "forecast.python.pooling": ("aggregate", "backtest"),
    "forecast.scoring.frames": ("calibrate", "compare", "leaderboard", "score"),
}
_HOME_OF: Final = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "accept",
    "add_member",
    "aggregate",
    "ask",
    "backtest",
    "believe",
    "calibrate",
    "compare",
    "draft",
    "draw",
    "fit",
    "judge",
    "leaderboard",
    "moves",
    "open_desk",
    "plot",
    "predict",
    "prior",
    "question",
    "questions",
    "read",
    "resolve",
    "score",
    "seat",
    "tables",
    "update",
]


def __getattr__(name: str) -> Any:
    """What the package offers, loaded when it is first asked for."""
    if name in _HOME_OF:
        return getattr(import_module(_HOME_OF[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """What the package offers."""
    return __all__
