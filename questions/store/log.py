"""The log: one way to write, and reads as of any instant."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from questions.errors import Integrity
from questions.store.envelope import GENESIS, Event, Mode, canonical, chain_hash, plain
from questions.store.tables import (
    BLOBS,
    ENVELOPE,
    LOG,
    PERSONS,
    REDACTIONS,
    TEXTS,
    Kinds,
    holding,
)
from questions.store.texts import ERASED, digest_of, digests, fresh_salt, named, opened, sealed

Row = Mapping[str, Any]

_LATEST = (LOG.c.recorded_at.desc(), LOG.c.seq.desc())


@dataclass(slots=True)
class Reading:
    """What was on record at ``as_of`` (None: now), through one open connection."""

    connection: sa.Connection
    as_of: datetime | None = None

    def rows(self, table: sa.Table, **equal: Any) -> list[Row]:
        """A table's rows, oldest first, whose named columns equal the given values."""
        query = sa.select(table).order_by(table.c.recorded_at, table.c.seq)
        if self.as_of is not None:
            query = query.where(table.c.recorded_at <= self.as_of)
        people = holding(table, "person")
        for name, value in equal.items():
            sought = self.ids().get(value, value) if name in people else value
            query = query.where(table.c[name] == sought)
        names = self.names()
        return [named(dict(row), table, names) for row in self.connection.execute(query).mappings()]

    def names(self) -> dict[str, str]:
        """The name behind each person's id, whenever it was put on record."""
        query = sa.select(PERSONS.c.id, PERSONS.c.name)
        rows = self.connection.execute(query)
        return {row.id: row.id if row.name == ERASED else row.name for row in rows}

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

        An entry whose free text was changed, or has gone without a redaction on record, is
        broken too.
        """
        prev, expected, sound = GENESIS, 1, self._sound_texts()
        rows = self.connection.execute(sa.select(LOG).order_by(LOG.c.seq)).mappings()
        try:
            for row in rows:
                covered = {key: row[key] for key in row if key not in ("prev", "hash")}
                follows = row["seq"] == expected and row["prev"] == prev
                if not follows or row["hash"] != chain_hash(prev, **covered):
                    return int(row["seq"])
                if any(digest not in sound for _, digest in digests(json.loads(row["payload"]))):
                    return int(row["seq"])
                prev, expected = row["hash"], expected + 1
        except (TypeError, OverflowError):  # a cell that holds no value of its column
            return expected
        return None

    def _sound_texts(self) -> set[str]:
        """The digests whose text is as it was written, or was erased on record."""
        redacted = {digest for row in self.rows(REDACTIONS) for digest in row["digests"]}
        kept = self.connection.execute(sa.select(TEXTS))
        return {
            row.digest
            for row in kept
            if (row.text is None and row.digest in redacted)
            or (row.text is not None and digest_of(row.salt, row.text) == row.digest)
        }


@dataclass(slots=True)
class Entry(Reading):
    """One transaction on the log: read, decide, append; all of it is kept or nothing."""

    kinds: Kinds = field(kw_only=True)
    now: datetime = field(kw_only=True)
    actor: str = field(kw_only=True)
    key: str = field(kw_only=True)
    mode: Mode = field(kw_only=True)
    salt: Callable[[], str] = field(default=fresh_salt, kw_only=True)
    _written: int = field(default=0, init=False)

    def append(
        self,
        kind: str,
        payload: Any,
        *,
        effective_at: datetime | None = None,
        supersedes: int | None = None,
    ) -> Event:
        """Write one event and its table's row; a key already written gives back its event."""
        self._written += 1
        key = f"{self.key}:{self._written}"
        if known := self._with_key(key):
            return known
        return self._write(kind, plain(payload), key, self.actor, effective_at, supersedes)

    def _write(
        self,
        kind: str,
        payload: Mapping[str, Any],
        key: str,
        actor: str,
        effective_at: datetime | None = None,
        supersedes: int | None = None,
    ) -> Event:
        canonical(payload)
        table = self.kinds[kind]
        logged = self._sealed(payload, table)
        who = self._person(actor)
        event = self._chained(kind, logged, effective_at or self.now, key, who, supersedes)
        entry = {column.name: getattr(event, column.name) for column in LOG.c}
        self.connection.execute(LOG.insert(), {**entry, "payload": canonical(event.payload)})
        free = {digest: payload[name] for name, digest in digests(logged)}
        self.connection.execute(table.insert(), project(event, table, free))
        return event

    def _sealed(self, payload: Mapping[str, Any], table: sa.Table) -> dict[str, Any]:
        """A payload as the log has it: hashes for free texts, ids for people."""
        people = {
            name: self._person(payload[name])
            for name in holding(table, "person")
            if payload.get(name)
        }
        free = {
            name: sealed(self._kept(payload[name]))
            for name in holding(table, "free text")
            if payload.get(name)
        }
        return {**payload, **people, **free}

    def _kept(self, text: str) -> str:
        salt = self.salt()
        digest = digest_of(salt, text)
        self.connection.execute(TEXTS.insert(), {"digest": digest, "salt": salt, "text": text})
        return digest

    def _person(self, name: str) -> str:
        """The id of a name, which is put on record when it is first met."""
        if not name:
            return ""
        known = self.ids()
        if name not in known:
            identity = self.next_id(PERSONS, "P")
            self._write("person.met", {"id": identity, "name": name}, f"{self.key}:{identity}", "")
            return identity
        return known[name]

    def erase(self, seq: int) -> list[str]:
        """Erase the free texts of one entry; returns their digests. The entry stays."""
        row = self.connection.execute(sa.select(LOG).where(LOG.c.seq == seq)).mappings().one()
        event = Event(**{**row, "payload": json.loads(row["payload"])})
        gone = [digest for _, digest in digests(event.payload)]
        nothing = {"salt": None, "text": None}
        self.connection.execute(TEXTS.update().where(TEXTS.c.digest.in_(gone)).values(nothing))
        table = self.kinds[event.kind]
        bare = project(event, table, {})
        self.connection.execute(table.update().where(table.c.seq == seq).values(bare))
        return gone

    def everything(self) -> Reading:
        """All that is on record, also what a replay's clock has not come to yet."""
        return Reading(self.connection)

    def next_id(self, table: sa.Table, letter: str) -> str:
        """The next short id of a table that has one row an id, such as ``Q12``."""
        count = self.connection.scalar(sa.select(sa.func.count()).select_from(table))
        return f"{letter}{(count or 0) + 1}"

    def keep(self, content: bytes) -> str:
        """Keep bytes beside the log, and return the hash that an event can name."""
        digest = sha256(content).hexdigest()
        known = sa.select(BLOBS.c.sha256).where(BLOBS.c.sha256 == digest)
        if self.connection.scalar(known) is None:
            self.connection.execute(BLOBS.insert(), {"sha256": digest, "bytes": content})
        return digest

    def _with_key(self, key: str) -> Event | None:
        row = self.connection.execute(sa.select(LOG).where(LOG.c.key == key)).mappings().first()
        return Event(**{**row, "payload": json.loads(row["payload"])}) if row else None

    def _chained(
        self,
        kind: str,
        payload: Mapping[str, Any],
        effective_at: datetime,
        key: str,
        actor: str,
        supersedes: int | None,
    ) -> Event:
        last = self.connection.execute(
            sa.select(LOG.c.seq, LOG.c.hash).order_by(LOG.c.seq.desc()).limit(1)
        ).first()
        seq, prev = (last.seq + 1, last.hash) if last else (1, GENESIS)
        envelope: dict[str, Any] = {
            "seq": seq,
            "kind": kind,
            "effective_at": effective_at,
            "recorded_at": self.now,
            "actor": actor,
            "key": key,
            "mode": self.mode,
            "supersedes": supersedes,
        }
        digest = chain_hash(prev, payload=canonical(payload), **envelope)
        return Event(payload=payload, prev=prev, hash=digest, **envelope)


def project(event: Event, table: sa.Table, texts: Mapping[str, str]) -> dict[str, Any]:
    """The row of its kind's table that an event becomes, with its free texts by digest."""
    payload = opened(event.payload, texts)
    return {
        name: getattr(event, name) if name in ENVELOPE else payload.get(name)
        for name in (column.name for column in table.c)
    }
