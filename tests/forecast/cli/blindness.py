"""Stores that differ in nothing but what others said of questions that are blind.

Cleo has forecast none of these; what Ana, Bo and Dan say of them comes last, so that the ids
of everything else are the same.
"""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import numpy as np

from forecast.belief.draws import SHARED
from forecast.desk.annotating import comment, note
from forecast.desk.asking import ask
from forecast.desk.believing import state_prior
from forecast.desk.blinding import Hiding, reveal
from forecast.desk.desk import Desk
from forecast.desk.judging import judge
from forecast.desk.kinds import Wanted, kind_of
from forecast.desk.ladders import Rungs, ask_ladder
from forecast.desk.linking import link
from forecast.desk.predicting import Said, add_member, predict, withdraw
from forecast.desk.settling import resolve
from forecast.desk.sources import describe
from forecast.desk.teaming import change_team
from forecast.ledger import KINDS
from forecast.records import Cases
from questions.records import Bearing, Report
from questions.store.envelope import plain
from questions.store.store import Store, open_store
from tests.forecast.belief.worlds import keep_fit

OPEN = datetime(2025, 3, 13, tzinfo=UTC)
CLOSE = datetime(2025, 12, 1, tzinfo=UTC)
NOW = OPEN + timedelta(days=60)
BLIND = ("Q4", "Q5", "Q6", "Q7", "Q8")
"""Yes or no, options, a number, two rungs of L1."""

MEANS = {
    **dict.fromkeys(SHARED, 0.0),
    **dict.fromkeys(("c1", "kappa"), 1.0),
    **dict.fromkeys(("tau_R", "tau_k", "omega", "g0", "tau_F", "tau_F2"), 0.5),
    **{f"mu_grade[{one}]": 0.3 for one in "ABCDEF"},
}

CALM = {"Q4": "20%", "Q5": "A=.6,B=.3,C=.1", "Q6": "p10=3,p50=5,p90=9", "Q7": "5%", "Q8": "9%"}
WILD = {"Q4": "95%", "Q5": "A=.1,B=.1,C=.8", "Q6": "p10=60,p50=70,p90=80", "Q7": "80%", "Q8": "7%"}


class Teller:
    """Desks at one store, each an hour after the last."""

    def __init__(self, path: Path) -> None:
        self.store: Store = open_store(path, KINDS, create_with=("live", OPEN))
        self.hours = 0

    def desk(self, actor: str = "Ana") -> Desk:
        self.hours += 1
        return Desk(self.store, OPEN + timedelta(hours=self.hours), actor, f"k{self.hours}")

    def says(self, who: str, question: str, value: str, why: str = "as ever") -> None:
        predict(self.desk(who), [Said(who, question, value, why)])


def tell(path: Path) -> Teller:
    """The part of the story that every store has."""
    told = Teller(path)
    for name in ("Ana", "Bo", "Cleo", "Dan", "Eve"):
        add_member(told.desk(), name)
    change_team(told.desk(), "north", ["Ana", "Bo", "Cleo"])
    _ask(told)
    for question in ("Q1", "Q2", "Q3"):
        for who, value in (("Ana", "30%"), ("Bo", "60%"), ("Cleo", "45%")):
            told.says(who, question, value)
    for question, outcome in (("Q2", "yes"), ("Q3", "no")):
        at = told.desk().now
        resolve(told.desk(), question, outcome, resolved_at=at, source="the weather service")
    state_prior(told.desk(), "Q4", Cases(3, 10), why="wet springs")
    describe(told.desk(), "wire", grade="B")
    _read(told, "R1", "S1", ("Q1", "Q4"))
    _read(told, "R2", "S2", ("Q4",))
    judge(told.desk("Bo"), "R1", "Q4", "weighed", 1.5, why="a good source")
    link(told.desk(), "implies", ["Q4", "Q1"])
    comment(told.desk(), "Q4", "I shall look at it on Monday", member="Cleo")
    note(told.desk(), "Q4", "ask the pilot", member="Cleo")
    _fit(told)
    return told


def _ask(told: Teller) -> None:
    words = {"closes": CLOSE, "criteria": "Yes if so. No if not."}
    for title in ("Will it rain in Oslo?", "Will it snow in Oslo?"):
        ask(told.desk(), title, **words, tags=["weather"])
    blind = {**words, "hiding": Hiding(True)}
    ask(told.desk(), "Will it hail in Oslo?", **blind)
    ask(told.desk(), "Will it thaw in Oslo?", **blind)
    for title, wanted in (
        ("Which town is first?", Wanted("multiple_choice", "A,B,C")),
        ("How much rain?", Wanted("numeric", range="0:100", unit="mm")),
    ):
        ask(told.desk(), title, **blind, kind=kind_of(wanted, now=OPEN))
    rungs = Rungs((CLOSE, CLOSE + timedelta(days=30)))
    ask_ladder(told.desk(), "Will the lake freeze {}?", rungs, criteria="Yes.", hiding=Hiding(True))


def _read(told: Teller, name: str, story: str, questions: tuple[str, ...]) -> None:
    desk = told.desk()
    text = f"{name} has it that it rains."
    with desk.writing() as entry:
        report = Report(name, f"Clouds, {name}", text, desk.now, "wire", "", story)
        digest = sha256(text.encode()).hexdigest()
        entry.append("report.read", {**plain(report), "sha256": digest})
        for question in questions:
            entry.append("report.bears", Bearing(name, question, 0.9, "yes"))


def _fit(told: Teller) -> None:
    """A fit on record, so that a joint would be another number than the belief."""
    rng = np.random.Generator(np.random.PCG64(7))
    draws = {name: mean + 0.02 * rng.standard_normal(200) for name, mean in MEANS.items()}
    keep_fit(told.desk(), draws)


def silent(path: Path) -> None:
    """Nobody has said anything of what is blind."""
    tell(path).store.close()


def calm(path: Path) -> None:
    """Ana and Bo have said one thing."""
    _heard(path, CALM, "it is cold").store.close()


def wild(path: Path) -> None:
    """They have said another, at the same instants, in as many entries."""
    _heard(path, WILD, "it is far too warm, look at the lake!").store.close()


def _heard(path: Path, said: dict[str, str], why: str) -> Teller:
    told = tell(path)
    for who in ("Ana", "Bo"):
        for question in BLIND:
            told.says(who, question, said[question], why)
            comment(told.desk(who), question, why, member=who)
    return told


def loud(path: Path) -> None:
    """They have said that and more: forecasts again, withdrawals, a reveal, a market's price."""
    told = _heard(path, CALM, "it is cold")
    for question in BLIND:
        for who in ("Ana", "Dan"):
            told.says(who, question, WILD[question], "I think again")
    withdraw(told.desk("Bo"), "Q4", member="Bo")
    reveal(told.desk("Eve"), "Q4", member="Eve")
    with told.desk().writing() as entry:
        quote = {"question": "Q4", "platform": "elsewhere", "crowd": "market", "n": 9}
        value = {"kind": "probability", "yes": 0.77}
        entry.append("crowd.quoted", {**quote, "value": value, "at": OPEN})
    told.store.close()
