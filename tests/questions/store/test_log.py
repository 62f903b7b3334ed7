"""The log: one way to write, a chain that shows every change, reads as of any instant."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questions.errors import Conflict, Integrity
from questions.store.envelope import GENESIS
from questions.store.store import QUESTION_KINDS, REOPENINGS, open_store
from questions.store.tables import LOG, RESOLUTIONS

NOON = datetime(2023, 3, 13, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.db"


@pytest.fixture
def store(path):
    store = open_store(path, QUESTION_KINDS, create_with=("live", NOON), busy_seconds=5)
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
        _, event = read.events()
    assert (event.seq, event.kind, event.payload) == (
        2,
        "question.reopened",
        {"question": "Q1", "why": "two"},
    )
    assert (event.effective_at, event.recorded_at) == (NOON - HOUR, NOON + HOUR)
    assert (event.actor, event.key, event.mode) == ("ana", "two:1", "live")
    assert (event.supersedes, event.prev) == (1, first.hash)
    assert head(store) == event.hash


def test_an_event_is_said_to_happen_when_it_is_recorded_unless_told_otherwise(store):
    assert note(store, "one").effective_at == NOON


def test_a_replay_says_that_it_is_one(path):
    store = open_store(path, QUESTION_KINDS, create_with=("replay", NOON))
    assert note(store, "one").mode == "replay"
    store.close()


def test_an_empty_log_has_the_head_that_the_first_entry_names(store):
    assert head(store) == GENESIS
    assert note(store, "one").prev == GENESIS


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

    assert twice() == twice() == [1, 2]


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


def test_a_reader_cannot_write(store):
    with (
        pytest.raises(Conflict, match="cannot be written"),
        store.reading() as read,
    ):
        read.connection.execute(REOPENINGS.delete())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log SET actor = 'bo'",
        "DELETE FROM log",
        "INSERT OR REPLACE INTO log SELECT * FROM log WHERE seq = 1",
        "UPDATE blobs SET bytes = x'00'",
        "DELETE FROM blobs",
    ],
)
def test_the_log_and_what_lies_beside_it_only_grow(store, statement):
    note(store, "one")
    with store.writing(now=NOON, actor="ana", key="k") as entry:
        entry.keep(b"some bytes")
    with (
        pytest.raises(Integrity, match="append-only"),
        store.writing(now=NOON, actor="ana", key="k2") as entry,
    ):
        entry.connection.exec_driver_sql(statement)
    assert broken(store) is None


def tamper(path, *statements):
    """Change the file as somebody would who has it and knows SQLite."""
    with closing(sqlite3.connect(path)) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            raw.execute(statement)
        raw.commit()


COLUMNS = [column.name for column in LOG.c if column.name != "seq"]


@pytest.mark.parametrize(
    "change",
    [
        "payload = replace(payload, 'two', 'zwo')",
        "kind = 'question.resolved'",
        "effective_at = effective_at - 1",
        "recorded_at = recorded_at + 1",
        "recorded_at = 'yesterday'",
        "actor = 'bo'",
        "key = 'other'",
        "mode = 'import'",
        "supersedes = 1",
        "prev = 'x'",
        "hash = 'x'",
        "seq = 9",
    ],
)
def test_a_change_to_any_column_is_found(store, path, change):
    for why in ("one", "two", "three"):
        note(store, why)
    tamper(path, f"UPDATE log SET {change} WHERE seq = 2")
    assert broken(store) in (2, 3)


def test_every_column_of_an_entry_is_covered_by_one_of_those_changes():
    assert set(COLUMNS) == {
        *("kind", "payload", "effective_at", "recorded_at", "actor", "key", "mode"),
        *("supersedes", "prev", "hash"),
    }


def test_an_entry_that_is_taken_out_is_found(store, path):
    for why in ("one", "two", "three"):
        note(store, why)
    tamper(path, "DELETE FROM log WHERE seq = 2")
    assert broken(store) == 3


def test_entries_that_change_places_are_found(store, path):
    for why in ("one", "two", "three"):
        note(store, why)
    tamper(
        path,
        "UPDATE log SET seq = -2 WHERE seq = 2",
        "UPDATE log SET seq = 2 WHERE seq = 3",
        "UPDATE log SET seq = 3 WHERE seq = -2",
    )
    assert broken(store) == 2


def test_an_entry_that_is_slipped_in_is_found(store, path):
    for why in ("one", "two"):
        note(store, why)
    tamper(
        path,
        "UPDATE log SET seq = 3 WHERE seq = 2",
        "INSERT INTO log SELECT 2, kind, payload, effective_at, recorded_at, actor, 'new', mode, "
        "supersedes, 'p', hash FROM log WHERE seq = 1",
    )
    assert broken(store) == 2


def test_a_log_that_was_cut_short_is_known_by_a_head_kept_elsewhere(store, path):
    for why in ("one", "two"):
        note(store, why)
    kept = head(store)
    tamper(path, "DELETE FROM log WHERE seq = 2")
    assert broken(store) is None
    assert head(store) != kept


def test_bytes_beside_the_log_are_kept_once_and_checked(store, path):
    with store.writing(now=NOON, actor="ana", key="k") as entry:
        digest = entry.keep(b"some bytes")
        assert entry.keep(b"some bytes") == digest
    with store.reading() as read:
        assert read.blob(digest) == b"some bytes"
        with pytest.raises(Integrity, match="lost or changed what it keeps as 0000"):
            read.blob("0" * 64)
    tamper(path, "UPDATE blobs SET bytes = x'00'")
    with store.reading() as read, pytest.raises(Integrity, match="lost or changed"):
        read.blob(digest)


def test_numbers_that_do_not_count_are_kept_apart_from_infinite_ones(store):
    with store.writing(now=NOON, actor="ana", key="k") as entry:
        event = entry.append("report.bears", {"report": "R1", "relevance": float("inf")})
    assert event.payload["relevance"] == "Infinity"


def test_ids_count_on_from_all_that_is_on_record(path):
    store = open_store(path, QUESTION_KINDS, create_with=("replay", NOON))
    note(store, "later", now=NOON + HOUR)
    with store.writing(now=NOON, actor="ana", key="k") as entry:
        assert entry.next_id(REOPENINGS, "O") == "O2"
        assert entry.rows(REOPENINGS) == []
        assert len(entry.everything().rows(REOPENINGS)) == 1
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
def test_no_later_write_changes_what_was_on_record_before(earlier, later, since):
    """Writes at hours up to ``since``, then writes after it: the view as of then stands still."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        store = open_store(path, QUESTION_KINDS, create_with=("live", NOON))
        for place, hour in enumerate(earlier):
            note(store, f"e{place}", now=NOON + min(hour, since) * HOUR)
        views = [whys(store, NOON + hour * HOUR) for hour in range(since + 1)]
        for place, hour in enumerate(later):
            claimed = NOON + hour * HOUR
            note(store, f"l{place}", now=NOON + (since + 1 + hour) * HOUR, effective_at=claimed)
        assert [whys(store, NOON + hour * HOUR) for hour in range(since + 1)] == views
        assert len(whys(store)) == len(earlier) + len(later)
        assert broken(store) is None
        store.close()


