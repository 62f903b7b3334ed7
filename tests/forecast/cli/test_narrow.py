"""On a terminal of 80 columns no heading, name, number or date is cut."""

import re

import pytest

BOLD = re.compile(r"\x1b\[[0-9]*m")
LONG = "Alexandra Longname"
COMMANDS = (
    "questions",
    "questions --words",
    "show Q1",
    "update",
    "drafts",
    "inbox",
    "score --rule brier,peer",
    "calibrate --by forecaster",
    "leaderboard",
    "habits",
    "habits Q1",
    "aggregate",
    "backtest --min-forecasters 1",
    "source list",
    "settings",
    "lint",
    "digest --since 9999d",
)


@pytest.fixture
def narrow(shell, monkeypatch):
    """A shell at a terminal of 80 columns, with a member who has a long name."""
    shell.ok("member", "add", LONG)
    for question, value in (("Q1", "35%"), ("Q3", "12.5%"), ("Q1", "30%")):
        shell.ok("predict", question, value, "--as", LONG, "-m", "after the second bulletin")
    shell.ok("resolve", "Q1", "yes", "--source", "the gauge", "--as", "Bo")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    return shell


def test_nothing_is_cut(narrow):
    cut = {}
    for words in COMMANDS:
        lines = BOLD.sub("", narrow.ok(*words.split())).splitlines()
        assert "".join(lines).strip(), words
        cut[words] = [line for line in lines if "…" in line or len(line) > 80]
    assert cut == {words: [] for words in COMMANDS}
