"""The digest as cron has it sent."""

import pytest


def test_a_digest_is_plain_text_under_headings(shell):
    shell.ok("comment", "Q1", "look\x1b[2J", "--as", "Bo")
    shell.ok("clarify", "Q3", "--why", "any ice counts", "--as", "Ana")
    shown = shell.ok("digest", "--as", "Ana")
    assert shown.startswith("Tidings for Ana, ")
    assert "\nTo forecast\n- New to you, closes 30 Apr 2090: Q3 Will  [31mred" in shown
    again = "days ago, closes 30 Apr 2090: Q1 Will it rain in Oslo by 30 April 2090?\n"
    assert again in shown.partition("\nTo look at again\n- Looked at ")[2]
    assert "\nClarified\n- “any ice counts” (Ana, today): Q3 Will" in shown
    comment = "- Bo, today: “look [2J”: Q1 Will it rain in Oslo by 30 April 2090?\n"
    assert f"\nComments\n{comment}" in shown
    assert "\x1b" not in shown


def test_a_digest_is_for_programs_too(shell):
    found = shell.data("digest", "--since", "3650d", "--as", "Ana")
    assert [row["said"] for row in found["resolved"]] == ["80%"]
    assert {row["report"] for row in found["reported"]} == {"R1", "R2"}
    assert found["member"] == "Ana"
    assert shell.data("digest")["member"] == ""


def test_an_empty_digest_prints_nothing_unless_asked(alone):
    alone.ok("init", "--db", alone.db)
    assert alone.ok("digest") == ""
    assert alone.ok("digest", "--empty") == "nothing is due, and nothing is new\n"


@pytest.mark.parametrize(
    ("since", "start"),
    [
        ("12h", "2023-03-15T12:00:00Z"),
        ("2d", "2023-03-14T00:00:00Z"),
        ("2023-03-13", "2023-03-13T00:00:00Z"),
    ],
)
def test_since_is_a_duration_or_a_time(shell, since, start):
    found = shell.data("digest", "--since", since, "--as-of", "2023-03-16")
    assert found["since"] == start


def test_since_is_no_word(shell):
    assert "--since 'soon' cannot be used" in shell.refused(2, "digest", "--since", "soon")


def test_the_command_alone_says_it_in_short_for_me(shell, monkeypatch):
    shell.ok("comment", "Q1", "clouds", "--as", "Bo")
    monkeypatch.setenv("TIDINGS_AS", "Ana")
    shown = shell.ok()
    assert shown.startswith("3 questions: 0 upcoming, 2 open, 0 closed, 1 resolved\n")
    assert "\nTo forecast\n- New to you, closes 30 Apr 2090: Q3 Will" in shown
    assert "\nTo look at again\n- Looked at " in shown
    told = "- Bo, today: “clouds”: Q1 Will it rain in Oslo by 30 April 2090?\n"
    assert f"\nComments\n{told}" in shown
    monkeypatch.delenv("TIDINGS_AS")
    assert "To forecast" not in shell.ok()
