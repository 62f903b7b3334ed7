"""The inbox by keyboard: with keys handed in, and through a terminal of the test's own."""

import math

import pytest

from forecast.cli.keyboard import Person
from forecast.cli.weighing import KEYS, SHORT, step_through
from forecast.desk.asking import ask
from forecast.desk.desk import Desk
from forecast.desk.suggesting import suggest
from forecast.ledger import EVIDENCE, KINDS
from forecast.views.news import inbox_rows
from forecast.views.suggested import with_suggestions
from questions.records import Bearing, MultipleChoice, Report
from questions.store.envelope import plain
from questions.store.store import open_store
from tests.forecast.cli.conftest import CLOSE, DAY, OPEN
from tests.forecast.cli.test_stepping import terminal_of  # noqa: F401

TEXT = "It was a dull day.\n\nHeavy rain fell on \x1b[2JOslo at noon."


@pytest.fixture
def desk(shell):
    store = open_store(shell.db, KINDS)
    yield Desk(store, OPEN + 6 * DAY, "Ana", "a key")
    store.close()


@pytest.fixture
def news(desk):
    """Two more stories: one on two questions with a copy, one that only may bear on one."""
    tell(desk, Report("R3", "Rain in Oslo", TEXT, OPEN + 3 * DAY, "wire", "B2", "S3"), "Q1", "Q3")
    copy = Report("R4", "Rain in Oslo", TEXT + " So.", OPEN + 3 * DAY, "ej", "", "S3", "R3")
    tell(desk, copy, "Q1")
    tell(desk, Report("R5", "Ice", "Ice.", OPEN + 4 * DAY, "", "", "S5"), "Q3", decision="maybe")
    return desk


def tell(desk, report, *questions, decision="yes"):
    with Desk(desk.store, OPEN + 5 * DAY, "Ana", report.id).writing() as entry:
        entry.append("report.read", plain(report))
        for place, question in enumerate(questions):
            entry.append("report.bears", Bearing(report.id, question, 0.9 - place / 10, decision))


def person(keys, lines=()):
    typed, said = iter(keys), iter(lines)
    return Person(key=lambda: next(typed, ""), line=lambda prompt: next(said), edit=str)


def waiting(desk):
    with desk.reading() as read:
        return with_suggestions(inbox_rows(read, desk.now), read, desk.now)


def step(desk, keys, *lines):
    return step_through(desk, waiting(desk), person(keys, lines))


def judged(desk):
    """What was judged since, as the log has it."""
    with desk.reading() as read:
        rows = read.rows(EVIDENCE)[1:]
    return [(row["report"], row["question"], row["judgement"], row["words"]) for row in rows]


def test_the_round_goes_from_sure_to_doubtful_and_from_new_to_old(news):
    assert [(row["story"], row["question"]) for row in waiting(news)] == [
        *(("S3", "Q1"), ("S3", "Q3"), ("S2", "Q1"), ("S5", "Q3")),
    ]


def test_a_story_is_shown_once_with_its_copies_and_the_questions_it_bears_on(news, capsys):
    step(news, "kkq")
    shown = capsys.readouterr().out
    assert shown.count("S3  Rain in Oslo  (1 of 4)") == 1
    assert "R3  wire B2, 16 Mar 2023; 1 copy\n" in shown
    assert "bears on Q1  Will it rain in Oslo by 30 April 2090?" in shown
    assert "; 2 of 3 stories that bear on this are unjudged" in shown
    assert SHORT in shown


@pytest.mark.parametrize(
    ("key", "words"),
    [
        *(("1", "strongly for no"), ("2", "moderately for no"), ("3", "slightly for no")),
        *(("5", "slightly for yes"), ("6", "moderately for yes"), ("7", "strongly for yes")),
    ],
)
def test_one_key_is_one_judgement(news, key, words):
    assert step(news, key) == 1
    assert judged(news) == [("R3", "Q1", "weighed", words)]


def test_the_middle_of_the_scale_is_a_ratio_of_one_and_i_is_irrelevant(news):
    assert step(news, "4i") == 2
    assert [one[2] for one in judged(news)] == ["weighed", "irrelevant"]


def test_a_judgement_shows_the_belief_before_and_after(news, capsys):
    step(news, "7q")
    shown = capsys.readouterr().out
    (line,) = [one for one in shown.splitlines() if "belief from" in one]
    words, _, beliefs = line.strip().partition("; belief from ")
    before, after = (float(one.strip("%")) for one in beliefs.split(" to "))
    assert words == "Q1: strongly for yes"
    assert before < after


@pytest.mark.parametrize(("key", "weight"), [("Y", math.inf), ("N", -math.inf)])
def test_what_settles_a_question_proposes_its_answer(news, shell, capsys, key, weight):
    step(news, key)
    with news.reading() as read:
        assert float(read.rows(EVIDENCE)[-1]["weight"]) == weight
    answer = "yes" if key == "Y" else "no"
    assert f"proposed; then: tidings resolve Q1 {answer} --source" in capsys.readouterr().out
    assert f"  Q1 {answer}: wire (R3), says Ana" in shell.ok("inbox")


def test_a_story_is_dismissed_with_all_its_questions(news):
    assert step(news, "d") == 2
    assert judged(news) == [("R3", "Q1", "irrelevant", ""), ("R3", "Q3", "irrelevant", "")]


