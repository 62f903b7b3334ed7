"""Programs at the store, over the Model Context Protocol."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from forecast.cli import setting
from forecast.cli.output import say
from questions.errors import BadInput

if TYPE_CHECKING:
    from forecast.desk.desk import Desk


def register(app: typer.Typer) -> None:
    """Add the command of this noun."""
    app.command()(mcp)


def mcp(who: setting.As = None, at: setting.At = None, db: setting.Db = None) -> None:
    """Serve the store to a program over MCP, as one member.

    It reads what that member may see, logs that member's forecasts and proposes; it judges and
    resolves only where `tidings settings` says so. Standard output belongs to the protocol.

    Example: tidings mcp --as Ana
    """
    from importlib.metadata import version

    try:
        from forecast.agents.server import server_for
    except ImportError as error:
        raise BadInput("package mcp", "", "it by: pip install 'tidings[agents]'") from error
    name = setting.member(who)
    with setting.desk(db, who=name, at=at) as desk:
        known = desk.actor

    @contextmanager
    def opened(key: str) -> "Iterator[Desk]":
        with setting.desk(db, who=known, at=at) as here:
            yield replace(here, key=f"mcp/{known}/{key}") if key else here

    say(f"serving as {known}; the program's end of input stops it")
    server_for(known, opened, version("tidings")).run("stdio")
