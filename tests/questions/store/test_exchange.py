"""A store moves through a folder: nothing of its log is lost, and what was changed is refused."""

import json
import math
import shutil
from datetime import timedelta

import pytest

from forecast.desk.desk import Desk
from forecast.desk.redacting import redact
from forecast.ledger import FORECASTS, KINDS
from questions.errors import BadFile, BadInput, Conflict, Integrity, TidingsError
from questions.instants import parse_instant
from questions.store.checking import check
from questions.store.envelope import GENESIS, chain_hash, plain
from questions.store.exchange import BATCH, export, import_into, manifest_of
from questions.store.store import open_store
from questions.store.tables import LOG
from tests.store.places import OPEN, founded, say


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A store with forecasts, one of them redacted, and with bytes beside, and its export."""
    here = tmp_path_factory.mktemp("written")
    store = founded(str(here / "a.db"))
    for turn in range(3):
        say(store, f"k{turn}")
    redact(Desk(store, OPEN, "Ana", "away"), "F2", "asked for")
    with store.writing(now=OPEN + timedelta(days=1), actor="Bo", key="fit") as entry:
        digest = entry.keep(b"\x00\xff bytes")
        record = {"id": "M1", "seed": 2**60, "data_hash": "", "names": ["\u2028 \U0001f327"]}
        early = OPEN - timedelta(microseconds=1)
        entry.append("fit.kept", {**record, "draws": digest}, effective_at=early, supersedes=1)
        said = {"report": "R1", "question": "Q1", "judge": "Ana", "judgement": "decisive"}
        entry.append("evidence.judged", {**said, "weight": -math.inf, "words": "", "why": ""})
    export(store, here / "out")
    store.close()
    return here


@pytest.fixture
def store(written, tmp_path):
    """The store, for one test alone."""
    store = open_store(shutil.copy(written / "a.db", tmp_path / "a.db"), KINDS)
    yield store
    store.close()


@pytest.fixture
def folder(written, tmp_path):
    """The store's export, for one test alone."""
    return shutil.copytree(written / "out", tmp_path / "out")


def empty(place, label="live"):
    return open_store(place, KINDS, create_with=(label, OPEN))


@pytest.fixture
def other(tmp_path):
    """An empty store."""
    other = empty(tmp_path / "b.db")
    yield other
    other.close()


def contents(store):
    """The log, the tables read from it, and the bytes beside it."""
    with store.reading() as read:
        assert check(read, KINDS) == []
        tables = [LOG, *KINDS.values()]
        found = {one.name: read.connection.execute(one.select()).mappings() for one in tables}
        rows = {name: [plain(row) for row in some] for name, some in found.items()}
        fits = read.rows(KINDS["fit.kept"])
        return rows, [read.blob(row["draws"]) for row in fits], read.head()


def test_a_store_comes_out_of_every_engine_as_it_went_in(store, folder, place, tmp_path):
    """From SQLite to either engine, and from there to SQLite again."""
    first, second = empty(place), empty(tmp_path / "c.db")
    import_into(first, folder)
    export(first, tmp_path / "again")
    import_into(second, tmp_path / "again")
    assert contents(store) == contents(first) == contents(second)
    names = {one.name for one in folder.iterdir()}
    assert names == {one.name for one in (tmp_path / "again").iterdir()}
    for name in names - {"log.jsonl"}:
        assert (folder / name).read_bytes() == (tmp_path / "again" / name).read_bytes()
    first.close()
    second.close()


def test_a_moved_store_is_written_on(store, folder, other):
    import_into(other, folder)
    say(other, "next")
    with other.reading() as read:
        assert [row["id"] for row in read.rows(FORECASTS)] == ["F1", "F2", "F3", "F4"]
    contents(other)


def test_a_key_that_was_used_before_the_move_still_counts(folder, other):
    import_into(other, folder)
    with other.reading() as read:
        before = read.head()
    say(other, "k1")
    with other.reading() as read:
        assert read.head() == before


def test_a_folder_says_what_it_holds(store, folder):
    with store.reading() as read:
        head, count = read.head(), len(list(read.events()))
    manifest = manifest_of(folder)
    assert (manifest.head, manifest.label, manifest.lines["log"]) == (head, "live", count)
    assert {path.stem for path in folder.glob("*.jsonl")} == {*manifest.lines}
    for name, lines in manifest.lines.items():
        assert (folder / f"{name}.jsonl").read_bytes().count(b"\n") == lines


def test_tables_are_there_for_people_to_read(folder):
    text = (folder / "forecasts.jsonl").read_text("utf-8")
    rows = [json.loads(line) for line in text.split("\n")[:-1]]
    assert [row["id"] for row in rows] == ["F1", "F2", "F3"]
    assert rows[0]["value"] == {"kind": "probability", "yes": 0.4}
    assert [row["why"] for row in rows] == ["as k0 has it", "[erased]", "as k2 has it"]


