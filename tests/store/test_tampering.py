"""Whatever is changed in the log by raw SQL is found, and the first bad entry is named."""

import random
from collections import Counter

import pytest
import sqlalchemy as sa

from forecast.desk.desk import Desk
from forecast.desk.redacting import redact
from forecast.ledger import KINDS
from questions.store.checking import check
from questions.store.reading import Reading
from questions.store.tables import REDACTIONS
from tests.store import tampering
from tests.store.places import OPEN, founded, say


@pytest.fixture
def connection(tmp_path):
    """A raw connection to a log of some length, whose triggers are gone."""
    store = founded(str(tmp_path / "a.db"))
    for turn in range(20):
        say(store, f"k{turn}")
    store.close()
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'a.db'}", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        tampering.drop_triggers(connection)
        yield connection
    engine.dispose()


def first_difference(before, after):
    """The place, from 1, of the first entry that is another; None if only the end is gone."""
    pairs = zip(before, after, strict=False)
    found = (at for at, (was, is_now) in enumerate(pairs, start=1) if was != is_now)
    more = len(before) + 1 if len(after) > len(before) else None
    return next(found, more)


def number(row):
    """What an entry is called, if its number was not tampered with."""
    kind, written, *_ = row
    return int(float(written)) if kind in ("integer", "real") else None


def tampered(connection, rng, before):
    """Tamper once, see what the audit says, and undo it: what was done, and whether it counts."""
    connection.exec_driver_sql("BEGIN")
    try:
        done = rng.choice(tampering.WAYS)(connection, rng)
        after = tampering.rows(connection)
        if after == before:
            return None
        place, named = first_difference(before, after), Reading(connection).first_broken()
        if place is None:
            heads = [row[-1] for row in after]
            assert named is None, done
            assert before[-1][-1] not in heads, done
            return "truncate"
        assert named in (place, number(after[place - 1])), f"{done}: {named} was named"
        return done.split()[0] if " of " in done and "copy" not in done else "row"
    except sa.exc.IntegrityError:  # the table itself does not take it
        return None
    finally:
        connection.exec_driver_sql("ROLLBACK")


def all_found(connection, wanted, seed):
    rng, before = random.Random(seed), tampering.rows(connection)
    assert Reading(connection).first_broken() is None
    found: Counter[str] = Counter()
    while found.total() < wanted:
        if (what := tampered(connection, rng, before)) is not None:
            found[what] += 1
    return found


def test_a_hundred_tamperings_are_found(connection):
    assert {"truncate", "row"} < set(all_found(connection, 100, seed=1))


def holder(connection, digest):
    """The entry that has the hash of a text."""
    query = "SELECT seq FROM log WHERE payload LIKE ?"
    return connection.exec_driver_sql(query, (f"%{digest}%",)).scalar_one()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE texts SET text = text || '.' WHERE digest = ?",
        "UPDATE texts SET salt = 'ab' WHERE digest = ?",
        "UPDATE texts SET digest = 'ab' WHERE digest = ?",
        "UPDATE texts SET salt = NULL, text = NULL WHERE digest = ?",
        "DELETE FROM texts WHERE digest = ?",
    ],
)
def test_a_text_that_was_changed_or_taken_away_is_found(connection, statement):
    digests = connection.exec_driver_sql("SELECT digest FROM texts").scalars().all()
    for digest in digests:
        connection.exec_driver_sql("BEGIN")
        connection.exec_driver_sql(statement, (digest,))
        assert Reading(connection).first_broken() == holder(connection, digest)
        connection.exec_driver_sql("ROLLBACK")


def test_a_redaction_is_read_from_the_log_and_not_from_its_table(tmp_path):
    store = founded(str(tmp_path / "a.db"))
    say(store, "k")
    redact(Desk(store, OPEN, "Ana", "away"), "F1", "asked for")
    with store.writing(now=OPEN, actor="", key="x") as entry:
        entry.connection.execute(REDACTIONS.delete())
        assert entry.first_broken() is None
        assert check(entry, KINDS) == [
            f"redactions: the row of entry {len(list(entry.events()))} is missing"
        ]
    store.close()


@pytest.mark.soak
def test_a_thousand_tamperings_are_found(connection, capsys):
    found = all_found(connection, 1000, seed=2)
    assert {*tampering.COLUMNS, "truncate", "row"} == set(found)
    with capsys.disabled():
        print(f"{found.total()} tamperings found: {dict(found)}")
