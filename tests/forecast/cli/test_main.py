"""The group: help, exit codes, what is imported, where the store is named."""

import json
import subprocess
import sys
from importlib import import_module

import pytest
import typer

from forecast.cli.main import app

HEAVY = ("pymc", "arviz", "pandas", "scipy", "spacy", "matplotlib", "pytensor")


def commands(group=None, prefix=()):
    """Every command with its words."""
    group = group or typer.main.get_command(app)
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*prefix, name))
        else:
            yield (*prefix, name), command


COMMANDS = list(commands())


@pytest.mark.parametrize("words", [words for words, _ in COMMANDS], ids=" ".join)
def test_every_command_has_help_with_an_example(alone, words):
    shown = alone.ok(*words, "--help")
    assert f"Example: tidings {' '.join(words)}" in " ".join(shown.split())


@pytest.mark.parametrize(("words", "command"), COMMANDS, ids=[" ".join(one) for one, _ in COMMANDS])
def test_every_option_says_what_it_does(words, command):
    assert [one.name for one in command.params if not getattr(one, "help", None)] == []


def run(*words, **more):
    """A command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "forecast", *map(str, words)], capture_output=True, text=True, **more
    )


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["questions"],
        ["show", "Q1"],
        ["update"],
        ["predict", "Q1", "40%", "--as", "Ana"],
    ],
    ids=" ".join,
)
def test_routine_commands_import_nothing_heavy(shell, words):
    code = (
        "import sys; from forecast.cli.main import app\n"
        "try: app(sys.argv[1:])\n"
        "except SystemExit as done: code = done.code\n"
        f"print(code, [name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True)
    assert done.stderr.splitlines()[-1] == "0 []"
    assert done.stdout


def test_help_opens_no_database_library():
    slow = ("sqlalchemy", "numpy")
    code = f"import sys, forecast.cli.main; print([one for one in {slow} if one in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_the_module_is_the_same_command(shell):
    done = run("questions", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert [row["id"] for row in json.loads(done.stdout)] == ["Q1", "Q2", "Q3"]


@pytest.mark.parametrize("words", ["show Q1 --json", "questions"])
def test_a_reader_that_stops_early_is_no_error(shell, words):
    line = f"{sys.executable} -m forecast {words} | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_script_of_the_distribution_is_this_group():
    assert import_module("forecast.cli.main").main.__module__ == "forecast.cli.main"


@pytest.mark.parametrize("words", [["nonsense"], ["show"], ["questions", "--nonsense"]])
def test_wrong_usage_is_exit_2(alone, words):
    result = alone(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr


def test_what_nobody_foresaw_is_exit_1_in_one_line(alone, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("the roof fell in")

    monkeypatch.setattr("forecast.cli.setting.store_path", fail)
    result = alone("questions")
    assert result.exit_code == 1
    assert result.stderr == (
        "unexpected: RuntimeError: the roof fell in; TIDINGS_DEBUG=1 shows where\n"
    )


@pytest.mark.parametrize(
    "words",
    [
        ["questions", "--db", "other.db"],
        ["--db", "other.db", "questions"],
        ["--db", "none.db", "questions", "--db", "other.db"],
    ],
)
def test_the_store_is_named_before_or_after_the_command(alone, words):
    alone.ok("init", "--db", "other.db")
    assert "no questions" in alone.ok(*words)


def test_the_store_that_is_named_wins_over_the_environment(shell, monkeypatch):
    shell.ok("init", "--db", "other.db")
    monkeypatch.setenv("TIDINGS_DB", "other.db")
    assert shell.data("questions") == []
    assert len(shell.data("--db", "tidings.db", "questions")) == 3
    assert len(shell.data("questions", "--db", "tidings.db")) == 3


def test_the_store_that_is_named_first_reaches_commands_in_groups(shell):
    shell.ok("init", "--db", "other.db")
    shell.ok("--db", "other.db", "member", "add", "Cleo")
    assert shell.data("member", "list", "--db", "other.db") == [{"name": "Cleo"}]


def test_the_command_alone_says_what_is_due_reported_and_moved(shell):
    shown = shell.ok()
    assert shown.startswith("3 questions: 0 upcoming, 2 open, 0 closed, 1 resolved\n")
    assert "R2 on Q1  =Clouds over Oslo" in shown


def test_the_command_alone_says_how_to_start(alone):
    alone.ok("init", "--db", alone.db)
    assert "start with: tidings draft ARTICLE --published DATE" in alone.ok()
