"""A store on a PostgreSQL server is shared: what a member of the team may do there.

Members append to the log and read everything; they change nothing that was written, and
cannot say which of the database's users they are. All of it is in :func:`grants`.
"""

import sqlalchemy as sa

from questions.errors import Conflict, NotFound
from questions.store.engine import about, connect, telling
from questions.store.place import Server
from questions.store.schema import APPEND_ONLY
from questions.store.tables import META, TEXTS, Kinds

_OWN = "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('log')"


def admit(place: Server, role: str, kinds: Kinds) -> None:
    """Let a role of the server, and who is in it, work with a store; again after an upgrade.

    Raises:
        NotFound: no such role, or no store.
        Conflict: a store that is not the connection's own to share.
    """
    engine = connect(place, write=True)
    try:
        about(place, engine)
        with telling(place), engine.begin() as connection:
            if not connection.exec_driver_sql(_OWN).scalar():
                raise Conflict(f"{place} is another user's to share", "connect as its owner")
            known = list(connection.exec_driver_sql("SELECT rolname FROM pg_roles").scalars())
            if role not in known:
                raise NotFound("role", role, known, "CREATE ROLE makes one")
            for statement in grants(connection, role, kinds):
                connection.exec_driver_sql(statement)
    finally:
        engine.dispose()


def grants(connection: sa.Connection, role: str, kinds: Kinds) -> list[str]:
    """The statements that give a role these rights on a store, and no others.

    Rights to insert name their columns, so that the server alone fills ``database_user``.
    """
    quoted = connection.dialect.identifier_preparer.quote_identifier
    schema = quoted(str(connection.exec_driver_sql("SELECT current_schema()").scalar()))
    projections = "SELECT, INSERT, UPDATE, DELETE, TRUNCATE"
    rights = {
        **{table.name: f"SELECT, INSERT ({_columns(table)})" for table in APPEND_ONLY},
        META.name: "SELECT",
        TEXTS.name: "SELECT, INSERT, UPDATE (salt, text)",
        **{table.name: projections for table in kinds.values()},
    }
    on = {name: f"{schema}.{quoted(name)}" for name in rights}
    return [
        f"GRANT USAGE ON SCHEMA {schema} TO {quoted(role)}",
        *(f"REVOKE ALL ON {table} FROM {quoted(role)}" for table in on.values()),
        *(f"GRANT {may} ON {on[name]} TO {quoted(role)}" for name, may in rights.items()),
    ]


def _columns(table: sa.Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.c)
