"""The tables are rebuilt from the log and compared with what is there."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from questions.store.log import project
from questions.store.reading import Reading
from questions.store.tables import Kinds


def check(read: Reading, kinds: Kinds) -> list[str]:
    """What is wrong with a store, a line each; nothing where its tables follow from its log."""
    broken = read.first_broken()
    if broken is not None:
        return [f"log: entry {broken} does not follow from those before it"]
    expected = rebuilt(read, kinds)
    return [
        line
        for table in kinds.values()
        for line in _differences(table, expected[table.name], _found(read, table))
    ]


def rebuilt(read: Reading, kinds: Kinds) -> dict[str, dict[int, dict[str, Any]]]:
    """Every table as its log makes it: by table, then by ``seq``."""
    texts = read.texts()
    tables: dict[str, dict[int, dict[str, Any]]] = {one.name: {} for one in kinds.values()}
    for event in read.events():
        table = kinds[event.kind]
        tables[table.name][event.seq] = project(event, table, texts)
    return tables


def _found(read: Reading, table: sa.Table) -> dict[int, dict[str, Any]]:
    rows = read.connection.execute(sa.select(table)).mappings()
    return {row["seq"]: dict(row) for row in rows}


def _differences(
    table: sa.Table, expected: dict[int, dict[str, Any]], found: dict[int, dict[str, Any]]
) -> Iterator[str]:
    for seq in sorted(expected.keys() | found.keys()):
        if seq not in found:
            yield f"{table.name}: the row of entry {seq} is missing"
        elif seq not in expected:
            yield f"{table.name}: row {seq} follows from no entry"
        else:
            yield from _changed(table, seq, expected[seq], found[seq])


def _changed(
    table: sa.Table, seq: int, expected: dict[str, Any], found: dict[str, Any]
) -> Iterator[str]:
    for column in table.c:
        if _stored(column, expected[column.name]) != _stored(column, found[column.name]):
            yield f"{table.name}: {column.name} of row {seq} is not what entry {seq} says"


def _stored(column: sa.Column[Any], value: Any) -> Any:
    """A value as its column keeps it, so that text and instant compare alike."""
    keep = getattr(column.type, "process_bind_param", None)
    if keep is not None:
        return keep(value, None)
    if isinstance(column.type, sa.Float) and value is not None:
        return float(value)
    return value
