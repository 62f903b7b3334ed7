"""Stores of every schema there was become today's; what an upgrade loses is noticed."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from forecast.ledger import KINDS
from questions.errors import Conflict, Integrity, NotFound
from questions.store.checking import check
from questions.store.engine import SCHEMA_VERSION
from questions.store.migrations.shape import faults
from questions.store.migrations.upgrading import SCRIPTS, upgrade
from questions.store.store import open_store
from tests.store.places import OPEN, founded, say

FIXTURES = Path(__file__).parents[2] / "fixtures"
VERSIONS = range(1, SCHEMA_VERSION + 1)


def released(version, path):
    """A store as a release of some schema wrote it, and the head of its log."""
    text = (FIXTURES / f"schema_{version}.sql").read_text("utf-8")
    with closing(sqlite3.connect(path)) as file:
        file.executescript(text)
        file.execute("PRAGMA journal_mode=WAL")
    return text.split("\n")[0].removeprefix("-- head ")


@pytest.mark.parametrize("version", VERSIONS)
def test_a_store_of_every_schema_is_brought_up_to_date(tmp_path, version):
    head = released(version, tmp_path / "a.db")
    assert upgrade(tmp_path / "a.db", KINDS) == (version, SCHEMA_VERSION)
    store = open_store(tmp_path / "a.db", KINDS)
    with store.reading() as read:
        assert read.head() == head
        assert faults(read.connection, KINDS) == []
        assert check(read, KINDS) == []
    say(store, "and on")
    with store.reading() as read:
        assert check(read, KINDS) == []
    store.close()


def test_every_schema_is_a_revision_behind_the_one_before_it():
    from alembic.script import ScriptDirectory

    revisions = [*ScriptDirectory(str(SCRIPTS)).walk_revisions()][::-1]
    assert [one.revision for one in revisions] == [str(version) for version in VERSIONS]


def test_a_new_store_has_the_shape_it_should_have(place):
    store = open_store(place, KINDS, create_with=("live", OPEN))
    with store.reading() as read:
        assert faults(read.connection, KINDS) == []
    store.close()
    assert upgrade(place, KINDS) == (SCHEMA_VERSION, SCHEMA_VERSION)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("DROP TRIGGER log_keeps_on_UPDATE", "trigger log_keeps_on_UPDATE is missing"),
        ("DROP TRIGGER texts_keep_on_DELETE", "trigger texts_keep_on_DELETE is missing"),
        ("DROP INDEX ix_forecasts_id", "index ix_forecasts_id of table forecasts is missing"),
        ("DROP TABLE reopenings", "table reopenings is missing"),
        ("ALTER TABLE members DROP COLUMN mode", "column mode of table members is missing"),
        ("ALTER TABLE log ADD more TEXT", "column more of table log should not be there"),
    ],
)
def test_what_a_file_lacks_or_has_too_much_is_named(tmp_path, statement, fault):
    store = founded(str(tmp_path / "a.db"))
    with closing(sqlite3.connect(tmp_path / "a.db")) as raw:
        raw.execute(statement)
        raw.commit()
    with store.reading() as read:
        found = faults(read.connection, KINDS)
    store.close()
    assert found[0] == fault
    assert all("reopenings" in more for more in found[1:])  # a table goes with its indexes


def test_a_trigger_that_does_something_else_is_named(tmp_path):
    store = founded(str(tmp_path / "a.db"))
    with closing(sqlite3.connect(tmp_path / "a.db")) as raw:
        raw.execute("DROP TRIGGER log_keeps_on_UPDATE")
        raw.execute("CREATE TRIGGER log_keeps_on_UPDATE BEFORE UPDATE ON log BEGIN SELECT 1; END")
    with store.reading() as read:
        assert faults(read.connection, KINDS) == [
            "trigger log_keeps_on_UPDATE is not as it should be"
        ]
    store.close()


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("DROP TRIGGER log_keeps ON log", "trigger log_keeps is missing"),
        ("ALTER TABLE texts DISABLE TRIGGER erased", "trigger erased is not as it should be"),
    ],
)
def test_a_server_s_lost_triggers_are_named(place, statement, fault):
    if isinstance(place, Path):
        pytest.skip("a server's triggers")
    store = open_store(place, KINDS, create_with=("live", OPEN))
    with store.writing(now=OPEN, actor="", key="k") as entry:
        entry.connection.exec_driver_sql(statement)
    with store.reading() as read:
        assert faults(read.connection, KINDS) == [fault]
    store.close()


NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "{number}"
down_revision = "{before}"


def upgrade():
    {body}
"""


@pytest.fixture
def scripts(tmp_path):
    """The revisions, and one more whose body a test writes."""
    folder = shutil.copytree(SCRIPTS, tmp_path / "scripts")

    def with_next(body):
        text = NEXT.format(number=SCHEMA_VERSION + 1, before=SCHEMA_VERSION, body=body)
        (folder / "versions" / "schema_next.py").write_text(text)
        return folder

    return with_next


def meta(path):
    with closing(sqlite3.connect(path)) as raw:
        return dict(raw.execute("SELECT name, value FROM meta"))


def dump(path):
    with closing(sqlite3.connect(path)) as raw:
        return list(raw.iterdump())


def test_a_step_that_keeps_everything_is_taken(tmp_path, scripts):
    founded(str(tmp_path / "a.db")).close()
    folder = scripts('op.execute("UPDATE members SET mode = mode")')
    numbers = (SCHEMA_VERSION, SCHEMA_VERSION + 1)
    assert upgrade(tmp_path / "a.db", KINDS, scripts=folder) == numbers
    assert meta(tmp_path / "a.db")["schema"] == str(SCHEMA_VERSION + 1)
    with pytest.raises(Conflict, match="newer version"):
        open_store(tmp_path / "a.db", KINDS)


def test_a_step_that_loses_the_log_s_triggers_is_noticed_and_undone(tmp_path, scripts):
    """Altering a table of SQLite in batch makes it anew, and forgets what watched over it."""
    founded(str(tmp_path / "a.db")).close()
    before = dump(tmp_path / "a.db")
    folder = scripts(
        'with op.batch_alter_table("log", recreate="always") as batch:\n'
        '        batch.alter_column("mode", existing_type=sa.Text(), nullable=False)'
    )
    with pytest.raises(Integrity, match=r"left as it was, because .* trigger log_keeps_on_"):
        upgrade(tmp_path / "a.db", KINDS, scripts=folder)
    assert dump(tmp_path / "a.db") == before


def test_a_step_that_breaks_the_chain_is_noticed_and_undone(tmp_path, scripts):
    founded(str(tmp_path / "a.db")).close()
    before = dump(tmp_path / "a.db")
    folder = scripts(
        "op.execute(\"UPDATE texts SET salt = NULL, text = NULL WHERE text LIKE 'Will it%'\")\n"
        '    op.execute("UPDATE texts SET salt = NULL, text = NULL")'
    )
    with pytest.raises(Integrity, match=r"entry \d+ of its log does not verify"):
        upgrade(tmp_path / "a.db", KINDS, scripts=folder)
    assert dump(tmp_path / "a.db") == before


def test_only_what_is_there_and_not_newer_is_upgraded(tmp_path):
    with pytest.raises(NotFound, match="no store"):
        upgrade(tmp_path / "none.db", KINDS)
    founded(str(tmp_path / "a.db")).close()
    with closing(sqlite3.connect(tmp_path / "a.db")) as raw:
        raw.execute("UPDATE meta SET value = '99' WHERE name = 'schema'")
        raw.commit()
    with pytest.raises(Conflict, match="newer version"):
        upgrade(tmp_path / "a.db", KINDS)
