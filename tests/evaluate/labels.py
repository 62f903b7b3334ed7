"""Repeated labels with known truth: the engine's sources against Dawid and Skene's workers.

Each label is a report of its worker about its item, for yes or for no; no item has an answer
that the engine may see. A label has no strength, so that all weigh alike.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from math import log
from pathlib import Path

import numpy as np

from forecast.belief.dataset import Case, dataset
from forecast.belief.draws import Fit
from forecast.belief.observations import Observation
from forecast.belief.sampling import sample
from forecast.belief.seen import prior_log_odds, seen_if, state_of
from forecast.probability import expit
from tests.evaluate.figure import Figure

AT = datetime(2024, 1, 1, tzinfo=UTC)
WEIGHT = log(3.0)
DRAWS = 300
Label = tuple[str, str, bool]
"""Item, worker, what the worker said."""


def figures(data: Path) -> Iterator[Figure]:
    """Accuracy of majority, of Dawid and Skene, and of the engine, on two sets of labels."""
    folder = data / "repeated_labels_dev"
    for name, (labels, truth) in {"duck": _duck(folder), "RTE": _rte(folder)}.items():
        ways = {
            "majority": majority(labels),
            "Dawid-Skene": dawid_skene(labels),
            "engine": engine(labels),
        }
        accuracy = {way: _accuracy(probs, truth) for way, probs in ways.items()}
        for way, share in accuracy.items():
            limit = accuracy["Dawid-Skene"] if way == "engine" else None
            yield Figure(f"{name}, {way}", share, limit, "accuracy")


def _duck(folder: Path) -> tuple[list[Label], dict[str, bool]]:
    with (folder / "d_Duck_Identification_answer.csv").open(encoding="utf-8") as lines:
        rows = [(row["question"], row["worker"], row["answer"]) for row in csv.DictReader(lines)]
    with (folder / "d_Duck_Identification_truth.csv").open(encoding="utf-8") as lines:
        truth = {row["question"]: row["truth"] == "1" for row in csv.DictReader(lines)}
    return [(item, who, said == "1") for item, who, said in rows], truth


def _rte(folder: Path) -> tuple[list[Label], dict[str, bool]]:
    with (folder / "rte.standardized.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    truth = {row["orig_id"]: row["gold"] == "1" for row in rows}
    return [(row["orig_id"], row["!amt_worker_ids"], row["response"] == "1") for row in rows], truth


def _accuracy(probs: Mapping[str, float], truth: Mapping[str, bool]) -> float:
    return float(np.mean([(probs[item] > 0.5) == right for item, right in truth.items()]))


def majority(labels: Sequence[Label]) -> dict[str, float]:
    """The share of yes among an item's labels."""
    said: dict[str, list[bool]] = {}
    for item, _, yes in labels:
        said.setdefault(item, []).append(yes)
    return {item: float(np.mean(values)) for item, values in said.items()}


def dawid_skene(labels: Sequence[Label], rounds: int = 100) -> dict[str, float]:
    """P(yes) by expectation and maximisation (Dawid and Skene 1979), a half label each added."""
    items, workers = (sorted({row[at] for row in labels}) for at in (0, 1))
    item = np.array([items.index(row[0]) for row in labels])
    worker = np.array([workers.index(row[1]) for row in labels])
    said = np.array([row[2] for row in labels], dtype=int)
    start = majority(labels)
    prob = np.array([start[name] for name in items])
    for _ in range(rounds):
        counts = np.full((len(workers), 2, 2), 0.5)
        np.add.at(counts, (worker, 1, said), prob[item])
        np.add.at(counts, (worker, 0, said), 1.0 - prob[item])
        rates = np.log(counts / counts.sum(axis=2, keepdims=True))
        log_odds = np.full(len(items), np.log(prob.mean() / (1.0 - prob.mean())))
        np.add.at(log_odds, item, rates[worker, 1, said] - rates[worker, 0, said])
        prob = expit(log_odds)
    return dict(zip(items, prob.tolist(), strict=True))


def engine(labels: Sequence[Label], seed: int = 1) -> dict[str, float]:
    """P(yes) of the model, with every item open and even.

    One run of four chains, whether or not it passes the gate: who is right more often than not
    shows long before each worker's own parameters are known well.
    """
    cases = _cases(labels)
    sampled = sample(dataset(cases), seed=seed, draws=DRAWS, runs=1)
    fit = Fit("labels", AT, seed, "", sampled.diagnostics, sampled.draws)
    return {case.question: _prob(case, fit) for case in cases}


def _prob(case: Case, fit: Fit) -> float:
    state = state_of(case, fit)
    ratio = seen_if(state, 1.0, fit) - seen_if(state, -1.0, fit)
    return float(expit(prior_log_odds(case, fit) + ratio).mean())


def _cases(labels: Sequence[Label]) -> list[Case]:
    held: dict[str, list[Observation]] = {}
    for number, (item, worker, yes) in enumerate(labels):
        reports = held.setdefault(item, [])
        name = f"{item}-{number}"
        weight = WEIGHT if yes else -WEIGHT
        reports.append(Observation(name, name, worker, "B", 1.0, weight, ("judge",), AT))
    return [
        Case(item, 0.5, 0, 0.0, True, tuple(reports), ()) for item, reports in sorted(held.items())
    ]
