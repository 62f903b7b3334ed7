"""How well reports find their stories, where a corpus of known stories is at hand.

One report at a time in random order, with one date for all, as the texts carry none. Nothing in
the package was learned from the corpus but a threshold and a few shares; so that the figure says
what to expect of other news, each fifth of the stories is also measured at the threshold that is
best for the other four fifths.
"""

import csv
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from questions.records import Report
from questions.reports import stories
from questions.reports.likeness import Told, likeness, rarity_of_stories, smoothed
from questions.reports.stories import gather
from tests.evaluate.figure import Figure

SOURCE = "story_clusters_dev/bodies.csv"
ANY_DAY = datetime(2024, 5, 6, tzinfo=UTC)
SEEDS = range(3)
THRESHOLDS = (0.185, 0.2, 0.215)
FOLDS = 5

Ints = NDArray[np.int64]


def figures(data: Path) -> Iterator[Figure]:
    """B-cubed F1, agreement between orders, and average precision of pairs."""
    path = data / SOURCE
    if not path.exists():
        return
    reports, truth = _read(path)
    runs = {
        (seed, threshold): _gathered(reports, seed, threshold)
        for seed in SEEDS
        for threshold in THRESHOLDS
    }
    shipped = [_labels(runs[seed, stories.SAME_STORY]) for seed in SEEDS]
    for seed, labels in zip(SEEDS, shipped, strict=True):
        precision, recall = _b_cubed(labels, truth)
        yield Figure(f"stories_b_cubed_precision_order_{seed}", precision.mean(), None, "share")
        yield Figure(f"stories_b_cubed_recall_order_{seed}", recall.mean(), None, "share")
        yield Figure(f"stories_b_cubed_f1_order_{seed}", _f1(precision, recall), 0.97, "F1")
    yield Figure("stories_b_cubed_f1_cross_validated", _crossed(runs, truth), 0.97, "F1")
    agreed = [_agreement(one, other) for one, other in combinations(shipped, 2)]
    yield Figure("stories_agreement_between_orders", float(np.mean(agreed)), None, "F1 of pairs")
    told = runs[0, stories.SAME_STORY]
    alike = smoothed(likeness(told, rarity_of_stories(told)))
    yield Figure("stories_average_precision", _average_precision(alike, truth), 0.985, "AP")


def _read(path: Path) -> tuple[list[Report], Ints]:
    csv.field_size_limit(sys.maxsize // 2**32)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    reports = [Report(row["Body ID"], "", row["articleBody"], ANY_DAY) for row in rows]
    return reports, _numbered([row["story"] for row in rows])


def _gathered(reports: list[Report], seed: int, threshold: float) -> list[Told]:
    """The reports after they came in one of the random orders, in the order of the file."""
    order = np.random.Generator(np.random.PCG64(seed)).permutation(len(reports))
    with patch.object(stories, "SAME_STORY", threshold):
        told = gather([reports[place] for place in order])
    return [told[place] for place in np.argsort(order)]


def _labels(told: list[Told]) -> Ints:
    return _numbered([one.story for one in told])


def _numbered(names: list[str]) -> Ints:
    return np.unique(names, return_inverse=True)[1].astype(np.int64)


def _b_cubed(labels: Ints, truth: Ints) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Precision and recall of each report (Bagga and Baldwin 1998)."""
    found, right = labels[:, None] == labels, truth[:, None] == truth
    both = (found & right).sum(axis=1)
    return both / found.sum(axis=1), both / right.sum(axis=1)


def _f1(precision: NDArray[np.float64], recall: NDArray[np.float64]) -> float:
    p, r = precision.mean(), recall.mean()
    return float(2 * p * r / (p + r))


def _crossed(runs: dict[tuple[int, float], list[Told]], truth: Ints) -> float:
    """Mean over orders of F1 where each fifth of the stories has the others' best threshold."""
    fold = np.random.Generator(np.random.PCG64(9)).permutation(truth.max() + 1)[truth] % FOLDS
    every = []
    for seed in SEEDS:
        by_threshold = {one: _b_cubed(_labels(runs[seed, one]), truth) for one in THRESHOLDS}
        precision, recall = np.zeros(len(truth)), np.zeros(len(truth))
        for held_out in range(FOLDS):
            rest, mine = fold != held_out, fold == held_out
            best = max(by_threshold.values(), key=lambda pair: _f1(pair[0][rest], pair[1][rest]))
            precision[mine], recall[mine] = best[0][mine], best[1][mine]
        every.append(_f1(precision, recall))
    return float(np.mean(every))


def _agreement(one: Ints, other: Ints) -> float:
    """F1 of the pairs that are together in one order, as a finding of those in the other."""
    upper = np.triu_indices(len(one), 1)
    a, b = (one[:, None] == one)[upper], (other[:, None] == other)[upper]
    return float(2 * (a & b).sum() / (a.sum() + b.sum()))


def _average_precision(alike: NDArray[np.float64], truth: Ints) -> float:
    upper = np.triu_indices(len(truth), 1)
    right = (truth[:, None] == truth)[upper][np.argsort(-alike[upper], kind="stable")]
    precision = np.cumsum(right) / np.arange(1, len(right) + 1)
    return float((precision * right).sum() / right.sum())
