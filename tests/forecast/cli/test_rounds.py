"""The round through what is new, due, moved and stale, as a person types it."""

import json
import os
import pty
import select
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from forecast.cli.rounds import step_through
from forecast.desk.annotating import clarify, comment
from forecast.desk.asking import ask
from forecast.desk.believing import state_prior
from forecast.desk.blinding import Hiding
from forecast.desk.judging import judge
from forecast.ledger import FORECASTS
from forecast.people.roster import forecasts
from forecast.records import Stated
from questions.records import Bearing
from questions.store.envelope import plain
from tests.forecast.desk.conftest import CLOSE, OPEN, furnish, report

DAY = timedelta(days=1)


class Terminal:
    """A command on a terminal of its own."""

    def __init__(self, *words):
        self.hand, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "forecast", *words], stdin=theirs, stdout=theirs, stderr=theirs
        )
        os.close(theirs)
        self.seen = ""

    def answer(self, prompt, text):
        """Wait until the prompt has come, then type."""
        self.until(prompt)
        self.seen = ""
        os.write(self.hand, f"{text}\n".encode())

    def until(self, text, patience=20.0):
        """Read until a text has come."""
        end = time.monotonic() + patience
        while text not in self.seen:
            assert time.monotonic() < end, f"no {text!r} in {self.seen!r}"
            if select.select([self.hand], [], [], 0.2)[0]:
                self.seen += os.read(self.hand, 4096).decode()

    def end(self):
        """Wait for the end, and say how it ended."""
        return self.process.wait(20)

    def close(self):
        """Leave nothing behind."""
        self.process.kill()
        self.process.wait()
        os.close(self.hand)


@pytest.fixture
def sit_down():
    """Start commands on terminals, and clear them away afterwards."""
    terminals = []

    def start(*words):
        terminals.append(Terminal(*words))
        return terminals[-1]

    yield start
    for terminal in terminals:
        terminal.close()


KEYS = "q quit: "


def test_a_person_steps_through_the_open_questions(shell, sit_down):
    shell.ok("ask", "Will it hail?", "--closes", "2090-01-01", "--criteria", "Yes if it hails.")
    shell.ok("ask", "Will it thaw?", "--closes", "2090-01-01", "--criteria", "Yes if it thaws.")
    round_ = sit_down("predict", "--as", "ana")
    round_.until("Q1  Will it rain in Oslo by 30 April 2090?  (1 of 4; looked at ")
    round_.until("your last: 20% on 15 Mar 2023")
    round_.answer(KEYS, "120%")
    round_.until("probability '120%' cannot be used")
    round_.answer(KEYS, "c")
    round_.until("Q3  Will  [31mred")
    round_.until("(2 of 4; new to you)")
    round_.answer(KEYS, "c")
    round_.until("there is nothing to confirm yet")
    round_.answer(KEYS, "1/4")
    round_.answer("why: ", "a hunch")
    round_.until("Q4  Will it hail?")
    round_.answer(KEYS, "s")
    round_.until("Q5  Will it thaw?")
    round_.answer(KEYS, "q")
    round_.until("2 forecasts logged")
    assert round_.end() == 0
    mine = {name: shell.data("show", name)["forecasts"][-1] for name in ("Q1", "Q3")}
    assert (mine["Q1"]["member"], mine["Q1"]["prob"], mine["Q1"]["confirmed"]) == ("Ana", 0.2, True)
    assert (mine["Q3"]["member"], mine["Q3"]["prob"], mine["Q3"]["why"]) == ("Ana", 0.25, "a hunch")
    assert shell.data("show", "Q4")["forecasts"] == []


def test_a_person_who_leaves_keeps_what_was_logged(shell, sit_down):
    round_ = sit_down("predict", "--as", "Ana")
    round_.answer(KEYS, "45%")
    round_.answer("why: ", "")
    round_.answer(KEYS, "\x04")
    round_.until("1 forecast logged")
    assert round_.end() == 0
    assert shell.data("show", "Q1")["forecasts"][-1]["prob"] == 0.45


@pytest.fixture
def office(tmp_path):
    """A store whose belief stands still as time passes."""
    office = furnish(tmp_path / "a.db")
    state_prior(office.on(0), "Q1", Stated(0.5, 4), why="", scheduled=True)
    ask(office.on(0), "Will it snow?", closes=CLOSE, criteria="Yes if it snows.")
    state_prior(office.on(0), "Q2", Stated(0.5, 4), why="", scheduled=True)
    yield office
    office.store.close()


def step(office, day, *lines, name="Ana"):
    """What is left of the lines after a round of somebody who types them."""
    typed = iter(lines)
    desk = office.on(day, name)
    desk = replace(desk, reader=name)
    count = step_through(desk, name, lambda: desk.now, lambda _: next(typed, None))
    return count, list(typed)


def values(office, question="Q1", name="Ana"):
    with office.store.reading() as read:
        return [one.value.yes for one in forecasts(read, question) if one.member == name]


def test_one_goes_back_to_what_was_answered_and_corrects_it(office, capsys):
    assert step(office, 1, "30%", "rain", "b", "40%", "more rain", "q") == (1, [])
    assert values(office) == [0.4]
    shown = capsys.readouterr().out
    assert "logged in this round as F1; a value corrects it" in shown
    assert [row["why"] for row in office.rows(FORECASTS)] == ["rain", "more rain"]


