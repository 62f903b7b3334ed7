"""Scores, calibration and the leaderboard: of the store, or of files."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from forecast.cli import comparing, setting
from forecast.cli.output import Form, emit, form, say
from forecast.cli.scored import (
    BlindOnly,
    Forecasts,
    Questions,
    earned,
    of_team,
    own_name,
    warn_of_disputes,
)
from forecast.cli.teams import Team

DEFAULT_RULES = "brier,log,baseline,peer"
REASONS = 10
"""Infinite scores that are explained one by one."""


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    app.command()(score)
    comparing.register(app)


def score(
    rule: Annotated[
        str, typer.Option("--rule", help="Rules, with commas between them.", metavar="RULES")
    ] = DEFAULT_RULES,
    changes: Annotated[
        bool, typer.Option("--changes", help="What new resolutions changed in the scores.")
    ] = False,
    blind_only: BlindOnly = False,
    team: Team = None,
    forecasts: Forecasts = None,
    questions: Questions = None,
    who: setting.As = None,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
    jsonl: setting.Jsonl = False,
    csv: setting.Csv = False,
) -> None:
    """Score forecasts of resolved questions. One row a question, forecaster and rule.

    Rules: brier, brier_two_sided, log, spherical, rps, ordinal, crps, wis (time-averaged; last_
    before one scores the last forecast alone, edge_ what it gained on the others), daily_brier,
    relative_brier, baseline, peer, spot_baseline, spot_peer, relative_legacy.

    Example: tidings score --rule brier,peer
    """
    from dataclasses import asdict

    from forecast.records import Score
    from forecast.scoring.score import rules_named

    wanted, rules = form(json=json, jsonl=jsonl, csv=csv), rules_named(rule)
    if changes:
        _changed(rules, wanted, as_of, db, who)
        return
    files = (forecasts, questions)
    found = earned(rules, files=files, db=db, as_of=as_of, who=who, blind=blind_only)
    for reason in found.reasons[:REASONS]:
        say(f"note: {reason}")
    if (more := len(found.reasons) - REASONS) > 0:
        say(f"note: {more} more infinite scores")
    warn_of_disputes(found, {one.question_id for one in found.scores})
    rows = [asdict(one) for one in of_team(found.scores, team, db, who)]
    me = own_name(who)
    emit(rows, wanted, lambda: _scores(rows, rules, me), columns=Score.__slots__)


def _changed(
    rules: Sequence[str], wanted: Form, as_of: str | None, db: str | None, who: str | None
) -> None:
    from dataclasses import asdict

    from forecast.desk.scoring import rescored
    from forecast.scoring.changes import Change
    from forecast.show.terminal import Column, day, print_table

    with setting.reading(db, as_of, who) as (read, at):
        rows = [asdict(one) for one in rescored(read, at, rules)]

    def shown(amount: float | None) -> str:
        return "-" if amount is None else f"{amount:z.3f}"

    columns = [
        Column("question", lambda row: row["question_id"]),
        Column("forecaster", lambda row: row["forecaster"]),
        Column("rule", lambda row: row["rule"]),
        Column("was", lambda row: row["resolved"] or "open"),
        Column("score", lambda row: shown(row["before"]), "right"),
        Column("is", lambda row: row["resolved_anew"] or "open"),
        Column("score", lambda row: shown(row["after"]), "right"),
        Column("on", lambda row: day(row["at"])),
    ]
    nothing = "no resolution was taken back"
    emit(
        rows,
        wanted,
        lambda: print_table(rows, columns, nothing=nothing),
        columns=Change.__slots__,
    )


def _scores(rows: list[dict[str, Any]], rules: Sequence[str], me: str) -> None:
    from forecast.show.terminal import Column, print_table

    wide: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        pair = (row["question_id"], row["forecaster"])
        wide.setdefault(pair, {"question": pair[0], "forecaster": pair[1]})
        wide[pair][row["rule"]] = row["score"]
        wide[pair]["coverage"] = max(row["coverage"], wide[pair].get("coverage", 0.0))

    def shown(rule: str) -> Any:
        return lambda row: f"{row[rule]:z.3f}" if rule in row else "-"

    columns = [
        Column("question", lambda row: row["question"]),
        Column("forecaster", lambda row: row["forecaster"]),
        *(Column(rule, shown(rule), "right") for rule in rules),
        Column("coverage", lambda row: f"{row['coverage']:.2f}", "right"),
    ]
    own_first = sorted(wide.values(), key=lambda row: row["forecaster"].lower() != me.lower())
    print_table(own_first, columns, nothing="nothing is resolved and forecast yet")