def test_an_infinite_weight_is_a_word(folder):
    (row,) = map(json.loads, (folder / "evidence.jsonl").read_text("utf-8").splitlines())
    assert (row["judgement"], row["weight"]) == ("decisive", "-Infinity")


def test_what_was_redacted_is_in_no_file(folder):
    assert not any("as k1 has it" in path.read_text("utf-8") for path in folder.iterdir())


def test_a_folder_that_holds_something_is_left_alone(store, tmp_path):
    there = tmp_path / "there"
    there.mkdir()
    (there / "note").write_text("mine")
    with pytest.raises(Conflict, match="there holds something already"):
        export(store, there)
    assert [one.name for one in there.iterdir()] == ["note"]


def test_an_empty_folder_is_filled(store, tmp_path):
    (tmp_path / "here").mkdir()
    assert export(store, tmp_path / "here") == manifest_of(tmp_path / "here")


def test_a_folder_that_cannot_be_made_is_told(store, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInput, match=r"folder .*: give one that can be written"):
        export(store, tmp_path / "file" / "out")


def test_a_store_that_does_not_verify_is_not_exported(store, tmp_path):
    with store.writing(now=OPEN, actor="", key="k") as entry:
        entry.connection.exec_driver_sql("DROP TRIGGER log_keeps_on_UPDATE")
        entry.connection.exec_driver_sql("UPDATE log SET mode = 'import' WHERE seq = 2")
    with pytest.raises(Integrity, match="entry 2 of the log does not follow"):
        export(store, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_only_an_empty_store_takes_an_export(store, folder):
    before = contents(store)
    with pytest.raises(Conflict, match=r"a\.db is not empty; import into a new store"):
        import_into(store, folder)
    assert contents(store) == before


def test_a_live_export_does_not_become_a_replay(folder, tmp_path):
    replay = empty(tmp_path / "r.db", "replay")
    with pytest.raises(Conflict, match="out is live, the store is replay"):
        import_into(replay, folder)
    replay.close()


def is_empty(store):
    with store.reading() as read:
        return not any(
            read.connection.execute(table.select()).first() for table in (LOG, *KINDS.values())
        )


def rewrite(path, change):
    lines = path.read_text("utf-8").split("\n")[:-1]
    path.write_text("".join(f"{line}\n" for line in change(lines)), "utf-8")


def in_line(number, **changes):
    """A change of some fields of one line."""

    def change(lines):
        row = {**json.loads(lines[number - 1]), **changes}
        return [*lines[: number - 1], json.dumps(row), *lines[number:]]

    return change


@pytest.mark.parametrize("name", [column.name for column in LOG.c])
def test_a_changed_field_is_named_by_file_and_line(folder, other, name):
    whole = (folder / "log.jsonl").read_bytes()
    for value in ("x", 1, 10**30, [1], True, "2023-01-01T00:00:00Z"):
        (folder / "log.jsonl").write_bytes(whole)
        rewrite(folder / "log.jsonl", in_line(4, **{name: value}))
        with pytest.raises(Integrity, match=r"out/log\.jsonl line 4: the entry does not follow"):
            import_into(other, folder)
    assert is_empty(other)


@pytest.mark.parametrize(
    ("name", "change", "line"),
    [
        ("log", lambda lines: lines[1:], 1),
        ("log", lambda lines: [*lines[:3], *lines[4:]], 4),
        ("log", lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], 2),
        ("log", lambda lines: [*lines[:3], lines[2], *lines[3:]], 4),
        ("log", lambda lines: [*lines[:2], "{", *lines[2:]], 3),
        ("log", lambda lines: [*lines[:2], "[]", *lines[2:]], 3),
        ("log", lambda lines: [*lines[:2], "{}", *lines[2:]], 3),
        ("texts", in_line(2, text="another reason"), 2),
        ("texts", in_line(2, text=7), 2),
        ("blobs", in_line(1, bytes="AAAA"), 1),
        ("blobs", in_line(1, bytes="not base64"), 1),
    ],
)
def test_lines_that_were_changed_moved_or_lost_are_named(folder, other, name, change, line):
    rewrite(folder / f"{name}.jsonl", change)
    with pytest.raises(Integrity, match=rf"out/{name}\.jsonl line {line}: "):
        import_into(other, folder)
    assert is_empty(other)


def kept_text(folder):
    """The number of the first line whose text was not erased."""
    lines = (folder / "texts.jsonl").read_text().splitlines()
    return next(at for at, line in enumerate(lines, 1) if json.loads(line)["text"] is not None)


def test_a_text_that_lacks_while_its_salt_is_there_is_named(folder, other):
    at = kept_text(folder)
    rewrite(folder / "texts.jsonl", in_line(at, text=None))
    with pytest.raises(Integrity, match=rf"out/texts\.jsonl line {at}: "):
        import_into(other, folder)
    assert is_empty(other)


