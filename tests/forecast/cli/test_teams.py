"""Scores and comparisons of teams and of the crowd, through the command line."""

from pathlib import Path

import pytest

from forecast.cli.skills import _names


@pytest.fixture
def team(shell):
    """A store with a team of Ana."""
    shell.ok("member", "team", "North Sea", "Ana")
    return shell


def test_scores_and_the_leaderboard_can_be_a_teams(team):
    for words in (["score", "--rule", "brier"], ["leaderboard", "--rule", "brier"]):
        assert {row["forecaster"] for row in team.data(*words)} == {"Ana", "Bo"}
        assert {row["forecaster"] for row in team.data(*words, "--team", "north sea")} == {"Ana"}
        assert "no team 'south'" in team.refused(3, *words, "--team", "south")


def test_a_member_is_compared_with_the_rest_of_the_crowd(shell):
    found = shell.data("compare", "Ana", "Crowd")
    assert (found["first"], found["second"], found["n_questions"]) == ("Ana", "crowd", 1)
    assert found["difference"] == pytest.approx(0.2**2 - 0.7**2)
    assert shell.ok("compare", "Bo", "crowd").startswith("Bo - crowd, brier: +0.4500 over 1 quest")


def test_a_team_is_compared_with_a_member_or_the_crowd(team):
    team.ok("member", "add", "Cleo")
    found = team.data("compare", "north sea", "Bo", "--rule", "log")
    assert (found["first"], found["n_questions"]) == ("North Sea", 1)
    assert found["difference"] < 0
    assert team.data("compare", "North Sea", "crowd")["difference"] == pytest.approx(0.04 - 0.49)


def test_nobody_is_compared_with_themselves(shell):
    assert "two who differ" in shell.refused(2, "compare", "crowd", "crowd")


def test_files_have_a_crowd_too(alone):
    Path("q.csv").write_text(
        "question_id,type,open_time,scheduled_close_time,resolution\n"
        "1,binary,2030-01-01T00:00Z,2030-01-11T00:00Z,yes\n"
    )
    said = [
        f"1,{name},2030-01-01T00:00Z,{prob}\n"
        for name, prob in zip("abc", (0.9, 0.5, 0.5), strict=True)
    ]
    Path("f.csv").write_text("".join(["question_id,forecaster,made_at,prob\n", *said]))
    files = ("--forecasts", "f.csv", "--questions", "q.csv")
    found = alone.data("compare", "a", "crowd", *files)
    assert found["difference"] == pytest.approx(0.01 - 0.25)
    assert "no forecaster with a score 'd'" in alone.refused(3, "compare", "d", "crowd", *files)


def test_groups_may_be_named_by_their_team():
    teams = {"north sea": ("Ana", "Bo"), "south": ("Bo", "Cleo")}
    assert _names("North Sea, Dan", teams) == ["Ana", "Bo", "Dan"]
    assert _names("south,north sea", teams) == ["Bo", "Cleo", "Ana"]
    assert _names("Ana,,", {}) == ["Ana"]
