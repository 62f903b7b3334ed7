"""The page of all commands, made from the commands themselves."""

from collections.abc import Iterator
from typing import Any, Final

import typer

from forecast.cli.main import app
from forecast.cli.panels import panel_of

HEAD: Final = """# Commands

Made from the commands by `make docs`; a test holds it equal. Each example runs in the tests.

Everywhere: `--db PLACE` or `TIDINGS_DB` names the store, `--as NAME` or `TIDINGS_AS` says who you
are, times are ISO 8601 (`2030-04-30`, `2030-04-30T12:00Z`) or count from now (`+3w`), and exit
codes are 0 ok, 1 unexpected, 2 bad input, 3 not found, 4 conflict or locked, 5 integrity.
"""


def commands(group: Any = None, words: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Every command with the words that call it, in the order of the help."""
    group = group or typer.main.get_command(app)
    for name in group.list_commands(None):
        command = group.commands[name]
        if hasattr(command, "commands"):
            yield from commands(command, (*words, name))
        else:
            yield " ".join((*words, name)), command


def examples(command: Any) -> list[str]:
    """The lines that a command's help shows: each paragraph that begins with ``Example:``.

    Without the paragraph's line breaks; several commands are parted by semicolons.
    """
    told = [" ".join(one.split()) for one in (command.help or "").split("\n\n")]
    shown = [one.removeprefix("Example: ") for one in told if one.startswith("Example: ")]
    lines = "\n".join(shown).replace("; tidings", "\ntidings").splitlines()
    return [line.rstrip(";") for line in lines]


def page() -> str:
    """The whole page in Markdown."""
    listed = dict(commands())
    panels: dict[str, list[str]] = {}
    for words in listed:
        panels.setdefault(panel_of(words.split()[0]), []).append(words)
    index = [f"- {panel}: {', '.join(map(_link, held))}" for panel, held in panels.items()]
    parts = [
        part
        for panel, held in panels.items()
        for part in (f"\n## {panel}", *(_entry(words, listed[words]) for words in held))
    ]
    return "\n".join([HEAD, *index, *parts])


def _link(words: str) -> str:
    return f"[{words}](#tidings-{words.replace(' ', '-')})"


def _entry(words: str, command: Any) -> str:
    context = command.make_context(f"tidings {words}", [], resilient_parsing=True)
    parameters = [one for one in command.get_params(context) if "--help" not in one.opts]
    told = [
        " ".join(one.split())
        for one in (command.help or "").split("\n\n")
        if not one.startswith("Example: ")
    ]
    usage = " ".join(["tidings", words, *command.collect_usage_pieces(context)])
    return "\n\n".join(
        [
            f"\n### tidings {words}",
            *map(_plain, told),
            "```\n" + "\n".join([usage, *examples(command)]) + "\n```",
            "\n".join(_row(one, context) for one in parameters),
        ]
    ).rstrip()


def _row(parameter: Any, context: Any) -> str:
    name, told = parameter.get_help_record(context)
    return f"- `{name}`: {_plain(' '.join(told.split()))}"


def _plain(text: str) -> str:
    """Text in which Markdown sees no markup."""
    return text.replace("<", "&lt;").replace("*", "\\*").replace("|", "\\|")
