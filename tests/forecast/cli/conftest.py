"""The command line as a person meets it: a folder and a home of one's own, a store with a story.

The store is live and was lived through by desks of their own days: two members, a question
with a report that was judged and forecasts, one that is resolved, one with a hostile title.
"""

import json
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from forecast.cli.main import app
from forecast.desk.asking import ask, keep_drafts
from forecast.desk.believing import state_prior
from forecast.desk.desk import Desk
from forecast.desk.judging import judge
from forecast.desk.predicting import Said, add_member, predict
from forecast.desk.settling import resolve
from forecast.ledger import KINDS
from forecast.records import Cases
from questions.records import Article, Bearing, Draft, Quotation, Report
from questions.store.envelope import plain
from questions.store.store import open_store

OPEN = datetime(2023, 3, 13, tzinfo=UTC)
CLOSE = datetime(2090, 5, 1, tzinfo=UTC)
DAY = timedelta(days=1)
HOSTILE = "Will \x1b[31mred\x1b[0m [bold]ice[/bold] \u202emelt\ntwice?"
DRAFT = Draft(
    title="Will the bridge of Ulm open by 30 April 2090?",
    family="opening",
    roles=(("what", "bridge of Ulm"),),
    open_time=OPEN,
    scheduled_close_time=CLOSE,
    deadline_reason="the article names the day",
    resolution_criteria="Yes if cars cross it.",
    fine_print="",
    quotation=Quotation("The bridge will open", 0, 20),
)


@dataclass
class Shell:
    """Runs commands in one folder, and says what they answered."""

    db: Path

    def __call__(self, *words: object, typed: str | bytes | None = None):
        return CliRunner().invoke(app, [str(word) for word in words], input=typed)

    def ok(self, *words: object, typed: str | bytes | None = None) -> str:
        """The standard output of a command that must succeed."""
        result = self(*words, typed=typed)
        assert (result.exit_code, result.exception) == (0, None), result.output
        return result.stdout

    def data(self, *words: object, typed: str | bytes | None = None):
        """The one JSON document that a command prints."""
        return json.loads(self.ok(*words, "--json", typed=typed))

    def refused(self, code: int, *words: object, typed: str | bytes | None = None) -> str:
        """The one line of a command that must fail with a code, without a word on stdout."""
        result = self(*words, typed=typed)
        assert result.exit_code == code, result.output
        assert result.stdout == ""
        assert "Traceback" not in result.stderr
        (line,) = result.stderr.splitlines()
        assert line.startswith("error: ")
        return line.removeprefix("error: ")

    def head(self) -> str:
        """The head of the log."""
        return str(self.data("audit", "--db", self.db)["head"])


@pytest.fixture(scope="session", autouse=True)
def built_once():
    """The command is built once for all tests, as it is in a process of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("typer.testing._get_command", cache(typer.main.get_command))
        yield


@pytest.fixture
def alone(tmp_path, monkeypatch):
    """A shell in an empty folder, with a home of its own and nothing in its environment."""
    here = tmp_path / "work"
    here.mkdir()
    for name in ("TIDINGS_DB", "TIDINGS_AS", "TIDINGS_DEBUG", "COLUMNS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("DATA", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "home" / name.lower()))
    monkeypatch.chdir(here)
    return Shell(here / "tidings.db")


@pytest.fixture(scope="session")
def told(tmp_path_factory) -> Path:
    """The story, written once."""
    path = tmp_path_factory.mktemp("story") / "tidings.db"
    store = open_store(path, KINDS, create_with=("live", OPEN))
    _tell(lambda day, actor="Ana": Desk(store, OPEN + day * DAY, actor, f"{day} {actor}"))
    store.close()
    return path


@pytest.fixture
def shell(alone, told):
    """A shell in a folder with a copy of the story as its ``tidings.db``."""
    shutil.copy(told, alone.db)
    return alone


def _tell(on):
    for day, name in ((0, "Ana"), (0.01, "Bo")):
        add_member(on(day), name)
    titles = ("Will it rain in Oslo by 30 April 2090?", "Will snow fall in Oslo?", HOSTILE)
    for place, title in enumerate(titles):
        desk = on(0.1 + place / 100)
        ask(desk, title, closes=CLOSE, criteria="Yes if so.\nNo if not.", tags=["weather"])
    article = Article("The bridge", "The bridge will open by 30 April.", OPEN, "a.txt", "ab" * 32)
    keep_drafts(on(0.2), article, [DRAFT, DRAFT])
    state_prior(on(0.3), "Q1", Cases(3, 10), why="wet springs")
    _read(on(1), Report("R1", "Clouds over Oslo", "It rains.", OPEN + DAY, "wire", "B2", "S1"))
    _read(on(1.1), Report("R2", "=Clouds over Oslo", "Rain.", OPEN + DAY, "", "", "S2"))
    judge(on(1.2), "R1", "Q1", "weighed", 1.5, why="a good source")
    said = (("Ana", "Q1", 0.2), ("Bo", "Q1", 0.6), ("Ana", "Q2", 0.8), ("Bo", "Q2", 0.3))
    for place, (name, question, prob) in enumerate(said):
        predict(on(2 + place / 10), [Said(name, question, prob, "because")])
    resolve(on(5), "Q2", "yes", resolved_at=OPEN + 4 * DAY, source="the weather service")


def _read(desk, report):
    with desk.writing() as entry:
        digest = sha256(report.text.encode()).hexdigest()
        entry.append("report.read", {**plain(report), "sha256": digest})
        entry.append("report.bears", Bearing(report.id, "Q1", 0.9, "yes"))
