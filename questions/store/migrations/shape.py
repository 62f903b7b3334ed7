"""Whether a store has the tables, and the triggers that keep its log, which it should have."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import sqlalchemy as sa

from questions.instants import EPOCH
from questions.store.engine import connect, create
from questions.store.schema import APPEND_ONLY
from questions.store.tables import KEPT, METADATA, TEXTS, Kinds

SERVERS_WORD: Final = "database_user"
"""A column that a server fills beside each entry, and that no other engine has."""

_SQLITE: Final = "SELECT name, sql AS text FROM sqlite_master WHERE type = 'trigger'"
_POSTGRESQL: Final = (
    "SELECT tgname AS name, relname || ' ' || tgenabled::text AS text FROM pg_trigger "
    "JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace"
)

Triggers = dict[str, str]


def faults(connection: sa.Connection, kinds: Kinds) -> list[str]:
    """What is missing, too much or other than it should be, a line each; nothing where it is whole.

    The lines follow ``the store:`` or ``after the upgrade``.
    """
    return [*_tables(connection, kinds), *_triggers(connection, kinds)]


def _tables(connection: sa.Connection, kinds: Kinds) -> Iterator[str]:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    ours = {table.name for table in (*KEPT, *kinds.values())}

    def counts(thing: Any, name: str | None, what: str, reflected: bool, _other: Any) -> bool:
        table = name if what == "table" else thing.table.name
        return table in ours and not (reflected and name == SERVERS_WORD)

    context = MigrationContext.configure(connection, opts={"include_object": counts})
    for difference in compare_metadata(context, METADATA):
        yield _told(difference)


def _told(difference: Any) -> str:
    """A difference as Alembic has it: what to do, and to which table, column or index."""
    if isinstance(difference, list):  # changes of one column, each as (what, schema, table, ...)
        what, _, table, column = difference[0][:4]
        return f"column {column} of table {table} is not as it should be ({what})"
    what, thing = difference[0], difference[-1]
    missing = "is missing" if what.startswith("add") else "should not be there"
    table = f" of table {thing.table.name}" if getattr(thing, "table", None) is not None else ""
    if what.endswith("column"):
        table = f" of table {difference[2]}"
    return f"{what.partition('_')[2]} {thing.name}{table} {missing}"


def _triggers(connection: sa.Connection, kinds: Kinds) -> Iterator[str]:
    wanted = _made_new(kinds) if connection.dialect.name == "sqlite" else _ALWAYS_ON
    found = _found(connection)
    for name, text in wanted.items():
        if name not in found:
            yield f"trigger {name} is missing"
        elif found[name] != text:
            yield f"trigger {name} is not as it should be"


_ALWAYS_ON: Final[Triggers] = {
    **{f"{table.name}_keeps": f"{table.name} A" for table in (*APPEND_ONLY, TEXTS)},
    "erased": f"{TEXTS.name} A",
}
"""The triggers on a server: their tables, and that replication does not switch them off."""


def _found(connection: sa.Connection) -> Triggers:
    query = _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL
    return {str(one.name): str(one.text) for one in connection.exec_driver_sql(query)}


def _made_new(kinds: Kinds) -> Triggers:
    """The triggers that a new file is given."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "new"
        create(path, kinds, label="live", now=EPOCH)
        engine = connect(path, write=False)
        try:
            with engine.connect() as connection:
                return _found(connection)
        finally:
            engine.dispose()