def test_all_that_only_may_bear_is_dismissed_once_that_is_confirmed(news, capsys):
    assert step(news, "Dn") == 0
    assert step(news, "Dy") == 1
    assert judged(news) == [("R5", "Q3", "irrelevant", "")]
    assert "dismiss 1 that only may bear on a question? y or n" in capsys.readouterr().out
    assert step(news, "D") == 0
    assert "nothing that is left only may bear on a question" in capsys.readouterr().out


def test_an_undo_takes_back_a_whole_step_and_returns_to_it(news):
    assert step(news, "du6") == 1
    assert judged(news) == [
        ("R3", "Q1", "irrelevant", ""),
        ("R3", "Q3", "irrelevant", ""),
        ("R3", "Q1", "withdrawn", ""),
        ("R3", "Q3", "withdrawn", ""),
        ("R3", "Q1", "weighed", "moderately for yes"),
    ]


def test_the_last_judgement_can_be_undone_too(news, capsys):
    assert step(news, "iiiiu") == 3
    assert "that was the last: u undo, any other key ends" in capsys.readouterr().out
    assert [row["question"] for row in waiting(news)] == ["Q3"]


def test_there_is_nothing_to_undo_at_the_start(news, capsys):
    assert step(news, "u") == 0
    assert "there is nothing to undo" in capsys.readouterr().out


def test_a_note_goes_with_the_next_judgement_alone(news):
    step(news, "n6i", " asked the ministry ")
    with news.reading() as read:
        whys = [row["why"] for row in read.rows(EVIDENCE)][1:]
    assert whys == ["asked the ministry", ""]


def test_opening_shows_the_paragraph_that_matches_and_then_all_of_it(news, capsys):
    step(news, "oq")
    shown = capsys.readouterr().out
    assert "Heavy rain fell on  [2JOslo at noon." in shown
    assert "dull day" not in shown
    step(news, "Oq")
    assert "It was a dull day." in capsys.readouterr().out


def test_keys_that_only_look_do_not_show_the_question_again(news, capsys):
    step(news, "?xoq")
    shown = capsys.readouterr().out
    assert shown.count("bears on Q1") == 1
    assert all(line in shown for line in KEYS)


@pytest.mark.parametrize("end", ["", "\x04", "\x03", "q"])
def test_the_end_of_input_quits_and_what_was_judged_stays(news, end):
    assert step(news, "i" + end) == 1
    assert len(waiting(news)) == 3


def test_what_the_store_refuses_is_told_and_the_round_goes_on(news, shell, capsys):
    rows = waiting(news)
    shell.ok("retract", "R3", "--why", "withdrawn", "--as", "Bo")
    assert step_through(news, rows, person("6kk6")) == 1
    assert "R3 was retracted" in capsys.readouterr().err


def test_a_question_with_options_is_dismissed_here_but_not_weighed(desk, capsys):
    ask(
        Desk(desk.store, OPEN + 5 * DAY, "Ana", "asking"),
        "Who will be mayor of Ulm by 30 April 2090?",
        closes=CLOSE,
        criteria="The town says so.",
        kind=MultipleChoice(("Ana", "Bo")),
    )
    tell(desk, Report("R6", "Ulm", "Ulm.", OPEN + 9 * DAY, "", "", "S6"), "Q4")
    rows = [row for row in waiting(desk) if row["question"] == "Q4"]
    later = Desk(desk.store, desk.now, "Ana", "later")
    assert step_through(later, rows, person("6i")) == 1
    assert "this is no yes-or-no question: tidings judge weighs it" in capsys.readouterr().out
    assert [one[2] for one in judged(desk)] == ["irrelevant"]


@pytest.fixture
def hinted(news):
    """A program has suggested something of the first report and question."""
    program = Desk(news.store, OPEN + 6 * DAY, "Ana", "asked")
    suggest(program, "R3", "Q1", relevance=1, weight=1.0, why="Rain fell.", by="model small")
    return news


def test_a_suggestion_is_shown_beside_the_judgement_and_not_before_it(hinted, capsys):
    step(hinted, "5q")
    shown = capsys.readouterr().out
    before, _, after = shown.partition("Q1: slightly for yes")
    assert "a suggestion waits" in before
    assert "model small" not in before
    assert "model small suggests: 2.7 times likelier if yes: Rain fell." in after
    assert judged(hinted) == [("R3", "Q1", "weighed", "slightly for yes")]


def test_a_suggestion_is_shown_before_when_it_is_asked_for_and_judges_nothing(hinted, capsys):
    assert step(hinted, "sq") == 0
    assert "model small suggests" in capsys.readouterr().out
    assert judged(hinted) == []


def test_where_nothing_is_suggested_nothing_is_said_of_it(news, capsys):
    step(news, "s5q")
    assert "suggest" not in capsys.readouterr().out


def test_thirty_in_a_morning_need_thirty_keys(news):
    for number in range(10, 40):
        told = Report(f"R{number}", "Ice", "Ice.", OPEN + DAY, "", "", f"S{number}")
        tell(news, told, "Q1")
    before = len(waiting(news))
    assert step(news, "i" * before) == before == 34


def test_on_a_terminal_the_inbox_is_stepped_through(shell, terminal_of):  # noqa: F811
    terminal = terminal_of("inbox", "--as", "Ana")
    shown = terminal.until("? keys")
    assert "=Clouds over Oslo" in shown
    terminal.press("6")
    terminal.until("moderately for yes; belief from")
    terminal.until("u undo, any other key ends")
    terminal.press("q")
    terminal.until("1 judged, 0 left")
    assert terminal.ended() == 0
    assert shell.data("inbox") == []
