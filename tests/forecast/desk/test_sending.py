"""What a member would send, what of it went out, and what is in doubt."""

from contextlib import nullcontext
from datetime import timedelta

import pytest

from forecast.desk.asking import ask
from forecast.desk.predicting import confirm, withdraw
from forecast.desk.sending import outgoing, send, without_echoes
from forecast.exchange.records import ME, Origin, Person, PlatformForecast
from forecast.ledger import SENDINGS
from questions.errors import BadFile, BadInput, NotFound, Unanswered, Unavailable
from questions.values import Probability
from tests.forecast.desk.conftest import CLOSE, OPEN


@pytest.fixture
def sender(office):
    """An office whose Q1 came from Metaculus' question 578, and Q2 from nowhere."""
    ask(office.on(0), "Will it snow in Oslo?", closes=CLOSE, criteria="Yes if so.\nNo if not.")
    came_from(office, "Q1", "578")
    return office


def came_from(office, question, theirs, platform="metaculus"):
    origin = {"question": question, "platform": platform, "theirs": theirs, "post": "12", "url": ""}
    with office.on(0).writing() as entry:
        entry.append(
            "question.imported", {**origin, "spot_scoring_time": None, "actual_close_time": None}
        )


def ready(office, day, *references, member="Ana", **more):
    desk = office.on(day)
    with desk.reading() as read:
        return outgoing(read, member, desk.now, references, **more)


def sent(office, day, error=None, **more):
    """Send what is ready, to somebody who takes it or fails."""
    taken = []

    def deliver(one):
        taken.append(one.body)
        if error:
            raise error

    for one in ready(office, day, **more):
        if one.body:
            send(office.on(day), one, deliver)
    return taken


def states(office):
    return [(row["state"], row["forecast"], row["what"]) for row in office.rows(SENDINGS)]


def test_what_was_said_goes_out_under_their_number(sender):
    sender.said(1, 0.35)
    (one,) = ready(sender, 2)
    assert (one.question, one.theirs, one.what) == ("Q1", "578", "forecast")
    assert one.body == {"question": 578, "probability_yes": 0.35}


def test_only_what_came_from_there_goes_out(sender):
    sender.said(1, 0.35, question="Q2")
    assert ready(sender, 2) == []
    with pytest.raises(BadInput, match="question 'Q2' cannot be used: give a question that came"):
        ready(sender, 2, "Q2")
    with pytest.raises(NotFound, match="no question 'Q9'"):
        ready(sender, 2, "Q9")


def test_questions_of_another_platform_stay_here(sender):
    came_from(sender, "Q2", "abc", platform="fatebook")
    sender.said(1, 0.35, question="Q2")
    assert ready(sender, 2) == []


def test_a_member_sends_nobody_elses_word(sender):
    sender.said(1, 0.35)
    assert ready(sender, 2, member="Bo") == []
    with pytest.raises(NotFound, match="no member 'Cleo'"):
        ready(sender, 2, member="Cleo")


def test_the_log_holds_a_request_before_and_after(sender):
    sender.said(1, 0.35)
    seen = []
    (one,) = ready(sender, 2)
    send(sender.on(2), one, lambda _: seen.extend(states(sender)))
    assert seen == [("begun", "F1", "forecast")]
    assert states(sender) == [("begun", "F1", "forecast"), ("taken", "F1", "forecast")]
    row = sender.rows(SENDINGS)[-1]
    assert (row["member"], row["body"]) == ("Ana", {"question": 578, "probability_yes": 0.35})


def test_nothing_goes_out_twice(sender):
    sender.said(1, 0.35)
    assert len(sent(sender, 2)) == 1
    (one,) = ready(sender, 3)
    assert (one.body, one.note) == (None, "F1 was sent at 2023-03-15T00:00:00Z")
    assert sent(sender, 3) == []


def test_a_new_forecast_goes_out_and_a_repetition_does_not(sender):
    sender.said(1, 0.35)
    sent(sender, 2)
    confirm(sender.on(3), "Q1", member="Ana")
    assert ready(sender, 3)[0].note == "F2 repeats what was sent"
    sender.said(4, 0.5)
    assert sent(sender, 5) == [{"question": 578, "probability_yes": 0.5}]


def test_a_confirmation_of_what_never_went_out_goes_out(sender):
    sender.said(1, 0.35)
    confirm(sender.on(2), "Q1", member="Ana")
    assert sent(sender, 3) == [{"question": 578, "probability_yes": 0.35}]


def test_what_was_refused_can_be_sent_again(sender):
    sender.said(1, 0.35)
    with pytest.raises(BadFile):
        sent(sender, 2, error=BadFile("Metaculus", "does not take it", "why"))
    assert states(sender)[-1][0] == "refused"
    assert "does not take it" in sender.rows(SENDINGS)[-1]["said"]
    assert len(sent(sender, 3)) == 1


def test_what_could_not_be_reached_can_be_sent_again(sender):
    sender.said(1, 0.35)
    with pytest.raises(Unavailable):
        sent(sender, 2, error=Unavailable("Metaculus", "cannot be reached", "later"))
    assert len(sent(sender, 3)) == 1


def test_what_may_have_arrived_is_told_and_goes_out_again_only_when_asked(sender):
    sender.said(1, 0.35)
    with pytest.raises(Unanswered):
        sent(sender, 2, error=Unanswered("Metaculus", "gave no answer", "look"))
    assert states(sender)[-1][0] == "unknown"
    (one,) = ready(sender, 3)
    assert one.body is None
    assert one.problem == (
        "Q1: nobody knows whether the forecast sent at 2023-03-15T00:00:00Z arrived; "
        "look there, then send it with --again"
    )
    assert len(sent(sender, 4, again=True)) == 1
    assert ready(sender, 5)[0].note.startswith("F1 was sent")


