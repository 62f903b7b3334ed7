"""Loops of scoring, compiled for large inputs; see :mod:`forecast.histories.kernels`."""

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def squared_errors(probs: Floats, outcomes: NDArray[np.generic]) -> float:
    """The sum of (p - y)^2; NaN where a probability or an outcome is none."""
    summed = 0.0
    wrong = 0
    for row in range(len(probs)):
        prob, outcome = probs[row], outcomes[row] * 1.0
        error = prob - outcome
        summed += error * error
        wrong += (prob < 0.0) | (prob > 1.0) | (outcome * (1.0 - outcome) != 0.0)
    return math.nan if wrong else summed


def average_brier_as_stored(
    question: Ints,
    forecaster: Ints,
    made: Ints,
    ended: Ints,
    probs: Floats,
    opens: Ints,
    closes: Ints,
    outcomes: Ints,
    asked: Ints,
    who: Ints,
    means: Floats,
    active: Ints,
) -> int:
    """Question, forecaster, time-averaged Brier score and active time of each pair.

    They are written into the last four arguments, which have room for a pair a row: memory
    that numpy asks for comes in larger pages. Returns the number of pairs, -1 if the rows do
    not stand by question, forecaster and time. Pairs that were never active are left out.
    """
    n = len(made)
    pairs, whole, risen = 0, 0, 0.0
    for row in range(n):
        end, same = ended[row], False
        if row + 1 < n:
            step = question[row + 1] - question[row]
            ahead = forecaster[row + 1] - forecaster[row] if step == 0 else step
            same = ahead == 0
            if ahead < 0 or (same and made[row + 1] <= made[row]):
                return -1
            if same:
                end = min(end, made[row + 1])
        lasted = min(end, closes[question[row]]) - max(made[row], opens[question[row]])
        if lasted > 0:
            error = probs[row] - outcomes[question[row]]
            whole += lasted
            risen += lasted * (error * error)
        if not same and whole > 0:
            asked[pairs], who[pairs] = question[row], forecaster[row]
            means[pairs], active[pairs] = risen / whole, whole
            pairs, whole, risen = pairs + 1, 0, 0.0
    return pairs


def average_brier_in_time(  # noqa: C901 - one loop over rows is what makes it fast
    question: Ints,
    forecaster: Ints,
    made: Ints,
    ended: Ints,
    probs: Floats,
    opens: Ints,
    closes: Ints,
    outcomes: Ints,
    asked: Ints,
    who: Ints,
    means: Floats,
    active: Ints,
    rows: Floats,
    people: int,
) -> int:
    """The same of rows in the order of time.

    A first pass lays each question's rows side by side; then they are read from the last to
    the first, so that what follows a forecast is known when it is met. ``rows`` is room for
    (n, 4): forecaster, from, until and squared error; microseconds fit exactly.
    """
    n, questions = len(made), len(opens)
    place = np.zeros(questions + 1, np.int64)
    for row in range(n):
        place[question[row] + 1] += 1
    for one in range(questions):
        place[one + 1] += place[one]
    for row in range(n):
        one = question[row]
        at = place[one]
        place[one] = at + 1
        error = probs[row] - outcomes[one]
        rows[at, 0], rows[at, 3] = forecaster[row], error * error
        rows[at, 1], rows[at, 2] = max(made[row], opens[one]), min(ended[row], closes[one])
    following, whole, risen = np.zeros(people), np.zeros(people), np.zeros(people)
    seen = np.empty(people, np.int64)
    pairs = begin = 0
    for one in range(questions):
        met = 0
        for at in range(place[one] - 1, begin - 1, -1):
            name = int(rows[at, 0])
            if following[name] == 0.0:
                following[name] = closes[one]
                seen[met] = name
                met += 1
            lasted = min(rows[at, 2], following[name]) - rows[at, 1]
            following[name] = min(rows[at, 1], following[name])
            if lasted > 0:
                whole[name] += lasted
                risen[name] += lasted * rows[at, 3]
        begin = place[one]
        for name in np.sort(seen[:met]):
            if whole[name] > 0:
                asked[pairs], who[pairs] = one, name
                means[pairs], active[pairs] = risen[name] / whole[name], int(whole[name])
                pairs += 1
            following[name] = whole[name] = risen[name] = 0.0
    return pairs


def gains_over_others(  # noqa: C901 - one loop over events is what makes it fast
    who: Ints, at: Ints, row: Ints, scores: Floats, in_crowd: Bools, opens: int, close: int
) -> Floats:
    """(forecasters,) what each gained on the others while active, in one pass over events.

    Twin of :func:`forecast.scoring.points.over_others`, which says what is summed. Instead
    of an integral at every edge the running ones are kept, and a forecast that ends takes
    their differences.

    Args:
        who: (n,) whose event it is.
        at: (n,) when, rising; before ``opens`` counts as then, and none is after ``close``.
        row: (n,) the forecast that starts, or -1 - r where forecast r ends if it still stands;
            empty says that forecasts start one after the other and none ends.
        scores: what each forecast is worth: high is good, minus infinity for what was ruled out.
        in_crowd: (forecasters,) whether each belongs to the crowd.
        opens: when forecasts begin to count.
        close: when all end.
    """
    n, count = len(who), len(in_crowd)
    gains, fate, standing = np.zeros(count), np.zeros(count), np.full(count, -1)
    weight_then, level_then, ruled_then = np.zeros(count), np.zeros(count), np.zeros(count)
    weight = level = ruled = 0.0  # integrals of n / (n - 1), S / (n - 1), [somebody ruled it out]
    total, clock = 0.0, opens
    members = ruling = 0
    for event in range(n + count):
        closing = event >= n
        one = event - n if closing else who[event]
        now = close if closing else max(at[event], opens)
        if members > 1 and now > clock:
            weight += (now - clock) * (members / (members - 1))
            level += (now - clock) * (total / (members - 1))
            ruled += (now - clock) * (ruling > 0)
        clock = now
        old = standing[one]
        new = -1 - old if closing else row[event] if len(row) else event
        ends = closing or new < 0
        if ends and old != -1 - new:
            continue
        if old >= 0:
            members -= in_crowd[one]
            shared = weight - weight_then[one]
            if scores[old] == -np.inf:
                ruling -= in_crowd[one]
                fate[one] = -1 if shared > 0 else fate[one]
            else:
                total -= scores[old] if in_crowd[one] else 0.0
                if ruled > ruled_then[one]:
                    fate[one] = fate[one] if fate[one] < 0 else 1
                gains[one] += scores[old] * shared - (level - level_then[one])
        standing[one] = -1 if ends else new
        if not ends:
            members += in_crowd[one]
            weight_then[one], level_then[one], ruled_then[one] = weight, level, ruled
            if scores[new] == -np.inf:
                ruling += in_crowd[one]
            elif in_crowd[one]:
                total += scores[new]
    for one in range(count):
        if fate[one] != 0:
            gains[one] = math.inf if fate[one] > 0 else -math.inf
    return gains
