"""Drafts decided by keyboard: with keys handed in, and through a terminal of the test's own."""

import os
import pty
import select
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from forecast.cli.keyboard import Person
from forecast.cli.stepping import step_through
from forecast.desk.desk import Desk
from forecast.ledger import KINDS
from questions.store import shelf
from questions.store.store import open_store
from tests.forecast.cli.conftest import OPEN

TEXT = {"A1": "The bridge will open by 30 April."}
ROOT = Path(__file__).parents[3]


@pytest.fixture
def desk(shell):
    store = open_store(shell.db, KINDS)
    yield Desk(store, OPEN, "Ana", "a key")
    store.close()


def person(keys, *, lines=(), edits=()):
    """A person who presses these keys, types these lines, and edits forms in these ways."""
    typed, said, changes = iter(keys), iter(lines), iter(edits)
    return Person(
        key=lambda: next(typed, ""),
        line=lambda prompt: next(said),
        edit=lambda form: next(changes)(form),
    )


def waiting(desk):
    with desk.reading() as read:
        return [one for one, verdict in shelf.drafts(read) if verdict == "waiting"]


def verdicts(desk):
    with desk.reading() as read:
        return [verdict for _, verdict in shelf.drafts(read)]


def step(desk, keys, **around):
    return step_through(desk, waiting(desk), TEXT, person(keys, **around))


def asked(desk):
    with desk.reading() as read:
        return shelf.questions(read, OPEN)[-1].question


def test_each_draft_is_shown_whole_with_its_paragraph(desk, capsys):
    step(desk, "q")
    shown = capsys.readouterr()
    for part in (
        "D1  (1 of 2)  Will the bridge of Ulm open by 30 April 2090?",
        "closes 30 Apr 2090: the article names the day",
        "Yes if cars cross it.",
        "» The bridge will open « by 30 April.",
        "a accept, e edit, s skip, r reject, b back, q quit",
    ):
        assert part in shown.out
    assert "0 opened, 0 rejected, 2 waiting" in shown.err


def test_a_key_accepts_and_another_rejects(desk):
    assert step(desk, "ar", lines=["known already"]) == ["Q4"]
    assert verdicts(desk) == ["accepted", "rejected"]
    assert (asked(desk).draft, asked(desk).asked_by) == ("D1", "Ana")


def test_what_was_decided_stays_when_one_quits_and_the_rest_waits(desk):
    step(desk, "aq")
    assert verdicts(desk) == ["accepted", "waiting"]


@pytest.mark.parametrize("end", ["", "\x04", "\x03", "q"])
def test_the_end_of_input_quits(desk, end):
    assert step(desk, end) == []
    assert verdicts(desk) == ["waiting", "waiting"]


def test_control_c_quits_as_well(desk):
    def interrupted():
        raise KeyboardInterrupt

    nobody = replace(person(""), key=interrupted)
    assert step_through(desk, waiting(desk), TEXT, nobody) == []


def test_other_keys_do_nothing(desk):
    assert step(desk, "xA\n \x1bza") == ["Q4"]


def test_skipping_leaves_a_draft_and_back_returns_to_it(desk):
    assert step(desk, "sba") == ["Q4"]
    assert asked(desk).draft == "D1"
    assert verdicts(desk) == ["accepted", "waiting"]


def test_what_was_decided_is_not_decided_twice(desk, capsys):
    assert step(desk, "abasq") == ["Q4"]
    assert "opened as Q4: s next, b back, q quit" in capsys.readouterr().out


def test_an_edit_is_opened_as_edited(desk, capsys):
    def shut(form):
        return form.replace("open by 30 April", "shut by 1 May").replace("04-30", "05-01")

    assert step(desk, "ea", edits=[shut]) == ["Q4"]
    assert asked(desk).title == "Will the bridge of Ulm shut by 1 May 2090?"
    assert asked(desk).scheduled_close_time.isoformat() == "2090-05-02T00:00:00+00:00"
    assert "D1  (1 of 2, edited)" in capsys.readouterr().out


def test_an_edit_is_judged_before_it_is_opened(desk, capsys):
    step(desk, "eq", edits=[lambda form: form.replace("the bridge of Ulm", "they")])
    assert 'error: title: the agent is a pronoun, "they"' in capsys.readouterr().out
    assert verdicts(desk) == ["waiting", "waiting"]


def test_a_form_that_cannot_be_read_is_edited_again(desk, capsys):
    forms = []

    def spoil(form):
        return form.replace("2090-04-30", "whenever")

    def mend(form):
        forms.append(form)
        return form.replace("whenever", "2090-05-01")

    assert step(desk, "eea", edits=[spoil, mend]) == ["Q4"]
    assert forms[0].startswith("# closing time 'whenever' cannot be used")
    assert "closing time 'whenever' cannot be used" in capsys.readouterr().err
    assert asked(desk).scheduled_close_time.isoformat() == "2090-05-02T00:00:00+00:00"


