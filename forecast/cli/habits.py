"""How people change their minds."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forecast.cli import setting
from forecast.cli.output import emit, form
from forecast.cli.scored import Seed
from forecast.cli.teams import Team

if TYPE_CHECKING:
    from datetime import timedelta

    from questions.store.reading import Reading

UPDATING = ("forecaster", "n_questions", "movement", "reduction", "ratio", "ci_low", "ci_high")
BEYOND = 1000.0
"""Ratios from here on are of next to nothing learned, and say nothing."""
MOVES = ("question", "at", "story", "report", "weight", "title", "members")


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    app.command()(habits)


def habits(
    question: Annotated[
        str | None,
        typer.Argument(help="Who moved on it when which report came; without: everybody's habits."),
    ] = None,
    member: Annotated[
        str | None, typer.Option("--member", help="Only this member.", metavar="NAME")
    ] = None,
    team: Team = None,
    window: Annotated[
        str, typer.Option("--window", help="How long one has to react to a report.", metavar="7d")
    ] = "7d",
    to_outcome: Annotated[
        bool, typer.Option("--to-outcome", help="Count what happened as the last belief.")
    ] = False,
    seed: Seed = 1,
    who: setting.As = None,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
    jsonl: setting.Jsonl = False,
    csv: setting.Csv = False,
) -> None:
    """Show how members and the crowd change their minds. Each beside what Bayes' rule would do.

    Movement over learning: the squared changes of a belief, beside the fall of its uncertainty
    p (1 - p). A Bayesian's ratio is 1 on average; more is moving too much, less too little. p says
    how often a Bayesian would differ as much. The crowd moves when somebody joins it, too.
    Following: the change of log odds in the days after reports, for each nat that these were
    judged to weigh. 1 is as judged; less is under-reaction, which includes not looking at all.
    Intervals are of 95 %, by resampling questions.

    Example: tidings habits --member Ana
    """
    from datetime import timedelta

    from numpy.random import PCG64, Generator

    from forecast.desk.priors import duration_days
    from forecast.views.habits import habit_rows

    wanted, long = form(json=json, jsonl=jsonl, csv=csv), timedelta(days=duration_days(window))
    with setting.reading(db, as_of, who) as (read, at):
        wanted_names = _names(read, member, team)
        if question is not None:
            from forecast.views.habits import question_moves

            moves = question_moves(read, question, at, window=long)
            emit(moves, wanted, lambda: _moves(moves, long), columns=MOVES)
            return
        rng = Generator(PCG64(seed))
        rows = habit_rows(
            read, at, rng=rng, window=long, to_outcome=to_outcome, members=wanted_names
        )
    emit(rows, wanted, lambda: _habits(rows), columns=UPDATING)


def _names(read: "Reading", member: str | None, team: str | None) -> tuple[str, ...] | None:
    """The members that are asked for; None for all of them."""
    from forecast.people.roster import known_member, known_team

    if member is not None:
        return (known_member(read, member),)
    return None if team is None else known_team(read, team)


def _habits(rows: list[dict[str, Any]]) -> None:
    from forecast.show.terminal import Column, print_lines, print_table

    columns = [
        Column("forecaster", lambda row: row["forecaster"]),
        Column("questions", lambda row: row["n_questions"], "right"),
        Column("changes", lambda row: row["n_changes"], "right", spare=True),
        Column("movement", lambda row: f"{row['movement']:.3f}", "right", spare=True),
        Column("learned", lambda row: f"{row['reduction']:.3f}", "right", spare=True),
        Column("ratio", lambda row: _amount(row["ratio"]), "right"),
        Column("95%", between),
        Column("p", lambda row: f"{row['p_value']:.2f}", "right", spare=True),
        Column("reports", lambda row: row["following"]["n"], "right", spare=True),
        Column("followed", lambda row: _amount(row["following"]["slope"]), "right"),
        Column("95%", lambda row: between(row["following"])),
    ]
    print_table(rows, columns, nothing="nobody has forecast anything yet")
    if rows:
        print_lines(
            [
                "ratio: movement over learning, 1 for a Bayesian; followed: change of log odds "
                "for each nat judged, 1 is as judged"
            ]
        )


def _amount(value: float) -> str:
    return "-" if value != value else f"{value:.2f}"


def between(row: Mapping[str, Any]) -> str:
    """An interval; a dash where one question, or none, leaves everything open."""
    low, high = (_edge(row[end]) for end in ("ci_low", "ci_high"))
    return "-" if (low, high) == ("-inf", "inf") else f"{low} to {high}"


def _edge(value: float) -> str:
    """An end of an interval; one that is beyond all reason is none."""
    if abs(value) < BEYOND:
        return f"{value:.2f}"
    return "inf" if value > 0 else "-inf"


def _moves(rows: list[dict[str, Any]], window: "timedelta") -> None:
    from forecast.show.terminal import Column, day, likelier, print_lines, print_table

    columns = [
        Column("came", lambda row: day(row["at"])),
        Column("report", lambda row: row["report"]),
        Column("title", lambda row: row["title"], wraps=True),
        Column("judged", lambda row: likelier(row["weight"]), wraps=True),
        Column("who moved", lambda row: "; ".join(map(_move, row["members"])), wraps=True),
    ]
    print_table(rows, columns, nothing="no report on it was judged")
    if rows:
        print_lines([f"changes within {window.total_seconds() / 86400:g} days of each report"])


def _move(one: Mapping[str, Any]) -> str:
    from forecast.show.terminal import percent

    if one["change"] == 0:
        return f"{one['member']} stayed at {percent(round(one['after'], 3))}"
    before, after = (percent(round(one[end], 3)) for end in ("before", "after"))
    return f"{one['member']} {before} to {after} ({one['change']:+.2f})"
