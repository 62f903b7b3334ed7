"""A disk that is full and a file that cannot be written: one clear line, and nothing is lost."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import sqlalchemy as sa

from questions.errors import Conflict
from tests.store.places import PROJECT, check_whole, founded, module, reopened, say


def filled(store, turns=10_000):
    """Write until there is no room; the keys that were acknowledged, and what was said then."""
    kept = []
    for turn in range(turns):
        try:
            say(store, f"k{turn}")
        except Conflict as error:
            return kept, str(error)
        kept.append(f"k{turn}:1")
    raise AssertionError("there was always room")


def kept_keys(place):
    store = reopened(place)
    with store.reading() as read:
        check_whole(read)
        keys = {event.key for event in read.events() if event.kind == "forecast.made"}
    store.close()
    return keys


def test_a_store_that_may_not_grow_says_so_and_keeps_what_it_acknowledged(tmp_path):
    place = str(tmp_path / "a.db")
    store = founded(place)
    store.writer.dispose()
    sa.event.listen(store.writer, "connect", lambda raw, _: raw.execute("PRAGMA max_page_count=80"))
    kept, said = filled(store)
    store.close()
    assert said == f"no room left to write {place}; nothing was written; free some space"
    assert kept
    assert kept_keys(place) == set(kept)
    store = reopened(place)
    say(store, f"k{len(kept)}")
    store.close()
    assert kept_keys(place) == {*kept, f"k{len(kept)}:1"}


SMALL_DISK = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]


def _small_disks() -> bool:
    """Whether this account may mount a file system of its own."""
    if shutil.which("unshare") is None:
        return False
    trial = [*SMALL_DISK, "mount -t tmpfs none /mnt"]
    return subprocess.run(trial, capture_output=True).returncode == 0


@pytest.mark.skipif(not _small_disks(), reason="no file systems of one's own here")
def test_a_full_disk_says_so_and_keeps_what_was_acknowledged(tmp_path):
    steps = 'mount -t tmpfs -o size=2m none "$1" && shift && exec "$@"'
    command = [*SMALL_DISK, steps, "sh", tmp_path, *module("filling", tmp_path / "a.db")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT)
    assert done.returncode == 0, done.stderr
    kept, said = done.stdout.splitlines()
    assert int(kept) > 0
    assert (
        said == f"no room left to write {tmp_path / 'a.db'}; nothing was written; free some space"
    )


@pytest.fixture
def open_folder():
    """A folder that everybody can reach and write."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_a_file_that_cannot_be_written_says_so_and_stays_as_it_is(open_folder):
    """The superuser writes everywhere, so the process gives that up first."""
    place = open_folder / "a.db"
    founded(str(place)).close()
    place.chmod(0o444)
    before = place.read_bytes()
    command = module("refused", place)
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{place} cannot be written; check its permissions and its folder's\n"
    assert place.read_bytes() == before
    assert os.access(place, os.R_OK)
    assert kept_keys(str(place)) == set()
