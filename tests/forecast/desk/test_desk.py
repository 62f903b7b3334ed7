"""What every verb is handed: a desk that reads and writes, each write once for its key."""

import pytest

from forecast.desk import (
    agreed,
    annotating,
    asking,
    believing,
    blinding,
    disputing,
    judging,
    ladders,
    linking,
    pointing,
    predicting,
    proposing,
    redacting,
    settling,
    sources,
    stories,
    suggesting,
    teaming,
)
from forecast.desk.desk import Desk
from forecast.ledger import FORECASTS
from forecast.records import Stated
from questions.records import Article, Draft, Quotation
from questions.store.envelope import plain
from tests.forecast.desk.conftest import CLOSE, OPEN, report


def test_a_replay_shows_nothing_later_than_its_clock_whatever_instant_is_asked_for(replay):
    for day in (1, 3, 6):
        replay.said(day, 0.5)
    desk = replay.on(4)
    shown = {}
    for day in (2, 7, None):
        with desk.reading(None if day is None else replay.on(day).now) as read:
            shown[day] = len(read.rows(FORECASTS))
    assert shown == {2: 1, 7: 2, None: 2}


def test_a_write_without_a_key_is_refused(office):
    with pytest.raises(ValueError, match="a write needs a key"):
        predicting.predict(Desk(office.store, OPEN, "Ana"), [predicting.Said("Ana", "Q1", 0.5)])


RESOLVED = {"resolved_at": OPEN, "source": "a paper"}
ASKED = {"closes": CLOSE, "criteria": "Yes if the paper says so."}
WEIGHED = ("R1", "Q1", "weighed", 0.5)
HIDDEN = blinding.Hiding(blind=True)
RUNGS = ladders.Rungs((CLOSE,), above=(1.0, 2.0))
RULE = {"says": "happened", "words": "slightly for yes", "why": "agreed"}

STEPS = {
    "setting": lambda desk: agreed.change(desk, "blind", "on"),
    "clarification": lambda desk: annotating.clarify(desk, "Q1", why="any rain counts"),
    "tag": lambda desk: annotating.tag(desk, "Q1", ["weather"]),
    "comment": lambda desk: annotating.comment(desk, "Q1", "soon", member="Ana"),
    "note": lambda desk: annotating.note(desk, "Q1", "soon", member="Ana"),
    "draft": lambda desk: asking.accept(desk, "D1"),
    "rejection": lambda desk: asking.reject(desk, "D1", "too vague"),
    "question": lambda desk: asking.ask(desk, "Will it snow?", **ASKED),
    "blind": lambda desk: asking.ask(desk, "Will it hail?", hiding=HIDDEN, **ASKED),
    "reveal": lambda desk: blinding.reveal(desk, "Q2", member="Ana"),
    "prior": lambda desk: believing.state_prior(desk, "Q1", Stated(0.3, 4), why="x"),
    "judgement": lambda desk: judging.judge(desk, *WEIGHED),
    "taking back": lambda desk: judging.take_back(desk, "R1", "Q1"),
    "dismissal": lambda desk: judging.dismiss(desk, [("R1", "Q1"), ("R2", "Q1")])[1],
    "retraction": lambda desk: judging.retract(desk, "R1", why="withdrawn"),
    "ladder": lambda desk: ladders.ask_ladder(desk, "How many", RUNGS, criteria="x")[2],
    "link": lambda desk: linking.link(desk, "implies", ["Q1", "Q2"]),
    "unlinking": lambda desk: linking.unlink(desk, "K1"),
    "rule": lambda desk: pointing.agree(desk, "wires", **RULE),
    "end of a rule": lambda desk: pointing.end(desk, "wires", why="enough"),
    "member": lambda desk: predicting.add_member(desk, "Cleo"),
    "alias": lambda desk: predicting.add_alias(desk, "A.", "Ana"),
    "forecast": lambda desk: predicting.predict(desk, [predicting.Said("Ana", "Q1", 0.5)])[0],
    "correction": lambda desk: predicting.correct(desk, "Q1", 0.6, member="Ana"),
    "confirmation": lambda desk: predicting.confirm(desk, "Q1", member="Ana"),
    "withdrawal": lambda desk: predicting.withdraw(desk, "Q1", member="Ana"),
    "proposal": lambda desk: settling.propose(desk, "Q1", "yes", **RESOLVED),
    "rest": lambda desk: proposing.decline(desk, "Q1", why="not yet"),
    "erasure": lambda desk: redacting.redact(desk, "C1", "asked"),
    "resolution": lambda desk: settling.resolve(desk, "Q1", "yes", **RESOLVED),
    "dispute": lambda desk: disputing.dispute(desk, "Q1", why="another town"),
    "confirmed": lambda desk: settling.resolve(desk, "Q1", "yes", **RESOLVED),
    "reopening": lambda desk: settling.reopen(desk, "Q1", "another town"),
    "source": lambda desk: sources.describe(desk, "Evening Journal", grade="B"),
    "merger": lambda desk: stories.merge(desk, "S2", "S1"),
    "split": lambda desk: stories.split(desk, "R2"),
    "suggestion": lambda desk: suggesting.suggest(
        desk, "R1", "Q1", relevance=1, weight=1, why="x", by="a program"
    ),
    "acceptance": lambda desk: suggesting.accept(desk, "G1"),
    "no": lambda desk: suggesting.decline(desk, "G1", why="x"),
    "team": lambda desk: teaming.change_team(desk, "Blue", ["Ana"])[0],
}
BEFORE = {
    "reveal": "blind",
    "taking back": "judgement",
    "unlinking": "blind link",
    "link": "blind",
    "end of a rule": "rule",
    "correction": "forecast",
    "confirmation": "forecast",
    "withdrawal": "forecast",
    "rest": "proposal",
    "erasure": "comment",
    "dispute": "resolution",
    "confirmed": "resolution dispute",
    "reopening": "resolution",
    "split": "merger",
    "acceptance": "suggestion",
    "no": "suggestion",
}


@pytest.fixture
def stocked(office):
    """An office with two reports and a draft."""
    article = Article("Rain", "It will rain in Oslo.", OPEN, "a.txt", "ab" * 32)
    words = Quotation("It will rain", 0, 12)
    asked = ("Will it rain?", "weather", (), OPEN, CLOSE, "the default", "Yes if so.", "", words)
    asking.keep_drafts(office.on(0), article, [Draft(*asked)])
    with office.on(0).writing() as entry:
        for place in (1, 2):
            record = plain(report(f"{place} mm of rain."))
            entry.append("report.read", {**record, "id": f"R{place}", "story": f"S{place}"})
    return office


@pytest.mark.parametrize("name", STEPS)
def test_a_retry_of_any_step_is_answered_with_its_receipt_and_writes_nothing(stocked, name):
    for step in BEFORE.get(name, "").split():
        STEPS[step](stocked.on(1))
    desk = stocked.on(1, "Bo" if name == "confirmed" else "Ana")
    first = STEPS[name](desk)
    head = stocked.head()
    again = STEPS[name](desk)
    assert (again.id, again.head, stocked.head()) == (first.id, first.head, head)
    assert again.record == first.record
