"""What a new store is filled with, whatever engine keeps it."""

from datetime import datetime
from typing import Final, Literal

import sqlalchemy as sa

from questions.instants import iso
from questions.store.tables import BLOBS, KEPT, LOG, META, METADATA, Kinds

SCHEMA_VERSION: Final = 2

Label = Literal["live", "replay"]

APPEND_ONLY: Final = (LOG, BLOBS)
"""Tables whose rows no statement changes or takes away."""

ALTERED: Final = "(NEW.text IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.digest <> OLD.digest)"
"""What no update of a free text may do: erase it, or nothing."""


def fill(connection: sa.Connection, kinds: Kinds, *, label: Label, now: datetime) -> None:
    """Make the tables, empty but for what the store says of itself."""
    METADATA.create_all(connection, [*KEPT, *kinds.values()], checkfirst=False)
    about = {"schema": str(SCHEMA_VERSION), "label": label, "made_at": iso(now)}
    rows = [{"name": name, "value": value} for name, value in about.items()]
    connection.execute(META.insert(), rows)
