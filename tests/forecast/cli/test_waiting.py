"""A sign of life while a command takes its time."""

import io
import sys
import time
from contextlib import contextmanager, redirect_stderr, redirect_stdout

import pytest

from forecast.cli.waiting import PLAIN, WIPE, sign_of_life


class Screen(io.StringIO):
    """A terminal that remembers."""

    encoding = "utf-8"

    def isatty(self):
        return True


@pytest.fixture
def screen(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    return Screen()


@contextmanager
def at_work(screen, what, **how):
    """A command whose streams are both that terminal."""
    with redirect_stdout(screen), redirect_stderr(screen), sign_of_life(what, **how):
        yield


def until(what):
    for _ in range(500):
        if what():
            return
        time.sleep(0.01)
    raise AssertionError("it did not come")


def test_a_command_that_takes_its_time_says_so_and_leaves_nothing(screen):
    with at_work(screen, "tidings fit", delay=0.01):
        until(lambda: "tidings fit, 0 s" in screen.getvalue())
    assert screen.getvalue().startswith(WIPE)
    assert screen.getvalue().endswith(WIPE)


def test_a_quick_command_shows_nothing(screen):
    with at_work(screen, "tidings show"):
        sys.stdout.write("Q1\n")
    assert screen.getvalue() == "Q1\n"


def test_the_first_word_of_the_command_wipes_it_away_for_good(screen):
    with at_work(screen, "tidings read", delay=0.01):
        until(lambda: "tidings read" in screen.getvalue())
        print("R1  Rain")
        said = screen.getvalue()
        time.sleep(0.3)
    assert said.endswith(f"{WIPE}R1  Rain\n")
    assert screen.getvalue() == said


def test_whoever_is_asked_something_is_not_hurried(screen, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("35%\n"))
    with at_work(screen, "tidings predict", delay=0.05):
        assert not sys.stdin.isatty()
        assert sys.stdin.read() == "35%\n"
        time.sleep(0.3)
    assert screen.getvalue() == ""


def test_a_quick_command_takes_nobody_s_time(screen):
    begin = time.perf_counter()
    with at_work(screen, "tidings show"):
        pass
    assert time.perf_counter() - begin < 0.5


def test_an_error_wipes_it_away_too(screen):
    def fails():
        with at_work(screen, "tidings fit", delay=0.01):
            until(screen.getvalue)
            raise ValueError("no")

    before = sys.stderr
    with pytest.raises(ValueError, match="no"):
        fails()
    assert screen.getvalue().endswith(WIPE)
    assert sys.stderr is before


@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_a_pipe_and_a_dumb_terminal_are_left_alone(monkeypatch, term):
    stream = io.StringIO() if term == "xterm" else Screen()
    monkeypatch.setenv("TERM", term)
    with at_work(stream, "tidings fit", delay=0.01):
        assert sys.stderr is stream
        time.sleep(0.1)
    assert stream.getvalue() == ""


def test_where_letters_are_few_it_is_drawn_with_those(screen, monkeypatch):
    monkeypatch.setattr(Screen, "encoding", "ascii")
    with at_work(screen, "tidings fit", delay=0.01):
        until(lambda: "fit" in screen.getvalue())
    assert screen.getvalue().removeprefix(WIPE)[0] in PLAIN
    assert screen.getvalue().isascii()
