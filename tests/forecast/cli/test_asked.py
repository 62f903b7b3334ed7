"""Questions: asked, listed, shown, checked."""

import pytest

from questions.instants import iso
from tests.forecast.cli.conftest import OPEN

ASK = ("ask", "Will it hail in Oslo?", "--criteria", "Yes if it hails. No otherwise.")
BELIEF = {"prob", "ci_low", "ci_high", "ci_prob", "at", "fit", "needs_refit"}


def test_a_question_is_asked_and_read_back(shell):
    made = shell.data(
        *ASK, "--closes", "2089-12-31", "--opens", "+1d", "--tag", "ice", "--as", "Bo"
    )
    assert (made["id"], made["head"]) == ("Q4", shell.head())
    assert made["scheduled_close_time"] == "2090-01-01T00:00:00Z"
    (row,) = shell.data("questions", "--tag", "ice")
    assert (row["id"], row["status"], row["tags"]) == ("Q4", "upcoming", ["ice"])
    assert shell.data("show", "hail")["asked_by"] == "Bo"


def test_asking_says_the_id_on_standard_output_and_remarks_on_the_other(shell):
    result = shell("ask", "Rain soon?", "--closes", "2089-12-31", "--criteria", "If so.")
    assert result.stdout == "Q4  Rain soon?\n"
    assert all(
        line.split(":")[0] in ("error", "warning", "advice") for line in result.stderr.splitlines()
    )
    assert result.stderr


@pytest.mark.parametrize(
    ("words", "right"),
    [
        (["--closes", "2023-02-30"], "closing time '2023-02-30' cannot be used: give a date"),
        (["--closes", "2090-01-01T10:00"], "an offset with the time of day"),
        (["--closes", "2020-01-01"], "a time after the opening at"),
        (["--closes", "2090-01-01", "--opens", "2091-01-01"], "a time after the opening at"),
        (["--closes", "2090-01-01", "--type", "essay"], "type 'essay'"),
        (["--closes", "2090-01-01", "--criteria", " "], "no criteria: give some words"),
    ],
)
def test_what_is_no_question_is_refused(shell, words, right):
    head = shell.head()
    assert right in shell.refused(2, *ASK, *words)
    assert shell.head() == head


def test_a_list_has_what_its_rows_need(shell):
    rows = {row["id"]: row for row in shell.data("questions")}
    assert (rows["Q1"]["status"], rows["Q2"]["status"]) == ("open", "resolved")
    assert (rows["Q2"]["resolution"], rows["Q2"]["actual_close_time"]) == (
        *("yes", "2023-03-17T00:00:00Z"),
    )
    assert rows["Q1"]["n_forecasters"] == 2
    assert 0.2 < rows["Q1"]["crowd"] < 0.6
    assert rows["Q1"]["ci_low"] < rows["Q1"]["belief"] < rows["Q1"]["ci_high"]


def test_a_list_reads_as_a_table(shell):
    head, rule, first, *_ = shell.ok("questions").splitlines()
    assert head.split() == [
        *("id", "question", "status", "closes", "belief", "week", "crowd", "of"),
    ]
    assert set(rule) == {"─"}
    assert first.startswith("Q1   Will it rain in Oslo by 30 April 2090?")
    assert "30 Apr 2090" in first


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["--status", "open"], ["Q1", "Q3"]),
        (["--status", "resolved"], ["Q2"]),
        (["--tag", "weather"], ["Q1", "Q2", "Q3"]),
        (["--tag", "sport"], []),
        (["--due", "7"], []),
        (["--due", "90000"], ["Q1", "Q3"]),
        (["--stale", "30"], ["Q1", "Q3"]),
        (["--stale", "1", "--as-of", "2023-03-16"], ["Q3"]),
        (["--stale", "1", "--as-of", "2023-03-13T12:00Z"], []),
    ],
)
def test_a_list_is_narrowed(shell, words, found):
    assert [row["id"] for row in shell.data("questions", *words)] == found


def test_a_list_of_nothing_says_so(shell):
    assert shell.ok("questions", "--tag", "sport").startswith("no questions")
    assert shell.ok("questions", "--tag", "sport", "--jsonl") == ""


def test_a_status_is_one_of_four(shell):
    assert "give upcoming, open, closed or resolved" in shell.refused(
        2, "questions", "--status", "late"
    )


@pytest.mark.parametrize("days", ["-1", "nan", "1e9", "soon"])
@pytest.mark.parametrize("flag", ["--due", "--stale"])
def test_days_are_a_number_of_days(shell, flag, days):
    result = shell("questions", flag, days)
    assert (result.exit_code, result.stdout) == (2, "")
    assert flag in result.stderr


