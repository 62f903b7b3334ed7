"""Pooling, and how well each way of it would have done: of the store, or of files."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forecast.cli import setting
from forecast.cli.output import emit, form, print_json, say, write
from forecast.cli.scored import Forecasts, Questions, Seed, tables

if TYPE_CHECKING:
    from datetime import datetime

    from forecast.crowd.aggregate import Pooled
    from forecast.histories.targets import Target
    from forecast.scoring.files import Tables

POOLED = ("question_id", "method", "at", "n", "prob")


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    for command in (crowd, aggregate, backtest):
        app.command()(command)


def aggregate(
    forecasts: Forecasts = None,
    questions: Questions = None,
    method: Annotated[
        str | None,
        typer.Option(
            "--method",
            help="How to pool; log_odds_mean, and mean for numbers and dates.",
            metavar="METHOD",
        ),
    ] = None,
    at: Annotated[
        str, typer.Option("--at", help="close, or an instant.", metavar="close|TIME")
    ] = "close",
    who: setting.As = None,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
    jsonl: setting.Jsonl = False,
    csv: setting.Csv = False,
) -> None:
    """Make one value of many forecasts, one row a question.

    Methods: mean, median, trimmed_mean, log_odds_mean, extremized, beta_pool, recency_median,
    recency_mean; and those that learn from what had been resolved by then: single_aggregation,
    skill_weighted, contribution_weighted, bayes.

    Example: tidings aggregate --method median --csv
    """
    from forecast.crowd.aggregate import columns_of

    wanted = form(json=json, jsonl=jsonl, csv=csv)
    moment: datetime | None = None if at == "close" else setting.time_of(at)
    found = tables(forecasts, questions, db, as_of, who)
    by_id = {target.id: target for target in found.targets}
    values = _values(found, method, moment)
    rows = [columns_of(values[one], target) for one, target in by_id.items() if one in values]
    emit(rows, wanted, lambda: _pooled(rows), columns=POOLED)


def _values(found: "Tables", method: str | None, at: "datetime | None") -> "dict[str, Pooled]":
    """The crowd's value on each question, by the method or else by one that suits its type."""
    from forecast.crowd.aggregate import aggregate as pooled
    from forecast.scoring.points import peer

    groups: dict[str, list[Target]] = {}
    for target in found.targets:
        suited = "log_odds_mean" if target.type in ("binary", "multiple_choice") else "mean"
        groups.setdefault(method or suited, []).append(target)
    values = {}
    for name, targets in groups.items():
        asked = {one.id for one in targets}
        said = [one for one in found.forecasts if one.question in asked]
        for one in pooled(targets, said, name, at=at, outside=found.outside, points=peer):
            values[one.question_id] = one
    return values


def _pooled(rows: list[dict[str, Any]]) -> None:
    from forecast.show.terminal import Column, by_day, print_table
    from questions.instants import parse_instant

    columns = [
        Column("question", lambda row: row["question_id"]),
        Column("method", lambda row: row["method"]),
        Column("on", lambda row: by_day(parse_instant(str(row["at"])))),
        Column("n", lambda row: row["n"], "right"),
        Column("crowd", _value, "right"),
    ]
    print_table(rows, columns, nothing="no questions")


def _value(row: Mapping[str, Any]) -> str:
    """A pooled value in short; the points of a distribution are for programs."""
    from forecast.show.terminal import counted, percent

    if row.get("cdf"):
        return f"{counted(len(row['cdf']), 'point')} (--json)"
    if row.get("probs"):
        known = [one for one in row["probs"] if one is not None]
        return ", ".join(percent(round(one, 3)) for one in known)
    return percent(row.get("prob"))


def backtest(
    forecasts: Forecasts = None,
    questions: Questions = None,
    method: Annotated[
        list[str] | None, typer.Option("--method", help="One of the ways to pool; all by default.")
    ] = None,
    at: Annotated[
        float, typer.Option("--at", help="When, as a share of each question's life.", min=0, max=1)
    ] = 1.0,
    min_forecasters: Annotated[
        int, typer.Option("--min-forecasters", min=1, help="Leave out questions with fewer.")
    ] = 2,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Draw the gains too, in this file.")
    ] = None,
    seed: Seed = 1,
    who: setting.As = None,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
    jsonl: setting.Jsonl = False,
    csv: setting.Csv = False,
) -> None:
    """Replay resolved questions, to see how each way to pool did. Just before their close.

    Yes-or-no questions; what a method learns it learns from answers known before that instant.
    The gain is 1 less its Brier score by that of the plain mean, with a 95 % interval over
    questions.

    Example: tidings backtest --min-forecasters 3
    """
    from dataclasses import asdict

    from numpy.random import PCG64, Generator

    from forecast.crowd.backtest import ALL, Performance
    from forecast.crowd.backtest import backtest as replayed
    from forecast.histories.history import histories
    from forecast.scoring.points import peer

    wanted = form(json=json, jsonl=jsonl, csv=csv)
    found = tables(forecasts, questions, db, as_of, who)
    performances = replayed(
        histories(found.targets, found.forecasts, found.outside),
        method or ALL,
        points=peer,
        rng=Generator(PCG64(seed)),
        at=at,
        min_forecasters=min_forecasters,
    )
    if output is not None and performances:
        _draw(performances, output)
    rows = [asdict(one) for one in performances]
    emit(rows, wanted, lambda: _compared(rows), columns=Performance.__slots__)


def _draw(performances: list[Any], output: Path) -> None:
    from forecast.show.pictures import write_figure
    from forecast.show.pictures.gains import gains

    write_figure(gains(performances), output)
    say(f"{output}")


def _compared(rows: list[dict[str, Any]]) -> None:
    from forecast.show.terminal import Column, print_table

    def shown(name: str, style: str) -> Any:
        return lambda row: format(row[name], style)

    columns = [
        Column("method", lambda row: row["method"]),
        Column("questions", lambda row: row["n_questions"], "right"),
        Column("Brier", shown("brier", ".4f"), "right"),
        Column("log", shown("log", ".4f"), "right", spare=True),
        Column("gain over mean", shown("gain_over_mean", "+.1%"), "right"),
        Column("95% interval", lambda row: f"{row['ci_low']:+.1%} to {row['ci_high']:+.1%}"),
    ]
    nothing = "no yes-or-no question is resolved that so many had forecast by then"
    print_table(rows, columns, nothing=nothing)


def crowd(
    question: Annotated[str, typer.Argument(help="Its id or a part of its title.")],
    method: Annotated[
        str | None,
        typer.Option(
            "--method",
            help="log_odds_mean (mean for numbers and dates) unless another is named: median, "
            "trimmed_mean, bayes and the others of tidings aggregate.",
        ),
    ] = None,
    who: setting.As = None,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Show what the team says together. A blind question shows it to who has forecast.

    What a method learns it learns from answers that were known by then.

    Example: tidings crowd Q1 --method median
    """
    from forecast.show.crowd import crowd_line, elsewhere_lines
    from forecast.views.crowd import crowd_of

    with setting.reading(db, as_of, who) as (read, at):
        found = crowd_of(read, question, method, at)
    if json:
        print_json(found)
    else:
        lines = [crowd_line(found), *elsewhere_lines(found["elsewhere"])]
        write("".join(f"{line}\n" for line in lines))
