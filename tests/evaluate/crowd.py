"""How well crowds are pooled, on real crowds; everything learned from earlier answers alone.

Of the expert claims each is judged by what the others teach.
"""

import csv
import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from forecast.crowd.aggregate import aggregate
from forecast.crowd.backtest import ALL, Replay, performance, replay
from forecast.crowd.methods import METHODS
from forecast.crowd.paths import crowd_path
from forecast.histories.history import histories, history_of
from forecast.histories.targets import Grid, Target
from forecast.records import Forecast
from forecast.scoring.points import peer
from questions.instants import micros
from questions.values import NO, YES, Cdf, Probability, Shares
from tests.evaluate.figure import Figure

DRAWS = 2000
CLAIMS = datetime(2019, 7, 5, tzinfo=UTC)
DAY0 = datetime(2025, 1, 1, tzinfo=UTC)
PLAIN = {"recency_weighted": "recency_median", "unweighted": "median"}
PACKAGE = {
    "ArMean": "mean",
    "Median": "median",
    "LOArMean": "log_odds_mean",
    "BetaArMean": "beta_pool",
}

World = tuple[list[Target], list[Forecast]]


def figures(data: Path) -> Iterator[Figure]:
    """Gains over the mean, and differences from values computed elsewhere."""
    cases, experts = data / "metaculus_cases_dev", data / "aggrecat"
    if cases.exists():
        yield from _server(json.loads((cases / "cases.json").read_text(encoding="utf-8"))["cases"])
    if experts.exists():
        yield from _package(experts)
        yield from _gains("expert claims", _left_out(*_claims(experts)), 0.12)
    if (early := data / "predictionbook_early").exists():
        world = _public(early)
        for least in (5, 2):
            name, goal = f"public site, {least} or more people", 0.1 if least == 5 else None
            lived = _lived(*world, least)
            yield from _gains(name, lived, goal)
            yield from _against_best(name, lived, -0.03 if least == 5 else None)
    if (pros := data / "metaculus_pros_dev").exists():
        yield from _gains("professionals", _lived(*_professionals(pros), 2), -0.02)


def _gains(name: str, lived: Replay, goal: float | None) -> Iterator[Figure]:
    times = _times(len(lived.questions))
    for method in lived.probs:
        found = performance(lived, method, times)
        limit = goal if method == "bayes" else None
        yield Figure(f"crowd: {name}, {method}", found.gain_over_mean, limit, "gain over the mean")
        if method == "bayes":
            yield Figure(f"crowd: {name}, {method}, lower bound", found.ci_low, None, "gain")


def _against_best(name: str, lived: Replay, goal: float | None) -> Iterator[Figure]:
    """What ``bayes`` gains, question by question, on the fixed method that did best here."""
    times = _times(len(lived.questions))
    best = min(METHODS, key=lambda method: performance(lived, method, times).brier)
    found = performance(lived, "bayes", times, base=best)
    over = f"crowd: {name}, bayes over {best}"
    yield Figure(f"{over}, paired", found.gain_over_mean, None, "gain")
    yield Figure(f"{over}, paired, lower bound", found.ci_low, goal, "gain")


def _times(questions: int) -> np.ndarray:
    rng = np.random.Generator(np.random.PCG64(1))
    return rng.multinomial(questions, np.full(questions, 1 / questions), size=DRAWS).astype(float)


def _lived(targets: list[Target], forecasts: list[Forecast], least: int) -> Replay:
    found = histories(targets, forecasts)
    return replay(found, ALL, points=peer, min_forecasters=least)


def _left_out(targets: list[Target], forecasts: list[Forecast]) -> Replay:
    """Each question last, after all the others were answered."""
    said: dict[str, list[float]] = {method: [] for method in ALL}
    for target in targets:
        late = replace(target, scheduled_close_time=CLAIMS + timedelta(days=9), resolved_at=None)
        others = [one for one in targets if one is not target]
        for method in ALL:
            found = aggregate([*others, late], forecasts, method, points=peer)[-1].value
            assert isinstance(found, Probability)
            said[method].append(found.yes)
    outcomes = np.array([float(one.outcome == YES) for one in targets])
    probs = {method: np.array(values) for method, values in said.items()}
    return Replay(tuple(one.id for one in targets), outcomes, probs)


def _claims(folder: Path) -> World:
    outcomes = {row["paper_id"]: row["outcome"] for row in _rows(folder / "data_outcomes.csv")}
    day = timedelta(days=1)
    targets = [
        Target(name, "binary", CLAIMS, CLAIMS + 2 * day, YES if float(outcome) else NO)
        for name, outcome in outcomes.items()
    ]
    wanted = ("round_2", "direct_replication", "three_point_best")
    forecasts = [
        _said(row["paper_id"], row["user_name"], float(row["value"]) / 100, CLAIMS + day)
        for row in _rows(folder / "data_ratings.csv")
        if (row["round"], row["question"], row["element"]) == wanted
    ]
    return targets, forecasts


