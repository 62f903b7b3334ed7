"""The inbox as a list, and what is dismissed of it at once."""

import pytest


def test_the_inbox_holds_what_nobody_has_judged(shell):
    assert [(one["report"], one["question"]) for one in shell.data("inbox")] == [("R2", "Q1")]
    shell.ok("judge", "R2", "Q1", "--irrelevant", "--as", "Ana")
    assert shell.data("inbox") == []
    assert shell.ok("inbox") == "nothing waits for a judgement\n"


def test_a_pipe_gets_the_table(shell):
    header, _, row = shell.ok("inbox").splitlines()
    assert header.split()[:4] == ["story", "report", "published", "title"]
    assert row.split()[:2] == ["S2", "R2"]


def test_the_forms_for_programs_have_the_same_rows(shell):
    (row,) = shell.data("inbox")
    assert {"stories", "unjudged", "copies", "retold", "decision"} <= row.keys()
    assert (row["stories"], row["unjudged"]) == (2, 1)
    assert shell.ok("inbox", "--csv").splitlines()[1].startswith("S2,R2,'=Clouds over Oslo")
    assert '"story": "S2"' in shell.ok("inbox", "--jsonl")


@pytest.mark.parametrize("name", ["S2", "r2", "S2/Q1", "R2/q1", " s2 ,R2"])
def test_stories_are_dismissed_by_name(shell, name):
    said = shell.ok("inbox", "--dismiss", name, "--why", "another Oslo", "--as", "Bo")
    assert said == "irrelevant: R2/Q1\n"
    assert shell.data("inbox") == []
    shown = shell.data("show", "Q1")["evidence"][1]["judgements"]
    assert [(one["judge"], one["judgement"], one["why"]) for one in shown] == [
        ("Bo", "irrelevant", "another Oslo")
    ]


def test_a_dismissal_is_taken_back_by_command(shell):
    shell.ok("inbox", "--dismiss", "S2", "--as", "Bo")
    said = shell.ok("judge", "R2", "Q1", "--retract", "--why", "it was this Oslo", "--as", "Bo")
    assert said == "R2 on Q1: withdrawn; belief stays at 42.7%\n"
    assert [row["story"] for row in shell.data("inbox")] == ["S2"]


def test_one_sees_what_only_others_have_judged(shell):
    assert [one["report"] for one in shell.data("inbox", "--mine", "--as", "Bo")] == ["R1", "R2"]
    assert [one["report"] for one in shell.data("inbox", "--mine", "--as", "Ana")] == ["R2"]


@pytest.mark.parametrize(
    ("code", "name", "right"),
    [
        (3, "S9", "no waiting story 'S9'"),
        (3, "maybe", "no waiting story 'maybe'"),
        (2, ",", "give stories such as S4,S5, or maybe"),
    ],
)
def test_only_what_waits_is_dismissed(shell, code, name, right):
    head = shell.head()
    assert right in shell.refused(code, "inbox", "--dismiss", name)
    assert shell.head() == head


def test_two_judges_who_disagree_are_both_shown(shell):
    shell.ok("judge", "R1", "Q1", "--words", "slightly for no", "--as", "Bo")
    assert "Ana: 4.5 times likelier if yes; Bo: slightly for no" in shell.ok("show", "Q1")


def test_what_is_unjudged_is_said_where_beliefs_are_read(shell):
    assert "1 of 2 stories that bear on this is unjudged" in shell.ok("show", "Q1")
    (row,) = shell.data("update", "Q1")
    assert (row["stories"], row["unjudged"]) == (2, 1)
    assert "1 of 2" in shell.ok("update", "Q1")


def test_a_retraction_is_told_and_undone(shell):
    before = shell.data("update", "Q1")[0]["prob"]
    gone = ("retract", "R1", "--why", "the wire withdrew it", "--corrected-by", "R2", "--as", "Bo")
    assert shell.ok(*gone) == "R1 retracted\n"
    assert "retracted (see R2)" in shell.ok("show", "Q1")
    assert shell.data("update", "Q1")[0]["prob"] < before
    assert shell.ok("retract", "R1", "--why", "mine", "--undo") == "R1 counts again\n"
    assert "R1 is not retracted" in shell.refused(4, "retract", "R1", "--why", "x", "--undo")
