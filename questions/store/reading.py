"""What is on record, as of any instant: rows, texts, the chain and whether it holds."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from itertools import batched
from typing import Any

import sqlalchemy as sa

from questions.errors import Integrity
from questions.store import proof
from questions.store.envelope import GENESIS, Event, event_of
from questions.store.tables import BLOBS, LOG, PERSONS, TEXTS, Kinds, holding
from questions.store.texts import ERASED, digests, named, opened
from questions.store.veil import OPEN, Veil, seen

Row = Mapping[str, Any]

_LATEST = (LOG.c.recorded_at.desc(), LOG.c.seq.desc())


@dataclass(slots=True)
class Reading:
    """What was on record at ``as_of`` (None: now), through one open connection.

    What lies under its veil is in no row that it gives; the log's entries have no veil.
    """

    connection: sa.Connection
    as_of: datetime | None = None
    veil: Veil = field(default=OPEN, kw_only=True)
    _names: dict[str, str] | None = field(default=None, init=False, repr=False)
    """The names behind the ids, once they were looked up; whoever adds one forgets them."""

    def rows(self, table: sa.Table, **equal: Any) -> list[Row]:
        """A table's rows, oldest first, whose named columns equal the given values."""
        query = sa.select(table).where(*self._terms(table, equal))
        found = self.connection.execute(query.order_by(table.c.recorded_at, table.c.seq))
        names = self.names()
        return [named(dict(row), table, names) for row in found.mappings()]

    def distinct(self, table: sa.Table, column: str, **equal: Any) -> set[Any]:
        """What a column, which names nobody, holds in such rows: each value once."""
        query = sa.select(table.c[column]).where(*self._terms(table, equal)).distinct()
        return {*self.connection.execute(query).scalars()}

    def _terms(self, table: sa.Table, equal: Mapping[str, Any]) -> Iterator[sa.ColumnElement[bool]]:
        """What holds of the rows of a table that are on record, may be seen and are asked for."""
        if self.as_of is not None:
            yield table.c.recorded_at <= self.as_of
        if (allowed := seen(self.veil, table)) is not None:
            yield allowed
        people = holding(table, "person")
        for name, value in equal.items():
            yield table.c[name] == (self.ids().get(value, value) if name in people else value)

    def then(self, as_of: datetime | None) -> "Reading":
        """The same reader's reading of another instant."""
        return Reading(self.connection, as_of, veil=self.veil)

    def names(self) -> dict[str, str]:
        """The name behind each person's id, whenever it was put on record."""
        if self._names is None:
            rows = self.connection.execute(sa.select(PERSONS.c.id, PERSONS.c.name))
            self._names = {row.id: row.id if row.name == ERASED else row.name for row in rows}
        return self._names

    def ids(self) -> dict[str, str]:
        """The id behind each name."""
        return {name: identity for identity, name in self.names().items()}

    def texts(self, wanted: Collection[str]) -> dict[str, str]:
        """The free texts of these digests that were not erased."""
        kept = sa.select(TEXTS.c.digest, TEXTS.c.text).where(TEXTS.c.text.is_not(None))
        return {
            row.digest: row.text
            for some in batched(wanted, proof.BATCH)
            for row in self.connection.execute(kept.where(TEXTS.c.digest.in_(some)))
        }

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
        for row in proof.entries(self.connection):
            yield event_of(row)

    def written(self, key: str, kinds: Kinds) -> list[Event]:
        """What a key wrote already, with texts and names in place, oldest first."""
        mine = LOG.c.key.startswith(f"{key}:", autoescape=True)
        query = sa.select(LOG).where(mine, LOG.c.kind != "person.met").order_by(LOG.c.seq)
        found = [event_of(row) for row in self.connection.execute(query).mappings()]
        texts = self.texts([digest for one in found for _, digest in digests(one.payload)])
        return [
            replace(one, payload=named(opened(one.payload, texts), kinds[one.kind], self.names()))
            for one in found
        ]

    def first_broken(self) -> int | None:
        """The ``seq`` of the first entry that does not follow from those before it.

        Where all of them follow, the first whose free text was changed, or has gone without
        a redaction on record.
        """
        return proof.first_broken(self.connection)
