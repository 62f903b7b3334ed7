"""What is on record, as of any instant: rows, texts, the chain and whether it holds."""

import json
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from questions.errors import Integrity
from questions.store.envelope import GENESIS, Event, chain_hash
from questions.store.tables import BLOBS, LOG, PERSONS, TEXTS, Kinds, holding
from questions.store.texts import ERASED, digest_of, digests, named, opened

Row = Mapping[str, Any]

_LATEST = (LOG.c.recorded_at.desc(), LOG.c.seq.desc())


@dataclass(slots=True)
class Reading:
    """What was on record at ``as_of`` (None: now), through one open connection."""

    connection: sa.Connection
    as_of: datetime | None = None
    _names: dict[str, str] | None = field(default=None, init=False, repr=False)
    """The names behind the ids, once they were looked up; whoever adds one forgets them."""

    def rows(self, table: sa.Table, **equal: Any) -> list[Row]:
        """A table's rows, oldest first, whose named columns equal the given values."""
        query = sa.select(table).order_by(table.c.recorded_at, table.c.seq)
        if self.as_of is not None:
            query = query.where(table.c.recorded_at <= self.as_of)
        names, people = self.names(), holding(table, "person")
        ids = {name: identity for identity, name in names.items()}
        for name, value in equal.items():
            sought = ids.get(value, value) if name in people else value
            query = query.where(table.c[name] == sought)
        return [named(dict(row), table, names) for row in self.connection.execute(query).mappings()]

    def names(self) -> dict[str, str]:
        """The name behind each person's id, whenever it was put on record."""
        if self._names is None:
            rows = self.connection.execute(sa.select(PERSONS.c.id, PERSONS.c.name))
            self._names = {row.id: row.id if row.name == ERASED else row.name for row in rows}
        return self._names

    def ids(self) -> dict[str, str]:
        """The id behind each name."""
        return {name: identity for identity, name in self.names().items()}

    def texts(self) -> dict[str, str]:
        """Every free text that was not erased, by the digest that the log has of it."""
        query = sa.select(TEXTS.c.digest, TEXTS.c.text).where(TEXTS.c.text.is_not(None))
        return {row.digest: row.text for row in self.connection.execute(query)}

    def head(self) -> str:
        """The hash of the last entry, which vouches for everything before it."""
        last = sa.select(LOG.c.hash).order_by(LOG.c.seq.desc()).limit(1)
        return self.connection.scalar(last) or GENESIS

    def clock(self) -> datetime | None:
        """When the latest entry was recorded; None in an empty log."""
        return self.connection.scalar(sa.select(LOG.c.recorded_at).order_by(*_LATEST).limit(1))

    def blob(self, digest: str) -> bytes:
        """Bytes that were kept beside the log.

        Raises:
            Integrity: nothing is kept under that hash, or something else is.
        """
        kept = self.connection.scalar(sa.select(BLOBS.c.bytes).where(BLOBS.c.sha256 == digest))
        if kept is None or sha256(kept).hexdigest() != digest:
            raise Integrity(f"the store has lost or changed what it keeps as {digest[:12]}")
        return bytes(kept)

    def events(self) -> Iterator[Event]:
        """Every entry of the log in its order."""
        for row in self.connection.execute(sa.select(LOG).order_by(LOG.c.seq)).mappings():
            yield Event(**{**row, "payload": json.loads(row["payload"])})

    def written(self, key: str, kinds: Kinds) -> list[Event]:
        """What a key wrote already, with texts and names in place, oldest first."""
        mine = LOG.c.key.startswith(f"{key}:", autoescape=True)
        query = sa.select(LOG).where(mine, LOG.c.kind != "person.met").order_by(LOG.c.seq)
        rows = self.connection.execute(query).mappings().all()
        texts, names = (self.texts(), self.names()) if rows else ({}, {})
        found = []
        for row in rows:
            payload = opened(json.loads(row["payload"]), texts)
            payload = named(payload, kinds[row["kind"]], names)
            found.append(Event(**{**row, "payload": payload}))
        return found

    def first_broken(self) -> int | None:
        """The ``seq`` of the first entry that does not follow from those before it.

        Where all of them follow, the first whose free text was changed, or has gone without
        a redaction on record.
        """
        prev, expected = GENESIS, 1
        holders: dict[str, int] = {}
        redacted: set[str] = set()
        rows = self.connection.execute(sa.select(LOG).order_by(LOG.c.seq)).mappings()
        try:
            for row in rows:
                covered = {key: row[key] for key in row if key not in ("prev", "hash")}
                follows = row["seq"] == expected and row["prev"] == prev
                if not follows or row["hash"] != chain_hash(prev, **covered):
                    return int(row["seq"])
                payload = json.loads(row["payload"])
                holders.update((digest, expected) for _, digest in digests(payload))
                redacted.update(payload["digests"] if row["kind"] == "text.redacted" else ())
                prev, expected = row["hash"], expected + 1
        except (TypeError, ValueError, OverflowError):  # a cell that holds no value of its column
            return expected
        except sa.exc.OperationalError as error:  # nor even text
            if "decode" not in str(error.orig):
                raise
            return expected
        lost = holders.keys() - self._sound(redacted)
        return min((holders[digest] for digest in lost), default=None)

    def _sound(self, redacted: Set[str]) -> set[str]:
        """The digests whose text is as it was written, or was erased on record."""
        return {
            row.digest
            for row in self.connection.execute(sa.select(TEXTS))
            if (row.text is None and row.digest in redacted)
            or (row.text is not None and digest_of(row.salt, row.text) == row.digest)
        }
