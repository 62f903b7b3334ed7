"""The log: one way to write, a chain that shows every change, reads as of any instant."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from questions.errors import BadInput, Conflict, Integrity
from questions.store.envelope import GENESIS
from questions.store.store import QUESTION_KINDS, REOPENINGS, open_store
from questions.store.tables import LOG, QUESTIONS, RESOLUTIONS

NOON = datetime(2023, 3, 13, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def store(place):
    store = open_store(place, QUESTION_KINDS, create_with=("live", NOON), busy_seconds=5)
    yield store
    store.close()


def note(store, why, *, key=None, now=NOON, **more):
    with store.writing(now=now, actor="ana", key=key or why) as entry:
        return entry.append("question.reopened", {"question": "Q1", "why": why}, **more)


def whys(store, as_of=None):
    with store.reading(as_of) as read:
        return [row["why"] for row in read.rows(REOPENINGS)]


def head(store):
    with store.reading() as read:
        return read.head()


def broken(store):
    with store.reading() as read:
        return read.first_broken()


def test_an_entry_keeps_its_whole_envelope(store):
    first = note(store, "one")
    note(store, "two", now=NOON + HOUR, effective_at=NOON - HOUR, supersedes=first.seq)
    with store.reading() as read:
        person, _, event = read.events()
    assert (person.kind, event.actor) == ("person.met", person.payload["id"])
    assert (event.seq, event.kind, event.payload["question"]) == (
        first.seq + 1,
        "question.reopened",
        "Q1",
    )
    assert (event.effective_at, event.recorded_at) == (NOON - HOUR, NOON + HOUR)
    assert (event.key, event.mode) == ("two:1", "live")
    assert (event.supersedes, event.prev) == (first.seq, first.hash)
    assert head(store) == event.hash


def test_an_event_is_said_to_happen_when_it_is_recorded_unless_told_otherwise(store):
    assert note(store, "one").effective_at == NOON


def test_a_replay_says_that_it_is_one(place):
    store = open_store(place, QUESTION_KINDS, create_with=("replay", NOON))
    assert note(store, "one").mode == "replay"
    store.close()


def test_an_empty_log_has_the_head_that_the_first_entry_names(store):
    assert head(store) == GENESIS
    note(store, "one")
    with store.reading() as read:
        assert next(read.events()).prev == GENESIS


def test_a_table_holds_what_its_events_say(store):
    event = note(store, "one", effective_at=NOON - HOUR)
    with store.reading() as read:
        (row,) = read.rows(REOPENINGS)
    assert row == {
        "seq": event.seq,
        "recorded_at": NOON,
        "effective_at": NOON - HOUR,
        "actor": "ana",
        "mode": "live",
        "question": "Q1",
        "why": "one",
    }


def test_rows_are_chosen_by_equal_columns(store):
    for why in ("one", "two"):
        note(store, why)
    with store.reading() as read:
        assert [row["why"] for row in read.rows(REOPENINGS, why="two", question="Q1")] == ["two"]


def test_a_key_that_was_written_gives_back_its_event_and_writes_nothing(store):
    first = note(store, "one", key="same")
    again = note(store, "something else", key="same", now=NOON + HOUR)
    assert again == first
    assert whys(store) == ["one"]


def test_a_verb_of_several_entries_is_repeated_as_a_whole(store):
    def twice():
        with store.writing(now=NOON, actor="ana", key="k") as entry:
            return [
                entry.append("question.reopened", {"question": "Q1", "why": why}).seq
                for why in ("one", "two")
            ]

    assert twice() == twice() == [2, 3]


def test_what_raises_in_the_middle_writes_nothing(store):
    note(store, "one")
    before = head(store)

    def begin_and_fail():
        with store.writing(now=NOON, actor="ana", key="k") as entry:
            entry.append("question.reopened", {"question": "Q1", "why": "two"})
            entry.keep(b"some bytes")
            raise RuntimeError("changed my mind")

    with pytest.raises(RuntimeError, match="changed my mind"):
        begin_and_fail()
    assert (head(store), whys(store)) == (before, ["one"])


def test_a_payload_that_json_cannot_hold_exactly_writes_nothing(store):
    with (
        pytest.raises(TypeError),
        store.writing(now=NOON, actor="ana", key="k") as entry,
    ):
        entry.append("question.reopened", {"question": "Q1", "why": {1, 2}})
    assert head(store) == GENESIS


@pytest.mark.parametrize("why", ["zero \x00 inside", "half \ud83d a character"])
def test_text_that_not_every_engine_can_keep_is_refused(store, why):
    with pytest.raises(BadInput, match="give text without NUL characters and without halves"):
        note(store, why, key="k")
    assert whys(store) == []


def test_a_reader_cannot_write(store):
    with (
        pytest.raises(Conflict, match="cannot be written"),
        store.reading() as read,
    ):
        read.connection.execute(REOPENINGS.delete())


AGAIN = "INTO log SELECT * FROM log WHERE seq = 1"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log SET actor = 'bo'",
        "UPDATE log SET hash = 'x' WHERE kind = 'question.reopened'",
        "DELETE FROM log",
        f"INSERT {AGAIN} ON CONFLICT (seq) DO UPDATE SET actor = 'bo'",
        "UPDATE blobs SET sha256 = 'x'",
        "DELETE FROM blobs",
        "DELETE FROM texts",
    ],
)
def test_the_log_and_what_lies_beside_it_only_grow(store, statement):
    refused(store, statement, "append-only")


@pytest.mark.parametrize("change", ["text = 'x'", "salt = 'x'", "digest = 'x', text = NULL"])
def test_a_text_beside_the_log_can_be_erased_but_not_changed(store, change):
    refused(store, f"UPDATE texts SET {change}", "can be erased, not changed")


def test_what_only_one_engine_can_say_is_refused_there_too(store):
    says = {
        "sqlite": [f"INSERT OR REPLACE {AGAIN}", f"REPLACE {AGAIN}"],
        "postgresql": ["TRUNCATE log", "TRUNCATE blobs", "TRUNCATE texts"],
    }
    for statement in says[store.writer.dialect.name]:
        refused(store, statement, "append-only")


def refused(store, statement, why):
    """Assert that a statement of the store's own writer fails and leaves the log as it was."""
    note(store, "one", key="k")
    with store.writing(now=NOON, actor="ana", key="k1") as entry:
        entry.keep(b"some bytes")
    before = head(store)
    with (
        pytest.raises(Integrity, match=why),
        store.writing(now=NOON, actor="ana", key="k2") as entry,
    ):
        entry.connection.exec_driver_sql(statement)
    assert (head(store), broken(store)) == (before, None)


