"""What is believed, by whom, and how well.

In a notebook, from tables of forecasts and questions to scores::

    import forecast
    scores = forecast.score(forecasts, questions, "brier,peer")
    forecast.leaderboard(forecasts, questions)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from forecast.scoring.frames import calibrate, compare, leaderboard, score

__all__ = ["calibrate", "compare", "leaderboard", "score"]


def __getattr__(name: str) -> Any:
    """What the package offers from pandas to pandas, loaded when it is first asked for."""
    if name in __all__:
        return getattr(import_module("forecast.scoring.frames"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
