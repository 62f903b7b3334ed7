"""Members join, and log, confirm and withdraw their forecasts."""

from datetime import timedelta

import pytest

from forecast.desk.asking import ask
from forecast.desk.predicting import Said, add_alias, add_member, confirm, predict, withdraw
from forecast.desk.settling import resolve
from forecast.ledger import FORECASTS
from forecast.people.roster import forecasts
from questions.errors import BadInput, Conflict, NotFound
from questions.records import Binary, Discrete, MultipleChoice
from questions.values import Cdf, Probability, Shares
from tests.forecast.desk.conftest import CLOSE, OPEN

DAY = timedelta(days=1)
RED_OR_BLUE = MultipleChoice(("red", "blue"))


def on_record(office, as_of=None):
    with office.store.reading(as_of) as read:
        return forecasts(read)


def test_a_forecast_says_who_what_why_and_until_when(office):
    made = office.said(2, 0.35, why="clouds", expires=OPEN + 9 * DAY)
    (one,) = on_record(office)
    assert (one.id, one.member, one.question, one.why) == (made.id, "Ana", "Q1", "clouds")
    assert one.value == Probability(0.35)
    assert (one.made_at, one.ended_at) == (OPEN + 2 * DAY, OPEN + 9 * DAY)
    assert made.head == office.head()


def test_a_live_forecast_counts_from_when_it_is_recorded_whatever_is_claimed(office):
    office.said(5, 0.35, claimed_at=OPEN + DAY)
    (row,) = office.rows(FORECASTS)
    assert (row["made_at"], row["effective_at"]) == (OPEN + 5 * DAY, OPEN + DAY)


def test_names_and_aliases_are_taken_whatever_their_case(office):
    add_alias(office.on(0), "the  weather man", "bo")
    office.said(1, 0.2, member="ANA")
    office.said(1, 0.4, member="The weather man")
    assert [one.member for one in on_record(office)] == ["Ana", "Bo"]


def test_several_forecasts_are_logged_all_or_none(office, nothing_written):
    said = [Said("Ana", "Q1", 0.2), Said("Cleo", "Q1", 0.3, place="line 2")]
    with pytest.raises(NotFound, match="line 2: no member 'Cleo'"):
        predict(office.on(1), said)


@pytest.mark.parametrize(
    ("said", "error", "right"),
    [
        (Said("Ana", "Q9", 0.5), NotFound, "no question 'Q9'"),
        (Said("Anna", "Q1", 0.5), NotFound, "no member 'Anna'; did you mean 'Ana'"),
        (Said("Ana", "Q1", 1.2), BadInput, r"probability '1\.2' cannot be used"),
        (Said("Ana", "Q1", float("nan")), BadInput, "probability 'nan' cannot be used"),
        (Said("Ana", "Q1", 0.5, expires=OPEN + DAY), BadInput, "a time to come: it is 2023-03-14"),
    ],
)
def test_a_forecast_that_cannot_be_is_refused(office, said, error, right, nothing_written):
    with pytest.raises(error, match=right):
        predict(office.on(1), [said])


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Binary(), Probability(1.5)),
        (Binary(), Probability(float("nan"))),
        (RED_OR_BLUE, Shares((("red", 0.9), ("blue", 0.9)))),
        (RED_OR_BLUE, Shares((("red", 1.5), ("blue", -0.5)))),
        (RED_OR_BLUE, Shares((("red", 1.0),))),
        (RED_OR_BLUE, Shares((("red", 0.5), ("red", 0.5)))),
        (Discrete(0, 2, 2), Cdf((0.0, 0.7, 0.6))),
        (Discrete(0, 2, 2), Cdf((0.0, float("nan"), 1.0))),
    ],
)
def test_a_value_that_is_no_distribution_is_refused(office, kind, value):
    ask(office.on(0), "Which will it be?", closes=CLOSE, criteria="As counted.", kind=kind)
    with pytest.raises(BadInput, match="forecast on Q2"):
        office.said(1, value, question="Q2")


def test_a_value_is_taken_as_it_is(office):
    value = Shares((("red", 0.25), ("blue", 0.75)))
    ask(office.on(0), "Which will it be?", closes=CLOSE, criteria="As counted.", kind=RED_OR_BLUE)
    office.said(1, value, question="Q2")
    assert on_record(office)[0].value == value


def test_a_forecast_at_the_closing_instant_is_too_late(office):
    office.said(48.999, 0.5)
    head = office.head()
    with pytest.raises(Conflict, match="Q1 closed at 2023-05-01T00:00:00Z; it takes no forecasts"):
        office.said(49, 0.5)
    assert office.head() == head


def test_a_resolved_question_takes_no_forecasts(office):
    resolve(office.on(3), "Q1", "yes", resolved_at=OPEN + 2 * DAY, source="a paper")
    head = office.head()
    with pytest.raises(Conflict, match="Q1 closed at 2023-03-15T00:00:00Z"):
        office.said(4, 0.5)
    assert office.head() == head


