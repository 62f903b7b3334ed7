"""Histories that came in through files of other platforms, scored by those platforms' own points.

The sets hold figures alone. They are written in the shape of each platform's files, imported
into a new store, and scored there.
"""

import csv
import gzip
import io
import json
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from forecast.desk.desk import Desk
from forecast.desk.importing import bring_in
from forecast.desk.scoring import scores
from forecast.exchange.choosing import batch_of
from forecast.exchange.files import documents_at
from forecast.exchange.plan import Choices, Plan
from forecast.ledger import KINDS
from forecast.records import Score
from questions.store.store import Store, open_store
from tests.evaluate.figure import Figure

DAY0 = datetime(2025, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 1, tzinfo=UTC)
NEAR = 1e-6
POINTS = ("baseline", "peer", "spot_baseline", "spot_peer", "relative_legacy")
Row = Mapping[str, Any]


def figures(data: Path) -> Iterator[Figure]:
    """Points that agree, and how long it took."""
    yield from _cases(data / "metaculus_cases_dev" / "cases.json")
    yield from _pros(data / "metaculus_pros_dev")
    yield from _predictionbook(data / "predictionbook_early" / "forecasts.csv.gz")
    yield from _forecastbench(data / "forecastbench_early" / "market_questions.csv.gz")
    yield from _large()


def imported(write: Callable[[Path], Path]) -> tuple[Plan, list[Score], float, float]:
    """What an import of a written file did, every score of it, and the seconds of both."""
    with TemporaryDirectory() as folder:
        path = write(Path(folder))
        store = _new(Path(folder) / "a.db")
        try:
            started = time.perf_counter()
            batch = batch_of(documents_at(path))
            plan = bring_in(Desk(store, NOW, "", "once"), batch, _EVERYBODY).plan
            took = time.perf_counter() - started
            with store.reading() as read:
                found = scores(store, read, NOW, [*POINTS, "brier"])
            return plan, found, took, time.perf_counter() - started - took
        finally:
            store.close()


_EVERYBODY = Choices(me="I", add_members=True)


def _new(place: Path) -> Store:
    return open_store(place, KINDS, create_with=("live", NOW))


