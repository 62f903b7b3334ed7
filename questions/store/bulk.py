"""Whole tables out of a store at once, into Arrow and pandas.

ADBC reads where the ``bulk`` extra is installed; without it SQLAlchemy does, more slowly.
Writing many events at once is :meth:`questions.store.log.Entry.extend`.
"""

from datetime import datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from questions.instants import micros
from questions.store.engine import telling
from questions.store.place import Server
from questions.store.store import Store
from questions.store.tables import Instant, holding
from questions.store.veil import OPEN, Veil, seen

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


def arrow(
    store: Store, table: sa.Table, *, as_of: datetime | None = None, veil: Veil = OPEN
) -> "pa.Table":
    """A table as it was on record at ``as_of``: instants as microseconds, people by id.

    What lies under the veil is left out; one who reads for somebody gives their reading's.

    Raises:
        ValueError: the ``bulk`` extra is not installed.
    """
    driver = _driver(store)
    if driver is None:
        raise ValueError("Arrow tables need the extra: pip install tidings[bulk]")
    with telling(store.place), driver.connect(_address(store)) as link, link.cursor() as cursor:
        cursor.execute(_query(store, table, as_of, veil))
        found: pa.Table = cursor.fetch_arrow_table()
        return found


def frame(
    store: Store, table: sa.Table, *, as_of: datetime | None = None, veil: Veil = OPEN
) -> "pd.DataFrame":
    """A table as a DataFrame: instants as UTC times, people by name, rows as in the log."""
    import pandas as pd

    if _driver(store) is not None:
        found = arrow(store, table, as_of=as_of, veil=veil).to_pandas()
    else:
        with store.reading() as read:
            found = pd.read_sql(sa.text(_query(store, table, as_of, veil)), read.connection)
    with store.reading() as read:
        names = read.names()
    return _told(found, table, names)


def _told(found: "pd.DataFrame", table: sa.Table, names: dict[str, str]) -> "pd.DataFrame":
    import pandas as pd

    instants = [column.name for column in table.c if isinstance(column.type, Instant)]
    times = {name: pd.to_datetime(found[name], unit="us", utc=True) for name in instants}
    people = {
        name: found[name].map(lambda one: names.get(one, one)) for name in holding(table, "person")
    }
    return found.assign(**times, **people)


def _query(store: Store, table: sa.Table, as_of: datetime | None, veil: Veil) -> str:
    """The statement as text, which drivers beside SQLAlchemy's take too."""
    columns = ", ".join(f'"{column.name}"' for column in table.c)
    terms = [] if as_of is None else [f"recorded_at <= {micros(as_of)}"]
    if (allowed := seen(veil, table)) is not None:
        how = {"literal_binds": True, "render_postcompile": True}
        terms.append(str(allowed.compile(store.reader, compile_kwargs=how)))
    known = f" WHERE {' AND '.join(terms)}" if terms else ""
    return f'SELECT {columns} FROM "{table.name}"{known} ORDER BY seq'  # noqa: S608


def _driver(store: Store) -> Any:
    """The ADBC driver of the store's engine, or None where it is not installed."""
    name = "adbc_driver_postgresql" if isinstance(store.place, Server) else "adbc_driver_sqlite"
    if find_spec(name) is None or find_spec("pyarrow") is None:
        return None
    from importlib import import_module

    return import_module(f"{name}.dbapi")


def _address(store: Store) -> str:
    return store.place.url if isinstance(store.place, Server) else str(store.place)
