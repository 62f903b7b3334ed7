"""A store moves: exported into a folder of plain files, imported into an empty store.

A folder holds one file of JSON lines for each table, and ``manifest.json``: the schema, the
label, how many lines each file has, and the head of the log. ``log``, ``texts`` and
``blobs`` are what an import reads; the other files are tables read from the log, for people
and for other programs.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from itertools import batched
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import sqlalchemy as sa

from questions.errors import BadFile, BadInput, Conflict, Integrity
from questions.instants import EPOCH, iso, parse_instant
from questions.store.checking import rebuilt
from questions.store.engine import SCHEMA_VERSION, Label
from questions.store.envelope import GENESIS, chain_hash, payload_of, plain
from questions.store.log import Entry
from questions.store.reading import Reading
from questions.store.store import Store
from questions.store.tables import BLOBS, KEPT, LOG, META, TEXTS, Kinds
from questions.store.texts import digest_of

MANIFEST: Final = "manifest.json"
BATCH: Final = 1000
TRUTH: Final = tuple(table for table in KEPT if table is not META)
"""What cannot be rebuilt: the log, the free texts and the bytes beside it."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a folder holds that an export wrote."""

    schema: int
    label: Label
    head: str
    """The hash of the log's last entry; keep it elsewhere, for an audit."""
    lines: Mapping[str, int]
    """How many lines the file of each table has."""


def export(store: Store, folder: Path) -> Manifest:
    """Write all that a store holds into a new or empty folder, as of one instant.

    The folder gets its name once every file is finished.

    Raises:
        Conflict: the folder holds something.
        BadInput: a folder that cannot be written.
        Integrity: the log does not verify, so that nothing could import it.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Conflict(f"{folder} holds something already", "name a new or empty folder")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder.parent, prefix=".tidings-") as beside:
            unnamed = Path(beside) / "export"
            unnamed.mkdir()
            with store.reading() as read:
                manifest = _written(read, store, unnamed)
            if folder.exists():
                folder.rmdir()
            unnamed.rename(folder)
    except OSError as error:
        raise BadInput("folder", folder, f"one that can be written ({error.strerror})") from error
    return manifest


def _written(read: Reading, store: Store, folder: Path) -> Manifest:
    if (broken := read.first_broken()) is not None:
        raise Integrity(f"entry {broken} of the log does not follow from those before it")
    tables = [*TRUTH, *dict.fromkeys(store.kinds.values())]
    lines = {table.name: _table(read, table, folder) for table in tables}
    manifest = Manifest(SCHEMA_VERSION, store.label, read.head(), lines)
    text = json.dumps(asdict(manifest), indent=2) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    return manifest


def _table(read: Reading, table: sa.Table, folder: Path) -> int:
    """Write a table's rows, in the order of its key; returns how many."""
    query = sa.select(table).order_by(*table.primary_key)
    rows = read.connection.execute(query).mappings()
    count = 0
    with (folder / f"{table.name}.jsonl").open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            count += 1
            file.write(_line(dict(row)) + "\n")
    return count


def _line(row: Row) -> str:
    """A row as one line of JSON; infinities are words."""
    try:
        return json.dumps(row, ensure_ascii=False, allow_nan=False, default=_text)
    except ValueError:  # JSON has no infinities
        return json.dumps(plain(row), ensure_ascii=False, allow_nan=False, default=_text)


def _text(value: datetime | bytes) -> str:
    return b64encode(value).decode() if isinstance(value, bytes) else iso(value)


def import_into(store: Store, folder: Path) -> Manifest:
    """Read an export into an empty store, all of it or nothing; every recorded time is kept.

    Raises:
        Conflict: the store is not empty, or is of another label or an older version.
        BadFile: the folder is not an export.
        Integrity: a line that does not follow from those before it, by file and number.
    """
    manifest = manifest_of(folder)
    if manifest.label != store.label:
        right = "make a store of the same label, or let the import make it"
        raise Conflict(f"{folder} is {manifest.label}, the store is {store.label}", right)
    with store.writing(now=EPOCH, actor="", key="import") as entry:
        for table in TRUTH:
            if entry.connection.execute(sa.select(table).limit(1)).first() is not None:
                raise Conflict(f"{store.place} is not empty", "import into a new store")
        for table in TRUTH:
            _read_table(entry, table, folder, manifest)
        _rebuild(entry, store.kinds, folder / f"{LOG.name}.jsonl")
        if (broken := entry.first_broken()) is not None:
            raise Integrity(f"{folder / 'log.jsonl'} line {broken}: the text of the entry is gone")
        if entry.head() != manifest.head:
            raise Integrity(f"{folder}: its log ends in another head than {MANIFEST} names")
    return manifest


