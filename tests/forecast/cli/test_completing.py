"""The shell completes commands, options and questions; each shell has its script."""

import os
import subprocess
import sys

import pytest

SHELLS = {"bash": "complete -o default", "zsh": "compdef", "fish": "complete --command"}


def tidings(*words, **environment):
    around = {**os.environ, "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1", **environment}
    run = "import sys; from forecast.cli.main import main; sys.argv[0] = 'tidings'; main()"
    done = subprocess.run(
        [sys.executable, "-c", run, *words], capture_output=True, text=True, env=around
    )
    return done.stdout, done.stderr


def completed(line):
    """What bash is offered at the end of a line."""
    words = line.split(" ")
    out, error = tidings(
        _TIDINGS_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=str(len(words) - 1)
    )
    assert error == ""
    return out.split()


@pytest.mark.parametrize(("shell", "part"), SHELLS.items())
def test_each_shell_has_its_script(shell, part):
    script, _ = tidings("--show-completion", shell)
    assert part in script
    assert "_TIDINGS_COMPLETE" in script


def test_commands_and_options_are_completed():
    assert completed("tidings resol") == ["resolve"]
    assert completed("tidings resolve Q1 --sou") == ["--source"]


def test_questions_that_are_not_resolved_are_completed(shell):
    assert completed("tidings show Q") == ["Q1", "Q3"]
    assert completed("tidings show q3") == ["Q3"]
    assert completed(f"tidings --db {shell.db} predict Q1") == ["Q1"]


def test_without_a_store_nothing_is_offered_and_nothing_said(alone):
    assert completed("tidings show Q") == []


def test_zsh_is_told_the_titles(shell):
    offered, _ = tidings(_TIDINGS_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS="tidings show Q1")
    assert "Will it rain in Oslo by 30 April 2090?" in offered
