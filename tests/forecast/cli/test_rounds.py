"""The round through what is new, due, moved and stale, as a person types it."""

import json
import os
import pty
import select
import subprocess
import sys
import time
from datetime import timedelta

import pytest

from forecast.cli.rounds import agenda
from forecast.desk.believing import state_prior
from forecast.desk.judging import judge
from forecast.records import Stated
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


KEYS = "q to stop: "


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
    yield office
    office.store.close()


def reasons(office, day, name="Ana"):
    return [row["reason"] for row in agenda(office.on(day), name)]


def test_a_question_wants_attention_while_it_is_new_and_when_a_week_has_gone(office):
    assert reasons(office, 1) == ["new to you"]
    office.said(1, 0.3)
    assert reasons(office, 2) == []
    assert reasons(office, 7.9) == []
    assert reasons(office, 8) == ["looked at 7 days ago"]
    assert reasons(office, 2, "Bo") == ["new to you"]


def test_a_question_wants_attention_before_it_closes_and_none_after(office):
    days = (CLOSE - OPEN) / DAY
    office.said(days - 6, 0.3)
    assert reasons(office, days - 5.5) == []
    assert reasons(office, days - 4) == ["due"]
    assert reasons(office, days) == []


def test_a_question_wants_attention_when_its_belief_has_moved(office):
    office.said(1, 0.3)
    with office.on(2).writing() as entry:
        told = report(day=2, grade="A1")
        entry.append("report.read", {**plain(told), "id": "R1", "story": "S1"})
    judge(office.on(2), "R1", "Q1", "weighed", 3.0)
    assert reasons(office, 3) == ["moved"]


def test_nothing_to_do_is_said(shell, sit_down):
    for name in ("Q1", "Q3"):
        shell.ok("predict", name, "50%", "--as", "Ana")
    round_ = sit_down("predict", "--as", "Ana")
    round_.until("nothing is new, due, stale or moved")
    round_.until("0 forecasts logged")
    assert round_.end() == 0
    assert json.loads(shell.ok("audit", "--json"))["entries"]
