"""A store on a server: made once, opened, shared with a role, its refusals told in a line."""

import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count

import psycopg
import pytest
import sqlalchemy as sa
from psycopg import sql

from questions.errors import BadInput, Conflict, Integrity, NotFound
from questions.store.engine import SCHEMA_VERSION, create
from questions.store.place import Server, Taken
from questions.store.sharing import admit, grants
from questions.store.store import QUESTION_KINDS, open_store
from tests.server import TestServer, carried, carried_to, debian

NOON = datetime(2023, 3, 13, 12, tzinfo=UTC)
NUMBERS = count(1)


@pytest.fixture
def place(server):
    """A schema of the ordinary role ``owner``, with nothing in it."""
    schema = f"p{next(NUMBERS)}"
    server.do(f"CREATE SCHEMA {schema} AUTHORIZATION owner", base="team")
    return Server(server.url(schema, user="owner", base="team"))


@pytest.fixture
def made(place):
    create(place, QUESTION_KINDS, label="live", now=NOON)
    return place


@contextmanager
def opened(place, **more):
    with closing(open_store(place, QUESTION_KINDS, **more)) as store:
        yield store


def note(store, why, key=None):
    with store.writing(now=NOON, actor="ana", key=key or why) as entry:
        return entry.append("question.reopened", {"question": "Q1", "why": why})


def run(place, *statements):
    with psycopg.connect(place.url, autocommit=True) as raw:
        return [raw.execute(statement) for statement in statements][-1]


def schema_of(place):
    return run(place, "SELECT current_schema()").fetchone()[0]


def refused(place, error, match, **more):
    """Assert that a place cannot be opened, in one line; returns the line."""
    with pytest.raises(error, match=match) as caught, opened(place, **more):
        pass
    (line,) = str(caught.value).splitlines()
    return line


def test_a_store_says_what_it_is_for(place):
    create(place, QUESTION_KINDS, label="replay", now=NOON)
    with opened(place) as store:
        assert (store.label, store.place) == ("replay", place)


def test_opening_makes_a_store_only_where_it_is_told_to(place):
    refused(place, NotFound, r"no store 'postgresql://.*'; `tidings init` makes one")
    with opened(place, create_with=("live", NOON)) as store:
        assert store.label == "live"
    with opened(place, create_with=("replay", NOON)) as store:
        assert store.label == "live"


def test_a_store_that_is_there_is_never_made_anew(made):
    with opened(made) as store:
        head = note(store, "one").hash
        with pytest.raises(Taken, match="exists already; name another database"):
            create(made, QUESTION_KINDS, label="live", now=NOON)
        with store.reading() as read:
            assert read.head() == head


def test_of_many_who_write_first_one_makes_the_store(place):
    def first(number):
        with opened(place, create_with=("live", NOON)) as store:
            return note(store, f"n{number}").seq

    with ThreadPoolExecutor(6) as pool:
        written = list(pool.map(first, range(6)))
    assert sorted(written) == [2, 3, 4, 5, 6, 7]


def test_two_stores_of_one_database_know_nothing_of_each_other(made, server):
    other = Server(server.url("elsewhere", user="owner", base="team"))
    server.do("CREATE SCHEMA elsewhere AUTHORIZATION owner", base="team")
    with opened(made) as one, opened(other, create_with=("replay", NOON)) as two:
        note(one, "one")
        with two.writing(now=NOON, actor="bo", key="k") as entry:
            assert entry.clock() is None
            note(one, "two")  # while the other is being written


def test_what_other_programs_keep_in_a_database_stays_as_it_is(place):
    run(place, "CREATE TABLE questions (mine int)", "INSERT INTO questions VALUES (7)")
    for _ in range(2):
        refused(
            place, BadInput, "a database that has no table 'questions'", create_with=("live", NOON)
        )
    assert run(place, "SELECT mine FROM questions").fetchall() == [(7,)]
    tables = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
    assert run(place, tables).fetchone() == (1,)