def test_a_confirmation_repeats_the_last_value_as_looked_at_again(office):
    office.said(1, 0.2)
    office.said(2, 0.3)
    confirm(office.on(5), "Q1", member="Ana")
    last = on_record(office)[-1]
    assert (last.value, last.confirmed, last.made_at) == (Probability(0.3), True, OPEN + 5 * DAY)


def test_a_forecast_is_withdrawn_from_that_moment(office):
    made = office.said(1, 0.2)
    assert withdraw(office.on(4), "Q1", member="ana").id == made.id
    assert on_record(office)[0].ended_at == OPEN + 4 * DAY
    office.said(6, 0.3)
    assert [one.ended_at for one in on_record(office)] == [OPEN + 4 * DAY, None]


@pytest.mark.parametrize(
    ("verb", "right"),
    [
        (confirm, "Bo has no forecast on Q1 to confirm; predict first"),
        (withdraw, "Bo has no forecast on Q1 that stands; there is nothing to withdraw"),
    ],
)
def test_what_was_never_said_is_neither_confirmed_nor_withdrawn(
    office, verb, right, nothing_written
):
    with pytest.raises(Conflict, match=right):
        verb(office.on(1), "Q1", member="Bo")


@pytest.mark.parametrize("verb", [confirm, withdraw])
@pytest.mark.parametrize(("question", "member"), [("Q9", "Ana"), ("Q1", "Zoe")])
def test_confirming_and_withdrawing_need_a_question_and_a_member(
    office, verb, question, member, nothing_written
):
    with pytest.raises(NotFound, match=f"no (question|member) '{question}|{member}'"):
        verb(office.on(1), question, member=member)


@pytest.mark.parametrize("verb", [confirm, withdraw])
def test_nothing_is_confirmed_or_withdrawn_after_the_close(office, verb):
    office.said(1, 0.2)
    head = office.head()
    with pytest.raises(Conflict, match="Q1 closed at"):
        verb(office.on(60), "Q1", member="Ana")
    assert office.head() == head


def test_what_was_withdrawn_or_has_expired_is_not_withdrawn_again(office):
    office.said(1, 0.2)
    withdraw(office.on(2), "Q1", member="Ana")
    office.said(1, 0.2, member="Bo", expires=OPEN + 2 * DAY)
    head = office.head()
    for name in ("Ana", "Bo"):
        with pytest.raises(Conflict, match=f"{name} has no forecast on Q1 that stands"):
            withdraw(office.on(3), "Q1", member=name)
    assert office.head() == head


def test_at_one_instant_the_last_word_of_a_member_counts(replay):
    """A replay's clock stands still between two commands."""
    for prob in (0.2, 0.3):
        replay.said(1, prob)
    assert [one.value.yes for one in on_record(replay)] == [0.3]
    withdraw(replay.on(1), "Q1", member="Ana")
    assert [one.ended_at for one in on_record(replay)] == [OPEN + DAY]
    replay.said(1, 0.4)
    assert [(one.value.yes, one.ended_at) for one in on_record(replay)] == [(0.4, None)]


def test_a_replay_takes_members_whom_its_clock_has_not_come_to(replay):
    add_member(replay.on(30), "Cleo")
    replay.said(2, 0.4, member="Cleo")
    with pytest.raises(Conflict, match="'cleo' is a member already"):
        add_member(replay.on(1), "cleo")


def test_a_replay_names_a_question_that_its_clock_has_not_come_to(replay):
    head = replay.head()
    with pytest.raises(Conflict, match=r"Q1 was asked at 2023-03-13.*; give a later --at"):
        replay.said(-1, 0.4)
    assert replay.head() == head


def test_an_as_of_view_has_no_forecast_recorded_later(office):
    office.said(1, 0.2)
    office.said(4, 0.3, claimed_at=OPEN + DAY)
    assert [one.value.yes for one in on_record(office, OPEN + 3 * DAY)] == [0.2]


@pytest.mark.parametrize("name", ["", "  ", "a\x1b[31mb", "a\u202eb"])
def test_a_name_that_cannot_be_shown_is_refused(office, name, nothing_written):
    with pytest.raises(BadInput, match="give a name of printable characters"):
        add_member(office.on(1), name)
    with pytest.raises(BadInput, match="give a name of printable characters"):
        add_alias(office.on(1), name, "Ana")


def test_a_name_is_taken_once_whatever_its_case(office, nothing_written):
    with pytest.raises(Conflict, match="'ANA' is a member already; choose another name"):
        add_member(office.on(1), "ANA")
    with pytest.raises(Conflict, match="'bo' is a member's name; choose another alias"):
        add_alias(office.on(1), "bo", "Ana")
    with pytest.raises(NotFound, match="no member 'Zoe'"):
        add_alias(office.on(1), "zz", "Zoe")


def test_predicting_again_with_the_same_key_logs_once(office):
    desk = office.on(1)
    said = [Said("Ana", "Q1", 0.2)]
    assert predict(desk, said) == predict(desk, said)
    assert len(office.rows(FORECASTS)) == 1


def test_the_close_is_a_time_to_come(office):
    assert office.said(1, 0.5, expires=CLOSE).record["expires"] == "2023-05-01T00:00:00Z"
