"""What the README shows is what happens: its session is run line by line."""

import re
import shlex
from itertools import groupby
from pathlib import Path

import pytest
from typer.testing import CliRunner

from forecast.cli.main import app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", README, re.DOTALL)


def session():
    """Each command of the README with the output that it shows, if any."""
    lines = [line for block in BLOCKS for line in block.splitlines()]
    number = 0
    numbered = []
    for line in lines:
        number += line.startswith("$ ")
        numbered.append((number, line))
    for _, together in groupby(numbered, key=lambda pair: pair[0]):
        command, *shown = [line for _, line in together]
        yield command.removeprefix("$ "), shown


def test_the_session_runs_as_it_is_shown(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "forecast").symlink_to(ROOT / "forecast")
    ran = 0
    for command, shown in session():
        words = shlex.split(command)
        if words[0] == "export":
            monkeypatch.setenv(*words[1].split("=", 1))
        elif words[0] == "tidings":
            result = CliRunner().invoke(app, words[1:])
            assert result.exit_code == 0, (command, result.output)
            if shown:
                assert result.stdout.splitlines() == shown, command
            ran += 1
    assert ran >= 12
    assert (tmp_path / "q2.png").exists()
    assert (tmp_path / "week.html").exists()


@pytest.mark.parametrize("target", re.findall(r"^make (\w+)", README, re.MULTILINE))
def test_the_commands_of_the_readme_are_in_the_makefile(target):
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


def test_the_links_of_the_readme_lead_somewhere():
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert links
    for link in links:
        assert (ROOT / link).exists(), link