def tamper(place, *statements):
    """Change a store as somebody would who owns it and knows SQL."""
    if isinstance(place, Path):
        with closing(sqlite3.connect(place)) as raw:
            for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
                raw.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                raw.execute(statement)
            raw.commit()
        return
    with psycopg.connect(place.url, autocommit=True) as raw:
        for table in ("log", "blobs", "texts"):
            raw.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in statements:
            raw.execute(statement)


COLUMNS = [column.name for column in LOG.c if column.name != "seq"]


@pytest.mark.parametrize(
    "change",
    [
        "payload = replace(payload, 'Q1', 'Q2')",
        "kind = 'question.resolved'",
        "effective_at = effective_at - 1",
        "recorded_at = recorded_at + 1",
        "actor = 'bo'",
        "key = 'other'",
        "mode = 'import'",
        "supersedes = 1",
        "prev = 'x'",
        "hash = 'x'",
        "seq = 9",
    ],
)
def test_a_change_to_any_column_is_found(store, place, change):
    for why in ("one", "two", "three"):
        note(store, why)
    tamper(place, f"UPDATE log SET {change} WHERE seq = 3")
    assert broken(store) in (3, 4)


def test_a_cell_that_holds_no_value_of_its_column_is_found(tmp_path):
    """SQLite alone keeps a word where a number belongs."""
    store = open_store(tmp_path / "a.db", QUESTION_KINDS, create_with=("live", NOON))
    for why in ("one", "two"):
        note(store, why)
    tamper(tmp_path / "a.db", "UPDATE log SET recorded_at = 'yesterday' WHERE seq = 2")
    assert broken(store) == 2
    store.close()


def test_every_column_of_an_entry_is_covered_by_one_of_those_changes():
    assert set(COLUMNS) == {
        *("kind", "payload", "effective_at", "recorded_at", "actor", "key", "mode"),
        *("supersedes", "prev", "hash"),
    }


def test_an_entry_that_is_taken_out_is_found(store, place):
    for why in ("one", "two", "three"):
        note(store, why)
    tamper(place, "DELETE FROM log WHERE seq = 2")
    assert broken(store) == 3


def test_entries_that_change_places_are_found(store, place):
    for why in ("one", "two", "three"):
        note(store, why)
    tamper(
        place,
        "UPDATE log SET seq = -2 WHERE seq = 2",
        "UPDATE log SET seq = 2 WHERE seq = 3",
        "UPDATE log SET seq = 3 WHERE seq = -2",
    )
    assert broken(store) == 2


def test_an_entry_that_is_slipped_in_is_found(store, place):
    for why in ("one", "two"):
        note(store, why)
    tamper(
        place,
        "UPDATE log SET seq = 4 WHERE seq = 3",
        "INSERT INTO log SELECT 3, kind, payload, effective_at, recorded_at, actor, 'new', mode, "
        "supersedes, 'p', hash FROM log WHERE seq = 2",
    )
    assert broken(store) == 3


def test_a_log_that_was_cut_short_is_known_by_a_head_kept_elsewhere(store, place):
    for why in ("one", "two"):
        note(store, why)
    kept = head(store)
    tamper(place, "DELETE FROM log WHERE seq = 3")
    assert broken(store) is None
    assert head(store) != kept


