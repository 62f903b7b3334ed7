"""A page's sessions are run: what it shows is what happens.

Each ```` ```console ```` block holds commands after ``$ `` and what they print, in which a line
``...`` stands for any lines, and ``…`` for the rest of one; a command that is shown to fail
begins its output with ``error:``. A block whose info string names a file
(```` ```csv forecasts.csv ````) is written as that file first. All blocks of a page run in one
folder, from top to bottom.
"""

import os
import pty
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
import typer
from typer.testing import CliRunner

from forecast.cli.main import app

BLOCK: Final = re.compile(r"^```(\w+)(?: ([\w./-]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
UNSET: Final = ("TIDINGS_DB", "TIDINGS_AS", "TIDINGS_DEBUG", "FORCE_COLOR", "NO_COLOR")
ANY: Final = "..."
ROOT: Final = Path(__file__).parents[2]


@dataclass(frozen=True)
class Step:
    """A command with the lines that a page shows after it, or a file with its text."""

    command: str = ""
    shown: tuple[str, ...] = ()
    file: str = ""
    text: str = ""


def steps(page: str) -> Iterator[Step]:
    """What a page does, in its order."""
    for kind, file, text in BLOCK.findall(page):
        if file:
            yield Step(file=file, text=text)
        elif kind == "console":
            yield from commands(text)


def commands(block: str) -> Iterator[Step]:
    r"""The commands of a block; one that ends with a backslash goes on in the next line.

    >>> [one] = commands("$ tidings audit\nwhole\n...\n")
    >>> one.command, one.shown
    ('tidings audit', ('whole', '...'))
    """
    found: list[Step] = []
    for line in block.replace("\\\n", " ").splitlines():
        if line.startswith("$ "):
            found.append(Step(" ".join(line.removeprefix("$ ").split())))
        elif found:
            found[-1] = replace(found[-1], shown=(*found[-1].shown, line))
    yield from found


def fits(shown: tuple[str, ...], printed: tuple[str, ...]) -> bool:
    """Whether lines are those that a page shows.

    >>> fits(("a", "...", "c"), ("a", "b", "b", "c")), fits(("a",), ("a", "b"))
    (True, False)
    """
    if not shown:
        return not printed
    if shown[0] == ANY:
        return any(fits(shown[1:], printed[start:]) for start in range(len(printed) + 1))
    return bool(printed) and _is(shown[0], printed[0]) and fits(shown[1:], printed[1:])


def _is(shown: str, printed: str) -> bool:
    """Whether a line is the one that is shown; one that breaks off with … begins it."""
    return printed.startswith(shown[:-1]) if shown.endswith("…") else printed == shown


@cache
def built(command: typer.Typer) -> Any:
    """What Typer makes of the commands."""
    return typer.main.get_command(command)


@dataclass
class Session:
    """A shell in a folder of its own, with a home of its own."""

    folder: Path
    patch: pytest.MonkeyPatch
    width: int = 96

    def __post_init__(self) -> None:
        home = self.folder.parent / "home"
        self.patch.setenv("HOME", str(home))
        for name in ("DATA", "CONFIG", "CACHE"):
            self.patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        for name in UNSET:
            self.patch.delenv(name, raising=False)
        # The command is built once, as it is in a process of its own.
        self.patch.setattr("typer.testing._get_command", built)
        self.patch.setenv("COLUMNS", str(self.width))
        self.patch.chdir(self.folder)

    def run(self, line: str) -> tuple[int, tuple[str, ...]]:
        """The exit code of a line and what it printed, on both outputs as they come."""
        code, printed = 0, b""
        for words, into in stages(line):
            code, printed = self._stage(words, printed)
            if into:
                (self.folder / into).write_bytes(printed)
                printed = b""
        return code, tuple(one.rstrip() for one in printed.decode().rstrip("\n").splitlines())

    def _stage(self, words: list[str], given: bytes) -> tuple[int, bytes]:
        match words:
            case ["export", setting]:
                self.patch.setenv(*setting.split("=", 1))
                return 0, b""
            case ["tidings", *rest]:
                done = CliRunner().invoke(app, rest, input=given, prog_name="tidings")
                if done.exception and not isinstance(done.exception, SystemExit):
                    raise done.exception
                return done.exit_code, done.output.encode()
            case ["python", *rest]:
                words = [sys.executable, *rest]
        around = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(words, input=given, capture_output=True, check=False, env=around)
        return done.returncode, done.stdout + done.stderr

    def press(self, line: str, keys: str) -> int:
        """The exit code of a line at a terminal where a person presses these keys."""
        master, slave = pty.openpty()
        command = [sys.executable, "-m", "forecast", *shlex.split(line)[1:]]
        around = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"}
        process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=around)
        os.close(slave)
        os.write(master, keys.encode())
        try:
            while os.read(master, 65536):
                continue
        except OSError:  # the other end is closed: it has ended
            os.close(master)
        return process.wait(60)

    def take(self, step: Step) -> tuple[str, ...]:
        """What a step printed; a file is written.

        Raises:
            AssertionError: it failed, though the page does not show an error, or the reverse.
        """
        if step.file:
            path = self.folder / step.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step.text, encoding="utf-8")
            return ()
        code, printed = self.run(step.command)
        fails = any(line.startswith("error: ") for line in step.shown)
        assert (code != 0) == fails, (step.command, code, printed)
        return printed


def stages(line: str) -> Iterator[tuple[list[str], str]]:
    """The commands of a pipe, each with the file that its output goes to.

    >>> list(stages("cat a.txt | tidings read - > b.txt"))
    [(['cat', 'a.txt'], ''), (['tidings', 'read', '-'], 'b.txt')]
    """
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|>")
    lexer.whitespace_split, lexer.commenters = True, "#"
    words: list[str] = []
    for word in [*lexer, "|"]:
        if word != "|":
            words.append(word)
            continue
        command, _, into = "\0".join(words).partition("\0>\0")
        yield command.split("\0"), into
        words = []


def renewed(page: str, session: Session) -> str:
    """The page with what its commands print now, where that is not what it shows."""
    cursor = 0
    for step in steps(page):
        printed = session.take(step)
        if step.file:
            continue
        words = r"\s+(?:\\\s+)?".join(map(re.escape, step.command.split()))
        found = re.compile(rf"^\$ {words}\n", re.MULTILINE).search(page, cursor)
        assert found, step.command
        start = cursor = found.end()
        lines = step.shown if fits(step.shown, printed) else printed
        new = "".join(f"{line}\n" for line in lines)
        page = page[:start] + new + page[start + sum(len(line) + 1 for line in step.shown) :]
        cursor += len(new)
    return page
