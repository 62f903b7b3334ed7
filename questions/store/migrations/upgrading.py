"""An older store is brought to today's schema, in one transaction that ends in a check."""

from pathlib import Path
from typing import Final

import sqlalchemy as sa

from questions.errors import Integrity
from questions.store.engine import about, connect, telling
from questions.store.migrations.shape import faults
from questions.store.place import Place
from questions.store.reading import Reading
from questions.store.tables import META, Kinds

SCRIPTS: Final = Path(__file__).parent


def upgrade(place: Place, kinds: Kinds, *, scripts: Path = SCRIPTS) -> tuple[int, int]:
    """Bring a store to the schema of the newest revision; returns the numbers before and after.

    What stands in the way of changes (the triggers) can get lost when a table is altered on
    SQLite, so the schema and the chain are checked before anything is kept.

    Raises:
        NotFound: there is no store.
        BadInput: a file or database that is something else.
        Conflict: a store that a newer version wrote, or that is locked.
        Integrity: the store would not be what it should be; then it stays as it was.
    """
    engine = connect(place, write=True)
    try:
        about(place, engine, older=True)
        with telling(place), engine.begin() as connection:
            numbers = _stepped(connection, scripts)
            _see_that_it_is_whole(connection, kinds)
    finally:
        engine.dispose()
    return numbers


def _stepped(connection: sa.Connection, scripts: Path) -> tuple[int, int]:
    from alembic.migration import MigrationContext
    from alembic.operations import Operations
    from alembic.script import ScriptDirectory

    ours = META.c.name == "schema"
    before = str(connection.scalar(sa.select(META.c.value).where(ours)))
    directory = ScriptDirectory(str(scripts))
    steps = [*directory.iterate_revisions("head", before)][::-1]
    with Operations.context(MigrationContext.configure(connection)):
        for step in steps:
            step.module.upgrade()
    after = steps[-1].revision if steps else before
    connection.execute(META.update().where(ours).values(value=after))
    return int(before), int(after)


def _see_that_it_is_whole(connection: sa.Connection, kinds: Kinds) -> None:
    if found := faults(connection, kinds):
        raise Integrity(f"the store was left as it was, because after the upgrade {found[0]}")
    if (broken := Reading(connection).first_broken()) is not None:
        raise Integrity(f"the store was left as it was: entry {broken} of its log does not verify")
