"""What every verb is handed: the store, the clock's reading, who acts, the idempotency key."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from questions.store.envelope import Event, plain
from questions.store.log import Entry, Reading
from questions.store.store import Store


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a verb acts, when, and in whose name."""

    store: Store
    now: datetime
    actor: str = ""
    key: str = ""

    @contextmanager
    def reading(self, as_of: datetime | None = None) -> Iterator[Reading]:
        """Read what was on record; a replay shows nothing later than its clock."""
        limit = self.now if self.store.label == "replay" else None
        with self.store.reading(as_of or limit) as read:
            yield read

    @contextmanager
    def writing(self) -> Iterator[Entry]:
        """Load, decide and append in one transaction."""
        with self.store.writing(now=self.now, actor=self.actor, key=self.key) as entry:
            yield entry


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a write made: its id, its record, the head of the log behind it."""

    id: str
    record: dict[str, Any]
    head: str


def receipt(identity: str, record: Any, event: Event) -> Receipt:
    """The receipt of the last event that a verb appended."""
    return Receipt(identity, plain(record), event.hash)
