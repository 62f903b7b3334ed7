"""Blind questions from the command line: asked, forecast, revealed, scored, carried away."""

import math
from pathlib import Path

import pytest

WORDS = ("--closes", "2090-05-01", "--criteria", "Yes if so. No if not.")


@pytest.fixture
def blind(shell):
    """The story with Q4, which is blind, and which Bo has forecast; Cleo is new."""
    shell.ok("member", "add", "Cleo")
    shell.ok("ask", "Will it hail in Oslo?", *WORDS, "--blind", "--as", "Ana")
    shell.ok("predict", "Q4", "20%", "--as", "Bo", "-m", "clear skies")
    return shell


def test_a_question_is_asked_blind_for_all_its_life_or_until_a_time(shell):
    shell.ok("ask", "Will it hail?", *WORDS, "--blind", "--as", "Ana")
    shell.ok("ask", "Will it thaw?", *WORDS, "--blind-until", "2089-01-01", "--as", "Ana")
    shell.ok("ask", "Will it clear?", *WORDS, "--as", "Ana")
    blind = [shell.data("show", name, "--as", "Ana")["blind"] for name in ("Q4", "Q5", "Q6")]
    assert blind[0] == {"until": "2090-05-02T00:00:00Z", "hidden": True}
    assert blind[1]["until"] == "2089-01-02T00:00:00Z"
    assert blind[2] is None
    assert "blind until 1 May 2090: what others say of it is hidden" in shell.ok("show", "Q4")


def test_a_team_can_agree_that_questions_are_blind(shell):
    shell.ok("settings", "blind", "on", "--why", "we anchor on each other", "--as", "Ana")
    shell.ok("accept", "D1", "--as", "Ana")
    shell.ok("accept", "D2", "--no-blind", "--as", "Ana")
    assert shell.data("show", "Q4")["blind"]["hidden"]
    assert shell.data("show", "Q5")["blind"] is None


def test_an_end_without_blindness_is_refused(shell):
    asked = ("ask", "Will it hail?", *WORDS, "--no-blind", "--blind-until", "2080-01-01")
    assert "none where the question is not blind" in shell.refused(2, *asked, "--as", "Ana")


def test_the_crowd_is_refused_until_one_has_forecast(blind):
    for reader in ([], ["--as", "Cleo"]):
        problem = blind.refused(4, "crowd", "Q4", *reader)
        assert "Q4 hides what others say until you have forecast it" in problem
        assert "`tidings reveal`" in problem
    told = blind.ok("predict", "Q4", "50%", "--as", "Cleo").splitlines()
    assert told[1].startswith("crowd 33.3%  log_odds_mean of 2 active forecasts")
    assert told[1].endswith("(+0.69 in log odds)")
    assert blind.data("crowd", "Q4", "--as", "Cleo")["n"] == 2


def test_the_list_says_that_a_crowd_is_hidden(blind):
    row = next(one for one in blind.data("questions", "--as", "Cleo") if one["id"] == "Q4")
    assert (row["crowd"], row["n_forecasters"], row["crowd_short"]) == (None, None, "hidden")
    row = next(one for one in blind.data("questions", "--as", "Bo") if one["id"] == "Q4")
    assert (row["crowd"], row["n_forecasters"]) == (pytest.approx(0.2), 1)


def test_pooling_leaves_out_what_is_hidden_and_says_so(blind):
    told = blind("aggregate", "--json", "--as", "Cleo")
    assert '"Q4"' not in told.stdout
    assert told.stderr == "note: Q4 is blind, and left out\n"
    assert '"Q4"' in blind.ok("aggregate", "--json", "--as", "Bo")


def test_who_reveals_sees_and_that_is_on_record(blind):
    made = blind.data("reveal", "Q4", "--as", "Cleo")
    assert made == {"question": "Q4", "member": "Cleo", "id": "Q4", "head": blind.head()}
    assert blind.data("show", "Q4", "--as", "Cleo")["crowd"]["n"] == 1
    said = blind.data("predict", "Q4", "50%", "--as", "Cleo")
    assert said["shown"] == "revealed"
    assert "Q4 hides nothing from Cleo" in blind.refused(4, "reveal", "Q4", "--as", "Cleo")
    assert "your name" in blind.refused(2, "reveal", "Q4")


def test_a_reader_who_is_nobody_s_is_refused_with_the_nearest(blind):
    assert "Cleo" in blind.refused(3, "show", "Q4", "--as", "Cloe")


def test_the_group_s_own_flag_names_the_reader_of_every_command(blind):
    assert blind.data("--as", "Bo", "show", "Q4")["crowd"]["n"] == 1
    assert "crowd" not in blind.data("--as", "Cleo", "show", "Q4")


