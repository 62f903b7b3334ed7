"""`tidings suggestion`: what programs suggest is listed, judged so by a person, or declined."""

import pytest


@pytest.fixture
def room(shell):
    """A shell in which Bo has suggested something of R2."""
    shell.ok("suggestion", "add", "R2", "Q1", "--ratio", "3", "--why", "=rain\nis named", *AS_BO)
    return shell


AS_BO = ("--as", "Bo")
AS_ANA = ("--as", "Ana")


def test_nothing_is_suggested_at_the_start(shell):
    assert shell.ok("suggestion", "list") == "nothing is suggested\n"
    assert shell.data("suggestion", "list") == []


def test_a_suggestion_is_listed_with_its_report_and_question(room):
    (row,) = room.data("suggestion", "list")
    assert (row["id"], row["report"], row["question"], row["by"]) == ("G1", "R2", "Q1", "Bo")
    assert (row["ratio"], row["relevance"]) == (pytest.approx(3), 1.0)
    said = room.ok("suggestion", "list")
    assert "G1  R2 on Q1  ratio 3  relevance 100%  by Bo" in said
    assert "because =rain is named" in " ".join(said.split())


def test_accepting_moves_the_belief_and_ends_the_wait(room):
    before = room.data("show", "Q1")["belief"]["prob"]
    made = room.data("suggestion", "accept", "g1", *AS_ANA)
    assert (made["judge"], made["weight"]) == ("Ana", pytest.approx(1.0986, abs=1e-4))
    assert room.data("show", "Q1")["belief"]["prob"] > before
    assert room.data("suggestion", "list") == []
    assert "does not wait any more" in room.refused(4, "suggestion", "accept", "G1", *AS_ANA)


def test_a_person_may_weigh_otherwise(room):
    room.ok("suggestion", "accept", "G1", "--ratio", "0.5", *AS_ANA)
    assert room.data("table", "evidence")[-1]["weight"] == pytest.approx(-0.6931, abs=1e-4)


def test_who_suggested_cannot_accept(room):
    assert "somebody else has to judge" in room.refused(4, "suggestion", "accept", "G1", *AS_BO)


def test_what_is_declined_rests(room):
    assert room.ok("suggestion", "decline", "G1", "--why", "no") == "G1 rests\n"
    assert room.ok("suggestion", "list") == "nothing is suggested\n"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("accept", "G9"), 3, "no suggestion 'G9'"),
        (("decline", "G9", "--why", "x"), 3, "no suggestion 'G9'"),
        (("add", "R2", "Q1", "--ratio", "0", "--why", "x"), 2, "ratio"),
        (("add", "R2", "Q1", "--ratio", "2", "--why", " "), 2, "no reason"),
        (("add", "R2", "Q1", "--ratio", "2", "--why", "x", "--relevance", "2"), 2, "relevance"),
        (("add", "R2", "Q1", "--ratio", "9999", "--why", "x"), 2, "what settles a question"),
    ],
)
def test_what_cannot_be_done_is_told(shell, words, code, said):
    assert said in shell.refused(code, "suggestion", *words, *AS_ANA)
