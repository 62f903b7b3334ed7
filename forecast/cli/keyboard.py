"""A person at a terminal: asked for a key, a line, a text edited."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from forecast.cli.editing import in_editor

ENDS: Final = "\x03\x04"
"""Keys that mean the end of input."""


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever sits at the terminal: a key, a line, a text edited."""

    key: Callable[[], str]
    line: Callable[[str], str]
    edit: Callable[[str], str]


def at_a_terminal() -> bool:
    """Whether a person can be asked: both ends are a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def keyboard() -> Person:
    """The person at this terminal."""
    return Person(_key, _line, in_editor)


def _key() -> str:
    """One key, without waiting for the end of the line; "" at the end of input."""
    sys.stdout.flush()
    try:
        import termios
        import tty
    except ImportError:
        return sys.stdin.readline()[:1]
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    try:
        # What was typed ahead is kept: nothing is flushed.
        tty.setcbreak(terminal, termios.TCSANOW)
        return _read_key(terminal)
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)


def _read_key(terminal: int) -> str:
    """A key; an arrow or a function key, which sends several bytes, is no key of ours."""
    import select

    read = os.read(terminal, 1)
    if read != b"\x1b":
        return read.decode("ascii", "replace")
    while select.select([terminal], [], [], 0.02)[0]:
        if os.read(terminal, 1)[-1:].isalpha():
            break
    return "\x1b"


def _line(prompt: str) -> str:
    """A line that is typed; "" at the end of input."""
    try:
        return input(prompt)
    except EOFError:
        return ""


def typed(prompt: str) -> str | None:
    """A line that is typed; None at the end of input, or where the person breaks off."""
    try:
        return input(prompt)
    except (EOFError, KeyboardInterrupt):
        return None
