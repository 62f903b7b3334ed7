"""Scores over time: the average while active, the last word, the score day by day. Low is good."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from forecast.histories.history import (
    History,
    active_before,
    active_time,
    last_of_each,
    total,
)
from forecast.histories.outcomes import outcomes_of
from forecast.histories.targets import close_of
from forecast.scoring import rules
from questions.instants import DAY, micros

Floats = NDArray[np.float64]
Loss = Callable[[History], Floats]
"""From a history to (n,) the score of each stretch's forecast."""


def time_average(history: History, losses: Floats) -> Floats:
    """(forecasters,) the mean of (n,) losses, each weighing the time that it was active."""
    return total(history, losses * history.duration) / active_time(history)


def last(history: History, losses: Floats) -> Floats:
    """(forecasters,) the loss of each one's last active forecast."""
    return losses[last_of_each(history)]


def daily_brier(history: History) -> Floats:
    """(forecasters,) the two-sided Brier score of each day's last value, over active days.

    Days count from the opening; the value that stands at a day's end counts for the day. The
    last, partial day is dropped unless it is the only one. NaN for who was active at no day's
    end. From 0 to 2. Source: Good Judgment.
    """
    by_day = daily_table(history)
    days = (~np.isnan(by_day)).sum(axis=1)
    return _ratio(np.nansum(by_day, axis=1), days)


def relative_brier(history: History) -> Floats:
    """(forecasters,) daily Brier minus the day's median, averaged, times participation.

    The median is over the members of the crowd who were active at that day's end;
    participation is the share of days at whose end one was active, so that the score is the
    sum of the differences over all days. 0 is the median, negative is better; from -2 to 2.
    NaN for who was active at no day's end. Source: Good Judgment; Fatebook.
    """
    by_day = daily_table(history)
    members = np.zeros(len(history.forecasters), dtype=np.bool_)
    members[history.who] = history.in_crowd
    shared = (~np.isnan(by_day[members])).any(axis=0)
    median = np.full(by_day.shape[1], np.nan)
    median[shared] = np.nanmedian(by_day[members][:, shared], axis=0)
    apart = by_day - median
    summed = np.nansum(apart, axis=1) / by_day.shape[1]
    return np.where(np.isnan(apart).all(axis=1), np.nan, summed)


def daily_table(history: History) -> Floats:
    """(forecasters, days) two-sided Brier score of what stood at each day's end, else NaN."""
    losses = rules.brier_two_sided(history.values, outcomes_of(history.target, history.values))
    ends = day_ends(history)
    table = np.full((len(history.forecasters), len(ends)), np.nan)
    for day, end in enumerate(ends):
        standing = active_before(history, end)
        table[history.who[standing], day] = losses[standing]
    return table


def day_ends(history: History) -> list[int]:
    """The ends of the whole days since the opening, microseconds; the close if there is none."""
    opens, closes = micros(history.target.open_time), micros(close_of(history.target))
    day = DAY // DAY.resolution
    whole = range(opens + day, closes + 1, day)
    return list(whole) or [closes]


def _ratio(sums: Floats, counts: NDArray[np.int64]) -> Floats:
    ratios: Floats = np.full(len(sums), np.nan)
    np.divide(sums, counts, out=ratios, where=counts > 0)
    return ratios
