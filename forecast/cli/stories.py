"""Stories: what a person joins and takes apart."""

from typing import Annotated

import typer

from forecast.cli import setting
from forecast.cli.output import form, written

story_app = typer.Typer(help="Which reports are one story.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    story_app.command("merge")(merge_stories)
    story_app.command("split")(split_report)
    app.add_typer(story_app, name="story")


def merge_stories(
    story: Annotated[str, typer.Argument(help="The story that ends, such as S2.")],
    into: Annotated[str, typer.Argument(help="The story that takes its reports.")],
    why: Annotated[str, typer.Option("--why", "-m", help="The reason.")] = "",
    who: setting.As = None,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Put the reports of one story into another.

    Example: tidings story merge S2 S1
    """
    from forecast.desk.stories import merge

    with setting.desk(db, who=who, at=at) as desk:
        made = merge(desk, story, into, why=why)
    written(made, form(json=json), f"{story.upper()} is part of {made.id} now")


def split_report(
    report: Annotated[str, typer.Argument(help="The report, such as R7.")],
    why: Annotated[str, typer.Option("--why", "-m", help="The reason.")] = "",
    who: setting.As = None,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Take a report, with its copies, out of its story.

    Example: tidings story split R3
    """
    from forecast.desk.stories import split

    with setting.desk(db, who=who, at=at) as desk:
        made = split(desk, report, why=why)
    written(made, form(json=json), f"{report.upper()} is story {made.id} now")
