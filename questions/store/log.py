"""The log: one way to write."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from questions.instants import micros
from questions.store.columns import Encoder, payloads, whole_micros
from questions.store.engine import pour
from questions.store.envelope import (
    GENESIS,
    Event,
    Mode,
    canonical,
    chain,
    chain_hash,
    event_of,
    plain,
)
from questions.store.reading import Reading
from questions.store.tables import BLOBS, ENVELOPE, LOG, TEXTS, Kinds, holding
from questions.store.texts import Free, check_texts, digests, fresh_salt, opened, sealed

LOGGED = tuple(column.name for column in LOG.c)
BATCH = 20_000


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
    _tip: tuple[int, str] | None = field(default=None, init=False)
    """Number and hash of the last entry, once they were looked up; nobody else writes now."""
    _known: dict[str, str] | None = field(default=None, init=False)
    """The ids of names, once they were looked up."""

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
        written = self._made(kind, plain(payload), key, self.actor, effective_at, supersedes)
        self._insert(kind, written)
        return written.event

    def extend(self, kind: str, columns: Mapping[str, Sequence[Any]]) -> int:
        """Write an event for each row of equally long columns, on the same chain; returns how many.

        The columns are those of the kind's table: texts, names, instants (datetimes, or an array
        of numpy's, in UTC), JSON values. One named ``effective_at`` says when each is said to
        have happened. Who writes them twice under a key has written them once.

        Raises:
            ValueError: columns of several lengths, or one that the table does not have.
            BadInput: text that not every engine can keep.
        """
        table = self.kinds[kind]
        if unknown := columns.keys() - set(table.c.keys()):
            raise ValueError(f"{table.name} has no column {', '.join(sorted(unknown))}")
        if len(lengths := {len(values) for values in columns.values()}) > 1:
            raise ValueError(f"columns of {sorted(lengths)} values: give equally many")
        count = lengths.pop() if lengths else 0
        if count and self._with_key(f"{self.key}:{self._written + 1}"):
            return count
        for start in range(0, count, BATCH):
            some = {name: values[start : start + BATCH] for name, values in columns.items()}
            self._extend(kind, some, min(BATCH, count - start))
        return count

    def _extend(self, kind: str, columns: Mapping[str, Sequence[Any]], count: int) -> None:
        table, encoder = self.kinds[kind], Encoder(self._person, self.salt)
        who = self._person(self.actor)
        encoded = {
            name: encoder.column(table.c[name], values)
            for name, values in columns.items()
            if name not in ENVELOPE
        }
        said = columns.get("effective_at", [None] * count)
        now = micros(self.now)
        claimed = [now if one is None else one for one in whole_micros(said)]
        logged = self._logged(kind, payloads(encoded), claimed, who)
        envelope = {name: logged[name] for name in ENVELOPE}
        pour(self.connection, TEXTS, encoder.sealed_texts())
        pour(self.connection, LOG, logged)
        pour(self.connection, table, {**envelope, **{at: encoded[at].kept for at in encoded}})
        self._written += count
        self._tip = (logged["seq"][-1], logged["hash"][-1])

    def _logged(
        self, kind: str, texts: Sequence[str], claimed: Sequence[int], who: str
    ) -> dict[str, Sequence[Any]]:
        """The log's columns for payloads that follow each other."""
        last, prev = self._last()
        count, now = len(texts), micros(self.now)
        keys = [f"{self.key}:{self._written + at}" for at in range(1, count + 1)]
        hashes = chain(
            prev,
            first=last + 1,
            kind=kind,
            payloads=texts,
            effective_at=claimed,
            recorded_at=now,
            actor=who,
            keys=keys,
            mode=self.mode,
        )
        return {
            "seq": range(last + 1, last + count + 1),
            "kind": [kind] * count,
            "payload": texts,
            "effective_at": claimed,
            "recorded_at": [now] * count,
            "actor": [who] * count,
            "key": keys,
            "mode": [self.mode] * count,
            "prev": [prev, *hashes[:-1]],
            "hash": hashes,
        }

    def _made(
        self,
        kind: str,
        payload: Mapping[str, Any],
        key: str,
        actor: str,
        effective_at: datetime | None = None,
        supersedes: int | None = None,
    ) -> "Made":
        """What one event will write, with its place in the chain taken."""
        check_texts(payload)
        table = self.kinds[kind]
        free: Free = {}
        logged = dict(payload)
        for name in holding(table, "person"):
            if logged.get(name):
                logged[name] = self._person(logged[name])
        for name in holding(table, "free text"):
            if logged.get(name):
                if not isinstance(logged[name], str):
                    raise TypeError(f"{name} is {logged[name]!r}, which is no text")
                logged[name] = sealed(logged[name], self.salt(), free)
        who, text = self._person(actor), canonical(logged)
        envelope = self._envelope(kind, effective_at or self.now, key, who, supersedes)
        _, prev = self._last()
        digest = chain_hash(prev, payload=text, **envelope)
        event = Event(payload=logged, prev=prev, hash=digest, **envelope)
        self._tip = (event.seq, digest)
        texts = {digest: words for digest, (_, words) in free.items()}
        return Made(event, text, free, project(event, table, texts))

    def _insert(self, kind: str, made: "Made") -> None:
        logged = {name: getattr(made.event, name) for name in LOGGED}
        texts = [
            {"digest": digest, "salt": salt, "text": text}
            for digest, (salt, text) in made.free.items()
        ]
        if texts:
            self.connection.execute(TEXTS.insert(), texts)
        self.connection.execute(LOG.insert(), {**logged, "payload": made.payload})
        self.connection.execute(self.kinds[kind].insert(), dict(made.row))

    def _person(self, name: str) -> str:
        """The id of a name, which is put on record when it is first met."""
        if not name:
            return ""
        if self._known is None:
            self._known = self.ids()
        if name not in self._known:
            identity = f"P{len(self._known) + 1}"
            self._known[name], self._names = identity, None
            met = {"id": identity, "name": name}
            self._insert("person.met", self._made("person.met", met, f"{self.key}:{identity}", ""))
        return self._known[name]

    def erase(self, seq: int) -> list[str]:
        """Erase the free texts of one entry; returns their digests. The entry stays."""
        row = self.connection.execute(sa.select(LOG).where(LOG.c.seq == seq)).mappings().one()
        event = event_of(row)
        gone = [digest for _, digest in digests(event.payload)]
        nothing = {"salt": None, "text": None}
        self.connection.execute(TEXTS.update().where(TEXTS.c.digest.in_(gone)).values(nothing))
        table = self.kinds[event.kind]
        bare, self._names = project(event, table, {}), None
        self.connection.execute(table.update().where(table.c.seq == seq).values(bare))
        return gone

    def everything(self) -> Reading:
        """All that is on record, also what a replay's clock has not come to yet."""
        return self if self.as_of is None else Reading(self.connection)

    def next_id(self, table: sa.Table, letter: str) -> str:
        """The next short id of a table that has one row an id, such as ``Q12``."""
        last = sa.select(table.c.id).order_by(table.c.seq.desc()).limit(1)
        known = self.connection.scalar(last)
        return f"{letter}{int(known[len(letter) :]) + 1 if known else 1}"

    def keep(self, content: bytes) -> str:
        """Keep bytes beside the log, and return the hash that an event can name."""
        digest = sha256(content).hexdigest()
        known = sa.select(BLOBS.c.sha256).where(BLOBS.c.sha256 == digest)
        if self.connection.scalar(known) is None:
            self.connection.execute(BLOBS.insert(), {"sha256": digest, "bytes": content})
        return digest

    def _with_key(self, key: str) -> Event | None:
        row = self.connection.execute(sa.select(LOG).where(LOG.c.key == key)).mappings().first()
        return event_of(row) if row else None

    def _last(self) -> tuple[int, str]:
        """Number and hash of the last entry."""
        if self._tip is None:
            query = sa.select(LOG.c.seq, LOG.c.hash).order_by(LOG.c.seq.desc()).limit(1)
            last = self.connection.execute(query).first()
            self._tip = (last.seq, last.hash) if last else (0, GENESIS)
        return self._tip

    def _envelope(
        self, kind: str, effective_at: datetime, key: str, actor: str, supersedes: int | None
    ) -> dict[str, Any]:
        """All of the next entry's envelope but its payload and hashes."""
        last, _ = self._last()
        return {
            "seq": last + 1,
            "kind": kind,
            "effective_at": effective_at,
            "recorded_at": self.now,
            "actor": actor,
            "key": key,
            "mode": self.mode,
            "supersedes": supersedes,
        }


@dataclass(frozen=True, slots=True)
class Made:
    """What one event writes: to the log, beside it, and to its kind's table."""

    event: Event
    payload: str
    """The payload's canonical text."""
    free: Free
    row: Mapping[str, Any]


def project(event: Event, table: sa.Table, texts: Mapping[str, str]) -> dict[str, Any]:
    """The row of its kind's table that an event becomes, with its free texts by digest."""
    payload = opened(event.payload, texts)
    return {
        name: getattr(event, name) if name in ENVELOPE else payload.get(name)
        for name in (column.name for column in table.c)
    }
