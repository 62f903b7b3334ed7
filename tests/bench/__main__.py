"""Ratios measured in one run: one JSON line a figure, the median of several rounds."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from questions.reports.sentences import sentence_vectors
from tests.bench import bulk, crowd, matching, scoring
from tests.bench.engine import gradient, sampling_ratio, set_up, set_up_of_pymc
from tests.bench.start import start
from tests.bench.timing import compare
from tests.bench.update import update


@dataclass(frozen=True)
class Figure:
    """One figure: how often as long something takes as its yardstick, and the goal."""

    name: str
    ratio: float
    limit: float | None
    unit: str


def figures() -> Iterator[Figure]:
    """Every figure, measured as it is asked for."""
    ours, theirs = start()
    yield Figure("start of --help", compare(ours, theirs, 9), None, "python -c 'import typer'")
    ours, theirs = update()
    yield Figure("one update", compare(ours, theirs, 25), 6.0, "argsort + sigmoid mean")
    yield from engine_figures()
    yield from matching_figures()
    yield from scoring_figures()
    yield from crowd_figures()
    yield from bulk_figures()


def matching_figures() -> Iterator[Figure]:
    """Many reports against many questions, and one against very many."""
    name, alone = "1,000 reports against 1,000 questions", "embedding the reports alone"
    yield Figure(name, compare(*matching.many(1000), 5), 1.3, alone)
    if encoder := sentence_vectors():
        pair = matching.many(50, encoder)
        name = "50 reports against 50 questions, with the encoder"
        yield Figure(name, compare(*pair, 5), 1.3, alone)
    product = "the matrix-vector product that it contains"
    yield Figure("one report against 10,000 questions", compare(*matching.one(), 25), 20.0, product)


def scoring_figures() -> Iterator[Figure]:
    """Scores of arrays, of logs, and of a whole store."""
    alone = partial(compare, clock=process_time)
    summed = "numpy sum of the same bytes"
    pair = scoring.mean_of_many()
    yield Figure("mean Brier of 10,000,000", alone(*pair, 9), 4.0, summed)
    name = "time-averaged Brier of 1,000,000 updates"
    yield Figure(f"{name}, stored", alone(*scoring.averages(stored=True), 15), 10.0, summed)
    yield Figure(f"{name}, as logged", alone(*scoring.averages(stored=False), 9), 150.0, summed)
    name = "peer points of ten times the updates"
    yield Figure(name, alone(*scoring.peers(), 15), 12.0, "peer points of 100,000 updates")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "scores.db"
        scoring.fill(path)
        ratio, gigabytes = scoring.whole(path)
    name = "1,000,000 forecasts to four scores and a leaderboard"
    yield Figure(name, ratio, 2.0, "pandas.read_sql of the rows")
    yield Figure(f"{name}, peak memory", gigabytes, 1.5, "GB")


def engine_figures() -> Iterator[Figure]:
    """What a refit costs."""
    ours, theirs = gradient()
    figure = compare(ours, theirs, 9)
    yield Figure("a gradient at ten times the data", figure, 15.0, "a gradient")
    ours, theirs = set_up()
    yield Figure("set-up on changed data", compare(ours, theirs, 3), 0.01, "sampling it")
    yield Figure("set-up on changed data, PyMC's sampler", set_up_of_pymc(), 0.01, "sampling it")
    ratio, r_hat, converged = sampling_ratio()
    name = "effective sample a second, collapsed" + ("" if converged else ": a lower bound")
    yield Figure(name, ratio, None, f"of latents spelled out (r-hat {r_hat:.2f}); at least 100")


def crowd_figures() -> Iterator[Figure]:
    """The crowd at every change of a million forecasts, and that its time grows with them."""
    summed = "numpy sum of the same bytes"
    name = "history of the crowd of 1,000,000 forecasts"
    alone = partial(compare, clock=process_time)
    yield Figure(name, alone(*crowd.path("log_odds_mean"), 9), None, summed)
    for method in ("log_odds_mean", "median", "recency_median"):
        name = f"history of the crowd of ten times the forecasts, {method}"
        yield Figure(name, alone(*crowd.growth(method), 5), 12.0, "that of 10,000 forecasts")


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
