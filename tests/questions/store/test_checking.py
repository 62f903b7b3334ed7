"""The tables follow from the log, and a row that does not is named."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from questions.store.checking import check
from questions.store.envelope import GENESIS, chain_hash
from questions.store.store import QUESTION_KINDS, open_store
from questions.store.tables import LOG

NOON = datetime(2023, 3, 13, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path):
    made = open_store(tmp_path / "a.db", QUESTION_KINDS, create_with=("live", NOON))
    for number in range(3):
        with made.writing(now=NOON, actor="ana", key=f"k{number}") as entry:
            entry.append("question.reopened", {"question": f"Q{number}", "why": f"why {number}"})
    yield made
    made.close()


def found(store):
    with store.reading() as read:
        return check(read, QUESTION_KINDS)


def alter(store, statement):
    with store.writer.begin() as connection:
        connection.execute(sa.text(statement))


def test_what_follows_from_the_log_is_in_order(store):
    assert found(store) == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE reopenings SET question = 'Q9' WHERE seq = 3",
            "reopenings: question of row 3 is not what entry 3 says",
        ),
        (
            "UPDATE reopenings SET why = 'another' WHERE seq = 4",
            "reopenings: why of row 4 is not what entry 4 says",
        ),
        ("DELETE FROM reopenings WHERE seq = 2", "reopenings: the row of entry 2 is missing"),
        (
            "INSERT INTO reopenings SELECT 99, recorded_at, effective_at, actor, mode, question, "
            "why FROM reopenings WHERE seq = 2",
            "reopenings: row 99 follows from no entry",
        ),
    ],
)
def test_a_row_that_does_not_is_named(store, statement, said):
    alter(store, statement)
    assert found(store) == [said]


def forge(store, **changes):
    """Entry 2 as somebody would write it who forges every hash."""
    query = sa.select(LOG).order_by(LOG.c.seq)
    with store.writer.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER log_keeps_on_UPDATE")
        prev = GENESIS
        for row in connection.execute(query).mappings().all():
            covered = {**row, **(changes if row["seq"] == 2 else {})}
            del covered["prev"], covered["hash"]
            digest = chain_hash(prev, **covered)
            forged = LOG.update().where(LOG.c.seq == row["seq"])
            connection.execute(forged.values(**covered, prev=prev, hash=digest))
            prev = digest


@pytest.mark.parametrize("payload", ["[]", "null", "{", "[" * 100_000])
def test_an_entry_whose_payload_is_no_object_is_named(store, payload):
    forge(store, payload=payload)
    assert found(store) == ["log: entry 2 does not follow from those before it"]


def test_an_entry_of_a_kind_that_nobody_knows_is_named(store):
    forge(store, kind="oracle.asked")
    assert found(store) == [
        "log: entry 2 has the kind 'oracle.asked', which nobody knows",
        "reopenings: row 2 follows from no entry",
    ]


def test_a_redaction_that_names_nothing_is_no_redaction(store):
    forge(store, kind="text.redacted", payload="{}")
    assert "redactions: the row of entry 2 is missing" in found(store)