def test_showing_a_question_has_all_that_programs_rely_on(shell):
    shown = shell.data("show", "oslo by")
    assert {
        *("id", "title", "type", "status", "open_time", "scheduled_close_time"),
        *("actual_close_time", "resolution", "quote", "article", "prior", "belief", "joint"),
        *("crowd", "beliefs", "evidence", "forecasts"),
    } <= shown.keys()
    assert (shown["id"], shown["type"], shown["status"]) == ("Q1", "binary", "open")
    assert (shown["actual_close_time"], shown["resolution"], shown["quote"]) == (None, None, None)
    assert shown["belief"].keys() >= BELIEF
    assert shown["joint"].keys() >= BELIEF
    assert shown["prior"]["why"] == "wet springs"
    assert [one["cause"] for one in shown["beliefs"]] == ["prior", "evidence"]
    assert shown["beliefs"][1]["after"] > shown["beliefs"][1]["before"]
    assert [one["report"] for one in shown["evidence"]] == ["R1", "R2"]
    assert [one["judge"] for one in shown["evidence"][0]["judgements"]] == ["Ana"]
    assert [(one["member"], one["prob"]) for one in shown["forecasts"]] == [
        *(("Ana", 0.2), ("Bo", 0.6)),
    ]


def test_a_belief_never_hears_a_forecast(shell):
    late = ("show", "Q1", "--as-of", "2089-01-01")
    before = shell.data(*late)
    shell.ok("predict", "Q1", "99%", "--as", "Ana")
    after = shell.data(*late)
    assert after["belief"] == before["belief"]
    assert after["joint"]["inputs"] != before["joint"]["inputs"]
    assert after["crowd"]["prob"] > before["crowd"]["prob"]


def test_a_resolved_question_shows_what_happened(shell):
    shown = shell.data("show", "Q2")
    assert (shown["status"], shown["resolution"]) == ("resolved", "yes")
    assert shown["actual_close_time"] == "2023-03-17T00:00:00Z"
    assert "resolved yes on 17 Mar 2023 (the weather service)" in shell.ok("show", "Q2")


def test_a_question_reads_as_a_page(shell):
    shown = shell.ok("show", "Q1")
    for part in (
        "Q1  Will it rain in Oslo by 30 April 2090?\nopen; opened 13 Mar 2023, closes 30 Apr 2090",
        "Yes if so.\nNo if not.",
        "wet springs",
        "What moved the belief",
        "no fit yet",
        "4.5 times likelier if yes",
        "not judged",
        "because",
    ):
        assert part in shown


def test_an_accepted_draft_shows_its_quotation_and_article(shell):
    made = shell.data("accept", "D1", "--as", "Ana")
    shown = shell.data("show", made["id"])
    assert shown["quote"] == "The bridge will open"
    assert (shown["article"]["id"], shown["article"]["published"]) == ("A1", iso(OPEN))
    assert "“The bridge will open” (The bridge, 13 Mar 2023)" in shell.ok("show", made["id"])


def test_a_question_that_is_not_there_is_told(shell):
    assert shell.refused(3, "show", "Q77").startswith("no question 'Q77'")
    line = shell.refused(2, "show", "oslo")
    assert line == "question 'oslo' cannot be used: give one of Q1, Q2: it names all of them"


def test_what_the_linter_finds_is_listed(shell):
    rows = shell.data("lint", "Q2")
    assert all(
        {"question", "level", "where", "what", "hint"} <= row.keys() and row["question"] == "Q2"
        for row in rows
    )
    assert rows
    assert "Q2" not in {row["question"] for row in shell.data("lint")}
    assert "no question 'Q9'" in shell.refused(3, "lint", "Q9")


def test_the_linter_is_as_strict_as_one_asks(shell):
    rows = shell.data("lint", "Q3")
    assert ("error", "title") in {(row["level"], row["where"]) for row in rows}
    assert shell("lint", "Q3", "--strict").exit_code == 2
    shell.ok("lint", "Q1", "--strict")
    shown = shell.ok("lint")
    assert "a character that cannot be seen" in shown
    assert "\x1b" not in shown
    assert shell.ok("lint", "--csv").splitlines()[0] == "question,level,where,what,hint"


def test_a_question_that_came_true_is_not_asked_again(shell):
    asked = ("ask", "Will snow fall in Oslo?", "--closes", "2090-04-30", "--criteria", "Yes if so.")
    made = shell(*asked)
    assert made.exit_code == 0
    assert "flaw: title: it is true already: Q2 was resolved yes" in made.stderr
    assert "warning: criteria: they name no source; say who or what settles" in made.stderr


def test_a_question_whose_answer_is_nearly_known_is_remarked(shell):
    assert "probability" not in {row["where"] for row in shell.data("lint", "Q1")}
    shell.ok("prior", "Q1", "--prob", "0.999", "--worth", "500")
    (row,) = (row for row in shell.data("lint", "Q1") if row["where"] == "probability")
    assert (row["level"], row["what"][:12]) == ("advice", "it stands at")