def test_a_database_that_only_looks_like_a_store_is_refused(place):
    run(place, "CREATE TABLE meta (name text, value text)")
    refused(place, BadInput, "a database in which `tidings init` made a store")
    run(place, "CREATE TABLE log (line text)")
    refused(place, BadInput, "a database in which `tidings init` made a store")


def test_a_store_of_a_newer_version_is_refused(made):
    run(made, f"UPDATE meta SET value = '{SCHEMA_VERSION + 1}' WHERE name = 'schema'")
    refused(made, Conflict, r"newer version \(schema \d+, this one knows \d+\); upgrade tidings")


def test_a_schema_that_is_not_there_is_told(server):
    place = Server(server.url("nowhere", user="owner", base="team"))
    refused(place, BadInput, "a search_path with a schema that", create_with=("live", NOON))


def test_a_schema_that_its_user_may_not_fill_is_told(server):
    server.do("CREATE SCHEMA closed; GRANT USAGE ON SCHEMA closed TO owner", base="team")
    place = Server(server.url("closed", user="owner", base="team"))
    line = refused(place, Conflict, "permission denied for schema", create_with=("live", NOON))
    assert line.endswith("ask the store's owner for the right to do this")


def test_a_database_that_cannot_keep_every_character_is_refused(server):
    server.do("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0 OWNER owner")
    place = Server(server.url(user="owner", base="latin"))
    refused(place, BadInput, "encoding is UTF8, not LATIN1", create_with=("live", NOON))


def test_a_database_that_is_not_there_is_told(server):
    place = Server(server.url(base="nobodys"))
    refused(place, NotFound, "no database 'postgresql:.*'; `createdb` makes one on its server")


def test_a_server_that_does_not_answer_is_told():
    place = Server("postgresql://ana:secret@127.0.0.1:1/team")
    line = refused(place, Conflict, "no answer from postgresql://ana:...@127.0.0.1:1/team")
    assert line.endswith("Connection refused; check the address and that it runs")


def test_an_address_that_makes_no_sense_is_told():
    for url in ("postgresql:///x?bogus=1", "postgresql://h:port/x", "postgresql://[::1/x"):
        with pytest.raises((BadInput, Conflict), match="postgresql:"), opened(Server(url)):
            pass


def test_a_wrong_password_is_told_and_never_shown(server):
    server.do("CREATE ROLE guarded LOGIN PASSWORD 'right'")
    for word in ("", "&password=wrongword"):
        place = Server(server.url(user="guarded", base="team") + word)
        line = refused(place, BadInput, "a user and a password that its server knows")
        assert "wrongword" not in line
    refused(Server(server.url(user="stranger")), BadInput, "a user and a password")
    place = Server(server.url(user="guarded", base="team") + "&password=right")
    refused(place, NotFound, "no store '.*password=[*]{3}'")


def test_without_the_driver_what_to_install_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    refused(Server("postgresql:///x"), Conflict, r"driver psycopg; install tidings\[postgres\]")


def test_a_store_that_another_program_holds_is_told_as_locked(made):
    with opened(made) as other, opened(made, busy_seconds=0.05) as store:
        with other.writing(now=NOON, actor="bo", key="b") as entry:
            entry.append("question.reopened", {"question": "Q1", "why": "mine"})
            with (
                pytest.raises(Conflict, match="locked by another program; try again in a moment"),
                store.writing(now=NOON, actor="ana", key="k"),
            ):
                pass
            with store.reading() as read:
                assert read.rows(QUESTION_KINDS["question.reopened"]) == []
        assert note(store, "after").seq > 2


def test_a_reader_sees_one_moment_whatever_is_written_meanwhile(made):
    with opened(made) as store, store.reading() as read:
        before = read.head()
        note(store, "one")
        assert (read.head(), read.rows(QUESTION_KINDS["question.reopened"])) == (before, [])


def test_a_server_that_only_reads_is_told(made):
    url = made.url.replace("options=", "options=-cdefault_transaction_read_only%3Don%20")
    with opened(Server(url)) as store:
        with pytest.raises(Conflict, match="cannot be written; check that it is no standby"):
            note(store, "one")
        with store.reading() as read:
            assert read.clock() is None


