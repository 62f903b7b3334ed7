"""What happened: questions are resolved and reopened."""

from typing import Annotated

import typer

from forecast.cli import setting
from forecast.cli.output import form, written

Which = Annotated[str, typer.Argument(help="Its id or a part of its title.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    for command in (resolve, reopen):
        app.command()(command)


def resolve(
    question: Which,
    outcome: Annotated[str, typer.Argument(help="yes, no, ambiguous or annulled.")],
    source: Annotated[str, typer.Option("--source", help="Who says so.", metavar="WHERE")],
    at: Annotated[
        str | None, typer.Option("--at", help="When the answer was known; now.", metavar="TIME")
    ] = None,
    who: setting.As = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Put on record what happened.

    Example: tidings resolve Q1 yes --at 2023-04-26 --source "both governments"
    """
    from forecast.desk.settling import resolve as verb

    with setting.desk(db, who=who, at=at, dated=True) as desk:
        when = setting.time_of(at, now=desk.now, what="--at") or desk.now
        made = verb(desk, question, outcome, resolved_at=when, source=source)
        written(made, form(json=json), f"{made.id} resolved {outcome.lower()}")


def reopen(
    question: Which,
    why: Annotated[str, typer.Option("--why", "-m", help="The reason.")],
    at: setting.At = None,
    who: setting.As = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Take a resolution back; both stay on record.

    Example: tidings reopen Q1 --why "the announcement was withdrawn"
    """
    from forecast.desk.settling import reopen as verb

    with setting.desk(db, who=who, at=at) as desk:
        made = verb(desk, question, why)
        written(made, form(json=json), f"{made.id} reopened")
