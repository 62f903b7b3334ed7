"""The store itself: made, verified, copied, moved; a text erased."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from forecast.cli import stores
from questions.store.engine import SCHEMA_VERSION


def test_an_audit_counts_what_is_there_and_names_the_head(shell):
    found = shell.data("audit")
    with closing(sqlite3.connect(shell.db)) as raw:
        assert raw.execute("SELECT max(seq), count(*) FROM log").fetchone() == (
            *(found["entries"], found["entries"]),
        )
    assert shell.ok("audit") == (
        f"{found['entries']} entries, all as they were written; head {found['head']}\n"
    )


def test_a_head_that_was_kept_is_found_later(shell):
    head = shell.head()
    shell.ok("member", "add", "Cleo")
    assert shell.data("audit", "--head", head)["head"] != head


def test_a_head_of_another_log_is_told(shell):
    assert "holds no entry with the head ab12" in shell.refused(5, "audit", "--head", "ab12")


def test_a_head_of_an_empty_log_is_found_in_every_log(shell):
    assert shell.data("audit", "--head", "0" * 64)["head"] == shell.head()


def change(shell, *statements):
    """Change the file by raw SQL, as somebody would who knows how."""
    with closing(sqlite3.connect(shell.db)) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            raw.execute(statement)
        raw.commit()


def heads(shell):
    with closing(sqlite3.connect(shell.db)) as raw:
        return [head for (head,) in raw.execute("SELECT hash FROM log ORDER BY seq")]


def test_the_first_bad_entry_is_named(shell):
    change(shell, "UPDATE log SET actor = 'Bo' WHERE seq IN (4, 9)")
    line = shell.refused(5, "audit")
    assert line == (
        "entry 4 of the log does not follow from those before it, or its text has changed"
    )


def test_a_kept_head_says_up_to_where_nothing_changed(shell):
    kept = heads(shell)
    change(shell, "UPDATE log SET actor = 'Bo' WHERE seq = 4")
    line = shell.refused(5, "audit", "--head", kept[2])
    assert line.startswith("entry 4 of the log")
    assert line.endswith("; nothing up to entry 3, whose head was kept, has changed")
    assert "nothing up to" not in shell.refused(5, "audit", "--head", kept[3])


def test_an_end_that_was_cut_off_shows_against_a_kept_head(shell):
    kept = shell.head()
    change(shell, "DELETE FROM log WHERE seq > 5")
    assert shell.data("audit")["entries"] == 5
    line = shell.refused(5, "audit", "--head", kept)
    assert line == f"the log holds no entry with the head {kept}: it was cut or rewritten"


def test_a_store_that_follows_from_its_log_passes_the_check(shell):
    assert shell.data("check") == {"differences": [], "head": shell.head()}
    assert shell.ok("check") == f"every table is as the log makes it; head {shell.head()}\n"


def differing(shell, *words):
    result = shell("check", *words)
    assert result.exit_code == 5, result.output
    return result.stdout, result.stderr


def test_rows_that_differ_from_the_log_are_named(shell):
    with closing(sqlite3.connect(shell.db)) as raw:
        ((row, gone),) = raw.execute("SELECT min(seq), max(seq) FROM forecasts")
        raw.execute("UPDATE forecasts SET question = 'Q2' WHERE seq = ?", [row])
        raw.execute("DELETE FROM forecasts WHERE seq = ?", [gone])
        raw.commit()
    told, error = differing(shell)
    assert told.splitlines() == [
        f"forecasts: question of row {row} is not what entry {row} says",
        f"forecasts: the row of entry {gone} is missing",
    ]
    assert error == "error: 2 differences between the store and its log\n"
    assert len(json.loads(differing(shell, "--json")[0])["differences"]) == 2


def test_a_trigger_that_is_gone_fails_the_check(shell):
    with closing(sqlite3.connect(shell.db)) as raw:
        raw.execute("DROP TRIGGER log_keeps_on_DELETE")
    told, error = differing(shell)
    assert told == "the store: trigger log_keeps_on_DELETE is missing\n"
    assert error == "error: 1 difference between the store and its log\n"


def test_a_backup_is_a_store(shell):
    made = shell.data("backup", "copy.db")
    assert made == {"file": "copy.db", "head": shell.head()}
    assert shell.data("check", "--db", "copy.db") == {"differences": [], "head": shell.head()}
    assert "copy.db exists already" in shell.refused(4, "backup", "copy.db")
    assert shell.ok("backup", "other.db") == (
        f"other.db holds the store up to head {shell.head()}\n"
    )


def test_an_export_is_imported_into_a_new_store_with_the_same_head(shell):
    out = shell.data("export", "out")
    assert out == {"folder": "out", "entries": len(heads(shell)), "head": shell.head()}
    assert shell.data("import", "out", "--db", "moved.db") == out
    assert shell.data("audit", "--db", "moved.db")["head"] == shell.head()
    for words in (["questions"], ["show", "Q1"], ["inbox"], ["member", "list"]):
        at = ("--as-of", "2023-03-20T00:00Z")
        assert shell.data(*words, *at) == shell.data(*words, *at, "--db", "moved.db")


def test_times_are_kept_in_a_move(shell):
    early = ("questions", "--as-of", "2023-03-13T02:30Z")
    shell.ok("export", "out")
    shell.ok("import", "out", "--db", "moved.db")
    assert len(shell.data(*early)) == 1
    assert shell.data(*early) == shell.data(*early, "--db", "moved.db")


def test_a_replay_becomes_a_replay(alone):
    alone.ok("init", "--replay", "--db", "r.db")
    alone.ok("member", "add", "Ana", "--db", "r.db", "--at", "2023-03-13")
    alone.ok("export", "out", "--db", "r.db")
    alone.ok("import", "out", "--db", "s.db")
    alone.ok("member", "add", "Bo", "--db", "s.db", "--at", "2023-03-14")
    last = alone.data("member", "list", "--db", "s.db", "--as-of", "2023-03-13T12:00Z")
    assert last == [{"name": "Ana"}]


def test_only_an_empty_store_is_imported_into(shell):
    shell.ok("export", "out")
    before = shell.head()
    assert "is not empty" in shell.refused(4, "import", "out", "--db", "tidings.db")
    assert shell.head() == before


def test_a_damaged_export_is_refused_by_file_and_line(shell):
    shell.ok("export", "out")
    log = Path("out/log.jsonl")
    log.write_text(log.read_text("utf-8").replace('"live"', '"import"', 1), "utf-8")
    line = shell.refused(5, "import", "out", "--db", "moved.db")
    assert line == "out/log.jsonl line 1: the entry does not follow from the line before it"


def test_what_is_no_export_is_refused(shell):
    Path("rows.csv").write_text("a,b\n")
    assert "no column was found that names a question" in shell.refused(2, "import", "rows.csv")
    assert "nowhere: No such file or directory" in shell.refused(2, "import", "nowhere")


def test_a_redacted_text_is_gone_and_the_audit_still_passes(shell):
    result = shell("redact", "F1", "--why", "asked for", "--as", "Ana")
    assert (result.exit_code, result.stdout) == (
        0,
        f"the text of F1 is erased; head {shell.head()}\n",
    )
    assert result.stderr == "note: backups and exports that were made before are out of reach\n"
    assert shell.data("check")["differences"] == []
    shell.ok("export", "out")
    rows = Path("out/forecasts.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(row)["why"] for row in rows] == ["[erased]", *["because"] * 3]
    assert "is erased already" in shell("redact", "F1", "--why", "again").stderr
    assert shell("redact", "F99", "--why", "asked for").exit_code == 3


def test_a_redaction_needs_a_reason(shell):
    assert shell("redact", "F1").exit_code == 2


def test_a_store_of_today_needs_no_upgrade(shell):
    before = shell.head()
    made = shell.data("init", "--upgrade")
    assert (made["before"], made["schema"]) == (SCHEMA_VERSION, SCHEMA_VERSION)
    assert f"has schema {SCHEMA_VERSION}, the newest" in shell.ok("init", "--upgrade")
    assert shell.head() == before
    assert "no store" in shell.refused(3, "init", "--upgrade", "--db", "none.db")


def test_a_store_in_a_synchronised_folder_is_warned_about(alone):
    Path("Dropbox").mkdir()
    result = alone("init", "--db", "Dropbox/team.db")
    assert result.exit_code == 0
    assert result.stderr.startswith("warning: 'Dropbox' is a synchronised folder")
    assert alone("init", "--db", "team.db").stderr == ""


def test_a_store_on_a_network_disk_is_warned_about(alone, monkeypatch):
    mounts = Path("mounts")
    mounts.write_text(f"host:/x {Path.cwd()} nfs4 rw 0 0\n")
    monkeypatch.setattr(stores, "MOUNTS", mounts)
    assert "is a network file system (nfs4)" in alone("init", "--db", "team.db").stderr


def test_a_damaged_file_is_told(shell):
    whole = shell.db.read_bytes()
    shell.db.write_bytes(whole[: len(whole) // 3])
    result = shell("audit")
    assert result.exit_code == 5
    assert result.stderr.startswith("error: tidings.db: ")
