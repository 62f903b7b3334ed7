"""Every way to change a log by raw SQL that somebody with the file may think of, at random."""

import random
from collections.abc import Callable

import sqlalchemy as sa

from questions.store.tables import LOG

COLUMNS = [column.name for column in LOG.c]
Row = tuple[str | bytes, ...]


def rows(connection: sa.Connection) -> list[Row]:
    """The log as it stands in the file: of each cell its type and its bytes."""
    typed = ", ".join(f"typeof({name}), CAST({name} AS BLOB)" for name in COLUMNS)
    found = connection.exec_driver_sql(f"SELECT {typed} FROM log ORDER BY seq")
    return [tuple(row) for row in found]


def size(connection: sa.Connection) -> int:
    """How many entries there are."""
    return int(connection.exec_driver_sql("SELECT count(*) FROM log").scalar_one())


def drop_triggers(connection: sa.Connection) -> None:
    """Take away what stands in the way."""
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    for (name,) in connection.exec_driver_sql(query).all():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def change(connection: sa.Connection, rng: random.Random) -> str:
    """Another value in one column of one entry, of the column's type or of none."""
    column, seq = rng.choice(COLUMNS), rng.randint(1, size(connection))
    value = rng.choice(
        [rng.randint(-5, 10**6), rng.random(), "x", "", rng.randbytes(4), "live", "import", 10**18]
    )
    connection.exec_driver_sql(f"UPDATE log SET {column} = ? WHERE seq = ?", (value, seq))
    return f"{column} of {seq} set to {value!r}"


def garble(connection: sa.Connection, rng: random.Random) -> str:
    """Bytes that are no text where text was."""
    column, seq = rng.choice(COLUMNS), rng.randint(1, size(connection))
    statement = f"UPDATE log SET {column} = CAST(x'ff00' AS TEXT) WHERE seq = ?"
    connection.exec_driver_sql(statement, (seq,))
    return f"{column} of {seq} garbled"


def nudge(connection: sa.Connection, rng: random.Random) -> str:
    """One character more, or one microsecond, where a value was."""
    column, seq = rng.choice(COLUMNS), rng.randint(1, size(connection))
    number = column in ("seq", "effective_at", "recorded_at", "supersedes")
    more = f"coalesce({column}, 0) + 1000000" if number else f"{column} || ' '"
    connection.exec_driver_sql(f"UPDATE log SET {column} = {more} WHERE seq = ?", (seq,))
    return f"{column} of {seq} nudged"


def delete(connection: sa.Connection, rng: random.Random) -> str:
    """One entry less."""
    seq = rng.randint(1, size(connection))
    connection.exec_driver_sql("DELETE FROM log WHERE seq = ?", (seq,))
    return f"{seq} deleted"


def swap(connection: sa.Connection, rng: random.Random) -> str:
    """Two entries in each other's place."""
    one, other = rng.sample(range(1, size(connection) + 1), 2)
    for old, new in ((one, -1), (other, one), (-1, other)):
        connection.exec_driver_sql("UPDATE log SET seq = ? WHERE seq = ?", (new, old))
    return f"{one} and {other} swapped"


def insert(connection: sa.Connection, rng: random.Random) -> str:
    """An entry like another one, among the others or behind the last."""
    last = size(connection)
    seq, at = rng.randint(1, last), rng.choice([-1, 0, last + 1, last + 2])
    named = ", ".join(COLUMNS)
    before = "coalesce((SELECT hash FROM log earlier WHERE earlier.seq = ?), '')"
    other = {"seq": "?", "key": "key || '+'", "prev": before}
    taken = ", ".join(other.get(name, name) for name in COLUMNS)
    statement = f"INSERT INTO log ({named}) SELECT {taken} FROM log WHERE seq = ?"
    connection.exec_driver_sql(statement, (at, at - 1, seq))
    return f"a copy of {seq} inserted as {at}"


def truncate(connection: sa.Connection, rng: random.Random) -> str:
    """The end cut off: only a head that was kept elsewhere can show it."""
    seq = rng.randint(1, size(connection))
    connection.exec_driver_sql("DELETE FROM log WHERE seq >= ?", (seq,))
    return f"cut off from {seq} on"


WAYS: list[Callable[[sa.Connection, random.Random], str]] = [
    *([change] * 6),
    *([nudge] * 6),
    garble,
    delete,
    swap,
    insert,
    truncate,
]
