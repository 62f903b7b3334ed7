"""Stores for proofs with real processes: a place is the path of a file or an address."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from forecast.desk.asking import ask
from forecast.desk.desk import Desk
from forecast.desk.predicting import Said, add_member, predict
from forecast.ledger import KINDS
from questions.store.place import Place
from questions.store.reading import Reading
from questions.store.store import Store, open_store

PROJECT = Path(__file__).parents[2]
OPEN = datetime(2023, 3, 13, tzinfo=UTC)
CLOSE = datetime(2090, 5, 1, tzinfo=UTC)


def address(place: Place) -> str:
    """A place as a command is told it."""
    return str(place) if isinstance(place, Path) else place.url


def reopened(place: str, **more) -> Store:
    """A store that is there already."""
    return open_store(place, KINDS, **more)


def founded(place: str) -> Store:
    """A new store with one member, Ana, and one open question, Q1."""
    store = reopened(place, create_with=("live", OPEN))
    add_member(Desk(store, OPEN, "Ana", "member"), "Ana")
    ask(
        Desk(store, OPEN, "Ana", "question"),
        "Will it rain in Oslo by 30 April 2090?",
        closes=CLOSE,
        criteria="Yes if the weather service reports rain. No otherwise.",
    )
    return store


def say(store: Store, key: str, prob: float = 0.4) -> str:
    """One forecast through the desk, under an idempotency key; the head it left."""
    desk = Desk(store, datetime.now(UTC), "Ana", key)
    return predict(desk, [Said("Ana", "Q1", prob, f"as {key} has it")])[0].head


def module(name: str, *arguments: object) -> list[str]:
    """The command that runs a module of this folder in a process of its own."""
    return [sys.executable, "-m", f"tests.store.{name}", *map(str, arguments)]


def check_whole(read: Reading) -> int:
    """Assert that the log is one chain without gap or fork; returns how many entries it has."""
    events = list(read.events())
    assert read.first_broken() is None
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert len({event.prev for event in events}) == len(events)
    return len(events)
