"""Rules of a team's own, on the command line: turned on, named in what they do, ended."""

from pathlib import Path

ADD = ("rule", "add", "arrivals", "--says", "happened", "--words", "strongly for yes")
HEADER = "Title: Stubb in Kenya\nPublished: 2023-03-17\nSource: wire\n\n"
TEXT = "Finnish President Alexander Stubb arrived in Kenya on Friday, his office said.\n"
ASK = (
    *("ask", "Will Alexander Stubb visit Kenya by 30 April 2090?", "--closes", "2090-04-30"),
    *("--opens", "2023-03-13", "--criteria", "Yes if he does.", "--as", "Ana"),
)


def test_without_a_rule_nothing_moves_a_belief_but_a_judgement(shell):
    shell.ok(*ASK)
    Path("r.txt").write_text(HEADER + TEXT, encoding="utf-8")
    (row,) = shell.data("read", "r.txt", "--question", "Q4")
    assert [one["cause"] for one in shell.data("show", "Q4")["beliefs"]] == ["prior"]
    (waits,) = [one for one in shell.data("inbox") if one["question"] == "Q4"]
    assert (waits["report"], waits["says"]) == (row["id"], "happened")
    assert "  Q4 yes: wire (R3): “Finnish President Alexander Stubb arrived" in shell.ok("inbox")


def test_a_rule_is_named_in_each_update_it_makes(shell):
    shell.ok(*ASK)
    said = "arrivals: happened by every source counts strongly for yes\n"
    assert shell.ok(*ADD, "--why", "its arrivals are seen") == said
    assert [row["name"] for row in shell.data("rule", "list")] == ["arrivals"]
    Path("r.txt").write_text(HEADER + TEXT, encoding="utf-8")
    shell.ok("read", "r.txt", "--question", "Q4")
    (judged,) = shell.data("show", "Q4")["evidence"][0]["judgements"]
    assert (judged["judge"], judged["why"]) == ("rule arrivals", "the rule arrivals: happened")
    assert "evidence R3 by rule arrivals" in shell.ok("show", "Q4")
    assert "pts, rule arrivals" in shell.ok("update", "Q4")
    assert shell.ok("rule", "end", "arrivals", "--why", "two were wrong") == "arrivals is ended\n"
    assert shell.ok("rule", "list") == "no rules: only judgements move a belief\n"


def test_what_is_no_rule_is_refused(shell):
    wrong = ("rule", "add", "a", "--says", "hinted", "--words", "slightly for no", "--why", "x")
    assert "direction 'hinted' cannot be used" in shell.refused(2, *wrong)
    assert "no rule 'a'" in shell.refused(3, "rule", "end", "a", "--why", "x")
