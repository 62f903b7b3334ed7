"""Small crowds for tests: questions that were resolved one after another."""

from datetime import UTC, datetime, timedelta

import numpy as np

from forecast.histories.targets import Target
from forecast.probability import expit
from forecast.records import Forecast
from questions.values import NO, YES, Probability

DAY0 = datetime(2025, 1, 1, tzinfo=UTC)


def on(day: float) -> datetime:
    return DAY0 + timedelta(days=day)


def said(member, value, day=0.0, question="Q1", until=None):
    value = Probability(value) if isinstance(value, float) else value
    ended = None if until is None else on(until)
    return Forecast("", question, member, value, on(day), on(day), ended)


def asked(name, opens, closes, outcome=None, **changes):
    return Target(name, "binary", on(opens), on(closes), outcome, **changes)


def world(questions, seed=1, *, power=2.0, members=6, bias=0.0):
    """Questions of a day each; what all say is the truth, noise, and so much too timid."""
    rng = np.random.Generator(np.random.PCG64(seed))
    targets, forecasts = [], []
    for number in range(questions):
        truth = 1.5 * rng.standard_normal()
        outcome = YES if rng.random() < expit(truth) else NO
        targets.append(asked(f"Q{number}", number, number + 1, outcome))
        for member in range(members):
            told = truth / power + bias + 0.3 * rng.standard_normal()
            moment = number + 0.1 + 0.1 * member
            forecasts.append(said(f"m{member}", float(expit(told)), moment, f"Q{number}"))
    return targets, forecasts
