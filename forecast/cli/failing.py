"""What goes wrong, told in one line on standard error with its exit code: the only place."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import typer

from forecast.cli.output import say
from forecast.cli.setting import debugging
from questions.errors import TidingsError

_JARGON: Final = re.compile(r"Input should be|, unable to [^,;]*")
"""What the parser says of a value that is not of the type it should be."""


@contextmanager
def errors_told() -> Iterator[None]:
    """Tell what goes wrong, and end with its exit code; a reader that has gone is no error."""
    try:
        yield
    except (typer.Exit, typer.Abort):
        raise
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None
    except Exception as error:
        if _is_help(error) or (debugging() and not _is_told(error)):
            raise
        say(_sentence(error))
        raise typer.Exit(getattr(error, "exit_code", 1)) from None


def _is_told(error: Exception) -> bool:
    """Whether it is somebody's mistake, of which nobody wants to see the traceback."""
    return isinstance(error, TidingsError) or hasattr(error, "format_message")


def _is_help(error: Exception) -> bool:
    """Whether it is the help of a noun that was called alone."""
    return type(error).__name__ == "NoArgsIsHelpError"


def _sentence(error: Any) -> str:
    if isinstance(error, TidingsError):
        return f"error: {error}"
    if hasattr(error, "format_message"):
        return f"error: {misuse(error.format_message())}{_pointer(error)}"
    return f"unexpected: {type(error).__name__}: {error}; TIDINGS_DEBUG=1 shows where"


def misuse(said: str) -> str:
    """What the parser of the command line says, as our own errors read.

    >>> misuse("Missing argument 'question'.")
    "missing argument 'question'"
    >>> misuse("Invalid value for '--due': Input should be a valid number, unable to parse it")
    "invalid value for '--due': it should be a valid number"
    """
    plain = _JARGON.sub(lambda found: "it should be" if found[0][0] == "I" else "", said)
    return f"{plain[:1].lower()}{plain[1:]}".rstrip(".")


def _pointer(error: Any) -> str:
    """Where the help of the command stands; nothing where a nearest one is named."""
    context = getattr(error, "ctx", None)
    near = "id you mean" in error.format_message()
    return f"; `{context.command_path} --help` shows how" if context and not near else ""
