"""Questions clarified, tagged, commented, noted, disputed; teams: through the command line."""

import pytest


@pytest.mark.parametrize(
    ("words", "said", "record"),
    [
        (["clarify", "Q1", "--why", "drizzle counts"], "Q1 clarified\n", {"why": "drizzle counts"}),
        (["tag", "Q1", "north", "rain"], "Q1 tagged north, rain\n", {"added": ["north", "rain"]}),
        (["tag", "Q1", "weather", "--remove"], "Q1 without weather\n", {"removed": ["weather"]}),
        (["comment", "Q1", "clouds", "--as", "Bo"], "C1 by Bo on Q1\n", {"text": "clouds"}),
        (["note", "Q1", "ask", "--as", "Bo"], "N1 on Q1, for Bo alone\n", {"text": "ask"}),
        (["dispute", "Q2", "--why", "sleet", "--as", "Bo"], "Q2 is disputed\n", {"why": "sleet"}),
    ],
    ids=lambda words: words[0] if isinstance(words, list) else "",
)
def test_each_verb_says_what_it_did_or_prints_its_record(shell, words, said, record):
    made = shell.data(*words)
    assert made["head"] == shell.head()
    assert made["id"]
    assert record.items() <= made.items()


def test_each_verb_says_it_in_a_sentence(shell):
    assert shell.ok("clarify", "Q1", "--why", "drizzle counts") == "Q1 clarified\n"
    assert shell.ok("tag", "Q1", "north", "rain") == "Q1 tagged north, rain\n"
    assert shell.ok("tag", "Q1", "rain", "--remove") == "Q1 without rain\n"
    assert shell.ok("comment", "Q1", "clouds", "--as", "Bo") == "C1 by Bo on Q1\n"
    assert shell.ok("note", "Q1", "ask", "--as", "Bo") == "N1 on Q1, for Bo alone\n"
    assert shell.ok("dispute", "Q2", "--why", "sleet", "--as", "Bo") == "Q2 is disputed\n"
    upheld = shell.ok("resolve", "Q2", "yes", "--source", "the gauge", "--as", "Bo")
    assert upheld == "Q2 stands as resolved\n"


def test_a_tag_given_later_finds_the_question(shell):
    shell.ok("tag", "Q2", "snow")
    assert [row["id"] for row in shell.data("questions", "--tag", "snow")] == ["Q2"]
    assert shell.data("leaderboard", "--tag", "snow", "--rule", "brier")
    assert [row["id"] for row in shell.data("questions", "--tag", "Snow")] == ["Q2"]
    shell.ok("tag", "Q2", "snow", "--remove")
    assert shell.data("questions", "--tag", "snow") == []


def test_comments_are_listed_to_all_and_notes_to_their_author(shell):
    shell.ok("comment", "Q1", "clouds\x1b[31m", "--as", "Bo")
    shell.ok("note", "Q1", "ask the pilot", "--as", "Bo")
    assert [row["text"] for row in shell.data("comment", "Q1")] == ["clouds\x1b[31m"]
    assert "clouds [31m" in shell.ok("comment", "Q1")
    assert [row["text"] for row in shell.data("note", "Q1", "--as", "Bo")] == ["ask the pilot"]
    assert shell.data("note", "Q1", "--as", "Ana") == []
    assert "your name with --as NAME" in shell.refused(2, "note", "Q1")


def test_a_comment_needs_a_name(shell):
    assert "your name with --as NAME" in shell.refused(2, "comment", "Q1", "clouds")


def test_teams_are_made_and_listed(shell):
    assert shell.ok("member", "team", "north", "ana", "Bo") == "Ana, Bo in north\n"
    made = shell.data("member", "team", "north", "Bo", "--remove")
    assert [(one["id"], one["stands"]) for one in made] == [("north/Bo", False)]
    assert shell.ok("member", "teams") == "north: Ana\n"
    assert shell.data("member", "teams") == [{"team": "north", "members": ["Ana"]}]
    assert "no member 'Cleo'" in shell.refused(3, "member", "team", "north", "Cleo")
