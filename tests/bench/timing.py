"""How long something takes, alone and beside a yardstick."""

from collections.abc import Callable
from statistics import median
from time import perf_counter

Clock = Callable[[], float]


def compare(
    ours: Callable[[], object],
    theirs: Callable[[], object],
    rounds: int,
    clock: Clock = perf_counter,
) -> float:
    """The median over rounds of ours / theirs, each pair timed side by side.

    What happens in one process alone is timed by ``process_time``, so that what else runs on
    the machine is not counted.
    """
    ours(), theirs()
    return median(seconds(ours, clock) / seconds(theirs, clock) for _ in range(rounds))


def seconds(action: Callable[[], object], clock: Clock = perf_counter) -> float:
    """How long an action takes."""
    started = clock()
    action()
    return clock() - started
