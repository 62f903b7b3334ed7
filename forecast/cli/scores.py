"""Scores, calibration, pooling and the leaderboard: of the store, or of files."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forecast.cli import setting
from forecast.cli.output import emit, form, print_json, say

if TYPE_CHECKING:
    from datetime import datetime

    from forecast.scoring.files import Tables

Forecasts = Annotated[
    Path | None, typer.Option("--forecasts", help="A CSV file of forecasts.", metavar="FILE")
]
Questions = Annotated[
    Path | None, typer.Option("--questions", help="A CSV file of their questions.", metavar="FILE")
]
Seed = Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same intervals.")]

DEFAULT_RULES = "brier,log,baseline,peer"
POOLED = ("question_id", "method", "at", "n", "prob")


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    for command in (score, aggregate, calibrate, leaderboard):
        app.command()(command)


def tables(
    forecasts: Path | None,
    questions: Path | None,
    db: str | None,
    as_of: str | None,
    *,
    imported: bool = True,
) -> "Tables":
    """The forecasts and questions of two files, or else of the store.

    Raises:
        BadInput: one file without the other.
    """
    from forecast.desk.scoring import tables as of_store
    from forecast.scoring.files import Tables, read_tables
    from questions.errors import BadInput

    if (forecasts is None) != (questions is None):
        raise BadInput("files", forecasts or questions, "both --forecasts and --questions")
    if forecasts is not None and questions is not None:
        found = read_tables(forecasts, questions)
        for note in found.notes:
            say(f"note: {note}")
        return found
    with setting.reading(db, as_of) as (read, at):
        targets, said = of_store(read, at, imported=imported)
    return Tables(tuple(targets), tuple(said), frozenset(), ())


def score(
    rule: Annotated[
        str, typer.Option("--rule", help="Rules, with commas between them.", metavar="RULES")
    ] = DEFAULT_RULES,
    forecasts: Forecasts = None,
    questions: Questions = None,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
    jsonl: setting.Jsonl = False,
    csv: setting.Csv = False,
) -> None:
    """Score forecasts of resolved questions, one row a question, forecaster and rule.

    Rules: brier, brier_two_sided, log, spherical, rps, ordinal, crps (time-averaged; last_ before
    one scores the last forecast alone), daily_brier, relative_brier, baseline, peer,
    spot_baseline, spot_peer, relative_legacy.

    Example: tidings score --rule brier,peer
    """
    from dataclasses import asdict

    from forecast.records import Score
    from forecast.scoring.score import rules_named
    from forecast.scoring.score import score as earned

    wanted, rules = form(json=json, jsonl=jsonl, csv=csv), rules_named(rule)
    found = tables(forecasts, questions, db, as_of)
    scores = earned(found.targets, found.forecasts, rules, outside=found.outside)
    rows = [asdict(one) for one in scores]
    emit(rows, wanted, lambda: _scores(rows, rules), columns=Score.__slots__)


def _scores(rows: list[dict[str, Any]], rules: Sequence[str]) -> None:
    from forecast.show.terminal import Column, print_table

    wide: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        pair = (row["question_id"], row["forecaster"])
        wide.setdefault(pair, {"question": pair[0], "forecaster": pair[1]})
        wide[pair][row["rule"]] = row["score"]
        wide[pair]["coverage"] = max(row["coverage"], wide[pair].get("coverage", 0.0))

    def shown(rule: str) -> Any:
        return lambda row: f"{row[rule]:.3f}" if rule in row else "-"

    columns = [
        Column("question", lambda row: row["question"]),
        Column("forecaster", lambda row: row["forecaster"]),
        *(Column(rule, shown(rule), "right") for rule in rules),
        Column("coverage", lambda row: f"{row['coverage']:.2f}", "right"),
    ]
    print_table(list(wide.values()), columns, nothing="nothing is resolved and forecast yet")


def aggregate(
    forecasts: Forecasts = None,
    questions: Questions = None,
    method: Annotated[str, typer.Option("--method", help="How to pool.")] = "log_odds_mean",
    at: Annotated[
        str, typer.Option("--at", help="close, or an instant.", metavar="close|TIME")
    ] = "close",
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
    jsonl: setting.Jsonl = False,
    csv: setting.Csv = False,
) -> None:
    """Make one value of many forecasts, one row a question.

    Methods: mean, median, trimmed_mean, log_odds_mean, extremized, beta_pool, recency_median,
    recency_mean.

    Example: tidings aggregate --method median --csv
    """
    from forecast.crowd.aggregate import aggregate as pooled
    from forecast.crowd.aggregate import columns_of

    wanted = form(json=json, jsonl=jsonl, csv=csv)
    moment: datetime | None = None if at == "close" else setting.time_of(at)
    found = tables(forecasts, questions, db, as_of)
    values = pooled(found.targets, found.forecasts, method, at=moment, outside=found.outside)
    by_id = {target.id: target for target in found.targets}
    rows = [columns_of(one, by_id[one.question_id]) for one in values]
    emit(rows, wanted, lambda: _pooled(rows), columns=POOLED)


def _pooled(rows: list[dict[str, Any]]) -> None:
    from forecast.show.terminal import Column, day, percent, print_table

    columns = [
        Column("question", lambda row: row["question_id"]),
        Column("method", lambda row: row["method"]),
        Column("at", lambda row: row["at"] if isinstance(row["at"], str) else day(row["at"])),
        Column("n", lambda row: row["n"], "right"),
        Column("crowd", lambda row: percent(row.get("prob")), "right"),
    ]
    print_table(rows, columns, nothing="no questions")


def calibrate(
    forecasts: Forecasts = None,
    questions: Questions = None,
    seed: Seed = 1,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Show how well probabilities agreed with what happened.

    Example: tidings calibrate
    """
    from dataclasses import asdict

    from numpy.random import PCG64, Generator

    from forecast.scoring.calibration import calibrate as found_of

    held = tables(forecasts, questions, db, as_of)
    found = asdict(found_of(held.targets, held.forecasts, rng=Generator(PCG64(seed))))
    if json:
        print_json(found)
    else:
        _calibration(found)


