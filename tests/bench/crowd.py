"""How long the whole history of a crowd takes, against a sum of the same bytes."""

from forecast.crowd.paths import crowd_path
from forecast.histories.history import History
from forecast.histories.panel import histories_in, panel_of
from forecast.histories.targets import Target
from questions.values import YES
from tests.bench.scoring import CLOSE, OPEN, UPDATES, Pair, log_of, summing

PEOPLE = 100


def history(updates: int) -> History:
    """So many updates on one question."""
    target = Target("Q0", "binary", OPEN, CLOSE, YES)
    return next(histories_in(panel_of(log_of(updates, 1, PEOPLE), [target])))


def path(method: str) -> Pair:
    """The crowd's value at every one of a million changes, against a sum."""
    log, past = log_of(UPDATES, 1, PEOPLE), history(UPDATES)
    theirs = summing(log.question, log.forecaster, log.made, log.probs)
    return lambda: crowd_path(past, method), theirs


def growth(method: str) -> Pair:
    """Ten times the updates, against one time."""
    few, many = history(UPDATES // 100), history(UPDATES // 10)
    return lambda: crowd_path(many, method), lambda: crowd_path(few, method)
