"""The store itself: made, and its chain verified."""

from typing import Annotated

import typer

from forecast.cli import setting
from forecast.cli.output import form, print_json, write


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    app.command()(init)
    app.command()(audit)


def init(
    replay: Annotated[
        bool, typer.Option("--replay", help="A store in which --at sets the clock.")
    ] = False,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Make a new, empty store.

    Example: tidings init --db team.db
    """
    from forecast.ledger import KINDS
    from questions.store.engine import create

    path, _ = setting.store_path(db)
    create(path, KINDS, label="replay" if replay else "live", now=setting.clock())
    if json:
        print_json({"store": str(path), "label": "replay" if replay else "live"})
    else:
        write(f"new {'replay ' if replay else ''}store: {path}\n")


def audit(
    head: Annotated[
        str | None, typer.Option("--head", help="A hash that was kept elsewhere.")
    ] = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Verify the log's chain, and that it still holds a head that was kept elsewhere.

    Example: tidings audit
    """
    from questions.errors import Integrity

    wanted = form(json=json)
    with setting.reading(db) as (read, _):
        broken = read.first_broken()
        if broken is not None:
            raise Integrity(f"entry {broken} of the log does not follow from those before it")
        if head is not None and all(event.hash != head for event in read.events()):
            raise Integrity(f"the log holds no entry with the head {head}")
        found = {"entries": sum(1 for _ in read.events()), "head": read.head()}
    if wanted.json:
        print_json(found)
    else:
        write(f"{found['entries']} entries, all as they were written; head {found['head']}\n")
