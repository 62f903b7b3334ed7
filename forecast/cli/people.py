"""Members: added, called by other names, listed."""

from typing import Annotated

import typer

from forecast.cli import setting
from forecast.cli.output import emit, form, written

member_app = typer.Typer(help="Who forecasts.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    app.add_typer(member_app, name="member")


@member_app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="The name to forecast under.")],
    db: setting.Db = None,
    at: setting.At = None,
    json: setting.Json = False,
) -> None:
    """Let somebody forecast.

    Example: tidings member add Eve
    """
    from forecast.desk.predicting import add_member

    with setting.desk(db, at=at, founds=True, signed=False) as desk:
        made = add_member(desk, name)
        written(made, form(json=json), f"{made.id} can forecast")


@member_app.command("alias")
def alias(
    name: Annotated[str, typer.Argument(help="The member.")],
    other: Annotated[str, typer.Argument(help="The other name.")],
    db: setting.Db = None,
    at: setting.At = None,
    json: setting.Json = False,
) -> None:
    """Let a member be called by another name too.

    Example: tidings member alias Ana am
    """
    from forecast.desk.predicting import add_alias

    with setting.desk(db, at=at, signed=False) as desk:
        made = add_alias(desk, other, name)
        written(made, form(json=json), f"{made.id} means {made.record['member']}")


@member_app.command("list")
def members(
    who: setting.As = None,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
    jsonl: setting.Jsonl = False,
    csv: setting.Csv = False,
) -> None:
    """List the members.

    Example: tidings member list
    """
    from forecast.people.roster import members as names

    with setting.reading(db, as_of, who) as (read, _):
        rows = [{"name": name} for name in names(read)]
    emit(rows, form(json=json, jsonl=jsonl, csv=csv), lambda: _list(rows))


def _list(rows: list[dict[str, str]]) -> None:
    from forecast.show.terminal import print_lines

    print_lines([row["name"] for row in rows] or ["nobody yet: tidings member add NAME"])
