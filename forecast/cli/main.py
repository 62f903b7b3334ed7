"""The command ``tidings``: one group of all commands."""

import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from forecast.cli import (
    agents,
    articles,
    asked,
    beliefs,
    blinding,
    crowd,
    demo,
    exchange,
    habits,
    inbox,
    letters,
    outcomes,
    people,
    pictures,
    predicting,
    reports,
    rounds,
    rules,
    scores,
    sending,
    setting,
    sources,
    stores,
    stories,
    suggestions,
    tables,
    talking,
    teams,
    ties,
)
from forecast.cli.completing import completing
from forecast.cli.failing import errors_told
from forecast.cli.panels import panelled
from forecast.cli.waiting import sign_of_life


class Group(TyperGroup):
    """The commands by panel, with every error told in one line and its exit code."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of the commands, in the order of their panels."""
        names = panelled(super().list_commands(ctx))
        return [name for panel in names.values() for name in panel]

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write what each command does in a line, the commands of a panel under its name."""
        names = self.list_commands(ctx)
        widest = max(map(len, names))
        for panel, held in panelled(names).items():
            told = [(one.ljust(widest), _told(self.get_command(ctx, one))) for one in held]
            with formatter.section(panel):
                formatter.write_dl(told)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command; the shell completes the questions that it takes."""
        return completing(super().get_command(ctx, cmd_name))

    def make_context(self, *args: Any, **more: Any) -> Any:
        """Read what stands before the command."""
        with errors_told():
            return super().make_context(*args, **more)

    def invoke(self, ctx: Any) -> Any:
        """Run a command; what a user can put right is a line on standard error."""
        with errors_told(), sign_of_life():
            done = super().invoke(ctx)
            sys.stdout.flush()
            return done


def _told(command: Any) -> str:
    """What a command does, in its first sentence; of a noun also what can be done with it."""
    said = str(command.get_short_help_str(200))
    verbs = ", ".join(getattr(command, "commands", ()))
    return f"{said.rstrip('.')}: {verbs}." if verbs else said


app = typer.Typer(
    cls=Group,
    name="tidings",
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="From the news to questions, beliefs, forecasts and honest scores.",
    epilog="tidings COMMAND --help tells more, with an example.",
)


@app.callback(invoke_without_command=True)
def tidings(
    ctx: typer.Context,
    db: Annotated[
        str | None,
        typer.Option(
            "--db",
            envvar="TIDINGS_DB",
            help="The store: a SQLite file or a postgresql:// address.",
            metavar="PLACE",
        ),
    ] = None,
    who: setting.As = None,
) -> None:
    """From the news to questions, beliefs, forecasts and honest scores.

    Without a command: what is due, newly reported and moved.
    """
    said = {name: value for name, value in (("db", db), ("who", who)) if value is not None}
    if said:
        ctx.default_map = _everywhere(ctx.command, said)
    if ctx.invoked_subcommand is None:
        letters.overview(db, who)


def _everywhere(group: Any, defaults: dict[str, Any]) -> dict[str, Any]:
    """The same defaults for every command of a group, and of the groups in it."""
    return {
        name: _everywhere(command, defaults) if hasattr(command, "commands") else defaults
        for name, command in group.commands.items()
    }


for noun in (
    *(stores, people, teams, predicting, rounds, articles, asked, talking, reports, inbox),
    *(stories, sources, rules, beliefs, blinding, outcomes, ties, scores, crowd, sending, tables),
    *(pictures, demo, suggestions, agents, letters, habits, exchange),
):
    noun.register(app)


def main() -> None:
    """Run the command line."""
    app()