def test_a_writer_waits_for_the_disk_even_where_others_do_not(made):
    url = made.url.replace("options=", "options=-csynchronous_commit%3Doff%20")
    with (
        opened(Server(url)) as store,
        store.writing(now=NOON, actor="ana", key="k") as entry,
    ):
        assert entry.connection.scalar(sa.text("SHOW synchronous_commit")) == "on"


def test_text_that_the_server_cannot_keep_is_told_and_nothing_is_written(made):
    with opened(made) as store:
        with pytest.raises(BadInput, match="give text without NUL characters"):
            note(store, "a\x00b", key="k")
        with store.reading() as read:
            assert list(read.events()) == []


def test_a_server_that_goes_away_is_told_and_found_again():
    server = TestServer(debian() or carried(), settings=())
    try:
        place = Server(server.url())
        with opened(place, create_with=("live", NOON)) as store:
            note(store, "one")
            with (
                pytest.raises(Conflict, match="no answer from postgresql:"),
                store.writing(now=NOON, actor="ana", key="two") as entry,
            ):
                entry.append("question.reopened", {"question": "Q1", "why": server.kill() or "two"})
            with pytest.raises(Conflict, match="no answer from postgresql:"), store.reading():
                pass
            server.start()
            assert note(store, "two", key="two").seq == 3
    finally:
        server.close()


def test_the_server_that_the_wheel_carries_keeps_a_store_wherever_it_lies(tmp_path):
    tmp_path.chmod(0o700)
    server = TestServer(carried_to(tmp_path, carried()))
    try:
        with opened(Server(server.url()), create_with=("live", NOON)) as store:
            assert note(store, "one").seq == 2
    finally:
        server.close()
    assert not server.folder.exists()


def test_triggers_hold_for_the_servers_administrator_and_under_replication(made, server):
    with opened(made) as store:
        note(store, "one")
    admin = Server(made.url.replace("user=owner", "user=tidings"))
    for setting in ("origin", "replica"):
        for statement in ("UPDATE log SET actor = 'x'", "DELETE FROM log", "TRUNCATE log"):
            with pytest.raises(psycopg.errors.RaiseException, match="log is append-only"):
                run(admin, f"SET session_replication_role = {setting}", statement)


@pytest.fixture
def member(made, server):
    """The store as a member of the team sees it: a role that was let in."""
    role = f"member{next(NUMBERS)}"
    server.do(f"CREATE ROLE {role} LOGIN")
    admit(made, role, QUESTION_KINDS)
    return Server(made.url.replace("user=owner", f"user={role}"))


def test_a_member_reads_and_appends_and_is_logged_under_the_databases_name(made, member):
    with opened(made) as owners, opened(member) as members:
        note(owners, "one")
        note(members, "two")
        with members.reading() as read:
            assert read.first_broken() is None
    users = run(made, "SELECT database_user FROM log ORDER BY seq").fetchall()
    role = psycopg.conninfo.conninfo_to_dict(member.url)["user"]
    assert [user for (user,) in users] == ["owner", "owner", role]


def test_a_role_that_was_not_let_in_sees_nothing(made, server):
    role = f"stranger{next(NUMBERS)}"
    server.do(f"CREATE ROLE {role} LOGIN")
    place = Server(made.url.replace("user=owner", f"user={role}"))
    refused(place, BadInput, "a search_path with a schema that its user may use")
    server.do(f"GRANT USAGE ON SCHEMA {schema_of(made)} TO {role}", base="team")
    refused(place, Conflict, "permission denied for table meta; ask the store's owner")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log SET actor = 'x'",
        "DELETE FROM log",
        "TRUNCATE log",
        "UPDATE blobs SET bytes = ''",
        "DELETE FROM blobs",
        "DELETE FROM texts",
        "UPDATE texts SET digest = 'x', text = NULL, salt = NULL",
        "UPDATE meta SET value = 'x'",
        "ALTER TABLE log DISABLE TRIGGER USER",
        "DROP TRIGGER log_keeps ON log",
        "DROP TABLE log",
        "CREATE TABLE more (n int)",
        "INSERT INTO log (seq, kind, payload, effective_at, recorded_at, actor, key, mode, prev, "
        "hash, database_user) VALUES (9, 'x', '{}', 0, 0, 'x', 'x', 'live', 'x', 'x', 'owner')",
    ],
)
def test_a_member_has_no_right_to_change_the_log_or_to_say_who_wrote_it(made, member, statement):
    with opened(member) as store:
        note(store, "one")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        run(member, statement)