def manifest_of(folder: Path) -> Manifest:
    """What an export says of itself.

    Raises:
        BadFile: not an export.
        Conflict: one of a newer version.
    """
    path, right = folder / MANIFEST, "name a folder that `tidings export` wrote"
    try:
        found = Manifest(**json.loads(path.read_text(encoding="utf-8")))
        complete = {table.name for table in TRUTH} <= {*found.lines}
    except OSError as error:
        raise BadFile(folder, f"it holds no {MANIFEST}", right) from error
    except (ValueError, TypeError, RecursionError) as error:
        raise BadFile(path, "it is no manifest of an export", right) from error
    if not complete or found.label not in ("live", "replay") or not isinstance(found.schema, int):
        raise BadFile(path, "it is no manifest of an export", right)
    if found.schema > SCHEMA_VERSION:
        raise Conflict(f"{folder} was written by a newer version", "upgrade tidings")
    return found


def _read_table(entry: Entry, table: sa.Table, folder: Path, manifest: Manifest) -> None:
    path = folder / f"{table.name}.jsonl"
    count = 0
    for batch in batched(_rows(path, table), BATCH):
        _insert(entry.connection, table, dict(enumerate(batch, count + 1)), path)
        count += len(batch)
    if count != manifest.lines[table.name]:
        wanted = manifest.lines[table.name]
        raise Integrity(f"{path}: {count} lines, where {MANIFEST} names {wanted}")


def _insert(
    connection: sa.Connection, table: sa.Table, rows: Mapping[int, Row], path: Path
) -> None:
    """Insert rows by line, all at once; where that fails one by one, to name the line at fault."""
    try:
        with connection.begin_nested():
            connection.execute(table.insert(), [*rows.values()])
    except sa.exc.OperationalError:  # the store is at fault, not the line
        raise
    except (sa.exc.StatementError, OverflowError) as error:
        if len(rows) == 1:
            problem = "a value that its column does not take"
            raise Integrity(f"{path} line {next(iter(rows))}: {problem}") from error
        for number, row in rows.items():
            _insert(connection, table, {number: row}, path)


def _rows(path: Path, table: sa.Table) -> Iterator[Row]:
    """The rows of a file, each held against what its table allows."""
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            prev = GENESIS
            for number, line in enumerate(file, start=1):
                row = _row(f"{path} line {number}", line, table)
                fault = _fault(row, table, number, prev)
                if fault:
                    raise Integrity(f"{path} line {number}: {fault}")
                prev = row.get("hash", "")
                yield row
    except OSError as error:
        raise BadFile(path, str(error.strerror), "export again") from error
    except UnicodeDecodeError as error:
        raise Integrity(f"{path}: it is not text in UTF-8") from error


def _row(place: str, line: str, table: sa.Table) -> Row:
    try:
        row = json.loads(line)
        if not isinstance(row, dict) or {*row} != {column.name for column in table.c}:
            raise ValueError("another table's")
        for column in table.c:
            if isinstance(column.type, sa.LargeBinary):
                row[column.name] = b64decode(row[column.name], validate=True)
    except (ValueError, TypeError, RecursionError) as error:
        raise Integrity(f"{place}: no row of the table {table.name}") from error
    return row


def _fault(row: Row, table: sa.Table, number: int, prev: str) -> str:
    """What is wrong with one row by itself, or with its place; empty where nothing is."""
    if table is LOG and not (row["seq"] == number and _follows(row, prev)):
        return "the entry does not follow from the line before it"
    if table is BLOBS and sha256(row["bytes"]).hexdigest() != row["sha256"]:
        return "the bytes are not those that were kept"
    if table is TEXTS and not _is_sound(row):
        return "the text is not the one that was kept"
    return ""


def _follows(row: Row, prev: str) -> bool:
    """Whether an entry has a payload and continues the chain."""
    covered = {name: value for name, value in row.items() if name not in ("prev", "hash")}
    try:
        payload_of(row["payload"])
        times = {name: parse_instant(row[name]) for name in ("effective_at", "recorded_at")}
        return bool(row["prev"] == prev and row["hash"] == chain_hash(prev, **{**covered, **times}))
    except (BadInput, AttributeError, TypeError, ValueError):  # a value of another type
        return False


def _is_sound(text: Row) -> bool:
    """Whether a free text is the one that its digest names, or was erased."""
    if text["text"] is None:
        return text["salt"] is None
    return bool(digest_of(str(text["salt"]), str(text["text"])) == text["digest"])


def _rebuild(entry: Entry, kinds: Kinds, path: Path) -> None:
    """Fill the tables that are read from the log, which came out of a file."""
    for batch in batched(entry.events(), BATCH):
        for event in batch:
            if event.kind not in kinds:
                raise Integrity(f"{path} line {event.seq}: no entry has the kind {event.kind!r}")
        for kind, found in rebuilt(entry, kinds, batch).items():
            if found:
                _insert(entry.connection, kinds[kind], found, path)
