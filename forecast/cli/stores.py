"""The store itself: made, verified, copied, moved; a text erased."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forecast.cli import setting
from forecast.cli.blinding import say_what_is_hidden, see_all
from forecast.cli.output import form, print_json, say, write, written
from questions.errors import Conflict, Integrity

if TYPE_CHECKING:
    from questions.store.place import Place
    from questions.store.reading import Reading

MOUNTS = Path("/proc/mounts")


def register(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    for command in (init, admit, audit, check, backup, export, redact):
        app.command()(command)


def init(
    replay: Annotated[
        bool, typer.Option("--replay", help="A store in which --at sets the clock.")
    ] = False,
    upgrade: Annotated[
        bool, typer.Option("--upgrade", help="Bring a store of an older version up to date.")
    ] = False,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Make a new, empty store, or bring an older one up to date.

    Example: tidings init --db team.db
    """
    from forecast.ledger import KINDS
    from questions.store.engine import create

    place, _ = setting.store_path(db)
    if upgrade:
        return _upgrade(place, json=json)
    create(place, KINDS, label="replay" if replay else "live", now=setting.clock())
    _warn(place)
    if json:
        return print_json({"store": str(place), "label": "replay" if replay else "live"})
    return write(f"new {'replay ' if replay else ''}store: {place}\n")


def _upgrade(place: "Place", *, json: bool) -> None:
    from forecast.ledger import KINDS
    from questions.store.migrations.upgrading import upgrade

    before, after = upgrade(place, KINDS)
    if json:
        print_json({"store": str(place), "schema": after, "before": before})
    elif before == after:
        write(f"{place} has schema {after}, the newest there is\n")
    else:
        write(f"{place} was brought from schema {before} to {after}\n")


