"""A store's file: made whole, opened, and refused when it is not one of ours."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from questions.errors import BadInput, Conflict, NotFound
from questions.store.backup import backup
from questions.store.engine import SCHEMA_VERSION, create
from questions.store.store import QUESTION_KINDS, open_store

NOON = datetime(2023, 3, 13, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "a.db"
    create(path, QUESTION_KINDS, label="live", now=NOON)
    return path


def opened(path, **more):
    store = open_store(path, QUESTION_KINDS, **more)
    store.close()
    return store


def test_a_store_says_what_it_is_for(tmp_path):
    create(tmp_path / "b.db", QUESTION_KINDS, label="replay", now=NOON)
    assert opened(tmp_path / "b.db").label == "replay"


def test_a_store_is_made_whole_and_leaves_nothing_beside_it(path):
    assert [one.name for one in path.parent.iterdir()] == ["a.db"]
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize("name", ["100%20", "a?b=c", "a#b", "a b", "a&b;c", "@:é"])
def test_a_name_may_hold_the_marks_of_an_address(tmp_path, name):
    path = tmp_path / name / f"{name}.db"
    store = opened(path, create_with=("live", NOON))
    backup(store, path.with_name("copy"))
    assert sorted(one.name for one in path.parent.iterdir()) == sorted([path.name, "copy"])


def test_a_file_that_is_there_is_never_made_anew(path):
    before = path.read_bytes()
    with pytest.raises(Conflict, match="exists already; name another file"):
        create(path, QUESTION_KINDS, label="live", now=NOON)
    assert path.read_bytes() == before


def test_opening_makes_a_store_only_where_it_is_told_to(tmp_path):
    with pytest.raises(NotFound, match=r"no store .*none\.db'; `tidings init` makes one"):
        opened(tmp_path / "none.db")
    assert opened(tmp_path / "some.db", create_with=("live", NOON)).label == "live"
    assert opened(tmp_path / "some.db", create_with=("replay", NOON)).label == "live"


def test_a_store_that_somebody_else_made_meanwhile_is_opened(tmp_path, monkeypatch):
    path = tmp_path / "raced.db"
    create(path, QUESTION_KINDS, label="replay", now=NOON)
    looks = iter([False])
    real = type(path).exists
    monkeypatch.setattr(type(path), "exists", lambda one: next(looks, None) or real(one))
    assert opened(path, create_with=("live", NOON)).label == "replay"


@pytest.mark.parametrize(
    "content", [b"", b"once upon a time\n" * 400, b"SQLite format 3\x00 cut off"]
)
def test_a_file_that_is_not_a_store_is_refused_and_left_as_it_is(tmp_path, content):
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=r"store .*notes\.txt' cannot be used"):
        opened(path, create_with=("live", NOON))
    assert path.read_bytes() == content
    assert [one.name for one in tmp_path.iterdir()] == ["notes.txt"]


def test_a_database_of_another_program_is_refused_and_left_as_it_is(tmp_path):
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE meta (key, value)")
        raw.commit()
    before = path.read_bytes()
    with pytest.raises(BadInput, match="a file that `tidings init` made"):
        opened(path)
    assert path.read_bytes() == before


def test_a_folder_is_no_store(tmp_path):
    with pytest.raises(BadInput, match="not a folder"):
        opened(tmp_path)


def test_a_store_of_a_newer_version_is_refused(path):
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE meta SET value = ? WHERE name = 'schema'", [str(SCHEMA_VERSION + 1)])
        raw.commit()
    newer = SCHEMA_VERSION + 1
    right = rf"newer version \(schema {newer}, this one knows {SCHEMA_VERSION}\); upgrade"
    with pytest.raises(Conflict, match=right):
        opened(path)


def test_a_store_of_an_older_version_says_how_it_is_brought_up_to_date(path):
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE meta SET value = '0' WHERE name = 'schema'")
        raw.commit()
    right = (
        rf"older version \(schema 0, this one writes {SCHEMA_VERSION}\); `tidings init --upgrade`"
    )
    with pytest.raises(Conflict, match=right):
        opened(path)


def test_a_store_without_a_version_is_refused(path):
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE meta SET value = 'soon' WHERE name = 'schema'")
        raw.commit()
    with pytest.raises(BadInput, match="a file that `tidings init` made"):
        opened(path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInput, match="a folder that exists and can be written"):
        create(tmp_path / "file" / "a.db", QUESTION_KINDS, label="live", now=NOON)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser writes everywhere")
def test_a_store_that_may_not_be_written_can_still_be_read(path):
    path.chmod(0o444)
    store = open_store(path, QUESTION_KINDS)
    with store.reading() as read:
        assert read.clock() is None
    writing = store.writing(now=NOON, actor="ana", key="k")
    with (
        pytest.raises(Conflict, match="cannot be written; check its permissions"),
        writing as entry,
    ):
        entry.append("question.reopened", {"question": "Q1", "why": ""})
    store.close()


def test_a_store_that_another_program_holds_is_told_as_locked(path):
    store = open_store(path, QUESTION_KINDS, busy_seconds=0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with (
            pytest.raises(Conflict, match="locked by another program; try again in a moment"),
            store.writing(now=NOON, actor="ana", key="k") as entry,
        ):
            entry.append("question.reopened", {"question": "Q1", "why": ""})
        with store.reading() as read:
            assert read.rows(QUESTION_KINDS["question.reopened"]) == []
    store.close()