def test_a_view_as_of_an_instant_includes_that_instant(store):
    note(store, "one")
    assert whys(store, NOON) == ["one"]
    assert whys(store, NOON - timedelta(microseconds=1)) == []


def write_some(path, name, count):
    store = open_store(path, QUESTION_KINDS, create_with=("live", NOON))
    for place in range(count):
        note(store, f"{name}{place}")
    store.close()


def test_writers_at_once_leave_one_chain_without_gaps(path):
    """Three processes that start on a file which none of them has made yet."""
    context = get_context("spawn")
    writers = [context.Process(target=write_some, args=(path, name, 15)) for name in "abc"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    store = open_store(path, QUESTION_KINDS)
    with store.reading() as read:
        assert [event.seq for event in read.events()] == list(range(1, 46))
        assert read.first_broken() is None
        assert {row["why"] for row in read.rows(REOPENINGS)} == {
            f"{name}{place}" for name in "abc" for place in range(15)
        }
    store.close()


def test_a_payload_is_kept_as_its_one_text(store, path):
    with store.writing(now=NOON, actor="ana", key="k") as entry:
        payload = {"question": "Q1", "resolved_at": NOON, "outcome": {"n": 0.1, "a": 1.0}}
        entry.append("question.resolved", payload)
    with closing(sqlite3.connect(path)) as raw:
        (text,) = raw.execute("SELECT payload FROM log").fetchone()
    assert text == (
        '{"outcome":{"a":1.0,"n":0.1},"question":"Q1","resolved_at":"2023-03-13T12:00:00Z"}'
    )
    with store.reading() as read:
        (row,) = read.rows(RESOLUTIONS)
    assert (row["resolved_at"], row["outcome"]) == (NOON, json.loads(text)["outcome"])