def test_bytes_beside_the_log_are_kept_once_and_checked(store, place):
    with store.writing(now=NOON, actor="ana", key="k") as entry:
        digest = entry.keep(b"some bytes")
        assert entry.keep(b"some bytes") == digest
    with store.reading() as read:
        assert read.blob(digest) == b"some bytes"
        with pytest.raises(Integrity, match="lost or changed what it keeps as 0000"):
            read.blob("0" * 64)
    zero = "x'00'" if isinstance(place, Path) else r"'\x00'"
    tamper(place, f"UPDATE blobs SET bytes = {zero}")
    with store.reading() as read, pytest.raises(Integrity, match="lost or changed"):
        read.blob(digest)


def test_numbers_that_do_not_count_are_kept_apart_from_infinite_ones(store):
    with store.writing(now=NOON, actor="ana", key="k") as entry:
        event = entry.append("report.bears", {"report": "R1", "relevance": float("inf")})
    assert event.payload["relevance"] == "Infinity"


def test_ids_count_on_from_all_that_is_on_record(place):
    store = open_store(place, QUESTION_KINDS, create_with=("replay", NOON))
    with store.writing(now=NOON + HOUR, actor="ana", key="later") as entry:
        assert entry.next_id(QUESTIONS, "Q") == "Q1"
        entry.append("question.asked", {"id": "Q1", "title": "later"})
        assert entry.next_id(QUESTIONS, "Q") == "Q2"
    with store.writing(now=NOON, actor="ana", key="k") as entry:
        assert entry.next_id(QUESTIONS, "Q") == "Q2"
        assert entry.rows(QUESTIONS) == []
        assert len(entry.everything().rows(QUESTIONS)) == 1
    store.close()


def test_the_clock_is_the_latest_time_recorded_whatever_came_last(store):
    with store.reading() as read:
        assert read.clock() is None
    note(store, "late", now=NOON + HOUR)
    note(store, "early", now=NOON)
    with store.reading() as read:
        assert read.clock() == NOON + HOUR


hours = st.integers(min_value=0, max_value=6)


@given(st.lists(hours, max_size=6), st.lists(hours, min_size=1, max_size=6), hours)
@settings(max_examples=15, deadline=None)
def test_no_later_write_changes_what_was_on_record_before(new_place, earlier, later, since):
    """Writes at hours up to ``since``, then writes after it: the view as of then stands still."""
    store = open_store(new_place(), QUESTION_KINDS, create_with=("live", NOON))
    for order, hour in enumerate(earlier):
        note(store, f"e{order}", now=NOON + min(hour, since) * HOUR)
    views = [whys(store, NOON + hour * HOUR) for hour in range(since + 1)]
    for order, hour in enumerate(later):
        claimed = NOON + hour * HOUR
        note(store, f"l{order}", now=NOON + (since + 1 + hour) * HOUR, effective_at=claimed)
    assert [whys(store, NOON + hour * HOUR) for hour in range(since + 1)] == views
    assert len(whys(store)) == len(earlier) + len(later)
    assert broken(store) is None
    store.close()


def test_a_view_as_of_an_instant_includes_that_instant(store):
    note(store, "one")
    assert whys(store, NOON) == ["one"]
    assert whys(store, NOON - timedelta(microseconds=1)) == []


def write_some(place, name, count):
    store = open_store(place, QUESTION_KINDS, create_with=("live", NOON))
    for number in range(count):
        note(store, f"{name}{number}")
    store.close()


def test_writers_at_once_leave_one_chain_without_gaps(place):
    """Three processes that start on a store which none of them has made yet."""
    context = get_context("spawn")
    writers = [context.Process(target=write_some, args=(place, name, 15)) for name in "abc"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    store = open_store(place, QUESTION_KINDS)
    with store.reading() as read:
        assert [event.seq for event in read.events()] == list(range(1, 47))
        assert read.first_broken() is None
        assert {row["why"] for row in read.rows(REOPENINGS)} == {
            f"{name}{number}" for name in "abc" for number in range(15)
        }
    store.close()


def test_a_payload_is_kept_as_its_one_text(store):
    with store.writing(now=NOON, actor="ana", key="k") as entry:
        payload = {"question": "Q1", "resolved_at": NOON, "outcome": {"n": 0.1, "a": 1.0}}
        entry.append("question.resolved", payload)
    with store.reading() as read:
        text = read.connection.scalar(sa.select(LOG.c.payload).where(LOG.c.key == "k:1"))
    assert text == (
        '{"outcome":{"a":1.0,"n":0.1},"question":"Q1","resolved_at":"2023-03-13T12:00:00Z"}'
    )
    with store.reading() as read:
        (row,) = read.rows(RESOLUTIONS)
    assert (row["resolved_at"], row["outcome"]) == (NOON, json.loads(text)["outcome"])
