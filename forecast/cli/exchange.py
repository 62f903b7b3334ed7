"""Histories come in: from another platform, from any table, from an export of a store."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from forecast.cli import setting
from forecast.cli.keyboard import at_a_terminal, keyboard
from forecast.cli.output import form, print_json, say, write
from questions.errors import BadFile, BadInput

if TYPE_CHECKING:
    from forecast.desk.desk import Desk
    from forecast.desk.importing import Imported
    from forecast.exchange.documents import Document
    from forecast.exchange.mapping import Mapping
    from forecast.exchange.plan import Choices
    from forecast.exchange.records import Batch


def register(app: typer.Typer) -> None:
    """Add the command of this noun."""
    app.command("import")(import_)


def import_(
    path: Annotated[
        Path | None, typer.Argument(help="A file, zip or folder.", metavar="FILE|DIR")
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option("--from", help="What it is; else told by its content.", metavar="FORMAT"),
    ] = None,
    live: Annotated[
        bool, typer.Option("--live", help="Ask the platform itself, with your own token.")
    ] = False,
    account: Annotated[
        int | None, typer.Option("--account", help="Your number there.", metavar="NUMBER")
    ] = None,
    market: Annotated[
        list[str] | None, typer.Option("--market", help="Of Manifold, with --live.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="List what would come in; write nothing.")
    ] = False,
    members: Annotated[
        Path | None,
        typer.Option("--members", help="Lines such as: their name = ours", metavar="FILE"),
    ] = None,
    add_members: Annotated[
        bool, typer.Option("--add-members", help="Whom nobody knows becomes a member.")
    ] = False,
    onto: Annotated[
        list[str] | None,
        typer.Option(
            "--onto", help="The question on record that it is: Q12, THEIRS=Q12 or THEIRS=new."
        ),
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--mapping",
            help="TOML: which column of a table holds what; a new file gets the guess.",
            metavar="FILE",
        ),
    ] = None,
    who: setting.As = None,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Bring in a history from elsewhere, or an exported store. What is on record is left out.

    Formats: metaculus, fatebook, predictionbook, manifold, cultivate, forecastbench, csv.
    Each question keeps its id there, each forecast its claimed time; rows that cannot be used
    are listed with the reason, and the rest comes in; --dry-run lists it first. An export of
    `tidings export` goes into an empty store.

    Example: tidings import moved --db team.db
    """
    wanted = form(json=json)
    if path is not None and _is_export(path):
        _own_export(path, db, format_, dry_run=dry_run, json=json)
        return
    documents = _documents(path, format_, live=live, account=account, markets=market or ())
    batch = _batch(documents, format_, mapping, quiet=json)
    choices = _choices(batch, who, members, onto or (), add_members=add_members)
    name = str(path) if path is not None else f"{batch.platform} (live)"
    if dry_run and not _has_store(db):
        done = _into_nothing(batch, choices)
    else:
        with setting.desk(db, who=who, at=at, founds=not dry_run, signed=not add_members) as desk:
            if at_a_terminal() and not json:
                choices = _asked(desk, batch, choices)
            done = _done(desk, batch, choices, name, dry_run=dry_run)
    _tell(done, batch, dry_run=dry_run, json=wanted.json)
    _see_that_something_came(done, name)


def _choices(
    batch: "Batch",
    who: str | None,
    members: Path | None,
    onto: Sequence[str],
    *,
    add_members: bool,
) -> "Choices":
    from forecast.exchange.plan import Choices

    return Choices(
        me=str(who or setting.configuration().get("as") or ""),
        members=_pairs(members) if members else {},
        add_members=add_members,
        onto=_onto(onto, batch),
    )


def _has_store(db: str | None) -> bool:
    place, _ = setting.store_path(db)
    return not isinstance(place, Path) or place.exists()


def _into_nothing(batch: "Batch", choices: "Choices") -> "Imported":
    """What importing would do where there is no store yet."""
    from forecast.desk.importing import Imported
    from forecast.exchange.plan import Known
    from forecast.exchange.planning import plan_of

    return Imported(plan_of(batch, Known(setting.clock()), choices), "")


def _is_export(path: Path) -> bool:
    from questions.store.exchange import MANIFEST

    return (path / MANIFEST).is_file()


def _own_export(
    path: Path, db: str | None, format_: str | None, *, dry_run: bool, json: bool
) -> None:
    from forecast.cli.stores import import_export
    from questions.store.exchange import manifest_of

    if format_:
        raise BadInput("format", format_, "none: this is the export of a store, taken in whole")
    if not dry_run:
        import_export(path, db, json=json)
        return
    held = manifest_of(path)
    entries = held.lines["log"]
    if json:
        print_json({"folder": str(path), "entries": entries, "head": held.head, "dry_run": True})
    else:
        write(f"{entries} entries would come in, {path}; head {held.head}\n")