@pytest.mark.parametrize("name", ["log", "texts", "blobs"])
def test_a_file_whose_end_is_cut_off_is_told(folder, other, name):
    count = manifest_of(folder).lines[name]
    rewrite(folder / f"{name}.jsonl", lambda lines: lines[:-1])
    with pytest.raises(Integrity, match=rf"{name}\.jsonl: {count - 1} lines, where .* {count}"):
        import_into(other, folder)
    assert is_empty(other)


def test_a_text_that_went_without_a_redaction_is_told(folder, other):
    rewrite(folder / "texts.jsonl", in_line(kept_text(folder), text=None, salt=None))
    with pytest.raises(Integrity, match=r"log\.jsonl line \d+: the text of the entry is gone"):
        import_into(other, folder)
    assert is_empty(other)


def test_a_head_that_is_not_the_log_s_is_told(folder, other):
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**manifest, "head": "ab" * 32}))
    with pytest.raises(Integrity, match="ends in another head than manifest"):
        import_into(other, folder)
    assert is_empty(other)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "{", '{"schema": 1, "label": "live", "head": "", "lines": {}}']
)
def test_a_folder_that_is_no_export_is_bad_input(folder, other, text):
    (folder / "manifest.json").write_text(text)
    with pytest.raises(BadFile, match=r"no manifest of an export; name a folder"):
        import_into(other, folder)


def test_a_folder_without_a_manifest_or_a_table_is_bad_input(folder, other, tmp_path):
    with pytest.raises(BadFile, match=r"none: it holds no manifest\.json"):
        import_into(other, tmp_path / "none")
    (folder / "texts.jsonl").unlink()
    with pytest.raises(BadFile, match=r"texts\.jsonl: No such file or directory; export again"):
        import_into(other, folder)


def test_an_export_of_a_newer_version_is_refused(folder, other):
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**manifest, "schema": 99}))
    with pytest.raises(Conflict, match="newer version; upgrade tidings"):
        import_into(other, folder)


def chained_anew(lines):
    """The lines of a log as somebody would write them who forges every hash."""
    prev = GENESIS
    for line in lines:
        row = json.loads(line)
        covered = {name: value for name, value in row.items() if name not in ("prev", "hash")}
        times = {name: parse_instant(row[name]) for name in ("effective_at", "recorded_at")}
        digest = chain_hash(prev, **{**covered, **times})
        yield json.dumps({**row, "prev": prev, "hash": digest})
        prev = digest


def forge(folder, number, **changes):
    rewrite(folder / "log.jsonl", in_line(number, **changes))
    rewrite(folder / "log.jsonl", lambda lines: list(chained_anew(lines)))


def test_a_forged_line_far_down_is_named_exactly(tmp_path, other):
    """A key that stands twice, in the second batch that goes into the store."""
    store = founded(str(tmp_path / "long.db"))
    with store.writing(now=OPEN, actor="Ana", key="n") as entry:
        for _ in range(BATCH + 10):
            entry.append("question.reopened", {"question": "Q1", "why": ""})
    export(store, tmp_path / "long")
    store.close()
    forge(tmp_path / "long", BATCH + 7, key="question:1")
    with pytest.raises(Integrity, match=rf"log\.jsonl line {BATCH + 7}: a value that its column"):
        import_into(other, tmp_path / "long")
    assert is_empty(other)


def test_a_forged_log_has_another_head(folder, other):
    forge(folder, 4, mode="import")
    with pytest.raises(Integrity, match="ends in another head than manifest"):
        import_into(other, folder)
    assert is_empty(other)


def test_a_kind_that_nobody_knows_is_named(folder, other):
    forge(folder, 4, kind="oracle.asked")
    with pytest.raises(Integrity, match=r"log\.jsonl line 4: no entry has the kind 'oracle.asked'"):
        import_into(other, folder)
    assert is_empty(other)


@pytest.mark.parametrize(
    "payload", ["[]", "null", "{", "[" * 100_000, '{"why":' + "1" * 5000 + "}"]
)
def test_a_forged_payload_that_is_no_object_is_named(folder, other, payload):
    forge(folder, 4, payload=payload)
    with pytest.raises(Integrity, match=r"log\.jsonl line 4: the entry does not follow"):
        import_into(other, folder)
    assert is_empty(other)


@pytest.mark.parametrize("payload", ['{"resolved_at":"soon"}', '{"resolved_at":[1]}'])
def test_a_forged_value_that_its_table_does_not_take_is_named(folder, other, payload):
    forge(folder, 4, kind="question.resolved", payload=payload)
    with pytest.raises(
        Integrity, match=r"log\.jsonl line 4: a value that its column does not take"
    ):
        import_into(other, folder)
    assert is_empty(other)


@pytest.mark.parametrize(
    ("name", "fault"),
    [("manifest.json", "it is no manifest of an export"), ("texts.jsonl", "line 1: no row")],
)
def test_a_file_of_very_many_brackets_is_told(folder, other, name, fault):
    (folder / name).write_text("[" * 100_000)
    with pytest.raises(TidingsError, match=fault):
        import_into(other, folder)
    assert is_empty(other)
