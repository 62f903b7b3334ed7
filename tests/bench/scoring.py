"""How long scoring takes: against a sum of the same bytes, and against loading the rows."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa

from forecast.desk.scoring import scores
from forecast.histories.columns import Columns, stored_order, taken
from forecast.histories.kernels import FOREVER
from forecast.histories.targets import Target
from forecast.ledger import KINDS
from forecast.scoring.leaderboard import leaderboard
from forecast.scoring.logs import lives_of, over_others, time_averaged_brier
from forecast.scoring.rules import mean_brier
from questions.instants import micros
from questions.records import Binary, Question
from questions.store.decoding import kind_to_json
from questions.store.envelope import plain
from questions.store.store import open_store
from questions.values import NO, YES, Probability
from tests.bench.timing import seconds

OPEN = datetime(2023, 1, 1, tzinfo=UTC)
CLOSE = OPEN + timedelta(days=100)
RULES = ("brier", "log", "baseline", "peer")
UPDATES, PEOPLE = 1_000_000, 100
QUESTIONS = 1000

Pair = tuple[Callable[[], object], Callable[[], object]]


def summing(*columns: np.ndarray) -> Callable[[], object]:
    """A numpy sum over as many bytes as the columns have."""
    count = sum(column.nbytes for column in columns) // 8
    numbers = np.random.Generator(np.random.PCG64(1)).random(count)
    return lambda: numbers.sum()


def mean_of_many() -> Pair:
    """The mean Brier score of ten million forecasts, against a sum."""
    rng = np.random.Generator(np.random.PCG64(1))
    probs = rng.random(10_000_000)
    outcomes = rng.random(10_000_000) < probs
    return lambda: mean_brier(probs, outcomes), summing(probs, outcomes)


def log_of(updates: int, questions: int, people: int) -> Columns:
    """Updates in the order of time."""
    rng = np.random.Generator(np.random.PCG64(2))
    return Columns(
        questions=tuple(f"Q{number}" for number in range(questions)),
        forecasters=tuple(f"{number:04}" for number in range(people)),
        question=rng.integers(0, questions, updates),
        forecaster=rng.integers(0, people, updates),
        made=np.sort(rng.integers(micros(OPEN), micros(CLOSE), updates)),
        ended=np.full(updates, FOREVER),
        probs=rng.random(updates),
    )


def averages(*, stored: bool) -> Pair:
    """Time-averaged Brier of a million updates, in stored order or as logged, against a sum."""
    log = log_of(UPDATES, 10_000, 1000)
    if stored:
        log = taken(log, stored_order(log))
    target = Target("", "binary", OPEN, CLOSE, YES)
    lives = lives_of([replace(target, id=name) for name in log.questions])
    theirs = summing(log.question, log.forecaster, log.made, log.probs)
    return lambda: time_averaged_brier(log, lives), theirs


def peers() -> Pair:
    """Peer points of a million updates on one question, against those of a tenth of them."""
    target = Target("Q0", "binary", OPEN, CLOSE, YES)

    def points(updates: int) -> Callable[[], object]:
        log = log_of(updates, 1, 1000)
        return lambda: over_others(log, target, np.log(log.probs))

    return points(UPDATES), points(UPDATES // 10)


def fill(path: Path) -> None:
    """A store of a million forecasts: a thousand questions, a hundred people, ten updates each."""
    store = open_store(path, KINDS, create_with=("live", OPEN))
    names = [f"Q{number + 1}" for number in range(QUESTIONS)]
    with store.writing(now=OPEN, actor="", key="asked") as entry:
        for name in names:
            asked = Question(name, f"Will {name} come true?", Binary(), OPEN, CLOSE, "Yes if so.")
            entry.append("question.asked", {**plain(asked), "kind": kind_to_json(asked.kind)})
    with store.writing(now=OPEN, actor="", key="said") as entry:
        entry.extend("forecast.made", _said())
    with store.writing(now=CLOSE, actor="", key="resolved") as entry:
        for number, name in enumerate(names):
            outcome = YES if number % 2 else NO
            record = {"question": name, "outcome": outcome, "resolved_at": CLOSE, "source": "x"}
            entry.append("question.resolved", record)
    store.close()


def _said() -> dict[str, Any]:
    rng = np.random.Generator(np.random.PCG64(3))
    pair = rng.permutation(UPDATES)
    number = pd.Series(np.arange(UPDATES))
    at = pd.Timestamp(OPEN).as_unit("us") + pd.to_timedelta(number * 8, unit="s")
    probs = rng.uniform(0.01, 0.99, UPDATES).round(3)
    columns = {
        "id": "F" + (number + 1).astype(str),
        "question": "Q" + pd.Series(pair % QUESTIONS + 1).astype(str),
        "member": "member " + pd.Series(pair // QUESTIONS % PEOPLE).astype(str),
        "value": [Probability(prob) for prob in probs.tolist()],
        "made_at": at,
        "why": "",
        "confirmed": False,
        "corrects": "",
        "effective_at": at,
    }
    table = pd.DataFrame({name: found for name, found in columns.items() if name != "value"})
    return {**{name: table[name] for name in table}, "value": columns["value"]}


def whole(path: Path) -> tuple[float, float]:
    """Scoring a store to a leaderboard by loading its rows, and the gigabytes that it took.

    Each round is a process of its own, so that neither has the other's memory at hand.
    """
    ratios, memory = [], []
    for _ in range(5):
        ours, theirs = (_in_a_process(path, what) for what in ("score", "read"))
        ratios.append(ours["seconds"] / theirs["seconds"])
        memory.append(ours["gigabytes"])
    return median(ratios), max(memory)


def _in_a_process(path: Path, what: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.scoring", what, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def score_all(path: Path) -> int:
    """Four rules on everything, and who leads; the number of scores."""
    store = open_store(path, KINDS)
    with store.reading() as read:
        found = scores(store, read, CLOSE + timedelta(days=1), RULES)
    board = leaderboard(found, rng=np.random.Generator(np.random.PCG64(1)))
    store.close()
    assert len(board) == PEOPLE
    return len(found)


def read_all(path: Path) -> int:
    """Loading the same rows; their number."""
    store = open_store(path, KINDS)
    with store.reader.connect() as connection:
        rows = pd.read_sql(sa.text("SELECT * FROM forecasts ORDER BY seq"), connection)
    store.close()
    return len(rows)


if __name__ == "__main__":
    import resource

    action = {"score": score_all, "read": read_all}[sys.argv[1]]
    taken_seconds = seconds(lambda: action(Path(sys.argv[2])), process_time)
    gigabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    sys.stdout.write(json.dumps({"seconds": taken_seconds, "gigabytes": gigabytes}))
