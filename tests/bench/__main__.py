"""Ratios measured in one run: one JSON line a figure, the median of several rounds."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from statistics import median
from time import perf_counter

from tests.bench import bulk
from tests.bench.start import start
from tests.bench.update import update


@dataclass(frozen=True)
class Figure:
    """One figure: how often as long something takes as its yardstick, and the goal."""

    name: str
    ratio: float
    limit: float | None
    unit: str


def compare(ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> float:
    """The median over rounds of ours / theirs, each pair timed side by side."""
    ours(), theirs()
    return median(seconds(ours) / seconds(theirs) for _ in range(rounds))


def seconds(action: Callable[[], object]) -> float:
    """How long an action takes."""
    started = perf_counter()
    action()
    return perf_counter() - started


def figures() -> Iterator[Figure]:
    """Every figure, measured as it is asked for."""
    ours, theirs = start()
    yield Figure("start of --help", compare(ours, theirs, 9), None, "python -c 'import typer'")
    ours, theirs = update()
    yield Figure("one update", compare(ours, theirs, 25), 6.0, "argsort + sigmoid mean")
    yield from bulk_figures()


def bulk_figures() -> Iterator[Figure]:
    """Forecasts in and out of a store on each engine, and the memory that it took."""
    with bulk.stores() as stores:
        for engine, store in stores.items():
            ours, theirs = bulk.into(store)
            name = f"{bulk.IN:,} forecasts in, {engine}"
            yield Figure(name, compare(ours, theirs, 5), None, "pandas.to_sql of plain rows")
            ours, theirs = bulk.out_of(store)
            name = f"{bulk.OUT:,} forecasts out, {engine}"
            yield Figure(name, compare(ours, theirs, 5), None, "pandas.read_sql")
    yield Figure("peak memory of this run", bulk.peak_gigabytes(), None, "GB")


if __name__ == "__main__":
    for figure in figures():
        sys.stdout.write(json.dumps(asdict(figure)) + "\n")
        sys.stdout.flush()
