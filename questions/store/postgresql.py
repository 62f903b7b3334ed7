"""A store in a schema of a PostgreSQL database: opened, made, its errors told.

The schema is the first of the connection's ``search_path`` that exists. Writers queue at
an advisory lock of that schema, so that the chain never forks, and wait for the disk;
readers see one snapshot.
Beside each entry of the log stands the database's user who wrote it. That column is the
server's word and no part of the chain: an export to another engine leaves it behind.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from questions.errors import BadInput, Conflict, Integrity, NotFound, TidingsError
from questions.store.place import Server, Taken
from questions.store.schema import ALTERED, APPEND_ONLY, Label, fill
from questions.store.tables import KEPT, LOG, META, TEXTS, Kinds

OURS: Final = "a database in which `tidings init` made a store"
CONNECT_SECONDS: Final = 10

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('tidings:' || current_schema(), 0))"
_SYNC = (
    "SELECT set_config('synchronous_commit', 'on', true) "
    "WHERE current_setting('synchronous_commit') = 'off'"
)
_REFUSE = """
CREATE FUNCTION refuse_to_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' ' || TG_ARGV[0]; END $$
"""


def connect(place: Server, *, write: bool, busy_seconds: float) -> sa.Engine:
    """An engine on a database; a writer takes its lock when it begins, a reader cannot write.

    A reader's transaction is one snapshot. A writer reads what was last committed once it
    has the lock, so that nothing comes between what it reads and what it appends.

    Raises:
        Conflict: the driver is not installed.
    """
    try:
        import psycopg
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as error:
        problem = "a PostgreSQL store needs the driver psycopg"
        raise Conflict(problem, "install tidings[postgres]") from error

    def dial() -> psycopg.Connection[Any]:
        usual: dict[str, Any] = {"connect_timeout": CONNECT_SECONDS, "application_name": "tidings"}
        named = {**usual, **conninfo_to_dict(place.url), "client_encoding": "UTF8"}
        return psycopg.connect(**named)

    reading = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    engine = sa.create_engine(
        "postgresql+psycopg://",
        creator=dial,
        pool_pre_ping=True,
        use_native_hstore=False,
        execution_options={"isolation_level": "READ COMMITTED"} if write else reading,
    )
    patience = f"SET LOCAL lock_timeout = {max(1, round(busy_seconds * 1000))}"

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(f"{patience}; {_SYNC}; {_LOCK}" if write else patience)

    return engine


def look(place: Server, engine: sa.Engine) -> None:
    """See that the database holds tables of ours at all.

    Raises:
        NotFound: it holds none.
        BadInput: a schema that is not there, or that its user may not use.
    """
    with engine.connect() as connection:
        if connection.exec_driver_sql("SELECT current_schema()").scalar() is None:
            raise _no_schema(place)
        if not {META.name, LOG.name} & {*sa.inspect(connection).get_table_names()}:
            raise NotFound("store", str(place), otherwise="`tidings init` makes one")


def create(
    place: Server, kinds: Kinds, *, label: Label, now: datetime, busy_seconds: float
) -> None:
    """Make a new, empty store in one transaction; who comes second finds it made.

    Raises:
        Taken: there is one already.
        BadInput: a database that cannot hold one.
    """
    engine = connect(place, write=True, busy_seconds=busy_seconds)
    try:
        with engine.begin() as connection:
            _see_that_it_fits(place, connection, kinds)
            fill(connection, kinds, label=label, now=now)
            for statement in _immutable():
                connection.exec_driver_sql(statement)
    finally:
        engine.dispose()


def _see_that_it_fits(place: Server, connection: sa.Connection, kinds: Kinds) -> None:
    schema, encoding = connection.exec_driver_sql(
        "SELECT current_schema(), current_setting('server_encoding')"
    ).one()
    if schema is None:
        raise _no_schema(place)
    if encoding != "UTF8":
        raise BadInput("store", place, f"a database whose encoding is UTF8, not {encoding}")
    there = {*sa.inspect(connection).get_table_names(schema=schema)}
    if {META.name, LOG.name} <= there:
        raise Taken(f"{place} exists already", "name another database, or use this one as it is")
    ours = {table.name for table in (*KEPT, *kinds.values())}
    if clash := sorted(ours & there):
        raise BadInput("store", place, f"a database that has no table {clash[0]!r} of its own")


def _immutable() -> list[str]:
    """Triggers that hold for everybody, the owner included, and rights that nobody is given.

    A trigger for each statement refuses even one that matches no row, or that would change
    a row on conflict; ALWAYS keeps it on where replication switches others off.
    """
    refuse = "EXECUTE FUNCTION refuse_to_change"
    told = [_REFUSE, f"ALTER TABLE {LOG.name} ADD database_user text NOT NULL DEFAULT session_user"]
    for name, verbs in (
        *((table.name, "UPDATE OR DELETE OR TRUNCATE") for table in APPEND_ONLY),
        (TEXTS.name, "DELETE OR TRUNCATE"),
    ):
        told += [
            f"CREATE TRIGGER {name}_keeps BEFORE {verbs} ON {name} "
            f"FOR EACH STATEMENT {refuse}('is append-only')",
            f"ALTER TABLE {name} ENABLE ALWAYS TRIGGER {name}_keeps",
            f"REVOKE UPDATE, DELETE, TRUNCATE ON {name} FROM PUBLIC",
        ]
    return [
        *told,
        f"CREATE TRIGGER erased BEFORE UPDATE ON {TEXTS.name} FOR EACH ROW WHEN {ALTERED} "
        f"{refuse}('can be erased, not changed')",
        f"ALTER TABLE {TEXTS.name} ENABLE ALWAYS TRIGGER erased",
    ]


def pour(connection: sa.Connection, table: sa.Table, columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert many rows through the server's COPY."""
    names = ", ".join(f'"{name}"' for name in columns)
    link: Any = connection.connection.driver_connection
    with link.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
        for row in zip(*columns.values(), strict=True):
            copy.write_row(row)