def test_an_edit_can_be_given_up(desk):
    step(desk, "exa", edits=[lambda form: "nothing of the kind"])
    assert asked(desk).title == "Will the bridge of Ulm open by 30 April 2090?"
    step(desk, "eq", edits=[lambda form: ""])
    assert verdicts(desk) == ["accepted", "waiting"]


def test_what_the_store_refuses_is_told_and_the_draft_stays(desk, capsys):
    step(desk, "eaq", edits=[lambda form: form.replace("2090-04-30", "2020-01-01")])
    assert "a time after the opening" in capsys.readouterr().err
    assert verdicts(desk) == ["waiting", "waiting"]


def test_hostile_text_is_inert_on_the_screen(desk, capsys):
    (one, _) = waiting(desk)
    hostile = replace(
        one,
        title="Will \x1b[2Jit \u202e[red]melt[/red]?",
        deadline_reason="\x1b]0;owned\x07",
        resolution_criteria="Yes.\x9b2J\nNo.",
        quotation=replace(one.quotation, text="ice \x1b[31mmelts", start=0, end=14),
        article="A7",
    )
    step_through(desk, [hostile], {"A7": "ice \x1b[31mmelts\x1b[0m \u2066now."}, person("q"))
    shown = capsys.readouterr().out
    assert not set(shown) & set("\x1b\u202e\x07\x9b\u2066")
    assert "[red]melt[/red]" in shown
    assert "» ice  [31mmelts «" in shown


class Terminal:
    """A command on a terminal of its own."""

    def __init__(self, *words, **environment):
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "forecast", *words],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", **environment},
            start_new_session=True,
        )
        os.close(slave)
        self.seen, self.told = "", 0

    def until(self, words, seconds=60):
        """Read until some words are seen after those of the last time; all that came between."""
        ends, before = time.monotonic() + seconds, self.told
        while words not in self.seen[before:]:
            if not select.select([self.master], [], [], max(0, ends - time.monotonic()))[0]:
                pytest.fail(f"{words!r} was not seen in {self.seen!r}")
            self.seen += os.read(self.master, 65536).decode("utf-8", "replace")
        self.told = self.seen.index(words, before) + len(words)
        return self.seen[before : self.told]

    def press(self, keys):
        os.write(self.master, keys.encode())

    def ended(self):
        code = self.process.wait(60)
        os.close(self.master)
        return code


@pytest.fixture
def terminal_of():
    """Commands on terminals of their own, ended with the test."""
    begun = []

    def begin(*words, **environment):
        begun.append(Terminal(*words, **environment))
        return begun[-1]

    yield begin
    for one in begun:
        one.process.kill()
        one.process.wait()


def test_on_a_terminal_drafts_are_stepped_through(shell, terminal_of):
    terminal = terminal_of("drafts", "--step")
    first = terminal.until("q quit")
    assert "\x1b[1;7m» The bridge will open «" in first
    terminal.press("\x1b[A\x1bOPs\n")
    terminal.until("q quit")
    terminal.press("r")
    terminal.until("why not?")
    terminal.press("known already\n")
    terminal.until("0 opened, 1 rejected, 1 waiting")
    assert terminal.ended() == 0
    assert [one["verdict"] for one in shell.data("drafts", "--all")] == ["waiting", "rejected"]


def test_keys_typed_ahead_are_kept(shell, terminal_of):
    terminal = terminal_of("drafts", "--step")
    terminal.press("a\na\n")
    terminal.until("2 opened, 0 rejected, 0 waiting")
    assert terminal.ended() == 0


def test_the_editor_is_opened_on_the_terminal(shell, tmp_path, terminal_of):
    script = tmp_path / "editor"
    script.write_text('#!/bin/sh\nsed -i s/open/shut/ "$1"\n', encoding="utf-8")
    script.chmod(0o755)
    terminal = terminal_of("drafts", "--step", EDITOR=str(script), VISUAL="")
    terminal.until("q quit")
    terminal.press("e")
    terminal.until("edited")
    terminal.until("q quit")
    terminal.press("a")
    terminal.until("opened as Q4")
    terminal.until("q quit")
    terminal.press("q")
    assert terminal.ended() == 0
    assert shell.data("show", "Q4")["title"] == "Will the bridge of Ulm shut by 30 April 2090?"


def test_an_article_is_drafted_and_stepped_through_at_once(shell, terminal_of):
    text = "Norwegian Foreign Minister Espen Eide plans to visit Kenya in May 2090."
    Path("a.txt").write_text(text, encoding="utf-8")
    terminal = terminal_of("draft", "a.txt", "--published", "2090-04-02")
    terminal.until("q quit")
    terminal.press("q")
    terminal.until("waiting")
    assert terminal.ended() == 0
    assert [one["quote"] for one in shell.data("drafts")][2:] == [text]


def test_a_pipe_gets_no_steps(shell):
    assert "a terminal" in shell.refused(2, "drafts", "--step")
