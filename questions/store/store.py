"""A store that is open: reads as of any instant, writes one transaction at a time.

>>> import tempfile, datetime as dt
>>> from pathlib import Path
>>> noon = dt.datetime(2023, 3, 13, 12, tzinfo=dt.UTC)
>>> folder = tempfile.TemporaryDirectory()
>>> store = open_store(Path(folder.name) / "a.db", QUESTION_KINDS, create_with=("live", noon))
>>> with store.writing(now=noon, actor="ana", key="k1") as entry:
...     event = entry.append("question.reopened", {"question": "Q1", "why": "typing error"})
>>> with store.reading() as read:
...     [row["why"] for row in read.rows(REOPENINGS)]
['typing error']
>>> store.close(); folder.cleanup()
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from questions.errors import NotFound
from questions.store.engine import BUSY_SECONDS, Label, about, connect, create, telling
from questions.store.envelope import Mode
from questions.store.log import Entry
from questions.store.place import Place, Taken, place_of
from questions.store.reading import Reading
from questions.store.tables import QUESTION_KINDS, REOPENINGS, Kinds

__all__ = ["QUESTION_KINDS", "REOPENINGS", "Store", "open_store"]


@dataclass(frozen=True, slots=True)
class Store:
    """A store that is open: where it is, what kinds of events it knows, what it is for."""

    place: Place
    kinds: Kinds
    label: Label
    writer: sa.Engine
    reader: sa.Engine

    @contextmanager
    def reading(self, as_of: datetime | None = None) -> Iterator[Reading]:
        """Read what was on record at an instant; nothing can be written."""
        with telling(self.place), self.reader.connect() as connection:
            yield Reading(connection, as_of)

    @contextmanager
    def writing(self, *, now: datetime, actor: str, key: str) -> Iterator[Entry]:
        """Read, decide and append in one transaction that no other writer enters."""
        mode: Mode = "replay" if self.label == "replay" else "live"
        with telling(self.place), self.writer.begin() as connection:
            as_of = now if self.label == "replay" else None
            yield Entry(
                connection,
                as_of,
                kinds=self.kinds,
                now=now,
                actor=actor,
                key=key,
                mode=mode,
            )

    def close(self) -> None:
        """Let the file or the connections go."""
        self.writer.dispose()
        self.reader.dispose()


def open_store(
    place: Place | str,
    kinds: Kinds,
    *,
    create_with: tuple[Label, datetime] | None = None,
    busy_seconds: float = BUSY_SECONDS,
) -> Store:
    """Open a store; ``create_with`` (label, now) makes it first where there is none.

    Who finds it locked waits for ``busy_seconds`` before giving up.

    Raises:
        NotFound: no store, and none was to be made.
        BadInput: a file or database that is not a store.
        Conflict: a store that a newer version wrote, or that cannot be reached.
    """
    place = place_of(place) if isinstance(place, str) else place
    reader = connect(place, write=False, busy_seconds=busy_seconds)
    try:
        try:
            found = about(place, reader)
        except NotFound:
            if create_with is None:
                raise
            _create(place, kinds, create_with, busy_seconds)
            found = about(place, reader)
    except BaseException:
        reader.dispose()
        raise
    label: Label = "replay" if found["label"] == "replay" else "live"
    writer = connect(place, write=True, busy_seconds=busy_seconds)
    return Store(place, kinds, label, writer, reader)


def _create(place: Place, kinds: Kinds, how: tuple[Label, datetime], busy_seconds: float) -> None:
    label, now = how
    with suppress(Taken):  # somebody else made it just now
        create(place, kinds, label=label, now=now, busy_seconds=busy_seconds)
