"""Crowds from pandas to pandas; the columns are those of :func:`forecast.score`."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from numpy.random import PCG64, Generator

from forecast.histories.history import histories
from forecast.python.desks import Time, instant
from forecast.scoring.points import peer
from forecast.scoring.tables import checked, outside_in, records_in, targets_in

if TYPE_CHECKING:
    import pandas as pd

DEFAULT: Final = "log_odds_mean"


def aggregate(
    forecasts: "pd.DataFrame",
    questions: "pd.DataFrame",
    method: str = DEFAULT,
    *,
    at: Time | None = None,
) -> "pd.DataFrame":
    """One row a question: question_id, method, at, n, and prob (0 to 1), probs or cdf.

    Args:
        forecasts: as for :func:`forecast.score`.
        questions: as for :func:`forecast.score`; ``resolution`` may be empty.
        method: mean, median, trimmed_mean, log_odds_mean, extremized, beta_pool,
            recency_median, recency_mean; or one that learns from what had been resolved by
            then: single_aggregation, skill_weighted, contribution_weighted, bayes.
        at: the instant; else just before the close of each.

    Raises:
        BadFile: as :func:`forecast.score`.
        BadInput: a method that is not known or does not suit a question's type.

    >>> import pandas as pd
    >>> said = pd.DataFrame({"question_id": ["a", "a"], "forecaster": ["Ana", "Bo"],
    ...     "prob": [0.6, 0.9], "made_at": pd.Timestamp("2025-01-02", tz="UTC")})
    >>> asked = pd.DataFrame({"question_id": ["a"], "open_time": ["2025-01-01"],
    ...     "scheduled_close_time": ["2025-01-31"], "resolution": ["yes"]})
    >>> aggregate(said, asked, "mean")["prob"].tolist()
    [0.75]
    """
    import pandas as pd

    from forecast.crowd.aggregate import aggregate as pooled
    from forecast.crowd.aggregate import columns_of

    targets = targets_in(questions)
    said = checked(forecasts, targets)
    values = pooled(
        targets,
        records_in(said, targets),
        method,
        at=instant(at),
        outside=outside_in(said),
        points=peer,
    )
    return pd.DataFrame(
        columns_of(one, target) for one, target in zip(values, targets, strict=True)
    )


def backtest(
    forecasts: "pd.DataFrame",
    questions: "pd.DataFrame",
    methods: Sequence[str] = (),
    *,
    at: float = 1.0,
    min_forecasters: int = 2,
    seed: int = 1,
) -> "pd.DataFrame":
    """One row a method: method, n_questions, brier, log, gain_over_mean, ci_low, ci_high.

    Each question is pooled as it was, with what had been learned from earlier answers alone.
    The gain is 1 - Brier / Brier of the mean (high is good), its 95 % interval over questions.

    Args:
        forecasts: as for :func:`forecast.score`.
        questions: as for :func:`forecast.score`.
        methods: those of :func:`aggregate`; all of them by default.
        at: when, as a share of each question's life; 1 is just before its close.
        min_forecasters: questions with fewer are left out.
        seed: of the resampling of questions behind the interval.

    Raises:
        BadFile: as :func:`forecast.score`.
        BadInput: a method that is not known, a share that is not from 0 to 1.
    """
    import pandas as pd

    from forecast.crowd.backtest import ALL
    from forecast.crowd.backtest import backtest as replayed

    targets = targets_in(questions)
    said = checked(forecasts, targets)
    found = replayed(
        histories(targets, records_in(said, targets), outside_in(said)),
        methods or ALL,
        points=peer,
        rng=Generator(PCG64(seed)),
        at=at,
        min_forecasters=min_forecasters,
    )
    return pd.DataFrame([asdict(one) for one in found])
