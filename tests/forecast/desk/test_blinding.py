"""Questions are asked blind, or not; a member asks to see all the same."""

from datetime import timedelta

import pytest

from forecast.desk import agreed
from forecast.desk.asking import accept, ask, keep_drafts
from forecast.desk.believing import fit
from forecast.desk.blinding import Hiding, reveal, reveal_all
from forecast.desk.desk import Desk
from forecast.desk.ladders import Rungs, ask_ladder
from forecast.ledger import BLINDS, REVEALS
from questions.errors import BadInput, Conflict, NotFound
from questions.records import Article, Draft, Quotation
from tests.forecast.desk.conftest import CLOSE, OPEN

DAY = timedelta(days=1)
WORDS = {"closes": CLOSE, "criteria": "Yes if so. No if not."}


def blinds(office):
    return {row["question"]: row["until"] for row in office.rows(BLINDS)}


def asked(office, hiding=None, day=0.1, **more):
    given = {} if hiding is None else {"hiding": hiding}
    return ask(office.on(day), "Will it snow in Oslo?", **{**WORDS, **more}, **given)


def test_a_question_is_blind_until_it_closes_unless_a_time_is_given(office):
    asked(office, Hiding(True))
    asked(office, Hiding(until=OPEN + DAY))
    asked(office, Hiding(True, CLOSE + DAY))
    asked(office)
    assert blinds(office) == {"Q2": CLOSE, "Q3": OPEN + DAY, "Q4": CLOSE}


def test_what_the_team_has_agreed_on_holds_for_what_is_asked_from_then_on(office):
    agreed.change(office.on(0), "blind", "on", why="we anchor on each other")
    asked(office)
    asked(office, Hiding(False))
    agreed.change(office.on(1), "blind", "off")
    asked(office, day=2)
    assert blinds(office) == {"Q2": CLOSE}


def test_an_accepted_draft_and_each_rung_of_a_ladder_can_be_blind(office):
    quotation = Quotation("It may snow.", 0, 12)
    times = {"open_time": OPEN, "scheduled_close_time": CLOSE}
    draft = Draft(
        title="Will it snow in Oslo?",
        family="weather",
        roles=(),
        deadline_reason="",
        resolution_criteria="Yes if so.",
        fine_print="",
        quotation=quotation,
        problems=(),
        **times,
    )
    keep_drafts(office.on(0), Article("Snow", "It may snow.", OPEN, "a", "ab" * 32), [draft])
    accept(office.on(0), "D1", hiding=Hiding(True))
    rungs = Rungs((CLOSE, CLOSE + DAY))
    desk = office.on(1)
    *made, ladder = ask_ladder(desk, "Hail {}?", rungs, criteria="Yes.", hiding=Hiding(True))
    assert blinds(office) == {"Q2": CLOSE, "Q3": CLOSE, "Q4": CLOSE + DAY}
    again = ask_ladder(desk, "Hail {}?", rungs, criteria="Yes.", hiding=Hiding(True))
    assert [one.id for one in again] == [one.id for one in (*made, ladder)]


def test_a_retry_writes_one_question_and_is_answered_with_it(office):
    desk = office.on(0)
    first = ask(desk, "Will it snow?", **WORDS, hiding=Hiding(True))
    again = ask(desk, "Will it snow?", **WORDS, hiding=Hiding(True))
    assert (again.id, again.record["title"], again.head) == ("Q2", "Will it snow?", first.head)
    assert first.head == office.head()
    assert blinds(office) == {"Q2": CLOSE}


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize(
    ("hiding", "match"),
    [
        (Hiding(until=OPEN), "a time after the opening"),
        (Hiding(False, OPEN + DAY), "none where the question is not blind"),
    ],
)
def test_an_end_of_blindness_that_is_none_is_refused(office, hiding, match):
    with pytest.raises(BadInput, match=match):
        asked(office, hiding)


def test_who_asks_to_see_is_on_record(office):
    asked(office, Hiding(True))
    made = reveal(office.on(1), "snow", member="ana")
    assert (made.id, made.record) == ("Q2", {"question": "Q2", "member": "Ana"})
    assert made.head == office.head()
    assert [(row["question"], row["member"]) for row in office.rows(REVEALS)] == [("Q2", "Ana")]


def test_a_retried_reveal_is_answered_with_what_it_wrote(office):
    asked(office, Hiding(True))
    desk = office.on(1)
    first, again = (reveal(desk, "Q2", member="Ana") for _ in range(2))
    assert again == first
    assert len(office.rows(REVEALS)) == 1


def test_what_hides_nothing_is_not_revealed(office):
    asked(office, Hiding(True))
    office.said(1, 0.4, "Ana", "Q2")
    before = office.head()
    for question in ("Q1", "Q2"):
        with pytest.raises(Conflict, match=f"{question} hides nothing from Ana"):
            reveal(office.on(2), question, member="Ana")
    with pytest.raises(NotFound, match="Cleo"):
        reveal(office.on(2), "Q2", member="Cleo")
    assert office.head() == before


def test_all_that_is_hidden_is_revealed_at_once(office):
    for _ in range(2):
        asked(office, Hiding(True))
    office.said(1, 0.4, "Ana", "Q2")
    desk = office.on(2)
    assert [one.id for one in reveal_all(desk, member="Ana")] == ["Q3"]
    assert [one.id for one in reveal_all(desk, member="Ana")] == ["Q3"]  # a retry
    assert [one.id for one in reveal_all(office.on(3), member="Ana")] == []
    assert [one.id for one in reveal_all(office.on(3), member="Bo")] == ["Q2", "Q3"]


def test_a_fit_learns_nothing_from_what_is_hidden_from_somebody(office, monkeypatch):
    """Its parameters go into everybody's belief."""
    seen = []

    def sample(data, **_):
        seen.append(data)
        raise Conflict("stopped", "here")

    monkeypatch.setattr("forecast.belief.sampling.sample", sample)
    asked(office, Hiding(True))
    for question in ("Q1", "Q2"):
        office.said(1, 0.4, "Bo", question)
    desk = Desk(office.store, OPEN + 2 * DAY, "Bo", "fit", reader="Bo")
    with pytest.raises(Conflict, match="stopped"):
        fit(desk, seed=1)
    (data,) = seen
    assert [data.questions[at] for at in data.forecast_question] == ["Q1"]
