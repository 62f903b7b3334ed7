"""Places are read again and again, each at its pace, until interrupted."""

import json
import os
import signal
import time
from pathlib import Path

import pytest

from forecast.cli.watching import Clockwork, seconds_of, until_interrupted, wait_of, watch
from questions.errors import BadFile, BadInput, Conflict, NotFound
from tests.forecast.cli.test_reports import TEXT
from tests.forecast.cli.test_stepping import terminal_of  # noqa: F401

HEADER = "Title: {}\nPublished: 2023-03-17\nSource: {}\n\n"


class Hours:
    """A clock that moves by waiting, and stops a watch after a time."""

    def __init__(self, ends):
        self.now, self.ends = 0.0, ends

    def sleep(self, seconds):
        assert seconds > 0
        self.now += seconds
        if self.now >= self.ends:
            raise KeyboardInterrupt

    def work(self):
        return Clockwork(lambda: self.now, self.sleep)


def watched(places, take, *, every=60, ends=1000):
    """When each place was taken in, and what was told."""
    hours, said, when = Hours(ends), [], []

    def taking(place):
        when.append((hours.now, place))
        take(place, hours.now)

    with pytest.raises(KeyboardInterrupt):
        watch(places, taking, every=every, time=hours.work(), tell=said.append)
    return when, said


def failing(place, now):
    raise BadFile(place, "cannot be reached", "check the address")


def test_every_place_is_read_at_its_pace():
    when, said = watched(["a", "b"], lambda place, now: None, every=300)
    assert when == [(at, place) for at in (0, 300, 600, 900) for place in "ab"]
    assert said == []


def test_a_place_that_fails_is_tried_ever_more_rarely_and_told_when_next():
    when, said = watched(["a"], failing, ends=500)
    assert [at for at, _ in when] == [0, 120, 360]
    assert said[0] == "a: cannot be reached; check the address; next try in 2 min"


def test_a_place_that_fails_holds_up_no_other():
    def take(place, now):
        if place == "bad":
            failing(place, now)

    when, _ = watched(["bad", "good"], take, ends=400)
    assert [at for at, place in when if place == "good"] == [0, 60, 120, 180, 240, 300, 360]
    assert [at for at, place in when if place == "bad"] == [0, 120, 360]


def test_one_success_restores_the_pace():
    def take(place, now):
        if now < 300:
            raise Conflict("the store is locked", "try again")

    when, _ = watched(["a"], take, ends=600)
    assert [at for at, _ in when] == [0, 120, 360, 420, 480, 540]


def test_waiting_is_bounded():
    assert wait_of(60, 10_000) == 3600
    assert wait_of(7200, 5) == 7200


@pytest.mark.parametrize("error", [BadInput("grade", "Z", "A to F"), NotFound("question", "Q9")])
def test_what_no_later_try_would_mend_ends_the_watch(error):
    def take(place):
        raise error

    with pytest.raises(type(error)):
        watch(["a"], take, every=60, time=Hours(9).work(), tell=print)


@pytest.mark.parametrize("text", ["", "15", "0s", "0.5s", "-3m", "m", "1e3s", "nan s"])
def test_what_is_no_interval_is_refused(text):
    with pytest.raises(BadInput, match=r"interval|no interval"):
        seconds_of(text)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_is_a_clean_end_and_leaves_the_handlers_as_they_were(how):
    before = signal.getsignal(signal.SIGTERM)
    with until_interrupted():
        os.kill(os.getpid(), how)
        time.sleep(5)
        pytest.fail("it went on")
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.fixture
def folder(shell):
    here = Path("news")
    here.mkdir()
    (here / "a.txt").write_text(HEADER.format("Rain", "wire") + TEXT, encoding="utf-8")
    return here


def test_a_folder_is_read_once_however_often_it_is_read(shell, folder):
    (first,) = shell.data("read", "--folder", folder)
    assert (first["id"], first["title"], first["source"], first["new"]) == (
        *("R3", "Rain", "wire", True),
    )
    head = shell.head()
    (again,) = shell.data("read", "--folder", folder)
    assert (again["id"], again["new"], shell.head()) == ("R3", False, head)


def test_what_a_folder_holds_beside_reports_is_told_and_the_others_are_read(shell, folder):
    (folder / "b.txt").write_text("No date at all.", encoding="utf-8")
    result = shell("read", "--folder", folder, "--json")
    assert (result.exit_code, len(json.loads(result.stdout))) == (0, 1)
    assert "passed over: news/b.txt: " in result.stderr


def test_a_folder_of_nothing_that_can_be_read_is_refused(shell, folder):
    (folder / "a.txt").write_text("No date at all.", encoding="utf-8")
    assert "nothing in it could be read" in shell.refused(2, "read", "--folder", folder)


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ([], "no report: give a file, an address, - for standard input, --feed or --folder"),
        (["--folder", "nowhere"], "folder 'nowhere' cannot be used: give a folder that exists"),
        (["-", "-"], "give standard input once"),
        (["-", "--watch"], "give what can be read again"),
        (["--folder", ".", "--watch", "--every", "soon"], "such as 15m"),
        (["--folder", ".", "--watch", "--json"], "--jsonl: a watch has no end"),
    ],
)
def test_what_cannot_be_watched_is_refused(shell, words, right):
    assert right in shell.refused(2, "read", *words)


def test_a_watch_tells_each_new_report_once_and_ends_cleanly(shell, folder, terminal_of):  # noqa: F811
    terminal = terminal_of("read", "--folder", "news", "--watch", "--every", "1s", "--as", "Ana")
    terminal.until("R3  Rain  (wire)")
    other = HEADER.format("Chess", "club") + "A chess club in Lima has opened a hall of boards."
    (folder / "b.txt").write_text(other, encoding="utf-8")
    between = terminal.until("R4  Chess  (club)  bears on nothing")
    assert "R3" not in between
    terminal.process.send_signal(signal.SIGINT)
    terminal.until("stopped; new reports: 2")
    assert terminal.ended() == 0
    assert [one["new"] for one in shell.data("read", "--folder", folder)] == [False, False]


def test_a_watch_that_is_asked_to_end_does_so(shell, folder, terminal_of):  # noqa: F811
    terminal = terminal_of("read", "--folder", "news", "--watch", "--jsonl")
    line = terminal.until("}\r\n").rpartition("\x1b[2K")[2]
    assert json.loads(line)["id"] == "R3"
    terminal.process.terminate()
    terminal.until("stopped; new reports: 1")
    assert terminal.ended() == 0


def test_a_sources_name_and_grade_come_from_the_register_unless_they_are_given(shell, folder):
    add = ("source", "add", "The Wire", "--alias", "wire", "--domain", "wire.example")
    shell.ok(*add, "--grade", "B3")
    (row,) = shell.data("read", "--folder", folder)
    assert (row["source"], row["grade"]) == ("The Wire", "B3")
    given = ("--source", "https://www.wire.example/a", "--grade", "E5", "--published", "2023-03-18")
    (row,) = shell.data("read", "-", *given, typed=b"Ice is on the harbour this morning.")
    assert (row["source"], row["grade"]) == ("The Wire", "E5")
