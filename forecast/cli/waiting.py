"""A sign of life on standard error while a command takes longer than a second.

Only on a terminal, and only until the command says or asks something itself: then it is gone.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread
from typing import Any, Final, TextIO

DELAY: Final = 1.0
STEP: Final = 0.125
"""Seconds from one picture to the next."""
PICTURES: Final = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
PLAIN: Final = "|/-\\"
ASKING: Final = frozenset({"isatty", "encoding", "errors", "fileno", "flush"})
WIPE: Final = "\r\x1b[2K"


class Sign:
    """Turns in place and counts the seconds until something else is to be seen."""

    def __init__(self, stream: TextIO, what: str, delay: float = DELAY) -> None:
        self._stream, self._what, self._delay = stream, what, delay
        self._over, self._lock, self._shown = Event(), Lock(), False
        self._thread = Thread(target=self._turn, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Be gone, and leave the line as it was."""
        with self._lock:
            if not self._over.is_set():
                self._over.set()
                if self._shown:
                    self._write(WIPE)

    def _turn(self) -> None:
        pictures, turns = _pictures(self._stream), 0
        pause = self._delay
        while not self._over.wait(pause):
            seconds = self._delay + turns * STEP
            with self._lock:
                if self._over.is_set():
                    return
                picture = pictures[turns % len(pictures)]
                self._write(f"{WIPE}{picture} {self._what}, {seconds:.0f} s")
                self._shown = True
            turns, pause = turns + 1, STEP

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


class Heralded:
    """A stream before whose first use a sign of life goes away; asking what it is is no use."""

    def __init__(self, stream: TextIO, sign: Sign) -> None:
        self._stream, self._sign = stream, sign

    def __getattr__(self, name: str) -> Any:
        if name not in ASKING:
            self._sign.end()
        return getattr(self._stream, name)


def _pictures(stream: TextIO) -> str:
    """Those that the stream can write."""
    try:
        PICTURES.encode(stream.encoding or "ascii")
    except UnicodeEncodeError:
        return PLAIN
    return PICTURES


@contextmanager
def sign_of_life(what: str = "at work", *, delay: float = DELAY) -> Iterator[None]:
    """Show that a command is at work, where somebody sits before it."""
    stream = sys.stderr
    if not stream.isatty() or os.environ.get("TERM") == "dumb":  # noqa: TID251
        yield
        return
    sign, before = Sign(stream, what, delay), (sys.stdin, sys.stdout, sys.stderr)
    sys.stdin, sys.stdout, sys.stderr = (Heralded(one, sign) for one in before)
    try:
        yield
    finally:
        sign.end()
        sys.stdin, sys.stdout, sys.stderr = before