def told(place: Server, error: sa.exc.DBAPIError) -> TidingsError:
    """What PostgreSQL or its driver says, as one line that a person can act on."""
    said = str(error.orig).rpartition("failed: ")[2].split("\n")[0]
    state = getattr(error.orig, "sqlstate", None) or ""
    if state in _REFUSALS:
        problem, right = _REFUSALS[state]
        return Conflict(f"{place} {problem}", right)
    if state == "42501":
        return Conflict(f"{place}: {said}", "ask the store's owner for the right to do this")
    if state == "3F000":
        return _no_schema(place)
    if state.startswith("22"):
        return BadInput("text", said, "text without characters that PostgreSQL cannot keep")
    if state and not state.startswith(("08", "57P")):
        return Integrity(f"{place}: {said}")
    return _told_of_the_connection(place, error, said)


_REFUSALS: Final = {
    "55P03": ("is locked by another program", "try again in a moment"),
    "40001": ("was changed by another program meanwhile", "try again"),
    "40P01": ("is locked by another program", "try again"),
    "25006": ("cannot be written", "check that it is no standby, and that its user may write"),
    "53100": ("has no room left; nothing was written", "free some space on its server"),
}


def _told_of_the_connection(place: Server, error: sa.exc.DBAPIError, said: str) -> TidingsError:
    if isinstance(error, sa.exc.DataError):  # the driver's own refusal, before any server's
        return BadInput("text", said, "text without characters that PostgreSQL cannot keep")
    if isinstance(error, sa.exc.ProgrammingError):
        return BadInput("store", place, f"an address that PostgreSQL knows ({said})")
    if re.search(r"password|authentication|pg_hba|role .* does not exist", said):
        return BadInput("store", place, "a user and a password that its server knows")
    if re.search(r"database .* does not exist", said):
        return NotFound("database", str(place), otherwise="`createdb` makes one on its server")
    if "too many" in said:
        return Conflict(f"{place} takes no more connections", "try again in a moment")
    return Conflict(f"no answer from {place}: {said}", "check the address and that it runs")


def _no_schema(place: Server) -> BadInput:
    return BadInput("store", place, "a search_path with a schema that its user may use")