def test_who_never_forecast_a_question_reads_what_counts(office, capsys):
    step(office, 1, "30%", "", "q")
    assert "    Yes if the weather service reports rain. No otherwise.\n" in capsys.readouterr().out
    step(office, 9, "q")
    shown = capsys.readouterr().out
    assert "looked at 8 days ago" in shown
    assert "weather service" not in shown


def test_one_cannot_go_back_behind_the_first(office):
    assert step(office, 1, "b", "b", "20%", "", "q") == (1, [])
    assert values(office) == [0.2]


def test_a_word_is_a_value_too(office):
    assert step(office, 1, "likely", "", "s")[0] == 1
    assert [row["words"] for row in office.rows(FORECASTS)] == ["likely"]


def test_an_empty_line_skips_and_the_end_of_input_ends(office):
    assert step(office, 1, "", "50%", "") == (1, [])
    assert (values(office), values(office, "Q2")) == ([], [0.5])
    assert step(office, 1.5) == (0, [])


def test_who_breaks_off_at_the_reason_has_logged_nothing(office, capsys):
    assert step(office, 1, "30%") == (0, [])
    assert values(office) == []
    assert "not logged" in capsys.readouterr().err


def test_what_cannot_be_logged_is_told_and_the_round_goes_on(office, capsys):
    typed = iter(["30%", "", "40%", "", "q"])
    desk = office.on((CLOSE - OPEN) / DAY - 1)

    def clock():
        return CLOSE + DAY

    assert step_through(desk, "Ana", clock, lambda _: next(typed, None)) == 0
    assert "not logged: Q1 closed at" in capsys.readouterr().err


def test_the_others_are_shown_once_one_has_answered(office, capsys):
    office.said(1, 0.4, member="Bo")
    step(office, 2, "30%", "", "q")
    shown = capsys.readouterr().out
    before, after = shown.split("    crowd ")
    assert "Bo" not in before
    assert after.startswith(
        "34.8%  log_odds_mean of 2 active forecasts; this is 4.8 points below it"
    )


def test_a_blind_question_shows_nothing_of_others_before_one_has_answered(office, capsys):
    ask(
        office.on(0.5),
        "Will it hail?",
        closes=CLOSE,
        criteria="Yes if so.",
        hiding=Hiding(blind=True),
    )
    office.said(1, 0.4, member="Bo", question="Q3", why="clouds")
    comment(office.on(1, "Bo"), "Q3", "look at the clouds", member="Bo")
    assert step(office, 2, "s", "s", "q") == (0, [])
    assert "clouds" not in capsys.readouterr().out
    step(office, 2, "s", "s", "80%", "")
    shown = capsys.readouterr().out
    assert (
        "    crowd 62%  log_odds_mean of 2 active forecasts; this is 18.0 points above it" in shown
    )
    assert "Bo says 40% (14 Mar 2023): clouds" in shown


def test_the_round_tells_what_is_new_since_ones_last_forecast(office, capsys):
    clarify(office.on(0.5), "Q1", why="drizzle counts")
    office.said(1, 0.4)
    clarify(office.on(2), "Q1", why="sleet does not")
    comment(office.on(2), "Q1", "mine", member="Ana")
    comment(office.on(2), "Q1", "the sky is grey", member="Bo")
    read_report(office, "R1", 3)
    judge(office.on(3, "Bo"), "R1", "Q1", "weighed", 3.0)
    capsys.readouterr()
    step(office, 4, "q")
    shown = capsys.readouterr().out
    assert "Q1  Will it rain in Oslo by 30 April 2023?  (1 of 2; moved)" in shown
    assert "50% when you last looked" in shown
    assert "your last: 40% on 14 Mar 2023" in shown
    assert "clarified: sleet does not" in shown
    assert "R1 It has rained since noon (16 Mar 2023, wire A1): Bo: 20 times likelier" in shown
    assert "Bo: the sky is grey" in shown
    assert "drizzle" not in shown
    assert "mine" not in shown


def read_report(office, name, day):
    with office.on(day).writing() as entry:
        told = report(day=day, grade="A1")
        entry.append("report.read", {**plain(told), "id": name, "story": f"S{name}"})
        entry.append("report.bears", Bearing(name, "Q1", 0.9, "yes"))


def test_nothing_to_do_is_said(shell, sit_down):
    for name in ("Q1", "Q3"):
        shell.ok("predict", name, "50%", "--as", "Ana")
    round_ = sit_down("predict", "--as", "Ana")
    round_.until("nothing is new, due, stale or moved")
    round_.until("0 forecasts logged")
    assert round_.end() == 0
    assert json.loads(shell.ok("audit", "--json"))["entries"]


def test_the_agenda_names_who_disagrees_most_and_why(shell):
    shell.ok("predict", "Q1", "5%", "--as", "Ana", "-m", "the sky is clear")
    (row,) = shell.data("agenda", "--as", "Ana")
    assert (row["question"], row["n"]) == ("Q1", 2)
    assert (row["low"]["member"], row["high"]["member"]) == ("Ana", "Bo")
    shown = shell.ok("agenda")
    assert "Ana says 5% (" in shown
    assert "): the sky is clear\n" in shown
    assert "R1 Clouds over Oslo: Ana called it 4.5 times likelier if yes; Bo did not weigh" in shown
    shell.ok("member", "team", "north", "Ana")
    assert shell.data("agenda", "--team", "north") == []
    assert "no open question has two forecasts" in shell.ok("agenda", "--team", "north")