def _calibration(found: dict[str, Any]) -> None:
    from forecast.show.terminal import Column, counted, percent, print_lines, print_table

    print_lines(
        [
            f"{counted(found['n_forecasts'], 'last forecast')} on "
            f"{counted(found['n_questions'], 'question')}",
            f"Brier {found['brier']:.4f} = miscalibration {found['miscalibration']:.4f} - "
            f"discrimination {found['discrimination']:.4f} + uncertainty "
            f"{found['uncertainty']:.4f}",
            f"a calibrated forecaster would show a miscalibration from {found['null_low']:.4f} to "
            f"{found['null_high']:.4f} (95 %)",
        ]
    )
    columns = [
        Column("forecast", lambda row: f"{percent(row['low'])} to {percent(row['high'])}"),
        Column("n", lambda row: row["n"], "right"),
        Column("mean", lambda row: percent(row["mean_forecast"]), "right"),
        Column("happened", lambda row: percent(row["observed_frequency"]), "right"),
    ]
    print_table([row for row in found["bins"] if row["n"]], columns, nothing="no forecasts")


def leaderboard(
    forecasts: Forecasts = None,
    questions: Questions = None,
    imported: Annotated[
        bool, typer.Option("--imported", help="Count forecasts brought in from elsewhere too.")
    ] = False,
    seed: Seed = 1,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
    jsonl: setting.Jsonl = False,
    csv: setting.Csv = False,
) -> None:
    """Rank forecasters by peer points, and say how little that may mean.

    Example: tidings leaderboard
    """
    from dataclasses import asdict

    from numpy.random import PCG64, Generator

    from forecast.scoring.leaderboard import leaderboard as ranked
    from forecast.scoring.score import score as earned

    found = tables(forecasts, questions, db, as_of, imported=imported)
    scores = earned(found.targets, found.forecasts, ["peer", "brier"], outside=found.outside)
    rows = [asdict(one) for one in ranked(scores, rng=Generator(PCG64(seed)))]
    emit(rows, form(json=json, jsonl=jsonl, csv=csv), lambda: print_standings(rows))


def print_standings(rows: list[dict[str, Any]]) -> None:
    """Print a leaderboard, with a word on what it is worth."""
    from forecast.show.terminal import Column, print_lines, print_table

    def brier(row: Mapping[str, Any]) -> str:
        return "-" if row["mean_brier"] is None else f"{row['mean_brier']:.3f}"

    columns = [
        Column("", lambda row: row["rank"], "right"),
        Column("forecaster", lambda row: row["forecaster"]),
        Column("points", lambda row: f"{row['points']:+.2f}", "right"),
        Column("95% interval", lambda row: f"{row['ci_low']:+.2f} to {row['ci_high']:+.2f}"),
        Column("questions", lambda row: row["n_questions"], "right"),
        Column("mean peer", lambda row: f"{row['mean_peer']:+.1f}", "right"),
        Column("mean Brier", brier, "right"),
    ]
    print_table(rows, columns, nothing="nothing is resolved and forecast by two people yet")
    if rows and rows[0]["n_questions"] < 30:
        print_lines(["fewer than thirty questions each: the order is mostly luck"])