def test_a_member_may_rebuild_what_is_read_from_the_log(made, member):
    with opened(member) as store:
        note(store, "one")
        with store.writing(now=NOON, actor="ana", key="k") as entry:
            entry.connection.execute(QUESTION_KINDS["question.reopened"].delete())
    run(member, "TRUNCATE questions")


def test_a_refused_right_is_told(made, member):
    with (
        opened(member) as store,
        pytest.raises(Conflict, match="permission denied for table log; ask the store's owner"),
        store.writing(now=NOON, actor="ana", key="k") as entry,
    ):
        entry.connection.exec_driver_sql("DELETE FROM log")


def test_a_role_that_is_not_there_cannot_be_let_in(made):
    with pytest.raises(NotFound, match="no role 'zoe'"):
        admit(made, "zoe", QUESTION_KINDS)


def test_only_a_store_of_ones_own_can_be_shared(member, server):
    server.do("CREATE ROLE guest")
    with pytest.raises(Conflict, match="another user's to share; connect as its owner"):
        admit(member, "guest", QUESTION_KINDS)


def test_every_table_of_a_store_is_shared(made):
    """A table without a grant would fail a member's first command."""
    tables = run(made, "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    with opened(made) as store, store.reading() as read:
        said = grants(read.connection, "guest", QUESTION_KINDS)
    for (name,) in tables.fetchall():
        assert any(line.startswith("GRANT SELECT") and f'."{name}" TO' in line for line in said)


def test_too_many_connections_are_told(made, server):
    server.do("CREATE ROLE single LOGIN CONNECTION LIMIT 1")
    admit(made, "single", QUESTION_KINDS)
    place = Server(made.url.replace("user=owner", "user=single"))
    with psycopg.connect(place.url):
        refused(place, Conflict, "takes no more connections; try again in a moment")


def test_a_role_with_a_name_that_must_be_quoted_is_let_in(made, server):
    role = 'Zoe"; DROP TABLE log; --'
    server.do(f"CREATE ROLE {sql.Identifier(role).as_string()} LOGIN")
    admit(made, role, QUESTION_KINDS)
    may = (
        "SELECT has_table_privilege(%s, 'log', 'SELECT'), has_table_privilege(%s, 'log', 'UPDATE')"
    )
    with psycopg.connect(made.url) as raw:
        assert raw.execute(may, [role, role]).fetchone() == (True, False)


def test_instants_numbers_and_text_come_back_as_they_went_in(place):
    """Both engines give the same rows and the same hashes for the same words."""
    early = datetime(1, 1, 1, tzinfo=UTC)
    late = datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)
    with opened(place, create_with=("replay", NOON)) as store:
        for number, when in enumerate((early, late, NOON + timedelta(microseconds=1))):
            with store.writing(now=when, actor="Zoë 🜨", key=f"k{number}") as entry:
                entry.append("report.bears", {"report": "ß", "question": "Q1", "relevance": 0.1})
        with store.reading() as read:
            rows = read.rows(QUESTION_KINDS["report.bears"])
            assert [row["recorded_at"] for row in rows] == sorted({early, late, when})
            assert {(row["actor"], row["report"], row["relevance"]) for row in rows} == {
                ("Zoë 🜨", "ß", 0.1)
            }
            assert read.rows(QUESTION_KINDS["report.bears"], report="SS") == []


def test_a_broken_rule_of_the_tables_is_an_integrity_error(made):
    with (
        opened(made) as store,
        pytest.raises(Integrity, match="duplicate key"),
        store.writing(now=NOON, actor="ana", key="k") as entry,
    ):
        entry.connection.exec_driver_sql(
            "INSERT INTO meta VALUES ('label', 'live'); INSERT INTO meta VALUES ('label', 'x')"
        )
