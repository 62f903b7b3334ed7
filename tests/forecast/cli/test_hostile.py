"""Hostile words reach no terminal: every command is run where titles, names and news steer one.

The examples of the help run in the folder that is prepared for them, in which what people can
name and say was made hostile first.
"""

import re
import shlex
import shutil

import pytest
from typer.testing import CliRunner

from forecast.cli.main import app
from tests.docs import prepared
from tests.docs.reference import commands, examples
from tests.docs.sessions import Session
from tests.docs.test_examples import BEFORE, KEYS, ON_A_SERVER, SLOW

EVIL = "\x1b[31m \x9b2J \x07 \u202eTXT\u202c \u2066x\u2069 [bold]b[/bold] \u2028 <script>"
STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)
MARKED = "[bold]b[/bold]"
"""Markup that must be told as it stands."""
UNRUN = {*SLOW, *ON_A_SERVER, "mcp"}


def words_of(said, evil=EVIL):
    return shlex.quote(f"{said} {evil}")


def run(session, line):
    """The exit code of a line and all that it printed; of a pipe, of its last command."""
    if "|" in shlex.split(line, comments=True):
        code, printed = session.run(line)
        return code, "\n".join(printed)
    done = CliRunner().invoke(app, shlex.split(line, comments=True)[1:], prog_name="tidings")
    return done.exit_code, done.output


def steering(printed):
    """The lines that would steer a terminal."""
    return [line for line in printed.split("\n") if STEERING.search(line)]


def poison(run) -> None:
    """Have everything that is free be hostile."""
    at = f"--at {prepared.UNTIL}T06:00Z --as Ana"
    evil, who = words_of("evil"), words_of("evil", MARKED)
    run(f"member add {who} --at 2023-03-26T06:00Z")
    team = words_of("team", MARKED)
    run(f"member team {team} Ana Bo --at {prepared.UNTIL}T06:00Z")
    run(f"predict Q1 44% --as {who} -m {evil} --at {prepared.UNTIL}T06:00Z")
    run(f"source add {who} --why {evil} {at}")
    for line in (f"comment Q1 {evil}", f"note Q1 {evil}", f"clarify Q1 --why {evil}"):
        run(f"{line} {at}")
    run(f"prior Q1 --hits 3 --trials 9 --why {evil} {at}")
    run(f"propose Q2 yes --source {evil} --why {evil} {at}")
    run(f"dispute Q7 --why {evil} {at}")
    run(f"tag Q1 {who} {at}")
    run(f"suggestion add R2 Q1 --ratio 3 --why {evil} {at}")


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory):
    """The prepared folder, in which nobody means well."""
    folder = tmp_path_factory.mktemp("hostile") / "work"
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        session = Session(folder, patch)
        failed = []

        def run(line):
            code, printed = session.run(f"tidings {line}")
            if code:
                failed.append((line, printed))

        for name in ("CALL", "VISIT", "MEETING", "WHAT"):
            patch.setattr(prepared, name, f"{getattr(prepared, name)} {EVIL}")
        reports = folder.parent / "story" / "reports"
        shutil.copytree(prepared.STORY, reports.parent)
        for path in sorted(reports.glob("*.txt")):
            path.write_text(f"{EVIL} {path.read_text(encoding='utf-8')} {EVIL}", encoding="utf-8")
        patch.setattr(prepared, "STORY", reports.parent)
        prepared.prepare(folder, run)
        poison(run)
        assert failed == []
    return folder


@pytest.fixture
def session(poisoned, tmp_path, monkeypatch):
    """A shell in a copy of that folder."""
    here = tmp_path / "work"
    shutil.copytree(poisoned, here)
    return Session(here, monkeypatch)


def wanted(form):
    """The first example of each command that has a form of output, with its words."""
    for words, command in commands():
        has = {name for one in command.params for name in one.opts}
        if words not in UNRUN and words not in KEYS and (not form or form in has):
            yield words, f"{examples(command)[0]} {form}".strip()


@pytest.mark.parametrize("form", ["", "--json", "--csv"], ids=["people", "json", "csv"])
def test_what_a_command_prints_steers_nothing(form, poisoned, session):
    steered, ran = {}, 0
    for words, line in wanted(form):
        shutil.copytree(poisoned, session.folder, dirs_exist_ok=True)
        for first in BEFORE.get(words, ()):
            session.run(f"tidings {first}")
        code, printed = run(session, line)
        if found := steering(printed):
            steered[line] = found
        ran += code == 0
    assert steered == {}
    assert ran >= 10


def test_markup_is_told_as_it_stands(session):
    for line in ("show Q1", "questions", "digest --since 30d", "member list", ""):
        code, printed = run(session, f"tidings {line}".strip())
        assert code == 0
        assert MARKED in printed, line


def test_pictures_are_inert(session):
    for what in ("Q1", "leaderboard", "calibration", "sources", "L1"):
        for suffix in ("svg", "html"):
            code, printed = run(session, f"tidings plot {what} -o a.{suffix}")
            assert code == 0, printed
            text = (session.folder / f"a.{suffix}").read_text(encoding="utf-8")
            assert not STEERING.search(text), what
            assert "<script" not in text


def test_an_unknown_name_is_told_without_what_it_would_do(session):
    code, printed = run(session, f"tidings show {words_of('nothing')}")
    assert code == 3
    assert steering(printed) == []
