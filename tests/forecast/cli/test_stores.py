"""The store itself: its chain is verified."""

import sqlite3
from contextlib import closing


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


def test_a_changed_entry_is_told(shell):
    with closing(sqlite3.connect(shell.db)) as raw:
        raw.execute("DROP TRIGGER log_keeps_on_UPDATE")
        raw.execute("UPDATE log SET actor = 'Bo' WHERE seq = 4")
        raw.commit()
    line = shell.refused(5, "audit")
    assert line == "entry 4 of the log does not follow from those before it"


def test_a_damaged_file_is_told(shell):
    whole = shell.db.read_bytes()
    shell.db.write_bytes(whole[: len(whole) // 3])
    result = shell("audit")
    assert result.exit_code == 5
    assert result.stderr.startswith("error: tidings.db: ")
