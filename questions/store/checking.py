"""The tables are rebuilt from the log and compared with what is there."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import batched
from typing import Any, Final

import sqlalchemy as sa

from questions.store.envelope import Event
from questions.store.log import project
from questions.store.reading import Reading
from questions.store.tables import Kinds
from questions.store.texts import digests

BATCH: Final = 5000
Row = Mapping[str, Any]


def check(read: Reading, kinds: Kinds) -> list[str]:
    """What is wrong with a store, a line each; nothing where its tables follow from its log."""
    broken = read.first_broken()
    if broken is not None:
        return [f"log: entry {broken} does not follow from those before it"]
    last = 0
    lines: list[str] = []
    for events in batched(read.events(), BATCH):
        lines += _differences(read, kinds, events)
        last = events[-1].seq
    for table in kinds.values():
        beyond = sa.or_(table.c.seq < 1, table.c.seq > last)
        lines += [_stray(table, seq) for seq in _rows(read, table, beyond)]
    return lines


def _differences(read: Reading, kinds: Kinds, events: Sequence[Event]) -> Iterator[str]:
    """What is wrong with the rows from the first of these events to the last."""
    for one in events:
        if one.kind not in kinds:
            yield f"log: entry {one.seq} has the kind {one.kind!r}, which nobody knows"
    expected = rebuilt(read, kinds, [one for one in events if one.kind in kinds])
    for kind, table in kinds.items():
        found = _rows(read, table, table.c.seq.between(events[0].seq, events[-1].seq))
        for seq in sorted(expected[kind].keys() | found.keys()):
            if seq not in found:
                yield f"{table.name}: the row of entry {seq} is missing"
            elif seq not in expected[kind]:
                yield _stray(table, seq)
            else:
                yield from _changed(table, seq, expected[kind][seq], found[seq])


def _stray(table: sa.Table, seq: int) -> str:
    return f"{table.name}: row {seq} follows from no entry"


def rebuilt(read: Reading, kinds: Kinds, events: Sequence[Event]) -> dict[str, dict[int, Row]]:
    """The rows that events make in the tables of their kinds: by kind, then by ``seq``."""
    texts = read.texts([digest for one in events for _, digest in digests(one.payload)])
    rows: dict[str, dict[int, Row]] = {kind: {} for kind in kinds}
    for event in events:
        rows[event.kind][event.seq] = project(event, kinds[event.kind], texts)
    return rows


def _rows(read: Reading, table: sa.Table, where: sa.ColumnElement[bool]) -> dict[int, Row]:
    query = sa.select(table).where(where).order_by(table.c.seq)
    return {row["seq"]: dict(row) for row in read.connection.execute(query).mappings()}


def _changed(table: sa.Table, seq: int, expected: Row, found: Row) -> Iterator[str]:
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
