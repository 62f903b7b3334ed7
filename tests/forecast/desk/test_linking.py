"""Questions are tied, and who breaks a tie is told."""

import pytest

from forecast.desk.asking import ask
from forecast.desk.believing import state_prior
from forecast.desk.ladders import Rungs, ask_ladder, find_ladder
from forecast.desk.linking import link, unlink
from forecast.desk.settling import resolve
from forecast.records import Stated
from forecast.views.linked import broken_rows, ladder_view, tie_rows
from forecast.views.questions import question_view
from questions.errors import BadInput, Conflict, NotFound
from questions.records import MultipleChoice
from tests.forecast.desk.conftest import CLOSE, OPEN, timedelta


@pytest.fixture
def office(office):
    for number in (2, 3):
        ask(office.on(0), f"Will it snow {number}?", closes=CLOSE, criteria="Yes if so.")
    kind = MultipleChoice(("a", "b"))
    ask(office.on(0), "Which?", closes=CLOSE, criteria="The first.", kind=kind)
    for name, prob in (("Q1", 0.3), ("Q2", 0.5), ("Q3", 0.4)):
        state_prior(office.on(0), name, Stated(prob, 4), why="", scheduled=True)
    return office


def rows(office, day=1.0, **more):
    at = OPEN + timedelta(days=day)
    with office.store.reading(at) as read:
        return tie_rows(read, at, **more)


def test_a_belief_that_breaks_an_implication_is_told_with_the_nearest_that_keeps_it(office):
    made = link(office.on(0), "implies", ["Q2", "Q1"])
    (row,) = broken_rows(rows(office))
    assert (row["id"], row["says"], row["who"]) == (made.id, "Q2 implies Q1", "belief")
    assert row["probs"] == pytest.approx({"Q2": 0.5, "Q1": 0.3})
    assert row["nearest"] == pytest.approx({"Q2": 0.4, "Q1": 0.4})


def test_nothing_is_changed_silently(office):
    link(office.on(0), "implies", ["Q2", "Q1"])
    at = OPEN + timedelta(days=1)
    with office.store.reading(at) as read:
        view = question_view(read, "Q2", at)
    assert view["belief"]["prob"] == pytest.approx(0.5)
    assert [one["id"] for one in view["ties"]] == ["K1"]


def test_forecasts_are_held_against_links_once_a_member_has_spoken_of_all(office):
    link(office.on(0), "exclusive", ["Q1", "Q2", "Q3"])
    for name, prob in (("Q1", 0.6), ("Q2", 0.5)):
        office.said(1, prob, question=name)
    assert [one["who"] for one in rows(office)[0]["holders"]] == ["belief"]
    office.said(1, 0.2, question="Q3")
    found = {one["who"]: one for one in broken_rows(rows(office))}
    assert found["Ana"]["nearest"] == pytest.approx({"Q1": 0.5, "Q2": 0.4, "Q3": 0.1})


def test_what_hangs_on_another_keeps_to_it(office):
    link(office.on(0), "given", ["Q2", "Q1"], chances=[0.8, 0.1])
    (row,) = rows(office)
    assert row["holders"][0]["probs"]["Q2"] == pytest.approx(0.3 * 0.8 + 0.7 * 0.1)
    assert row["says"] == "Q2: 80% if Q1 is yes, 10% if it is no"
    assert broken_rows([row]) == []


def test_a_dropped_link_binds_no_longer_and_its_id_is_not_given_again(office):
    link(office.on(0), "implies", ["Q2", "Q1"])
    unlink(office.on(1), "k1", why="wrong")
    assert rows(office, day=2) == []
    assert len(rows(office, day=0.5)) == 1
    assert link(office.on(2), "implies", ["Q3", "Q1"]).id == "K2"
    with pytest.raises(NotFound, match="no link 'K1'"):
        unlink(office.on(3), "K1")


def test_once_a_question_is_answered_its_links_accuse_nobody(office):
    link(office.on(0), "implies", ["Q2", "Q1"])
    resolve(office.on(1), "Q2", "no", resolved_at=OPEN + timedelta(days=1), source="x")
    assert broken_rows(rows(office, day=2)) == []


def test_beliefs_of_a_ladder_are_coherent_and_shown_by_rising_deadline(office):
    closes = tuple(OPEN + timedelta(days=days) for days in (40, 10))
    ask_ladder(office.on(0), "Will it hail?", Rungs(closes), criteria="Yes {}.")
    at = OPEN + timedelta(days=1)
    with office.store.reading(at) as read:
        view = ladder_view(read, find_ladder(read, "L1"), at)
    first, last = view["rungs"]
    assert first["scheduled_close_time"] < last["scheduled_close_time"]
    assert first["prob"] < last["prob"]
    assert all(one["coherent"] for one in view["holders"])


@pytest.mark.parametrize(
    ("relation", "names", "chances", "error", "why"),
    [
        ("implies", ["Q1", "Q9"], (), NotFound, "no question 'Q9'"),
        ("implies", ["Q1", "Q1"], (), BadInput, "each question once"),
        ("implies", ["Q1", "Q2", "Q3"], (), BadInput, "two questions"),
        ("exclusive", ["Q1"], (), BadInput, "two or more questions"),
        ("exclusive", ["Q1", "Q4"], (), BadInput, "one that is answered yes or no"),
        ("given", ["Q2", "Q1"], (), BadInput, "--if-yes and --if-no"),
        ("given", ["Q2", "Q1"], (0.5, 1.0), BadInput, "strictly between 0 and 1"),
    ],
)
def test_what_cannot_be_linked_is_refused(office, relation, names, chances, error, why):
    with pytest.raises(error, match=why):
        link(office.on(0), relation, names, chances=chances)


def test_a_link_is_declared_once_and_hanging_goes_one_step(office):
    link(office.on(0), "exclusive", ["Q1", "Q2"])
    with pytest.raises(Conflict, match="K1 says so already"):
        link(office.on(0), "exclusive", ["Q2", "Q1"])
    link(office.on(0), "given", ["Q2", "Q1"], chances=[0.8, 0.1])
    with pytest.raises(Conflict, match="Q2 hangs on another already"):
        link(office.on(0), "given", ["Q3", "Q2"], chances=[0.8, 0.1])
    closes = tuple(OPEN + timedelta(days=days) for days in (40, 10))
    ask_ladder(office.on(0), "Will it hail?", Rungs(closes), criteria="Yes {}.")
    with pytest.raises(Conflict, match="Q5 is a rung of a ladder"):
        link(office.on(0), "given", ["Q5", "Q3"], chances=[0.8, 0.1])
