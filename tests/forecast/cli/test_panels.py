"""The help of the group: each command once, in a panel, in one line of an ordinary terminal."""

import re

import pytest
import typer

from forecast.cli.main import app
from forecast.cli.panels import OTHERS, PANELS, panel_of, panelled
from tests.docs.reference import page

GROUP = typer.main.get_command(app)
ENTRY = re.compile(r"^  (\w+)  +(\S.*)$", re.MULTILINE)


def entries(shown: str) -> dict[str, list[str]]:
    """The commands that the help shows under each panel."""
    parts = re.split(r"^(\S.*):$", shown, flags=re.MULTILINE)
    told = dict(zip(parts[1::2], parts[2::2], strict=True))
    return {panel: [one[0] for one in ENTRY.findall(told[panel])] for panel in PANELS}


def test_every_command_stands_in_one_panel():
    listed = [name for held in PANELS.values() for name in held]
    assert sorted(listed) == sorted(GROUP.commands)


@pytest.mark.parametrize("panel", PANELS)
def test_a_panel_is_taken_in_at_a_glance(panel):
    assert 3 <= len(PANELS[panel]) <= 10


def test_the_help_shows_the_panels_in_the_order_of_the_chain(alone, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert entries(alone.ok("--help")) == {panel: list(held) for panel, held in PANELS.items()}


def test_a_command_without_a_panel_is_shown_all_the_same():
    assert panel_of("later") == OTHERS
    assert panelled(["later", "score", "draft"])[OTHERS] == ["later"]


def test_the_help_of_the_group_has_a_line_for_each_command_at_80_columns(alone, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    shown = alone.ok("--help")
    below = shown.partition("\nAsk:\n")[2].partition("\n\n  tidings COMMAND")[0]
    lines = [line for line in below.splitlines() if line and not line.endswith(":")]
    assert len(lines) == len(GROUP.commands)
    assert [line for line in lines if not ENTRY.fullmatch(line) or not line.endswith(".")] == []
    assert max(map(len, shown.splitlines())) <= 80


def test_the_help_of_a_noun_says_what_can_be_done_with_it(alone, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert "Which reports are one story: merge, split.\n" in alone.ok("--help")


@pytest.mark.parametrize("variable", ["FORCE_COLOR", "NO_COLOR"])
def test_the_help_is_plain_whoever_asks_for_colour(alone, monkeypatch, variable):
    monkeypatch.setenv("COLUMNS", "80")
    plain = alone.ok("--help")
    monkeypatch.setenv(variable, "1")
    assert alone.ok("--help") == plain
    assert "\x1b" not in plain


def test_the_page_of_commands_has_the_same_panels():
    headings = re.findall(r"^## (.*)$", page(), flags=re.MULTILINE)
    assert headings == list(PANELS)
