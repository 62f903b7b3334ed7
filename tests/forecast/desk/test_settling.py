"""Questions are resolved with a source, and reopened."""

from datetime import timedelta

import pytest

from forecast.desk.agreed import change
from forecast.desk.asking import ask
from forecast.desk.settling import propose, reopen, resolve
from questions.errors import BadInput, Conflict, NotFound
from questions.store import shelf
from questions.store import tables as t
from questions.values import NO, YES, Void
from tests.forecast.desk.conftest import CLOSE, OPEN

DAY = timedelta(days=1)


def settle(office, day=5, outcome="yes", question="Q1", known=3.0, source="a paper", who="Ana"):
    resolved_at = OPEN + known * DAY
    return resolve(office.on(day, who), question, outcome, resolved_at=resolved_at, source=source)


def tracked(office, at=9):
    with office.store.reading() as read:
        return shelf.find_question(read, "Q1", OPEN + at * DAY)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        *(("yes", YES), (" No ", NO), ("AMBIGUOUS", Void("ambiguous"))),
        ("annulled", Void("annulled")),
    ],
)
def test_an_outcome_is_kept_with_its_time_and_source(office, text, outcome):
    made = settle(office, outcome=text)
    found = tracked(office)
    assert (found.status, found.resolution.outcome) == ("resolved", outcome)
    assert found.resolution.resolved_at == OPEN + 3 * DAY
    assert (found.resolution.source, found.resolution.by) == ("a paper", "Ana")
    assert (made.id, made.head) == ("Q1", office.head())


def test_an_answer_at_the_opening_is_early_enough(office):
    settle(office, known=0)
    assert tracked(office).actual_close_time == OPEN


@pytest.mark.parametrize(
    ("given", "error", "right"),
    [
        ({"question": "Q9"}, NotFound, "no question 'Q9'"),
        ({"outcome": "perhaps"}, BadInput, "outcome 'perhaps' .* yes, no, ambiguous or annulled"),
        ({"source": " "}, BadInput, "no source: give who says so"),
        ({"known": -1}, BadInput, "a time at or after Q1's opening at 2023-03-13T00:00:00Z"),
        ({"known": 5.5}, BadInput, "a time that has come: it is 2023-03-18T00:00:00Z"),
    ],
)
def test_what_cannot_have_happened_is_refused(office, given, error, right, nothing_written):
    with pytest.raises(error, match=right):
        settle(office, **given)


def test_a_question_is_resolved_once(office):
    settle(office)
    head = office.head()
    with pytest.raises(Conflict, match=r"Q1 is resolved already \(yes\); reopen it first"):
        settle(office, day=6, outcome="no")
    assert office.head() == head


def test_a_resolution_is_taken_back_and_both_stay_on_record(office):
    settle(office)
    reopen(office.on(6), "Q1", "the paper was wrong")
    assert (tracked(office).status, tracked(office).resolution) == ("open", None)
    settle(office, day=7, outcome="no")
    assert [what for _, what in tracked(office).history] == [
        *("asked", "resolved yes", "reopened: the paper was wrong", "resolved no"),
    ]


def test_only_what_is_resolved_is_reopened(office, nothing_written):
    with pytest.raises(Conflict, match="Q1 is not resolved; there is nothing to reopen"):
        reopen(office.on(1), "Q1", "why")
    with pytest.raises(NotFound, match="no question 'Q9'"):
        reopen(office.on(1), "Q9", "why")


def test_steps_at_one_instant_of_a_replay_follow_each_other(replay):
    settle(replay, day=5)
    reopen(replay.on(5), "Q1", "why")
    settle(replay, day=5, outcome="no")
    assert tracked(replay).resolution.outcome == NO
    assert len(replay.rows(t.RESOLUTIONS)) == 2


