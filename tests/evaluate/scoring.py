"""Scores and pools beside what others published: platform points, professionals, experts."""

import csv
import json
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from forecast.crowd.methods import METHODS
from forecast.histories.history import histories
from forecast.histories.outcomes import settled
from forecast.histories.targets import Target
from forecast.records import Forecast
from forecast.scoring.cells import Cells
from forecast.scoring.crowds import beside_crowd
from forecast.scoring.files import forecast_in, target_in
from forecast.scoring.score import rule_named, score, score_history
from questions.values import NO, YES, Probability
from tests.evaluate.figure import Figure

DAY0 = datetime(2025, 1, 1, tzinfo=UTC)
POINTS = ("baseline", "peer", "spot_baseline", "spot_peer", "relative_legacy")
CROWDS = {"AGG:recency_weighted": "recency_median", "AGG:unweighted": "median"}
"""Of distributions the platform takes the plain mean for the median."""
NEAR = 1e-6
EXPERTS = {
    "ArMean": "mean",
    "Median": "median",
    "LOArMean": "log_odds_mean",
    "BetaArMean": "beta_pool",
}
"""Methods of the experts' package that are ours too."""


def figures(data: Path) -> Iterator[Figure]:
    """How many published scores and pools are reproduced."""
    yield from _platform(data / "metaculus_cases_dev" / "cases.json")
    yield from _professionals(data / "metaculus_pros_dev")
    yield from _experts(data / "aggrecat")


def _platform(path: Path) -> Iterator[Figure]:
    cases = json.loads(path.read_text(encoding="utf-8"))["cases"]
    gaps = [gap for case in cases for one in case["evals"] for gap in _gaps(case, one)]
    near = sum(gap <= NEAR for gap in gaps)
    yield Figure("scoring: the platform's points to 1e-6", near, float(len(gaps)), "rows")
    yield Figure("scoring: the platform's points, farthest", max(gaps), NEAR, "points")


def _gaps(case: Mapping[str, Any], evaluation: Mapping[str, Any]) -> list[float]:
    """How far each row of one evaluation is from ours; a row of 0 may be missing here."""
    target = target_in(_question(case, evaluation))
    rows = [forecast_in(_forecast(case, one), {"q": target}) for one in case["forecasts"]]
    bots = {one["user"] for one in case["forecasts"] if one.get("is_bot")}
    (history,) = histories([target], rows, bots)
    for name, method in CROWDS.items():
        measured = target.grid is not None and method == "median"
        history = beside_crowd(history, "mean" if measured else method, name)
    found = {
        (one.forecaster, one.rule): one.score
        for rule in POINTS * settled(target)
        for one in score_history(history, rule_named(rule))
    }
    return [
        abs(found.get((one["who"], one["type"]), 0.0) - one["score"])
        for one in evaluation["scores"]
        if one["type"] in POINTS
    ]


def _question(case: Mapping[str, Any], evaluation: Mapping[str, Any]) -> Cells:
    shape = {name: value for name, value in case["question"].items() if value is not None}
    return {
        **{
            name: json.dumps(value) if isinstance(value, list) else str(value)
            for name, value in shape.items()
        },
        "question_id": "q",
        "type": case["type"],
        "open_time": _time(case["open_day"]),
        "scheduled_close_time": _time(case["scheduled_close_day"]),
        "actual_close_time": _time(evaluation["actual_close_day"]),
        "resolution": str(evaluation["resolution"]),
        "spot_scoring_time": _time(evaluation.get("spot_day")),
    }


def _forecast(case: Mapping[str, Any], said: Mapping[str, Any]) -> Cells:
    column = {"binary": "prob", "multiple_choice": "probs"}.get(case["type"], "cdf")
    value = said["value"]
    return {
        "question_id": "q",
        "forecaster": str(said["user"]),
        "made_at": _time(said["start_day"]),
        "ended_at": _time(said["end_day"]),
        column: value if isinstance(value, str) else json.dumps(value),
    }


def _time(day: float | None) -> str:
    return "" if day is None else (DAY0 + timedelta(days=day)).isoformat()


def _professionals(folder: Path) -> Iterator[Figure]:
    targets: dict[str, Target] = {}
    said = []
    for row in _table(folder / "forecasts.csv"):
        opens, closes, at = (
            datetime.fromisoformat(row[name])
            for name in ("published_at", "actual_close_time", "forecast_timestamp")
        )
        outcome = {"yes": YES, "no": NO}.get(row["resolution"])
        targets[row["question_id"]] = Target(row["question_id"], "binary", opens, closes, outcome)
        value = Probability(float(row["probability_yes"]))
        said.append(Forecast("", row["question_id"], row["forecaster"], value, at, at))
    found = {
        (one.question_id, one.forecaster, one.rule): one.score
        for one in score(targets.values(), said, POINTS)
    }
    published = [
        row for row in _table(folder / "published_scores.csv") if row["score_type"] in POINTS[:4]
    ]
    gaps = [
        abs(
            found.get((row["question_id"], row["forecaster"], row["score_type"]), math.inf)
            - float(row["score"])
        )
        for row in published
    ]
    near = sum(gap <= NEAR for gap in gaps)
    yield Figure("scoring: professionals' scores to 1e-6", near, float(len(gaps)), "rows")


def _experts(folder: Path) -> Iterator[Figure]:
    """Pools of experts' best estimates of the second round, beside the package's own."""
    said: dict[str, list[float]] = defaultdict(list)
    for row in _table(folder / "data_ratings.csv"):
        if row["round"] == "round_2" and row["element"] == "three_point_best":
            said[row["paper_id"]].append(float(row["value"]) / 100)
    published = [
        row for row in _table(folder / "data_confidence_scores.csv") if row["method"] in EXPERTS
    ]
    for name, ours in EXPERTS.items():
        gaps = [
            abs(float(METHODS[ours](np.array(said[row["paper_id"]]))) - float(row["cs"]))
            for row in published
            if row["method"] == name
        ]
        yield Figure(f"pooling: {name} of experts, farthest", max(gaps), 1e-12, "probability")


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