def _table(rows: list[Row]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _download(questions: list[Row], forecasts: list[Row]) -> Callable[[Path], Path]:
    """A download of Metaculus with these rows."""

    def write(folder: Path) -> Path:
        path = folder / "download.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("question_data.csv", _table(questions))
            archive.writestr("forecast_data.csv", _table(forecasts))
        return path

    return write


def _asked(number: Any, type_: str, opens: str, closes: str, **more: Any) -> Row:
    """A row of ``question_data.csv``; what is not given is empty, as it is there."""
    names = (
        *("Question ID", "Question URL", "Question Title", "Post ID", "Label", "Question Type"),
        *("MC Options (Current)", "MC Options (All)", "MC Options History", "Lower Bound"),
        *("Open Lower Bound", "Upper Bound", "Open Upper Bound", "Continuous Range", "Open Time"),
        *("CP Reveal Time", "Scheduled Close Time", "Actual Close Time", "Resolution"),
        "Resolution Known Time",
    )
    known = {
        "Question ID": number,
        "Question URL": f"https://metaculus.example/questions/{number}/",
        "Question Title": f"Figures without words {number}",
        "Post ID": f"9{number}",
        "Question Type": type_,
        "Open Time": opens,
        "Scheduled Close Time": closes,
    }
    return {name: (known | more).get(name, "") for name in names}


def _said(number: Any, who: str, start: str, **more: Any) -> Row:
    """A row of ``forecast_data.csv``."""
    names = (
        *("Question ID", "Forecaster ID", "Forecaster Username", "Is Bot", "Start Time"),
        *("End Time", "Forecaster Count", "Probability Yes", "Probability Yes Per Category"),
        "Continuous CDF",
    )
    known = {
        "Question ID": number,
        "Forecaster ID": sum(map(ord, who)) * 1000 + len(who),
        "Forecaster Username": who,
        "Is Bot": False,
        "Start Time": start,
    }
    return {name: (known | more).get(name, "") for name in names}


def _cases(path: Path) -> Iterator[Figure]:
    """Each case under each of its outcomes, against the points that Metaculus' code gave it."""
    right = total = crowds = 0
    for case in json.loads(path.read_text())["cases"]:
        for number, end in enumerate(case["evals"], start=1):
            questions = [_case(case, end, number)]
            forecasts = [*_case_forecasts(case, number), *_case_crowd(case, number)]
            plan, found, _, _ = imported(_download(questions, forecasts))
            crowds += len(plan.quotes)
            got = {(one.forecaster, one.rule): one.score for one in found}
            for row in end["scores"]:
                if not row["who"].startswith("AGG") and row["type"] in POINTS:
                    total += 1
                    gap = abs(got.get((row["who"], row["type"]), 0.0) - row["score"])
                    right += gap <= NEAR
    yield Figure("metaculus cases: points that agree", right, float(total), "points")
    yield Figure("metaculus cases: quotes of crowds kept", crowds, None, "quotes")


def _on(day: float | None) -> str:
    """A day of the cases as the download writes an instant."""
    return "" if day is None else str(DAY0 + timedelta(days=day))


def _case(case: Row, end: Row, number: int) -> Row:
    asked = case["question"]
    shape: dict[str, Any] = {}
    if "options" in asked:
        shape = {"MC Options (All)": asked["options"], "MC Options (Current)": asked["options"]}
    if "range_min" in asked:
        low, high = asked["range_min"], asked["range_max"]
        shape = {
            "Lower Bound": low,
            "Upper Bound": high,
            "Open Lower Bound": asked["open_lower_bound"],
            "Open Upper Bound": asked["open_upper_bound"],
            "Continuous Range": [low + (high - low) * at / 200 for at in range(201)],
        }
    close = _on(end["actual_close_day"])
    times = {
        "CP Reveal Time": _on(end.get("spot_day")),
        "Actual Close Time": close,
        "Resolution Known Time": close,
        "Resolution": end["resolution"],
    }
    opens, closes = _on(case["open_day"]), _on(case["scheduled_close_day"])
    return _asked(number, case["type"], opens, closes, **shape, **times)


_COLUMNS = {"binary": "Probability Yes", "multiple_choice": "Probability Yes Per Category"}


def _case_forecasts(case: Row, number: int) -> Iterator[Row]:
    column = _COLUMNS.get(case["type"], "Continuous CDF")
    for one in case["forecasts"]:
        value = json.loads(one["value"]) if isinstance(one["value"], str) else one["value"]
        more = {column: value, "End Time": _on(one["end_day"]), "Is Bot": one.get("is_bot")}
        yield _said(number, one["user"], _on(one["start_day"]), **more)


def _case_crowd(case: Row, number: int) -> Iterator[Row]:
    """The histories of aggregates of a binary case."""
    if case["type"] != "binary":
        return
    for method, steps in case["aggregation"].items():
        for step in steps:
            if step["values"]:
                more = {
                    "Forecaster ID": "",
                    "Is Bot": "",
                    "Forecaster Count": step["n"],
                    "Probability Yes": step["values"][-1],
                    "End Time": _on(step["end_day"]),
                }
                yield _said(number, method, _on(step["start_day"]), **more)


def _pros(folder: Path) -> Iterator[Figure]:
    """Professional forecasters' published points; there a life runs to the actual close."""
    with (folder / "forecasts.csv").open() as file:
        rows = list(csv.DictReader(file))
    asked = {row["question_id"]: row for row in rows}
    questions = [_pro_question(row) for row in asked.values()]
    forecasts = [
        _said(
            row["question_id"],
            row["forecaster"],
            row["forecast_timestamp"],
            **{"Probability Yes": row["probability_yes"]},
        )
        for row in rows
    ]
    plan, found, took, scoring = imported(_download(questions, forecasts))
    got = {(one.question_id, one.forecaster, one.rule): one.score for one in found}
    ours = {theirs.origin.question: question.id for question, theirs in plan.questions}
    with (folder / "published_scores.csv").open() as file:
        published = [
            row
            for row in csv.DictReader(file)
            if row["score_type"] in POINTS[:4] and row["resolution"] in ("yes", "no")
        ]
    missing = float("nan")
    right = sum(
        abs(
            got.get(
                (ours.get(row["question_id"], ""), row["forecaster"], row["score_type"]), missing
            )
            - float(row["score"])
        )
        <= NEAR
        for row in published
    )
    yield Figure("metaculus pros: points that agree", right, float(len(published)), "points")
    yield Figure("metaculus pros: forecasts that came in", len(plan.forecasts), None, "forecasts")
    yield Figure("metaculus pros: forecasts refused", len(plan.refused), None, "rows")
    yield Figure("metaculus pros: import", took, 600.0, "s")
    yield Figure("metaculus pros: scoring", scoring, 600.0, "s")


def _pro_question(row: Row) -> Row:
    close = row["actual_close_time"]
    more = {
        "Actual Close Time": close,
        "Resolution": row["resolution"],
        "Resolution Known Time": close,
    }
    return _asked(row["question_id"], "binary", row["published_at"], close, **more)


def _predictionbook(path: Path) -> Iterator[Figure]:
    """PredictionBook's early history as its pages, held against Brier scores reckoned by hand."""
    with gzip.open(path, "rt") as file:
        rows = list(csv.DictReader(file))
    predictions: dict[str, dict[str, Any]] = {}
    for row in rows:
        known = predictions.setdefault(row["question_id"], _prediction(row))
        response = {
            "confidence": round(100 * float(row["probability"]), 10),
            "created_at": row["timestamp"],
            "user_id": row["forecaster"],
            "user_label": row["forecaster"],
            "comment": None,
        }
        known["responses"].append(response)

    def write(folder: Path) -> Path:
        pages = folder / "pages"
        pages.mkdir()
        listed = list(predictions.values())
        for at in range(0, len(listed), 1000):
            page = {"user": {"name": "I"}, "predictions": listed[at : at + 1000]}
            (pages / f"page_{at // 1000}.json").write_text(json.dumps(page))
        return pages

    plan, found, took, scoring = imported(write)
    yield Figure(
        "predictionbook: questions that came in",
        len(plan.questions),
        float(len(predictions)),
        "questions",
    )
    yield Figure(
        "predictionbook: forecasts that came in", len(plan.forecasts), float(len(rows)), "forecasts"
    )
    yield Figure("predictionbook: items refused", len(plan.refused), None, "items")
    yield Figure("predictionbook: import", took, 600.0, "s")
    yield Figure("predictionbook: scoring", scoring, 600.0, "s")
    right, total = _agree(rows, plan, found)
    yield Figure("predictionbook: Brier scores as from the figures", right, float(total), "scores")


def _prediction(row: Row) -> dict[str, Any]:
    outcome = {"1.0": True, "0.0": False}.get(row["outcome"])
    return {
        "id": row["question_id"],
        "description": f"Figures without words {row['question_id']}",
        "created_at": row["open_time"],
        "deadline": row["close_time"],
        "updated_at": row["resolve_time"],
        "outcome": outcome,
        "withdrawn": False,
        "responses": [],
    }


def _agree(rows: list[dict[str, str]], plan: Plan, found: list[Score]) -> tuple[int, int]:
    """How many time-averaged Brier scores are those of the figures, reckoned here by hand."""
    theirs = {question.id: one.origin.question for question, one in plan.questions}
    got = {
        (theirs[one.question_id], one.forecaster): one.score for one in found if one.rule == "brier"
    }
    wanted = _by_hand(rows)
    right = sum(pair in got and abs(got[pair] - score) <= 1e-9 for pair, score in wanted.items())
    return right, len(wanted | got)


def _by_hand(rows: list[dict[str, str]]) -> dict[tuple[str, str], float]:
    """The Brier score of each pair, averaged over the time during which it stood."""
    paths: dict[tuple[str, str], dict[datetime, float]] = {}
    lives: dict[str, tuple[datetime, datetime, float]] = {}
    for row in rows:
        if row["outcome"] not in ("1.0", "0.0"):
            continue
        opens, closes, known, made = (
            datetime.fromisoformat(row[name])
            for name in ("open_time", "close_time", "resolve_time", "timestamp")
        )
        closes = closes if closes > opens else known
        if closes > opens and known >= opens:
            lives[row["question_id"]] = (opens, min(closes, known), float(row["outcome"]))
            paths.setdefault((row["question_id"], row["forecaster"]), {})[made] = float(
                row["probability"]
            )
    found = {}
    for pair, path in paths.items():
        opens, closes, outcome = lives[pair[0]]
        times = sorted(at for at in path if at < closes)
        if not times:
            continue
        pieces = [
            (max(at, opens), min(until, closes), path[at])
            for at, until in zip(times, [*times[1:], closes], strict=True)
        ]
        lasting = [(until - at, prob) for at, until, prob in pieces if until > at]
        total = sum((length for length, _ in lasting), timedelta())
        if total:
            losses = sum((length / total) * (prob - outcome) ** 2 for length, prob in lasting)
            found[pair] = losses
    return found


def _forecastbench(path: Path) -> Iterator[Figure]:
    """Market questions as sets of questions and resolutions, with the price as a forecaster."""
    csv.field_size_limit(1 << 24)
    with gzip.open(path, "rt") as file:
        rows = list(csv.DictReader(file))
    sets: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        sets.setdefault(row["set"], []).append(row)
    asked = came = quotes = right = total = refused = 0
    took = 0.0
    for due, mine in sets.items():
        plan, found, seconds, _ = imported(_bench_set(due, mine))
        took += seconds
        asked += len({(row["source"], row["id"]) for row in mine})
        came += len(plan.questions)
        quotes += len(plan.quotes)
        refused += len(plan.refused)
        ours = {one.origin.question: question.id for question, one in plan.questions}
        got = {one.question_id: one.score for one in found if one.rule == "brier"}
        for row in mine:
            key = ours.get(f"{row['source']}/{row['id']}", "")
            if key in got:
                total += 1
                right += abs(got[key] - (float(row["market_p"]) - float(row["y"])) ** 2) <= 1e-9
    yield Figure("forecastbench: questions that came in", came, float(asked), "questions")
    yield Figure("forecastbench: prices at the freeze kept", quotes, None, "quotes")
    yield Figure("forecastbench: items refused", refused, None, "items")
    yield Figure("forecastbench: Brier scores as from the figures", right, float(total), "scores")
    yield Figure("forecastbench: import of all sets", took, 600.0, "s")


def _bench_set(due: str, rows: list[dict[str, str]]) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        place = folder / "sets"
        place.mkdir()
        questions = [
            {
                "id": row["id"],
                "source": row["source"],
                "question": f"Figures without words {row['source']} {row['id']}",
                "market_info_open_datetime": row["open"],
                "market_info_close_datetime": row["close"],
                "freeze_datetime": f"{due}T00:00:00+00:00",
                "freeze_datetime_value": row["market_p"],
                "url": "",
            }
            for row in rows
        ]
        forecasts = [
            {"id": row["id"], "source": row["source"], "forecast": float(row["market_p"])}
            for row in rows
        ]
        resolutions = [
            {
                "id": row["id"],
                "source": row["source"],
                "resolution_date": row["resolved_on"],
                "resolved_to": float(row["y"]),
                "resolved": True,
            }
            for row in rows
            if row["y"]
        ]
        head = {"forecast_due_date": due, "question_set": f"{due}-llm.json"}
        maker = {"organization": "tests", "model": "price"}
        for name, content in (
            ("questions", {**head, "questions": questions}),
            ("forecasts", {**head, **maker, "forecasts": forecasts}),
            ("resolutions", {**head, "resolutions": resolutions}),
        ):
            (place / f"{name}.json").write_text(json.dumps(content))
        return place

    return write


def _large() -> Iterator[Figure]:
    """A made-up history of 100,000 forecasts on 500 questions, into a store and again."""
    with TemporaryDirectory() as folder:
        path = _many(Path(folder))
        store = _new(Path(folder) / "a.db")
        try:
            for time_of, key in (("first import", "one"), ("the same again", "two")):
                started = time.perf_counter()
                batch = batch_of(documents_at(path))
                plan = bring_in(Desk(store, NOW, "", key), batch, _EVERYBODY).plan
                took = time.perf_counter() - started
                name = f"100,000 forecasts, {time_of}: {len(plan.forecasts)} new"
                yield Figure(name, took, 600.0, "s")
        finally:
            store.close()


def _many(folder: Path) -> Path:
    questions = [
        _asked(
            number,
            "binary",
            str(DAY0),
            _on(100),
            **{"Resolution": "yes", "Resolution Known Time": _on(100)},
        )
        for number in range(500)
    ]
    forecasts = [
        _said(
            at % 500,
            f"person {at // 500 % 40}",
            str(DAY0 + timedelta(days=1, minutes=at)),
            **{"Probability Yes": (at % 97 + 1) / 99},
        )
        for at in range(100_000)
    ]
    return _download(questions, forecasts)(folder)