def admit(
    role: Annotated[str, typer.Argument(help="A role of the PostgreSQL server.")],
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Let a role of a PostgreSQL server read and append. It can change nothing.

    Example: tidings admit analysts
    """
    from forecast.ledger import KINDS
    from questions.store.sharing import admit as grant

    place, _ = setting.store_path(db)
    if isinstance(place, Path):
        problem = f"{place} is a file: whoever may write it may do anything with it"
        raise Conflict(problem, "a PostgreSQL store knows roles")
    grant(place, role, KINDS)
    if json:
        print_json({"store": str(place), "role": role})
    else:
        write(f"{role} can read {place} and append to it, and change nothing\n")


def _warn(place: "Place") -> None:
    """Say where a file lies that SQLite cannot guard."""
    from questions.store.folders import hazard

    mounts = MOUNTS.read_text(errors="replace") if MOUNTS.exists() else ""
    if isinstance(place, Path) and (found := hazard(place.resolve(), mounts)):
        say(f"warning: {found}; a team shares a PostgreSQL store")


def audit(
    head: Annotated[
        str | None, typer.Option("--head", help="A hash that was kept elsewhere.")
    ] = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Verify the log's chain. With a head kept elsewhere: nothing before it changed.

    Example: tidings audit
    """
    wanted = form(json=json)
    with setting.reading(db) as (read, _):
        _see_that_it_holds(read, head)
        found = {"entries": sum(1 for _ in read.events()), "head": read.head()}
    if wanted.json:
        print_json(found)
    else:
        write(f"{found['entries']} entries, all as they were written; head {found['head']}\n")


def _see_that_it_holds(read: "Reading", head: str | None) -> None:
    """See that the chain holds, and that it holds a head.

    Raises:
        Integrity: the first entry that is broken, or a head that is gone.
    """
    from questions.store.envelope import GENESIS

    broken = read.first_broken()
    kept = 0 if head == GENESIS else _entry_of(read, head, broken) if head else None
    if broken is not None:
        until = f"; nothing up to entry {kept}, whose head was kept, has changed" if kept else ""
        problem = f"entry {broken} of the log does not follow from those before it"
        raise Integrity(f"{problem}, or its text has changed{until}")
    if head and kept is None:
        raise Integrity(f"the log holds no entry with the head {head}: it was cut or rewritten")


def _entry_of(read: "Reading", head: str, broken: int | None) -> int | None:
    """The number of the entry with a head, among those before the first that is broken."""
    for number, event in enumerate(read.events(), start=1):
        if number == broken:
            return None
        if event.hash == head:
            return number
    return None


def check(db: setting.Db = None, json: setting.Json = False) -> None:
    """Rebuild every table from the log, and compare. The schema and its guards too.

    Example: tidings check
    """
    from forecast.ledger import KINDS
    from questions.store.checking import check as differences
    from questions.store.migrations.shape import faults

    wanted = form(json=json)
    with setting.reading(db) as (read, _):
        shape = faults(read.connection, KINDS)
        found = [f"the store: {line}" for line in shape] or differences(read, KINDS)
        head = read.head()
    _tell_differences(found, head, json=wanted.json)
    if found:
        raise Integrity(f"{_count(found)} between the store and its log")


def _tell_differences(found: Sequence[str], head: str, *, json: bool) -> None:
    from forecast.show.terminal import clean

    if json:
        print_json({"differences": found, "head": head})
    elif found:
        write("".join(f"{clean(line)}\n" for line in found))
    else:
        write(f"every table is as the log makes it; head {head}\n")


def _count(found: Sequence[str]) -> str:
    return "1 difference" if len(found) == 1 else f"{len(found)} differences"


def backup(
    file: Annotated[Path, typer.Argument(help="A file that does not exist yet.")],
    who: setting.As = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Copy the store into a new file, whole, while others write.

    It holds what blind questions hide too; who has the file can look, and it is said of which.

    Example: tidings backup monday.db
    """
    from questions.store.backup import backup as copy

    with setting.reader_desk(db, who) as desk:
        head = copy(desk.store, file)
        say_what_is_hidden(desk, "the copy")
    if json:
        print_json({"file": str(file), "head": head})
    else:
        write(f"{file} holds the store up to head {head}\n")


def export(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.", metavar="DIR")],
    reveal: Annotated[
        bool, typer.Option("--reveal", help="Reveal to yourself what blind questions hide; first.")
    ] = False,
    who: setting.As = None,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Write all that the store holds into a folder of JSON lines.

    Each table has a file of its own. While blind questions hide something from you it is refused,
    unless you reveal it.

    Example: tidings export moved
    """
    from questions.store.exchange import export as write_out

    with setting.reader_desk(db, who, at=at) as desk:
        see_all(desk, reveals=reveal)
        made = write_out(desk.store, folder)
    _tell_moved(folder, made.lines["log"], made.head, json=json)


def import_export(folder: Path, db: str | None, *, json: bool) -> None:
    """Read an export of a store into an empty store; every recorded time is kept."""
    from forecast.ledger import KINDS
    from questions.store.exchange import import_into, manifest_of
    from questions.store.store import open_store

    label = manifest_of(folder).label
    place, default = setting.store_path(db)
    if default:
        say(f"store: {place}")
    store = open_store(place, KINDS, create_with=(label, setting.clock()))
    try:
        made = import_into(store, folder)
    finally:
        store.close()
    _tell_moved(folder, made.lines["log"], made.head, json=json)


def _tell_moved(folder: Path, entries: int, head: str, *, json: bool) -> None:
    found: dict[str, Any] = {"folder": str(folder), "entries": entries, "head": head}
    if json:
        print_json(found)
    else:
        write(f"{entries} entries, {folder}; head {head}\n")


def redact(
    reference: Annotated[str, typer.Argument(help="What holds the text.", metavar="ID")],
    why: Annotated[str, typer.Option("--why", help="Why it has to go.")],
    who: setting.As = None,
    at: setting.At = None,
    db: setting.Db = None,
    json: setting.Json = False,
) -> None:
    """Erase a text or a name for good. Its entry in the log stays.

    Of an article, report, forecast, judgement, comment or note the words go; of a member the name.

    Example: tidings redact F3 --why "asked for by its author"
    """
    from forecast.desk.redacting import redact as erase

    with setting.desk(db, who=who, at=at) as desk:
        made = erase(desk, reference, why)
        say("note: backups and exports that were made before are out of reach")
        written(made, form(json=json), f"the text of {made.id} is erased; head {made.head}")