def _documents(
    path: Path | None,
    format_: str | None,
    *,
    live: bool,
    account: int | None,
    markets: Sequence[str],
) -> "list[Document]":
    if live == (path is not None):
        raise BadInput("source", str(path or ""), "either a file or folder, or --live")
    if path is not None:
        from forecast.exchange.files import documents_at

        return documents_at(path)
    from forecast.cli.services import fetched

    return fetched((format_ or "").lower(), account=account, markets=markets)


def _batch(
    documents: "list[Document]", format_: str | None, file: Path | None, *, quiet: bool
) -> "Batch":
    from forecast.exchange.choosing import CSV, batch_of, format_of
    from forecast.exchange.documents import tables

    wanted = format_.lower() if format_ else CSV if file and file.exists() else None
    name = format_of(documents, wanted)
    sheets = tables(documents)
    if name != CSV or not sheets:
        return batch_of(documents, wanted)
    from forecast.exchange.guessing import guessed
    from forecast.exchange.mapping import from_toml

    if file is not None and file.exists():
        read = setting.read_input(str(file)).decode("utf-8", "replace")
        return batch_of(documents, CSV, from_toml(str(file), read))
    found = guessed(sheets)
    if file is not None:
        _keep(found, file)
    batch = batch_of(documents, CSV, found)
    if file is None and not quiet:
        _show(found)
    return batch


def _keep(found: "Mapping", file: Path) -> None:
    """Keep a mapping that was guessed in a file, with what else it could say."""
    from forecast.exchange.mapping import ROLES, to_toml

    lines = [f"{role}: {what}" for role, what in ROLES.items() if role not in found.columns]
    file.write_text(to_toml(found, ["What else a column can hold:", *lines]), encoding="utf-8")
    say(f"the mapping that was guessed is in {file}; change it there and import again")


def _show(found: "Mapping") -> None:
    from forecast.exchange.mapping import to_toml

    say("read by a mapping that was guessed; --mapping FILE keeps it, to be changed:")
    for line in to_toml(found).splitlines():
        say(f"  {line}")


def _pairs(path: Path) -> dict[str, str]:
    """The lines ``theirs = ours`` of a file.

    Raises:
        BadFile: a line that is none, or a name that stands there twice.
    """
    found: dict[str, str] = {}
    text = setting.read_input(str(path)).decode("utf-8-sig", "replace")
    for number, line in enumerate(text.splitlines(), start=1):
        theirs, equals, ours = (one.strip().strip("\"'") for one in line.partition("="))
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not (theirs and equals and ours):
            raise BadFile(path, f"line {number}: {line.strip()!r}", "write: their name = ours")
        if found.setdefault(theirs, ours) != ours:
            raise BadFile(path, f"line {number}: {theirs!r} stands there twice", "write it once")
    return found


def _onto(said: Sequence[str], batch: "Batch") -> dict[str, str]:
    """By a question's id there, the question that was named; of a bare one the only question."""
    found: dict[str, str] = {}
    for one in said:
        theirs, equals, ours = one.rpartition("=")
        asked = {each.origin.question for each in batch.questions}
        if not equals and len(asked) != 1:
            right = f"THEIRS={one}: there are {len(asked)} questions"
            raise BadInput("--onto", one, right)
        if equals and theirs not in asked:
            shown = ", ".join(sorted(asked)[:3])
            raise BadInput("--onto", one, f"an id there, such as {shown}")
        found[theirs if equals else asked.pop()] = ours.strip()
    return found


def _asked(desk: "Desk", batch: "Batch", choices: "Choices") -> "Choices":
    """The choices with what a person at the terminal says of names that nobody knows."""
    from forecast.desk.importing import preview

    person = keyboard()
    told = dict(choices.members)
    for one in preview(desk, batch, choices).plan.strangers:
        called = f"{one.name} ({one.id})" if one.id else one.name
        answer = person.line(f"{called} on {batch.platform} is which member (empty: nobody)? ")
        if answer.strip():
            told[one.id or one.name] = answer.strip()
    return replace(choices, members=told)


def _done(
    desk: "Desk", batch: "Batch", choices: "Choices", name: str, *, dry_run: bool
) -> "Imported":
    from forecast.desk.importing import bring_in, preview

    return preview(desk, batch, choices) if dry_run else bring_in(desk, batch, choices, name)


def _tell(done: "Imported", batch: "Batch", *, dry_run: bool, json: bool) -> None:
    from forecast.show.bringing import print_import
    from forecast.views.bringing import alike, plan_sheet

    sheet = plan_sheet(done.plan)
    if json:
        extra = {"dry_run": dry_run, "mapping": batch.mapping, "head": done.head}
        print_json({**sheet, **extra})
        return
    for note in done.plan.notes:
        say(f"note: {note}")
    print_import(sheet, alike(done.plan.refused), dry_run=dry_run)


def _see_that_something_came(done: "Imported", name: str) -> None:
    """See that not all of it was refused.

    Raises:
        BadFile: it was, with the first reason.
    """
    plan = done.plan
    if plan.refused and not plan.already and not any(plan.counts().values()):
        first = plan.refused[0]
        problem = f"nothing of it can be used; {first.place}: {first.what}"
        raise BadFile(name, problem, f"give {first.right}")
