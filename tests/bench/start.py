"""How long the command takes to start."""

import subprocess
import sys
from collections.abc import Callable


def start() -> tuple[Callable[[], object], Callable[[], object]]:
    """``tidings --help`` against importing Typer alone."""
    ours = [sys.executable, "-m", "forecast", "--help"]
    theirs = [sys.executable, "-c", "import typer"]
    return lambda: _run(ours), lambda: _run(theirs)


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
