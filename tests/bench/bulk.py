"""How long a million forecasts take to go in and to come out, and what memory that needs."""

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import sqlalchemy as sa

from forecast.ledger import FORECASTS, KINDS
from questions.store.bulk import frame
from questions.store.place import Server
from questions.store.store import Store, open_store
from questions.values import Probability
from tests.server import started

NOON = datetime(2023, 3, 13, 12, tzinfo=UTC)
OUT = 1_000_000
IN = 100_000

Pair = tuple[Callable[[], object], Callable[[], object]]


@contextmanager
def stores() -> Iterator[dict[str, Store]]:
    """An empty store on each engine."""
    server = started()
    server.do("CREATE SCHEMA bench")
    with TemporaryDirectory() as folder:
        places = {"SQLite": Path(folder) / "bench.db", "PostgreSQL": Server(server.url("bench"))}
        opened = {
            name: open_store(place, KINDS, create_with=("live", NOON))
            for name, place in places.items()
        }
        try:
            yield opened
        finally:
            for store in opened.values():
                store.close()
            server.close()


def forecasts(count: int, start: int = 0) -> pd.DataFrame:
    """So many forecasts by a hundred people on a thousand questions."""
    number = pd.RangeIndex(start, start + count).to_series(index=range(count))
    at = pd.Timestamp(NOON).as_unit("us") + pd.to_timedelta(number, unit="s")
    return pd.DataFrame(
        {
            "id": "F" + (number + 1).astype(str),
            "question": "Q" + (number % 1000 + 1).astype(str),
            "member": "member " + (number % 100).astype(str),
            "prob": (number % 97 + 1) / 98,
            "made_at": at,
            "why": "",
            "confirmed": False,
            "corrects": "",
            "effective_at": at,
        }
    )


def pour(store: Store, found: pd.DataFrame, key: str) -> None:
    """Put forecasts on record through the log."""
    values = [Probability(prob) for prob in found["prob"].tolist()]
    columns = {name: found[name] for name in found if name != "prob"}
    with store.writing(now=NOON, actor="", key=key) as entry:
        entry.extend("forecast.made", {**columns, "value": values})


def into(store: Store) -> Pair:
    """Forecasts through the log, against the same rows through ``pandas.to_sql``."""
    batch = 0
    plain = forecasts(IN)

    def ours() -> None:
        nonlocal batch
        batch += 1
        pour(store, forecasts(IN, batch * IN), f"batch {batch}")

    def theirs() -> None:
        with store.writer.begin() as connection:
            connection.execute(sa.text("DROP TABLE IF EXISTS plain"))
            plain.to_sql("plain", connection, index=False)

    return ours, theirs


def out_of(store: Store) -> Pair:
    """A million forecasts into pandas, against ``pandas.read_sql``."""
    with store.reading() as read:
        count = read.connection.scalar(sa.select(sa.func.count()).select_from(FORECASTS))
    if missing := OUT - int(count or 0):
        pour(store, forecasts(missing, 2 * OUT), "fill")

    def theirs() -> None:
        with store.reader.connect() as connection:
            pd.read_sql(sa.text("SELECT * FROM forecasts ORDER BY seq"), connection)

    return lambda: frame(store, FORECASTS), theirs


def peak_gigabytes() -> float:
    """The most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
