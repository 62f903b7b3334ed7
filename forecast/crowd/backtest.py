"""How well each method would have done: the past lived again, one question after another.

Whatever a method learns it learns from answers known before the instant at which it speaks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from forecast.crowd.aggregate import pooled_at, taught_by
from forecast.crowd.learned import Lesson
from forecast.crowd.methods import LEARNED, METHODS, known_method
from forecast.crowd.past import Answered, Points, answered
from forecast.histories.history import History
from forecast.histories.outcomes import outcomes_of, settled
from forecast.histories.targets import close_of
from questions.errors import BadInput
from questions.values import Probability

Floats = NDArray[np.float64]

ALL: Final = (*METHODS, *LEARNED)
DRAWS: Final = 2000
TAIL: Final = 0.025
BASE: Final = "mean"


@dataclass(frozen=True, slots=True)
class Performance:
    """How well a method did over many questions."""

    method: str
    n_questions: int
    brier: float
    """Low is good."""
    log: float
    """Mean of -ln p of what happened; infinite where it was ruled out once."""
    gain_over_mean: float
    """1 less its Brier score by that of the mean; high is good."""
    ci_low: float
    ci_high: float
    """95 % interval of the gain, over questions."""


@dataclass(frozen=True, slots=True, eq=False)
class Replay:
    """What each method said of each question, and what happened."""

    questions: tuple[str, ...]
    outcomes: Floats
    """(questions,) 0 or 1."""
    probs: dict[str, Floats]
    """(questions,) P(yes), of each method."""


def replay(
    histories: Sequence[History],
    methods: Sequence[str],
    *,
    points: Points,
    at: float = 1.0,
    min_forecasters: int = 2,
) -> Replay:
    """What each method would have said of each yes-or-no question that was resolved.

    ``at`` is the share of each question's life, from opening to close, at which they speak; at
    1 it is just before the close. Questions with fewer members then are left out.

    Raises:
        BadInput: a method that is not known, a share that is not from 0 to 1, or fewer than
            one forecaster.
    """
    if not 0 <= at <= 1:
        raise BadInput("at", at, "a share of the question's life, from 0 to 1")
    if min_forecasters < 1:
        raise BadInput("least number of forecasters", min_forecasters, "1 or more")
    moments = [_moment(one, at) for one in histories]
    asked = [
        place
        for place, (one, moment) in enumerate(zip(histories, moments, strict=True))
        if one.target.type == "binary"
        and settled(one.target)
        and pooled_at(one, BASE, moment).n >= min_forecasters
    ]
    found = [histories[place] for place in asked]
    when = [moments[place] for place in asked]
    past = answered(histories, points) if {*methods} & {*LEARNED} else ()
    answers = [float(outcomes_of(one.target, np.zeros(1))[0]) for one in found]
    return Replay(
        questions=tuple(one.target.id for one in found),
        outcomes=np.array(answers),
        probs={method: _said(past, known_method(method), found, when) for method in methods},
    )


def backtest(
    histories: Sequence[History],
    methods: Sequence[str] = ALL,
    *,
    points: Points,
    rng: np.random.Generator,
    at: float = 1.0,
    min_forecasters: int = 2,
) -> list[Performance]:
    """How well each method would have done on the resolved yes-or-no questions among many.

    Raises:
        BadInput: as :func:`replay`.
    """
    wanted = tuple(dict.fromkeys((*methods, BASE)))
    lived = replay(histories, wanted, points=points, at=at, min_forecasters=min_forecasters)
    n = len(lived.questions)
    if not n:
        return []
    times = rng.multinomial(n, np.full(n, 1 / n), size=DRAWS).astype(np.float64)
    return [performance(lived, method, times) for method in dict.fromkeys(methods)]


def performance(lived: Replay, method: str, times: Floats, base: str = BASE) -> Performance:
    """How well one method did beside another.

    ``times`` (draws, questions) says how often each question is drawn.
    """
    probs = lived.probs[method]
    losses = np.square(probs - lived.outcomes)
    yardstick = np.square(lived.probs[base] - lived.outcomes)
    with np.errstate(divide="ignore"):
        surprise = -np.log(np.where(lived.outcomes == 1, probs, 1 - probs))
    gains = _gain(times @ losses, times @ yardstick)
    return Performance(
        method=method,
        n_questions=len(losses),
        brier=float(losses.mean()),
        log=float(surprise.mean()) + 0.0,
        gain_over_mean=float(_gain(losses.sum(), yardstick.sum())),
        ci_low=float(np.quantile(gains, TAIL, method="lower")),
        ci_high=float(np.quantile(gains, 1 - TAIL, method="higher")),
    )


def _gain(loss: Floats | np.float64, yardstick: Floats | np.float64) -> Floats:
    """1 - loss / yardstick; where the yardstick is perfect 0 or minus infinity."""
    with np.errstate(divide="ignore", invalid="ignore"):
        gain: Floats = 1 - np.divide(loss, yardstick)
    return np.where(np.isnan(gain), 0.0, gain)


def _said(
    past: Sequence[Answered], method: str, histories: Sequence[History], when: Sequence[datetime]
) -> Floats:
    """(questions,) P(yes) at each question's moment."""
    taught: Sequence[Lesson | None] = [None] * len(when)
    if method in LEARNED:
        taught = taught_by(past, method, histories, when)
    found = [
        pooled_at(one, method, at, lesson).value
        for one, at, lesson in zip(histories, when, taught, strict=True)
    ]
    return np.array([one.yes for one in found if isinstance(one, Probability)])


def _moment(history: History, share: float) -> datetime:
    close = close_of(history.target)
    return history.target.open_time + share * (close - history.target.open_time)
