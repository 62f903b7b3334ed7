"""Questions are resolved and reopened."""

import pytest

RESOLVE = ("resolve", "Q1", "yes", "--source", "the weather service")


def test_a_resolution_is_kept_with_its_time_and_source(shell):
    made = shell.data(*RESOLVE, "--at", "2023-04-26T10:00+02:00", "--as", "Bo")
    assert (made["id"], made["head"]) == ("Q1", shell.head())
    assert made["resolved_at"] == "2023-04-26T08:00:00Z"
    shown = shell.data("show", "Q1")
    assert (shown["status"], shown["resolution"]) == ("resolved", "yes")
    assert shown["actual_close_time"] == shown["resolved_at"] == "2023-04-26T08:00:00Z"
    assert shown["resolution_source"] == "the weather service"


def test_an_answer_is_known_now_unless_told_otherwise(shell):
    assert shell.ok(*RESOLVE) == "Q1 resolved yes\n"
    shown = shell.data("show", "Q1")
    assert shown["resolved_at"] == shown["history"][-1]["at"]


def test_a_resolution_in_the_past_of_a_live_store_needs_no_note(shell):
    assert shell(*RESOLVE, "--at", "2023-04-26").stderr == ""


@pytest.mark.parametrize(
    ("code", "words", "right"),
    [
        (3, ["resolve", "Q9", "yes", "--source", "x"], "no question 'Q9'"),
        (2, ["resolve", "Q1", "maybe", "--source", "x"], "give yes, no, ambiguous or annulled"),
        (2, ["resolve", "Q1", "yes", "--source", " "], "no source: give who says so"),
        (2, [*RESOLVE, "--at", "2023-03-01"], "a time at or after Q1's opening at 2023-03-13"),
        (2, [*RESOLVE, "--at", "+3d"], "a time that has come: it is "),
        (2, [*RESOLVE, "--at", "2023-02-30"], "--at '2023-02-30' cannot be used"),
        (4, ["resolve", "Q2", "no", "--source", "x"], "Q2 is resolved already (yes); reopen it"),
        (4, ["reopen", "Q1", "--why", "x"], "Q1 is not resolved; there is nothing to reopen"),
        (3, ["reopen", "Q9", "--why", "x"], "no question 'Q9'"),
    ],
)
def test_what_cannot_be_settled_is_refused(shell, code, words, right):
    head = shell.head()
    assert right in shell.refused(code, *words)
    assert shell.head() == head


def test_a_question_is_reopened_and_takes_forecasts_again(shell):
    made = shell.data("reopen", "Q2", "--why", "another paper")
    assert (made["id"], made["why"], made["head"]) == ("Q2", "another paper", shell.head())
    shown = shell.data("show", "Q2")
    assert (shown["status"], shown["resolution"]) == ("open", None)
    assert [one["what"] for one in shown["history"]] == [
        *("asked", "resolved yes", "reopened: another paper"),
    ]
    shell.ok("predict", "Q2", "10%", "--as", "Bo")
    assert shell.ok("resolve", "Q2", "NO", "--source", "x") == "Q2 resolved no\n"


def test_an_answer_is_proposed_shown_and_declined(shell):
    made = shell.data("propose", "Q1", "yes", "--source", "a paper", "--as", "Bo", "--why", "seen")
    assert (made["id"], made["source"], made["head"]) == ("Q1", "a paper", shell.head())
    for where in ([], ["inbox"], ["show", "Q1"]):
        assert "  Q1 yes: a paper, says Bo, " in shell.ok(*where)
    (row,) = shell.data("show", "Q1")["proposals"]
    assert (row["outcome"], row["by"], row["why"]) == ("yes", "Bo", "seen")
    assert shell.ok("decline", "Q1", "--why", "another town") == "what was proposed of Q1 rests\n"
    assert shell.data("show", "Q1")["proposals"] == []
    assert "nothing is proposed of Q1" in shell.refused(4, "decline", "Q1", "--why", "x")


def test_a_team_may_ask_for_a_second_resolver(shell):
    assert shell.ok("settings", "second-resolver", "on") == "second-resolver is on\n"
    shell.ok("member", "add", "Cleo")
    first = shell(*RESOLVE, "--as", "Ana")
    assert first.stdout == "Q1 proposed yes\n"
    assert "it holds once a second person" in first.stderr
    again = shell.refused(4, *RESOLVE, "--as", "Bo")
    assert again.startswith("Bo has forecast on Q1, so cannot be the second to resolve it")
    assert shell.ok(*RESOLVE, "--as", "Cleo") == "Q1 resolved yes\n"


def test_what_can_be_agreed_on_is_listed(shell):
    rows = {row["name"]: row for row in shell.data("settings")}
    assert rows["second-resolver"]["value"] == "off"
    assert all(row["meaning"] for row in rows.values())
    assert "off" in shell.ok("settings")
    assert "tidings settings second-resolver on" in shell.refused(2, "settings", "second-resolver")


def test_a_dispute_is_settled_by_a_second_who_says_the_same(shell):
    shell.ok("dispute", "Q2", "--why", "it was sleet", "--as", "Bo")
    words = ("resolve", "Q2", "yes", "--source", "the gauge")
    assert "Q2 is resolved yes, and disputed; reopen it first" in shell.refused(
        4, "resolve", "Q2", "no", "--source", "the gauge", "--as", "Bo"
    )
    assert "somebody else has to confirm" in shell.refused(4, *words, "--as", "Ana")
    assert "disputed" in shell.ok("questions")
    assert "Disputed on" in shell.ok("show", "Q2")
    note = "note: counted as resolved, though disputed: Q2\n"
    for board in ("score", "leaderboard"):
        assert note in shell(board).stderr
    assert note not in shell("leaderboard", "--tag", "sport").stderr
    made = shell.data(*words, "--as", "Bo")
    assert (made["id"], made["source"], made["head"]) == ("Q2", "the gauge", shell.head())
    assert shell.data("show", "Q2")["disputes"][0]["settled"] == "upheld"
    assert note not in shell("score").stderr


@pytest.mark.parametrize("command", ["resolve", "propose"])
def test_arguments_in_the_wrong_order_are_told_in_the_right_one(shell, command):
    told = shell.refused(2, command, "yes", "Q1", "--source", "the gauge", "--as", "Bo")
    assert told.endswith(f"give the other: tidings {command} Q1 yes")


def test_who_disputes_has_a_name(shell):
    assert "--as NAME" in shell.refused(2, "dispute", "Q2", "--why", "it was sleet")