def test_an_export_is_refused_until_all_is_revealed(blind):
    problem = blind.refused(4, "export", "moved", "--as", "Cleo")
    assert "what others say of Q4 is hidden from Cleo" in problem
    assert "--reveal" in problem
    assert "say who you are" in blind.refused(4, "export", "moved", "--reveal")
    assert not Path("moved").exists()
    told = blind("export", "moved", "--reveal", "--as", "Cleo")
    assert told.exit_code == 0
    assert told.stderr == "note: Cleo sees from now on what others say of Q4\n"
    assert '"crowd.revealed"' in Path("moved/log.jsonl").read_text()
    assert blind.data("show", "Q4", "--as", "Cleo")["crowd"]["n"] == 1


def test_an_export_asks_nothing_of_who_is_blind_to_nothing(blind):
    assert blind("export", "moved", "--as", "Bo").stderr == ""


def test_a_backup_says_what_it_holds(blind):
    told = blind("backup", "monday.db", "--as", "Cleo")
    assert told.exit_code == 0
    assert "the copy holds what is hidden from you of Q4: who has it can look" in told.stderr
    assert blind("backup", "tuesday.db", "--as", "Bo").stderr == ""


def test_what_was_said_blind_is_scored_apart(blind):
    """Bo says 20 % and then, having seen Cleo's 90 %, 80 %; blind he would have had .64."""
    blind.ok("predict", "Q4", "90%", "--as", "Cleo")
    blind.ok("predict", "Q4", "80%", "--as", "Bo")
    blind.ok("resolve", "Q4", "yes", "--source", "the weather service", "--as", "Ana")
    rows = blind.data("score", "--rule", "last_brier", "--blind-only")
    assert {(row["question_id"], row["forecaster"]): row["score"] for row in rows} == {
        ("Q4", "Bo"): pytest.approx(0.64),
        ("Q4", "Cleo"): pytest.approx(0.01),
    }
    whole = {
        (row["question_id"], row["forecaster"]): row["score"]
        for row in blind.data("score", "--rule", "last_brier")
    }
    assert whole["Q4", "Bo"] == pytest.approx(0.04)
    assert ("Q2", "Ana") in whole
    assert blind.data("calibrate", "--blind-only")["n_forecasts"] == 2
    board = blind.data("leaderboard", "--blind-only")
    assert [row["forecaster"] for row in board] == ["Cleo", "Bo"]
    assert board[0]["points"] > 0 > board[1]["points"]


def test_only_a_store_knows_what_was_said_blind(alone):
    Path("f.csv").write_text("question_id,forecaster,made_at,prob\na,Ana,2023-01-01,0.9\n")
    Path("q.csv").write_text(
        "question_id,type,open_time,scheduled_close_time,resolution\n"
        "a,binary,2023-01-01,2023-01-05,yes\n"
    )
    files = ("--forecasts", "f.csv", "--questions", "q.csv")
    for command in ("score", "calibrate", "leaderboard"):
        assert "no files" in alone.refused(2, command, *files, "--blind-only")


WEIGHING = ("skill_weighted", "contribution_weighted", "single_aggregation")


@pytest.mark.parametrize("method", WEIGHING)
def test_a_crowd_is_pooled_by_what_was_resolved_by_then(shell, method):
    """Of Q2, which came true, Ana had said 80 % and Bo 30 %: on Q1 Ana's 20 % weighs more."""
    found = shell.data("crowd", "Q1", "--method", method)
    assert (found["method"], found["n"]) == (method, 2)
    plain = shell.data("crowd", "Q1", "--method", "log_odds_mean")["prob"]
    assert plain == pytest.approx(1 / (1 + math.sqrt(4 / 1.5)))
    assert 0.2 <= found["prob"] < plain
    rows = shell.data("aggregate", "--method", method)
    (pooled,) = [row for row in rows if row["question_id"] == "Q1"]
    assert found["prob"] == pytest.approx(pooled["prob"], abs=0.05)


def test_with_nothing_resolved_bayes_is_the_mean_of_the_log_odds(shell):
    early = ("--as-of", "2023-03-16T00:00Z")  # Q2 is resolved on the 18th
    found, plain = (
        shell.data("crowd", "Q1", "--method", method, *early)["prob"]
        for method in ("bayes", "log_odds_mean")
    )
    assert found == pytest.approx(plain, abs=1e-12)
    later = shell.data("crowd", "Q1", "--method", "bayes")["prob"]
    assert later != pytest.approx(plain, abs=1e-6)


def test_one_method_is_shown_where_none_is_named(shell):
    assert shell.data("crowd", "Q1")["method"] == "log_odds_mean"
    assert shell.data("show", "Q1")["crowd"]["method"] == "log_odds_mean"
