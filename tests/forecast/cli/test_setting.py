"""Where a command runs: the store, the clock, who acts."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from questions.store.engine import SCHEMA_VERSION

ASK = ("ask", "Will it hail?", "--closes", "2090-01-01", "--criteria", "Yes if it hails.")


@pytest.fixture
def home():
    return Path(os.environ["HOME"])


@pytest.fixture
def configured(home):
    def write(text):
        path = home / "config" / "tidings" / "config.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    return write


def test_without_a_name_the_store_of_the_folder_is_used(shell):
    assert len(shell.data("questions")) == 3


def test_without_a_store_here_one_is_made_in_the_data_folder_and_named_once(alone, home):
    first = alone("member", "add", "Ana")
    path = home / "data" / "tidings" / "tidings.db"
    assert (first.exit_code, first.stderr) == (0, f"new store: {path}\n")
    assert path.exists()
    assert alone("member", "add", "Bo").stderr == ""
    assert not alone.db.exists()


def test_a_named_store_is_made_on_the_first_write(alone):
    result = alone("member", "add", "Ana", "--db", "team.db")
    assert (result.exit_code, result.stderr) == (0, "")
    assert alone.data("member", "list", "--db", "team.db") == [{"name": "Ana"}]


@pytest.mark.parametrize(
    "words",
    [
        ["questions"],
        ["predict", "Q1", "35%", "--as", "Ana"],
        ["judge", "R1", "Q1", "--ratio", "2"],
        ["resolve", "Q1", "yes", "--source", "x"],
        ["accept", "D1"],
        ["audit"],
        [],
    ],
)
def test_what_needs_a_store_does_not_make_one(alone, words, home):
    assert "`tidings init` makes one" in alone.refused(3, *words)
    assert not alone.db.exists()
    assert not (home / "data").exists()


def test_a_store_is_made_once(alone):
    assert "new store: " in alone.ok("init", "--db", "a.db")
    assert "a.db exists already" in alone.refused(4, "init", "--db", "a.db")
    assert alone.data("init", "--replay", "--db", "b.db") == {"store": "b.db", "label": "replay"}


def test_what_is_no_store_is_told_and_left_as_it_is(alone):
    Path("notes.txt").write_text("not a store\n" * 100)
    Path("empty.db").touch()
    for name in ("notes.txt", "empty.db"):
        before = Path(name).read_bytes()
        for words in (["questions"], ["member", "add", "Ana"], [*ASK]):
            line = alone.refused(2, *words, "--db", name)
            assert line == f"store '{name}' cannot be used: give a file that `tidings init` made"
        assert Path(name).read_bytes() == before


@pytest.mark.parametrize("scheme", ["mysql", "sqlite", "postgres", "postgresql+psycopg"])
def test_an_address_that_no_store_can_have_is_told_without_its_password(alone, scheme):
    line = alone.refused(2, "questions", "--db", f"{scheme}://ana:secret@host/tidings")
    assert line == (
        f"store '{scheme}://ana:***@host/tidings' cannot be used: "
        "give the path of a file, or a postgresql:// address"
    )


def test_a_store_of_a_newer_version_is_told_and_not_written(shell):
    with closing(sqlite3.connect(shell.db)) as raw:
        raw.execute(f"UPDATE meta SET value = '{SCHEMA_VERSION + 1}' WHERE name = 'schema'")
        raw.commit()
    for words in (["questions"], ["member", "add", "Cleo"]):
        assert "newer version" in shell.refused(4, *words)
    with closing(sqlite3.connect(shell.db)) as raw:
        assert raw.execute("SELECT count(*) FROM members").fetchone() == (2,)


def test_a_locked_store_is_told(shell, monkeypatch):
    monkeypatch.setattr(
        "questions.store.store.open_store.__kwdefaults__",
        {
            "create_with": None,
            "busy_seconds": 0.05,
        },
        raising=False,
    )
    with closing(sqlite3.connect(shell.db, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        line = shell.refused(4, "member", "add", "Cleo")
        assert line == "tidings.db is locked by another program; try again in a moment"
        assert shell.data("member", "list") == [{"name": "Ana"}, {"name": "Bo"}]


def test_the_configuration_names_store_and_person(shell, configured):
    shell.db.rename("elsewhere.db")
    configured("as = 'Bo'\ndb = 'elsewhere.db'\n")
    assert shell.data("predict", "Q1", "35%")["member"] == "Bo"


def test_a_name_that_is_said_wins_over_environment_and_configuration(
    shell, configured, monkeypatch
):
    configured("as = 'Nobody'\n")
    monkeypatch.setenv("TIDINGS_AS", "Bo")
    assert shell.data("predict", "Q1", "35%")["member"] == "Bo"
    assert shell.data("predict", "Q1", "35%", "--as", "ana")["member"] == "Ana"


def test_a_configured_name_that_is_nobodys_stops_writing_but_not_reading_or_joining(
    alone, configured
):
    configured("as = 'Cleo'\n")
    alone.ok("init", "--db", alone.db)
    assert "no member 'Cleo'; `tidings member add NAME` adds one" in alone.refused(3, *ASK)
    assert alone.data("questions") == []
    alone.ok("member", "add", "Cleo")
    assert alone.data(*ASK)["asked_by"] == "Cleo"


def test_a_configuration_that_is_none_is_told(alone, configured):
    path = configured("as = = 'Bo'\n")
    assert alone.refused(2, "questions") == (f"{path}: not TOML; write lines such as: as = 'ana'")


def test_an_unknown_name_is_refused_with_the_nearest(shell):
    head = shell.head()
    line = shell.refused(3, "predict", "Q1", "35%", "--as", "anna")
    assert line == "no member 'anna'; did you mean 'Ana'?"
    line = shell.refused(2, "predict", "Q1", "35%")
    assert line == "no name: give your name with --as NAME, or set TIDINGS_AS"
    assert shell.head() == head


def test_a_replay_lives_by_the_clock_that_it_is_given(alone):
    alone.ok("init", "--replay", "--db", alone.db)
    alone.ok("member", "add", "Ana")
    alone.ok(*ASK[:2], "--closes", "2023-04-30", *ASK[4:], "--at", "2023-03-13")
    asked = alone.data("show", "Q1")
    assert (asked["open_time"], asked["status"]) == ("2023-03-13T00:00:00Z", "open")
    alone.ok("predict", "Q1", "30%", "--as", "Ana", "--at", "2023-03-20")
    assert alone.data("predict", "Q1", "35%", "--as", "Ana")["made_at"] == "2023-03-20T00:00:00Z"
    assert alone.data("update", "Q1")[0]["at"] == "2023-03-20T00:00:00Z"
    alone.ok("predict", "Q1", "45%", "--as", "Ana", "--at", "+2d")
    assert alone.data("crowd", "Q1")["prob"] == pytest.approx(0.45)
    earlier = alone.data("crowd", "Q1", "--as-of", "2023-03-21")
    assert (earlier["at"], earlier["prob"]) == ("2023-03-21T00:00:00Z", pytest.approx(0.35))
    assert alone.data("crowd", "Q1", "--as-of", "2023-03-14")["n"] == 0
    line = alone.refused(4, "predict", "Q1", "50%", "--as", "Ana", "--at", "2023-05-01")
    assert line == "Q1 closed at 2023-05-01T00:00:00Z; it takes no forecasts any more"
    assert alone.data("questions", "--as-of", "2023-05-01")[0]["status"] == "closed"


def test_a_replay_whose_clock_was_never_set_says_so(alone):
    alone.ok("init", "--replay", "--db", alone.db)
    assert alone("member", "add", "Ana").stderr == ""
    result = alone(*ASK)
    assert "note: the clock of this replay stands at 1970-01-01T00:00:00Z; --at sets it\n" in (
        result.stderr
    )
    assert alone.data("show", "Q1")["open_time"] == "1970-01-01T00:00:00Z"


def test_a_replay_counts_deadlines_from_its_own_clock(alone):
    alone.ok("init", "--replay", "--db", alone.db)
    made = alone.data(*ASK[:2], "--closes", "+2w", *ASK[4:], "--at", "2023-03-13T10:00Z")
    assert made["scheduled_close_time"] == "2023-03-28T00:00:00Z"


def test_a_live_store_goes_by_its_own_clock_and_says_so(shell):
    result = shell("predict", "Q1", "35%", "--as", "Ana", "--at", "2023-03-14", "--json")
    assert result.stderr.startswith("note: recorded at 20")
    assert '"made_at": "2023-03-14' not in result.stdout
    result = shell("prior", "Q1", "--prob", "35%", "--at", "2023-03-14")
    assert result.stderr.startswith("note: a live store goes by its own clock: recorded at 20")


def test_a_live_view_as_of_an_instant_shows_what_was_on_record(shell):
    then = shell.data("show", "Q1", "--as-of", "2023-03-15T01:00Z")
    assert [one["prob"] for one in then["forecasts"]] == [0.2]
    assert then["crowd"]["n"] == 1
    assert shell.data("questions", "--as-of", "2023-03-12") == []
    statuses = {
        row["id"]: row["status"] for row in shell.data("questions", "--as-of", "2023-03-17")
    }
    assert statuses["Q2"] == "open"


@pytest.mark.parametrize("when", ["2023-02-30", "2023-03-14T10:00", "later"])
def test_a_time_that_is_none_is_refused(shell, when):
    head = shell.head()
    for words in (
        ["questions", "--as-of", when],
        ["predict", "Q1", "35%", "--as", "Ana", "--at", when],
        ["predict", "Q1", "35%", "--as", "Ana", "--expires", when],
        ["ask", "Will it hail?", "--closes", when, "--criteria", "x"],
        ["ask", "Will it hail?", "--closes", "2090-01-01", "--opens", when, "--criteria", "x"],
        ["resolve", "Q1", "yes", "--source", "x", "--at", when],
    ):
        assert f"'{when}' cannot be used: give " in shell.refused(2, *words)
    assert shell.head() == head