def test_a_replay_that_is_set_back_cannot_resolve_before_what_is_on_record(replay):
    settle(replay, day=5)
    with pytest.raises(Conflict, match="Q1 is resolved already"):
        settle(replay, day=4, outcome="no")
    with pytest.raises(Conflict, match=r"Q1 was resolved yes at 2023-03-18.*; give a later --at"):
        reopen(replay.on(4), "Q1", "why")
    reopen(replay.on(6), "Q1", "why")
    with pytest.raises(Conflict, match=r"Q1 was reopened at 2023-03-19.*; give a later --at"):
        settle(replay, day=5)


def test_a_replay_that_is_set_before_the_opening_says_that_this_is_too_early(replay):
    with pytest.raises(BadInput, match="at or after Q1's opening"):
        settle(replay, day=-1, known=-1)


class TestSecondResolver:
    @pytest.fixture(autouse=True)
    def agreed(self, office):
        change(office.on(1), "second-resolver", "on", why="we check each other")

    def test_the_first_to_say_so_proposes_and_the_second_resolves(self, office):
        assert settle(office).kind == "resolution.proposed"
        assert tracked(office).resolution is None
        assert settle(office, day=6, who="Bo", source="another paper").kind == "question.resolved"
        assert (tracked(office).resolution.by, tracked(office).status) == ("Bo", "resolved")

    def test_nobody_is_the_second_to_himself(self, office):
        settle(office)
        with pytest.raises(Conflict, match="Ana has proposed yes for Q1 already; a second person"):
            settle(office, day=6)

    def test_who_forecast_on_the_question_cannot_be_the_second(self, office):
        office.said(2, 0.4, member="Bo")
        settle(office)
        with pytest.raises(
            Conflict, match="Bo has forecast on Q1, so cannot be the second to resolve it"
        ):
            settle(office, day=6, who="Bo")

    def test_who_forecast_on_another_question_may_be_the_second(self, office):
        ask(office.on(1), "Will it snow?", closes=CLOSE, criteria="Yes if so.")
        office.said(2, 0.4, member="Bo", question="Q2")
        settle(office)
        assert settle(office, day=6, who="Bo").kind == "question.resolved"

    def test_who_proposed_first_may_resolve_once_somebody_else_has_proposed_it_too(self, office):
        for who in ("Ana", "Bo"):
            given = {"resolved_at": OPEN + 3 * DAY, "source": "a paper"}
            propose(office.on(5, who), "Q1", "yes", **given)
        assert settle(office, day=6).kind == "question.resolved"

    def test_what_is_proposed_of_another_question_seconds_nothing(self, office):
        ask(office.on(1), "Will it snow?", closes=CLOSE, criteria="Yes if so.")
        settle(office, question="Q2", who="Bo")
        assert settle(office).kind == "resolution.proposed"

    def test_who_forecast_may_be_the_first(self, office):
        office.said(2, 0.4)
        settle(office)
        assert settle(office, day=6, who="Bo").kind == "question.resolved"

    def test_another_answer_is_another_proposal(self, office):
        settle(office)
        assert settle(office, day=6, who="Bo", outcome="no").kind == "resolution.proposed"
        assert tracked(office).resolution is None

    def test_a_stranger_resolves_nothing(self, office):
        head = office.head()
        with pytest.raises(NotFound, match="no member 'login'"):
            settle(office, who="login")
        assert office.head() == head

    def test_it_can_be_given_up_again(self, office):
        change(office.on(2), "second-resolver", "off")
        assert settle(office).kind == "question.resolved"


@pytest.mark.parametrize(
    ("name", "value", "error", "right"),
    [
        ("second", "on", NotFound, "no setting 'second'; did you mean 'second-resolver'?"),
        ("second-resolver", "yes", BadInput, "second-resolver 'yes' .* give off or on"),
    ],
)
def test_only_what_is_known_is_agreed_on(office, name, value, error, right, nothing_written):
    with pytest.raises(error, match=right):
        change(office.on(1), name, value)
