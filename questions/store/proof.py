"""Whether the log is what was written: read once, from the first entry to the last.

Only a batch of entries is held at a time, and what was erased, until its redaction is met.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import sqlalchemy as sa

from questions.store.envelope import GENESIS, chain_hash, payload_of
from questions.store.tables import LOG, TEXTS
from questions.store.texts import digest_of, digests

BATCH: Final = 5000
Row = Mapping[str, Any]


def entries(connection: sa.Connection) -> Iterator[Row]:
    """The log's rows in their order, a batch at a time in memory."""
    query = sa.select(LOG).order_by(LOG.c.seq).limit(BATCH)
    following = query
    while True:
        row = None
        for row in connection.execute(following).mappings():
            yield dict(row)
        if row is None:
            return
        following = query.where(LOG.c.seq > row["seq"])


def first_broken(connection: sa.Connection) -> int | None:
    """The ``seq`` of the first entry that does not follow from those before it.

    Where all of them follow, the first whose free text was changed, or has gone without
    a redaction on record.
    """
    prev, last = GENESIS, 0
    holders: dict[str, int] = {}
    lost: list[int] = []
    erased: dict[str, int] = {}
    redacted: set[str] = set()
    try:
        for row in entries(connection):
            if row["seq"] != last + 1 or not _follows(row, prev):
                return int(row["seq"])
            payload = payload_of(row["payload"])
            holders.update((digest, last + 1) for _, digest in digests(payload))
            redacted.update(payload.get("digests", ()) if row["kind"] == "text.redacted" else ())
            prev, last = row["hash"], last + 1
            if len(holders) >= BATCH:
                _weigh(connection, holders, lost, erased)
                holders.clear()
        _weigh(connection, holders, lost, erased)
    except (TypeError, ValueError, OverflowError):  # a cell that holds no value of its column
        return last + 1
    except sa.exc.OperationalError as error:  # nor even text
        if "decode" not in str(error.orig):
            raise
        return last + 1
    gone = [seq for digest, seq in erased.items() if digest not in redacted]
    return min([*lost, *gone], default=None)


def _follows(row: Row, prev: str) -> bool:
    covered = {name: row[name] for name in row if name not in ("prev", "hash")}
    return bool(row["prev"] == prev and row["hash"] == chain_hash(prev, **covered))


def _weigh(
    connection: sa.Connection, holders: Mapping[str, int], lost: list[int], erased: dict[str, int]
) -> None:
    """Note which entries' texts are not as they were written, and which were erased."""
    query = sa.select(TEXTS).where(TEXTS.c.digest.in_(holders))
    texts = {row.digest: row for row in connection.execute(query)} if holders else {}
    for digest, seq in holders.items():
        if (kept := texts.get(digest)) is not None and kept.text is None:
            erased[digest] = seq
        elif kept is None or digest_of(kept.salt, kept.text) != digest:
            lost.append(seq)
