"""A store of its own for each test, and desks at it on given days."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from forecast.desk.asking import ask
from forecast.desk.desk import Desk
from forecast.desk.predicting import Said, add_member, predict
from forecast.ledger import KINDS
from questions.records import Report
from questions.store.store import Store, open_store

OPEN = datetime(2023, 3, 13, tzinfo=UTC)
CLOSE = datetime(2023, 5, 1, tzinfo=UTC)


@dataclass
class Office:
    """A store with two members and one open question, and desks at it."""

    store: Store
    desks: int = 0

    def on(self, day: float, actor: str = "Ana") -> Desk:
        """The desk ``day`` days after the opening, with a key of its own."""
        self.desks += 1
        return Desk(self.store, OPEN + timedelta(days=day), actor, f"key {self.desks}")

    def said(self, day, prob, member="Ana", question="Q1", **more):
        """One forecast, logged."""
        return predict(self.on(day), [Said(member, question, prob, **more)])[0]

    def head(self) -> str:
        """The head of the log."""
        with self.store.reading() as read:
            return read.head()

    def rows(self, table, **equal):
        """What a table holds."""
        with self.store.reading() as read:
            return read.rows(table, **equal)


def furnish(path, label="live") -> Office:
    """An office with Ana, Bo and one question."""
    office = Office(open_store(path, KINDS, create_with=(label, OPEN)))
    for name in ("Ana", "Bo"):
        add_member(office.on(0), name)
    ask(
        office.on(0),
        "Will it rain in Oslo by 30 April 2023?",
        closes=CLOSE,
        criteria="Yes if the weather service reports rain. No otherwise.",
    )
    return office


@pytest.fixture
def office(tmp_path):
    office = furnish(tmp_path / "a.db")
    yield office
    office.store.close()


@pytest.fixture
def replay(tmp_path):
    office = furnish(tmp_path / "r.db", "replay")
    yield office
    office.store.close()


@pytest.fixture
def nothing_written(office):
    """Compare the head of the log before and after the test."""
    before = office.head()
    yield
    assert office.head() == before


def report(text="It has rained since noon.", day=1.0, **more) -> Report:
    """A report as it is read from a file."""
    from hashlib import sha256

    return Report(
        id="",
        title=text.split(".")[0],
        text=text,
        published=OPEN + timedelta(days=day),
        source=more.pop("source", "wire"),
        sha256=sha256(text.encode()).hexdigest(),
        **more,
    )