def _package(folder: Path) -> Iterator[Figure]:
    """The largest difference from the values that the package gives for the same methods."""
    targets, forecasts = _claims(folder)
    answers = {
        (row["method"], row["paper_id"]): float(row["cs"])
        for row in _rows(folder / "data_confidence_scores.csv")
    }
    for name, method in PACKAGE.items():
        ours = aggregate(targets, forecasts, method)
        apart = max(_apart(one.value, answers[name, one.question_id]) for one in ours)
        yield Figure(f"crowd: {method} and the experts' package", apart, 1e-9, "difference")


def _apart(value: object, answer: float) -> float:
    assert isinstance(value, Probability)
    return abs(value.yes - answer)


def _server(cases: list[dict]) -> Iterator[Figure]:
    """The largest difference from the histories that the platform's server computed."""
    for theirs, ours in PLAIN.items():
        apart = max(_path_apart(case, case["aggregation"][theirs], ours) for case in cases)
        yield Figure(f"crowd: {ours} and the platform's server", apart, 1e-9, "difference")


def _path_apart(case: dict, steps: list[dict], method: str) -> float:
    kind = case["type"]
    asked = case["question"]
    ranged = {name: asked[name] for name in ("range_min", "range_max") if name in asked}
    target = Target(
        "q",
        kind,
        _day(case["open_day"]),
        _day(case["scheduled_close_day"]),
        options=tuple(asked.get("options", ())),
        grid=Grid(**ranged) if ranged else None,
    )
    if ranged and method == "median":
        method = "mean"
    said = [_case_forecast(target, row) for row in case["forecasts"]]
    bots = {row["user"] for row in case["forecasts"] if row["is_bot"]}
    path = crowd_path(history_of(target, said, bots), method)
    worst = 0.0
    for step in steps:
        if step["start_day"] >= case["scheduled_close_day"]:
            continue
        instant = micros(_day(max(step["start_day"], case["open_day"])))
        place = int(np.searchsorted(path.edges, instant, side="right")) - 1
        theirs = step["values"][1] if kind == "binary" else step["values"]
        worst = max(worst, float(np.nanmax(np.abs(path.values[place] - np.array(theirs, float)))))
    return worst


def _case_forecast(target: Target, row: dict) -> Forecast:
    value = row["value"]
    value = json.loads(value) if isinstance(value, str) else value
    made, ended = _day(row["start_day"]), None
    if row["end_day"] is not None:
        ended = _day(row["end_day"])
    if target.type == "binary":
        held: Probability | Shares | Cdf = Probability(value)
    elif target.type == "multiple_choice":
        pairs = zip(target.options, value, strict=True)
        held = Shares(tuple((name, share) for name, share in pairs if share is not None))
    else:
        held = Cdf(tuple(value))
    return Forecast("", "q", row["user"], held, made, made, ended)


def _day(number: float) -> datetime:
    return DAY0 + timedelta(days=number)


def _public(folder: Path) -> World:
    with gzip.open(folder / "forecasts.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["outcome"] in ("0.0", "1.0")]
    targets = {
        row["question_id"]: Target(
            row["question_id"],
            "binary",
            _time(row["open_time"]),
            _time(row["resolve_time"]),
            YES if float(row["outcome"]) else NO,
        )
        for row in rows
    }
    forecasts = _distinct(
        _said(
            row["question_id"],
            row["forecaster"],
            float(row["probability"]),
            _time(row["timestamp"]),
        )
        for row in rows
    )
    return _living(targets.values()), forecasts


def _professionals(folder: Path) -> World:
    rows = [row for row in _rows(folder / "forecasts.csv") if row["resolution"] in ("yes", "no")]
    targets = {
        row["question_id"]: Target(
            row["question_id"],
            "binary",
            _time(row["published_at"]),
            _time(row["actual_close_time"]),
            YES if row["resolution"] == "yes" else NO,
        )
        for row in rows
    }
    forecasts = _distinct(
        _said(
            row["question_id"],
            row["forecaster"],
            float(row["probability_yes"]),
            _time(row["forecast_timestamp"]),
        )
        for row in rows
    )
    return _living(targets.values()), forecasts


def _living(targets: Iterable[Target]) -> list[Target]:
    return [one for one in targets if one.open_time < one.scheduled_close_time]


def _distinct(forecasts: Iterable[Forecast]) -> list[Forecast]:
    """The last of what somebody said of a question at one instant."""
    return list({(one.question, one.member, one.made_at): one for one in forecasts}.values())


def _said(question: str, member: str, prob: float, made: datetime) -> Forecast:
    return Forecast("", question, member, Probability(prob), made, made)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
