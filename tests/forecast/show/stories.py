"""Courses of questions, and a small invented story in a store, for the tests of what is shown."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from math import log
from pathlib import Path

import numpy as np

from forecast.desk import asking, believing, judging, predicting, reporting, settling
from forecast.desk.desk import Desk
from forecast.desk.predicting import Said
from forecast.ledger import KINDS
from forecast.records import Belief, Cases, Stated
from forecast.show.pictures.course import Course, Move, Stretch
from questions.records import Report
from questions.store.store import open_store
from questions.values import Probability

START = datetime(2024, 5, 1, tzinfo=UTC)
CLOSE = START + timedelta(days=31)
TITLE = "Will the bridge at Ostrava open to traffic by 31 May 2024?"
HOSTILE = "Will <script>alert(1)</script> the \x1b[31mbridge\u202e cost $5 & not $6?"


def on(day: float) -> datetime:
    return START + timedelta(days=day)


def belief(day: float, prob: float) -> Belief:
    low, high = max(0.0, prob - 0.2), min(1.0, prob + 0.2)
    return Belief("Q1", Probability(prob), low, high, 0.9, on(day), "cold", False, "")


def move(number: int, day: float, before: float, after: float, title: str = "A report") -> Move:
    return Move(number, f"R{number}", title, on(day), before, after)


def held(who: str, start: float, end: float, prob: float) -> Stretch:
    return Stretch(who, on(start), on(end), prob)


def course(**parts) -> Course:
    """A question that opened on 1 May, as it stood on 11 May, unless parts say otherwise."""
    plain = {
        "id": "Q1",
        "title": TITLE,
        "at": on(10),
        "open_time": START,
        "scheduled_close_time": CLOSE,
        "beliefs": (belief(0, 0.4), belief(10, 0.74)),
    }
    return Course(**{**plain, **parts})


FULL = course(
    joint=(belief(0, 0.4), belief(10, 0.8)),
    said=(held("Mira", 1, 4, 0.5), held("Mira", 4, 10, 0.7), held("Tomas", 2, 6, 0.3)),
    crowd=(held("crowd", 1, 4, 0.4), held("crowd", 6, 10, 0.7)),
    moves=(
        move(1, 3, 0.38, 0.6, "Inspectors pass the deck"),
        move(2, 3.1, 0.6, 0.55, "Rain delays the asphalt"),
        move(3, 8, 0.5, 0.76, "Mayor names the day"),
    ),
)


class Teller:
    """Verbs in a store whose clock is set by days since the story began."""

    def __init__(self, path: Path) -> None:
        self.store = open_store(path, KINDS, create_with=("replay", START))
        self.count = 0

    def desk(self, day: float) -> Desk:
        self.count += 1
        return Desk(self.store, on(day) + timedelta(seconds=self.count), "Mira", f"k{self.count}")

    def ask(self, title: str, *, closes: float) -> str:
        until = START + timedelta(days=closes)
        return asking.ask(self.desk(0), title, closes=until, criteria="The town says so.").id

    def hear(self, day: float, title: str, question: str, ratio: float | None = None) -> str:
        digest = sha256(title.encode()).hexdigest()
        told = Report("", title, title, on(day), "gazette", "B2", sha256=digest)
        desk = self.desk(day)
        report = reporting.take_in(desk, [told], _unknown, question=question)[0].report.id
        if ratio is not None:
            judging.judge(self.desk(day), report, question, "weighed", log(ratio), why="clear")
        return report

    def say(self, day: float, member: str, question: str, prob: float) -> None:
        predicting.predict(self.desk(day), [Said(member=member, question=question, value=prob)])

    def resolve(self, day: float, question: str, outcome: str) -> None:
        desk = self.desk(day)
        settling.resolve(desk, question, outcome, resolved_at=on(day), source="town gazette")


def _unknown(texts):
    return np.zeros((len(texts), 2))


def tell(path: Path, *, title: str = TITLE, member: str = "Mira") -> Teller:
    """A bridge, a ferry that stops at once, a fair that nobody forecasts: until 20 May."""
    story = Teller(path)
    bridge = story.ask(title, closes=31)
    ferry = story.ask("Will the ferry at Ostrava stop running by 10 May 2024?", closes=10)
    story.ask("Will the spring fair open by 5 May 2024?", closes=5)
    believing.state_prior(story.desk(0), bridge, Cases(4, 10), why="bridges that opened in time")
    believing.state_prior(story.desk(0), ferry, Stated(0.5, 4), why="nobody knows")
    for name in (member, "Tomas"):
        predicting.add_member(story.desk(0), name)
    story.say(1, member, bridge, 0.5)
    story.say(1, member, ferry, 0.8)
    story.say(1, "Tomas", ferry, 0.3)
    story.hear(3, "Inspectors pass the deck of the bridge", bridge, 4.0)
    story.hear(4, "Ferry owners give notice", ferry, 3.0)
    story.resolve(6, ferry, "yes")
    story.say(12, "Tomas", bridge, 0.2)
    story.hear(15, "A crane stands idle", bridge)
    return story
