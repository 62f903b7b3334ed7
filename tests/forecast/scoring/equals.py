"""Simulated forecasters who are equally good, or calibrated, and who update many times."""

import numpy as np

UPDATES = 10


def walks(count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """(count, updates) calibrated P(yes), each update knowing more, and (count,) answers."""
    signals = rng.normal(size=(count, UPDATES)).cumsum(axis=1)
    left = UPDATES + 5 - np.arange(1, UPDATES + 1)
    from scipy.special import ndtr

    probs = ndtr(signals / np.sqrt(left))
    return probs, rng.random(count) < probs[:, -1]


def differences(count: int, rng: np.random.Generator) -> np.ndarray:
    """(count,) differences of two equals' time-averaged Brier scores, a question each.

    Both blur the same calibrated walk, anew at each update; some held longer than others.
    """
    probs, answers = walks(count, rng)
    lasted = rng.dirichlet(np.ones(UPDATES), size=count)
    losses = []
    for _ in range(2):
        odds = np.log(probs / (1 - probs)) + rng.normal(0, 0.8, size=probs.shape)
        said = 1 / (1 + np.exp(-odds))
        losses.append((lasted * np.square(said - answers[:, None])).sum(axis=1))
    return losses[0] - losses[1]