def test_a_run_that_died_leaves_its_request_in_doubt(sender):
    sender.said(1, 0.35)
    with pytest.raises(KeyboardInterrupt):
        sent(sender, 2, error=KeyboardInterrupt())
    assert states(sender) == [("begun", "F1", "forecast")]
    assert "nobody knows" in ready(sender, 3)[0].problem


def test_a_newer_forecast_settles_a_doubt(sender):
    sender.said(1, 0.35)
    with pytest.raises(Unanswered):
        sent(sender, 2, error=Unanswered("Metaculus", "gave no answer", "look"))
    sender.said(3, 0.6)
    assert sent(sender, 4) == [{"question": 578, "probability_yes": 0.6}]


def test_a_withdrawal_of_what_was_sent_goes_out_once(sender):
    sender.said(1, 0.35)
    sent(sender, 2)
    withdraw(sender.on(3), "Q1", member="Ana")
    assert sent(sender, 4) == [{"question": 578}]
    assert sent(sender, 5) == []
    assert states(sender)[-1] == ("taken", "F1", "withdrawal")


def test_a_withdrawal_of_what_was_never_sent_stays_here(sender):
    sender.said(1, 0.35)
    withdraw(sender.on(2), "Q1", member="Ana")
    assert ready(sender, 3)[0].note == "F1 was withdrawn and never sent"


def test_a_withdrawal_of_a_newer_forecast_stays_here_once_the_older_one_is_gone_there(sender):
    sender.said(1, 0.35)
    sent(sender, 2)
    withdraw(sender.on(3), "Q1", member="Ana")
    sent(sender, 4)
    sender.said(5, 0.6)
    withdraw(sender.on(6), "Q1", member="Ana")
    assert ready(sender, 7)[0].note == "F2 was withdrawn and never sent"


def test_what_came_from_there_stays_until_it_is_withdrawn_here(sender):
    with sender.on(1).writing() as entry:
        entry.mode = "import"
        record = {"id": "F1", "question": "Q1", "member": "Ana", "value": Probability(0.35)}
        none = dict.fromkeys(("why", "words", "confidence", "corrects"), "")
        more = {"made_at": entry.now, "expires": None, "confirmed": False, "shown": ""}
        entry.append("forecast.made", record | none | more)
    assert ready(sender, 2)[0].note == "F1 came from there"
    withdraw(sender.on(3), "Q1", member="Ana")
    assert sent(sender, 4) == [{"question": 578}]


def test_an_expiry_goes_along_and_what_has_expired_stays(sender):
    sender.said(1, 0.35, expires=OPEN + timedelta(days=5))
    assert ready(sender, 2)[0].body["end_time"] == "2023-03-18T00:00:00Z"
    assert ready(sender, 5)[0].note == "F1 has expired"


def told(seconds, by=ME):
    """A forecast as the platform tells of it, so many seconds after the second day began."""
    made = OPEN + timedelta(days=2, seconds=seconds)
    return PlatformForecast(Origin("metaculus", "578", "post 12"), by, Probability(0.35), made)


def news(office, *found, member="Ana", platform="metaculus"):
    with office.on(9).reading() as read:
        return without_echoes(read, platform, member, found)


def test_what_was_sent_from_here_is_no_news_when_it_is_told_back(sender):
    sender.said(1, 0.35)
    sent(sender, 2)
    near, far, theirs = told(-110), told(130), told(0, by=Person("somebody"))
    assert news(sender, near, told(0), far, theirs) == [far, theirs]
    assert news(sender, near, member="Bo") == [near]
    assert news(sender, near, member="") == [near]
    assert news(sender, near, platform="fatebook") == [near]


def test_what_may_have_arrived_is_no_news_either_but_what_was_refused_is(sender):
    for day, error in ((2, Unanswered("Metaculus", "gave no answer", "look")), (3, None)):
        sender.said(day, 0.35)
        with pytest.raises(Unanswered) if error else nullcontext():
            sent(sender, day, error=error)
    assert news(sender, told(0), told(86400)) == []
    sender.said(4, 0.4)
    with pytest.raises(BadFile):
        sent(sender, 4, error=BadFile("Metaculus", "does not take it", "why"))
    assert news(sender, told(2 * 86400)) == [told(2 * 86400)]


def test_a_withdrawal_is_no_forecast_that_could_be_told_back(sender):
    sender.said(1, 0.35)
    sent(sender, 2)
    withdraw(sender.on(3), "Q1", member="Ana")
    sent(sender, 4)
    assert news(sender, told(2 * 86400)) == [told(2 * 86400)]


def test_a_question_that_has_closed_takes_nothing(sender):
    sender.said(1, 0.35)
    (one,) = ready(sender, 60)
    assert (one.body, one.problem) == (None, "Q1 is closed: it takes no forecasts")


def test_a_value_that_would_not_be_taken_is_told_and_the_others_go_on(sender):
    came_from(sender, "Q2", "579")
    sender.said(1, 0.0001)
    sender.said(1.1, 0.5, question="Q2")
    first, second = ready(sender, 2)
    assert first.problem == (
        "Q1: probability '0.01%' cannot be used: give 0.1% to 99.9%, which Metaculus takes"
    )
    assert second.body == {"question": 579, "probability_yes": 0.5}


def test_nothing_to_send_is_a_programmers_mistake(sender):
    sender.said(1, 0.0001)
    with pytest.raises(ValueError, match="nothing to send of Q1"):
        send(sender.on(2), ready(sender, 2)[0], print)
