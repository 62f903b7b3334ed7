"""What every verb is handed: the store, the clock's reading, who acts, the idempotency key."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, Final

from forecast.people.sight import veil_of
from questions.store.envelope import Event, plain
from questions.store.log import Entry
from questions.store.reading import Reading
from questions.store.store import Store


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a verb acts, when, and in whose name."""

    store: Store
    now: datetime
    actor: str = ""
    key: str = ""
    reader: str = ""
    """The member who is shown things here; empty for nobody in particular."""

    @contextmanager
    def reading(self, as_of: datetime | None = None) -> Iterator[Reading]:
        """Read what was on record; a replay shows nothing later than its clock.

        What is hidden from the reader now is hidden as of every instant.
        """
        limit = self.now if self.store.label == "replay" else None
        with self.store.reading(limit) as read:
            read.veil = veil_of(read, self.reader, self.now)
            yield read if as_of is None else read.then(min(as_of, limit or as_of))

    @contextmanager
    def writing(self) -> Iterator[Entry]:
        """Load, decide and append in one transaction.

        Raises:
            ValueError: no key: two writes would be taken for one.
        """
        if not self.key:
            raise ValueError("a write needs a key of its own")
        with self.store.writing(now=self.now, actor=self.actor, key=self.key) as entry:
            yield entry


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a write made: its id, its record, the head of the log behind it."""

    id: str
    record: dict[str, Any]
    head: str
    kind: str = ""
    """What was written, such as ``question.resolved``."""


def receipt(identity: str, record: Any, event: Event) -> Receipt:
    """The receipt of the last event that a verb appended."""
    return Receipt(identity, plain(record), event.hash, event.kind)


_IDENTITY: Final = {
    "evidence.judged": "{report}/{question}",
    "draft.judged": "{draft}",
    "member.added": "{name}",
    "member.aliased": "{alias}",
    "forecast.withdrawn": "{forecast}",
    "question.blinded": "{question}",
    "crowd.revealed": "{question}",
    "prior.stated": "{question}",
    "question.resolved": "{question}",
    "question.reopened": "{question}",
    "story.changed": "{story}",
    "text.redacted": "{reference}",
    "resolution.proposed": "{question}",
    "resolution.declined": "{question}",
    "question.clarified": "{question}",
    "question.tagged": "{question}",
    "resolution.disputed": "{question}",
    "resolution.upheld": "{question}",
    "team.changed": "{team}/{member}",
    "report.retracted": "{report}",
    "source.described": "{name}",
    "setting.changed": "{name}",
    "report.says": "{report}/{question}",
    "rule.agreed": "{name}",
}
"""What the receipt of an event is called by; of others, by their id."""

_BESIDE: Final = ("question.blinded",)
"""What is written beside an entry that has a receipt, and has none itself."""


def _again(event: Event, head: str) -> Receipt:
    name = _IDENTITY.get(event.kind, "{id}").format(**event.payload)
    return Receipt(name, dict(event.payload), head, event.kind)


def once[**P](
    verb: Callable[Concatenate[Entry, P], Receipt],
) -> Callable[Concatenate[Desk, P], Receipt]:
    """Give a verb its transaction, and let it write once for a key.

    A retry is answered with what was written then, before anything is decided.
    """

    @wraps(verb)
    def answered(desk: Desk, /, *args: P.args, **kwargs: P.kwargs) -> Receipt:
        with desk.writing() as entry:
            done = entry.written(desk.key, desk.store.kinds)
            return _again(done[0], done[-1].hash) if done else verb(entry, *args, **kwargs)

    return answered


def once_each[**P](
    verb: Callable[Concatenate[Entry, P], list[Receipt]],
) -> Callable[Concatenate[Desk, P], list[Receipt]]:
    """The same for a verb that writes several entries, and has a receipt for each."""

    @wraps(verb)
    def answered(desk: Desk, /, *args: P.args, **kwargs: P.kwargs) -> list[Receipt]:
        with desk.writing() as entry:
            done = entry.written(desk.key, desk.store.kinds)
            mine = [one for one in done if one.kind not in _BESIDE]
            return [_again(one, one.hash) for one in mine] or verb(entry, *args, **kwargs)

    return answered
