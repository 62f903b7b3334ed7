"""A copy of a store that is whole, while others write."""

import subprocess
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from threading import Event, Thread

import pytest

from questions.errors import BadInput, Conflict
from questions.store.backup import backup
from questions.store.checking import check
from questions.store.store import QUESTION_KINDS, open_store

NOON = datetime(2023, 3, 13, 12, tzinfo=UTC)


def note(store, why):
    with store.writing(now=NOON, actor="ana", key=why) as entry:
        return entry.append("question.reopened", {"question": "Q1", "why": why})


@pytest.fixture
def store(tmp_path):
    store = open_store(tmp_path / "a.db", QUESTION_KINDS, create_with=("replay", NOON))
    note(store, "one")
    yield store
    store.close()


def opened(path):
    """The copy's label, head, number of entries, and what is wrong with it."""
    copy = open_store(path, QUESTION_KINDS)
    try:
        with copy.reading() as read:
            found = (copy.label, read.head(), len(list(read.events())))
            return *found, check(read, QUESTION_KINDS)
    finally:
        copy.close()


def test_a_copy_holds_what_the_store_held(store, tmp_path):
    head = backup(store, tmp_path / "copy.db")
    with store.reading() as read:
        assert head == read.head()
        assert opened(tmp_path / "copy.db") == ("replay", head, len(list(read.events())), [])
    assert {one.name.split("-")[0] for one in tmp_path.iterdir()} == {"a.db", "copy.db"}


def test_a_copy_takes_writers_and_readers_at_once_like_its_original(store, tmp_path):
    backup(store, tmp_path / "copy.db")
    copy = open_store(tmp_path / "copy.db", QUESTION_KINDS, busy_seconds=0.05)
    with copy.reading() as read:
        before = read.head()
        assert note(copy, "two").prev == before
        assert read.head() == before
    copy.close()


def test_copies_made_while_somebody_writes_are_whole(store, tmp_path):
    stop, written = Event(), count(1)

    def write():
        while not stop.is_set():
            note(store, f"more {next(written)}")

    writer = Thread(target=write)
    writer.start()
    try:
        heads = [backup(store, tmp_path / f"{turn}.db") for turn in range(6)]
    finally:
        stop.set()
        writer.join()
    found = [opened(tmp_path / f"{turn}.db") for turn in range(6)]
    assert [one[1] for one in found] == heads
    assert [one[3] for one in found] == [[]] * 6
    lengths = [one[2] for one in found]
    assert lengths == sorted(lengths)
    assert lengths[0] < lengths[-1]
    with store.reading() as read:
        assert set(heads) <= {event.hash for event in read.events()}


def test_a_file_that_is_there_is_never_written_over(store, tmp_path):
    there = tmp_path / "there"
    there.write_text("mine")
    with pytest.raises(Conflict, match="there exists already; name a file that does not exist yet"):
        backup(store, there)
    assert there.read_text() == "mine"


@pytest.mark.parametrize("where", ["none/copy.db", "file/copy.db"])
def test_a_folder_that_is_none_is_told(store, tmp_path, where):
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInput, match=r"backup .*: give a file in a folder that exists"):
        backup(store, tmp_path / where)


def test_a_copy_that_finds_no_room_leaves_nothing(store, tmp_path):
    """Files of this process may hold no more than a few pages, in a process of its own."""
    script = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from questions.store.backup import backup\n"
        "from questions.store.store import QUESTION_KINDS, open_store\n"
        "from questions.errors import TidingsError\n"
        "store = open_store(Path(sys.argv[1]), QUESTION_KINDS)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "try: backup(store, Path(sys.argv[2]))\n"
        "except TidingsError as error: print(error)\n"
    )
    target = tmp_path / "copy" / "copy.db"
    target.parent.mkdir()
    command = [sys.executable, "-c", script, str(tmp_path / "a.db"), str(target)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[3])
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1
    assert str(target) in done.stdout
    assert list(target.parent.iterdir()) == []


def test_a_server_is_backed_up_by_its_own_means(place, tmp_path):
    if isinstance(place, Path):
        pytest.skip("a file is copied")
    store = open_store(place, QUESTION_KINDS, create_with=("live", NOON))
    with pytest.raises(Conflict, match="use pg_dump, or `tidings export`"):
        backup(store, tmp_path / "copy.db")
    store.close()
