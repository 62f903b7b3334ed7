"""Reports come in: stories, copies, what was read before."""

import pytest

from forecast.desk.asking import ask
from forecast.desk.predicting import Said, predict
from forecast.desk.reporting import REMEMBERED, take_in
from forecast.ledger import FORECASTS
from questions.errors import NotFound
from questions.language import english
from questions.store import shelf
from questions.store import tables as t
from tests.forecast.desk.conftest import CLOSE, report


@pytest.fixture(scope="session")
def meaning():
    from questions.reports.meaning import word_vectors

    return word_vectors(english())


RAIN = (
    "Heavy rain fell on Oslo on Tuesday morning, the weather service said. Streets near the "
    "harbour were under water by noon and two tram lines stood still for hours."
)
CHESS = (
    "A chess club in Lima has opened a new hall with forty boards. Its chairwoman hopes for a "
    "tournament next year, when the old hall will have been sold."
)


def test_a_report_finds_its_story_and_question(office, meaning):
    rain, chess = take_in(office.on(1), [report(RAIN), report(CHESS)], meaning)
    assert (rain.report.id, rain.report.story, rain.new) == ("R1", "S1", True)
    assert [one.question for one in rain.bearings] == ["Q1"]
    assert (chess.report.id, chess.report.story, chess.bearings) == ("R2", "S2", ())
    assert chess.head == office.head()


def test_a_copy_joins_the_story_of_what_it_repeats(office, meaning):
    take_in(office.on(1), [report(RAIN)], meaning)
    (copy,) = take_in(office.on(2), [report(RAIN + " More rain is expected.", day=2)], meaning)
    assert (copy.report.id, copy.report.story, copy.report.copy_of) == ("R2", "S1", "R1")


def test_a_text_that_was_read_before_is_left_alone(office, meaning):
    first = take_in(office.on(1), [report(RAIN)], meaning)
    head = office.head()
    again = take_in(office.on(2), [report(RAIN)], meaning)
    assert [(one.report.id, one.new) for one in again] == [("R1", False)]
    assert again[0].bearings == first[0].bearings
    assert office.head() == head


def test_a_named_question_is_borne_on_whatever_the_words(office, meaning):
    (arrival,) = take_in(office.on(1), [report(CHESS)], meaning, question="oslo")
    assert [(one.question, one.relevance, one.decision) for one in arrival.bearings] == [
        ("Q1", 1.0, "yes")
    ]
    with office.store.reading() as read:
        assert len(shelf.bearings(read, question="Q1")) == 1


def test_an_unknown_question_is_refused_before_anything_is_read(office, meaning, nothing_written):
    with pytest.raises(NotFound, match="no question 'Q9'"):
        take_in(office.on(1), [report(RAIN)], meaning, question="Q9")


def test_stories_of_a_replay_that_is_set_back_stay_apart(replay, meaning):
    take_in(replay.on(5), [report(CHESS, day=5)], meaning)
    (rain,) = take_in(replay.on(1), [report(RAIN)], meaning)
    assert (rain.report.id, rain.report.story) == ("R2", "S2")
    (again,) = take_in(replay.on(2), [report(CHESS, day=5)], meaning)
    assert (again.report.id, again.new) == ("R1", False)
    assert len(replay.rows(t.REPORTS)) == 2


def test_relevance_is_kept_as_a_number(office, meaning):
    take_in(office.on(1), [report(RAIN)], meaning)
    (row,) = office.rows(t.BEARINGS)
    assert 0 < row["relevance"] <= 1


def test_nothing_slow_is_done_while_others_wait_to_write(office):
    import numpy as np

    def meaning(texts):
        predict(office.on(1), [Said("Bo", "Q1", 0.5)])
        return np.zeros((len(texts), 1))

    assert take_in(office.on(1), [report(RAIN)], meaning)[0].new
    assert office.rows(FORECASTS)


def test_what_others_read_meanwhile_is_known_when_it_is_decided(office):
    import numpy as np

    def nothing(texts):
        return np.zeros((len(texts), 1))

    def meaning(texts):
        take_in(office.on(1), [report(RAIN)], nothing)
        return nothing(texts)

    (copy,) = take_in(office.on(2), [report(RAIN + " More is expected.", day=2)], meaning)
    assert (copy.report.id, copy.report.copy_of) == ("R2", "R1")


VISIT = "Alexander Stubb arrived in Kenya on Sunday, the first visit of Alexander Stubb to Kenya."


@pytest.fixture
def visit(office):
    title = "Will Alexander Stubb visit Kenya by 30 April 2023?"
    return ask(office.on(0), title, closes=CLOSE, criteria="Yes if he does.").id


def test_what_a_report_plainly_says_comes_with_it(office, meaning, visit):
    take_in(office.on(1), [report(VISIT)], meaning, language=english())
    take_in(office.on(2), [report(VISIT)], meaning, language=english())
    (row,) = office.rows(t.DIRECTIONS)
    assert (row["report"], row["question"], row["says"]) == ("R1", visit, "happened")


def test_a_report_is_on_record_with_what_it_says_or_not_at_all(office, meaning, visit, monkeypatch):
    from forecast.desk import reporting

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(reporting, "point", interrupted)
    with pytest.raises(KeyboardInterrupt):
        take_in(office.on(1), [report(VISIT)], meaning, language=english())
    monkeypatch.undo()
    assert office.rows(t.REPORTS) == []
    (arrival,) = take_in(office.on(1), [report(VISIT)], meaning, language=english())
    assert arrival.new
    assert len(office.rows(t.DIRECTIONS)) == 1


def test_what_is_copied_after_many_days_is_a_copy_and_no_news(office, meaning):
    told = " ".join(f"On day {n} the council of Ulm heard witness {n}." for n in range(20))
    later = 1 + 2 * REMEMBERED.days
    take_in(office.on(1), [report(told), report(CHESS)], meaning)
    (copy,) = take_in(office.on(later), [report(f"From our files.\n{told}", day=later)], meaning)
    assert (copy.report.copy_of, copy.report.story) == ("R1", "S1")


def test_what_is_alike_after_many_days_is_another_story(office, meaning):
    later = 1 + 2 * REMEMBERED.days
    take_in(office.on(1), [report(RAIN)], meaning)
    alike = "On Tuesday morning rain put streets near the harbour of Oslo under water; trams stood."
    (again,) = take_in(office.on(later), [report(alike, day=later)], meaning)
    assert (again.report.copy_of, again.report.story) == ("", "S2")
