"""Teams of members."""

from typing import Annotated

import typer

from forecast.cli import setting
from forecast.cli.output import emit, flat, form, print_json, write
from forecast.cli.people import member_app

Team = Annotated[
    str | None, typer.Option("--team", help="Only what this team's members said.", metavar="NAME")
]


def register(_: typer.Typer) -> None:
    """Add the commands of this noun."""
    member_app.command("team")(team)
    member_app.command("teams")(teams)


def team(
    name: Annotated[str, typer.Argument(help="The team's name.")],
    names: Annotated[list[str], typer.Argument(help="Members.", metavar="MEMBER...")],
    remove: Annotated[bool, typer.Option("--remove", help="Take them out of it.")] = False,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Put members into a team, or take them out.

    Scores, leaderboard, comparisons, groups and questions can be looked at for one team.

    Example: tidings member team north Ana Bo
    """
    from forecast.desk.teaming import change_team
    from forecast.show.terminal import clean

    with setting.desk(db, at=at, signed=False) as desk:
        made = change_team(desk, name, names, remove=remove)
    if json:
        print_json([flat(one) for one in made])
        return
    who = ", ".join(one.record["member"] for one in made)
    write(clean(f"{who} {'out of' if remove else 'in'} {made[0].record['team']}") + "\n")


def teams(
    who: setting.As = None,
    as_of: setting.AsOf = None,
    db: setting.Db = None,
    json: setting.Json = False,
    jsonl: setting.Jsonl = False,
    csv: setting.Csv = False,
) -> None:
    """List the teams and who is in them.

    Example: tidings member teams
    """
    from forecast.people.roster import teams as known
    from forecast.show.terminal import print_lines

    with setting.reading(db, as_of, who) as (read, _):
        rows = [{"team": one, "members": list(held)} for one, held in known(read).items()]
    lines = [f"{row['team']}: {', '.join(row['members'])}" for row in rows]
    human = lambda: print_lines(lines or ["no teams: tidings member team NAME MEMBER..."])  # noqa: E731
    emit(rows, form(json=json, jsonl=jsonl, csv=csv), human, columns=("team", "members"))
