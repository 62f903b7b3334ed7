"""Answers are proposed by people and by decisive reports; a person resolves or declines."""

from datetime import timedelta

import pytest

from forecast.desk.asking import ask
from forecast.desk.judging import decisive_weight, judge, retract, take_back
from forecast.desk.proposing import decline, proposals
from forecast.desk.settling import propose, reopen, resolve
from questions.errors import BadInput, Conflict
from questions.store.envelope import plain
from questions.values import NO, YES
from tests.forecast.desk.conftest import CLOSE, OPEN, report

DAY = timedelta(days=1)


def offer(office, day=3.0, outcome="yes", who="Ana", **more):
    given = {"resolved_at": OPEN + 2 * DAY, "source": "a paper", **more}
    return propose(office.on(day, who), "Q1", outcome, **given)


def waiting(office, day=9.0):
    with office.store.reading(OPEN + day * DAY) as read:
        return proposals(read, OPEN + day * DAY)


@pytest.fixture
def decided(office):
    """A report that Ana calls decisive."""
    with office.on(1).writing() as entry:
        entry.append("report.read", {**plain(report()), "id": "R1", "story": "S1"})
    judge(office.on(2), "R1", "Q1", "decisive", decisive_weight("no"), why="it says so")


def test_what_is_proposed_waits_with_its_source(office):
    made = offer(office, why="seen by all")
    (one,) = waiting(office)
    assert (one.outcome, one.source, one.by, one.why) == (YES, "a paper", "Ana", "seen by all")
    assert (one.resolved_at, made.id, made.kind) == (OPEN + 2 * DAY, "Q1", "resolution.proposed")
    assert waiting(office, day=2.9) == []


def test_of_one_question_is_what_is_proposed_of_all_that_is_about_it(office, decided):
    ask(office.on(1), "Will it snow?", closes=CLOSE, criteria="Yes if so.")
    offer(office)
    given = {"resolved_at": OPEN + 2 * DAY, "source": "a paper"}
    propose(office.on(4), "Q2", "no", **given)
    with office.store.reading() as read:
        every = proposals(read, OPEN + 9 * DAY)
        each = {name: proposals(read, OPEN + 9 * DAY, only=name) for name in ("Q1", "Q2")}
    assert [one.question for one in every] == ["Q1", "Q1", "Q2"]
    assert each == {"Q1": every[:2], "Q2": every[2:]}


def test_a_decisive_report_proposes_with_its_source(office, decided):
    (one,) = waiting(office)
    assert (one.outcome, one.source, one.report, one.by) == (NO, "wire (R1)", "R1", "Ana")
    assert one.resolved_at == OPEN + DAY


def test_what_is_taken_back_or_retracted_proposes_nothing(office, decided):
    retract(office.on(3), "R1", why="withdrawn")
    assert waiting(office) == []
    retract(office.on(4), "R1", why="it stands", undo=True)
    assert len(waiting(office)) == 1
    take_back(office.on(5), "R1", "Q1")
    assert waiting(office) == []


def test_what_is_declined_rests_until_it_is_proposed_again(office, decided):
    offer(office)
    decline(office.on(4), "Q1", why="another bridge")
    assert waiting(office) == []
    offer(office, day=5)
    assert [one.recorded_at for one in waiting(office)] == [OPEN + 5 * DAY]


def test_a_resolution_ends_the_waiting_and_a_reopening_does_not_bring_it_back(office, decided):
    offer(office)
    resolve(office.on(4), "Q1", "yes", resolved_at=OPEN + 2 * DAY, source="a paper")
    assert waiting(office) == []
    reopen(office.on(5), "Q1", "the paper was wrong")
    assert waiting(office) == []


def test_steps_at_one_instant_of_a_replay_follow_each_other(replay):
    offer(replay)
    decline(replay.on(3), "Q1", why="no")
    offer(replay, outcome="no")
    assert [one.outcome for one in waiting(replay)] == [NO]


@pytest.mark.parametrize(
    ("given", "right"),
    [
        ({"outcome": "perhaps"}, "outcome 'perhaps'"),
        ({"source": " "}, "no source: give who says so"),
        ({"resolved_at": OPEN + 4 * DAY}, "a time that has come"),
    ],
)
def test_a_proposal_is_checked_as_a_resolution_is(office, given, right, nothing_written):
    with pytest.raises(BadInput, match=right):
        offer(office, **given)


def test_only_what_is_proposed_is_declined(office, nothing_written):
    with pytest.raises(Conflict, match="nothing is proposed of Q1; there is nothing to decline"):
        decline(office.on(1), "Q1", why="x")
