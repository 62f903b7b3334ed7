"""Judges put on record what reports say, and members where a belief starts."""

import math
from datetime import timedelta

import pytest

from forecast.desk.believing import dossiers, fit, state_prior
from forecast.desk.desk import Desk
from forecast.desk.judging import (
    decisive_weight,
    dismiss,
    judge,
    ratio_of_words,
    retract,
    take_back,
    weight_of_ratio,
)
from forecast.desk.priors import cases, duration_days, rate, stated
from forecast.desk.settling import resolve
from forecast.ledger import EVIDENCE, KINDS, PRIORS
from forecast.records import Cases, Rate, Stated
from questions.errors import BadInput, Conflict, NotFound
from questions.store.store import open_store
from tests.forecast.desk.conftest import OPEN, report


@pytest.fixture
def read_one(office):
    with office.on(1).writing() as entry:
        entry.append("report.read", {**_plain(report()), "id": "R1", "story": "S1"})


def _plain(record):
    from questions.store.envelope import plain

    return plain(record)


def test_a_judgement_says_who_what_and_why(office, read_one):
    made = judge(office.on(2, "Bo"), "r1", "oslo", "weighed", 1.5, words="w", why="a good paper")
    (row,) = office.rows(EVIDENCE)
    assert (row["report"], row["question"], row["judge"], row["weight"]) == ("R1", "Q1", "Bo", 1.5)
    assert (row["words"], row["why"]) == ("w", "a good paper")
    assert (made.id, made.head) == ("R1/Q1", office.head())


def test_a_decisive_judgement_survives_the_store(office, read_one):
    judge(office.on(2), "R1", "Q1", "decisive", decisive_weight("no"))
    with office.store.reading() as read:
        (one,) = dossiers(read, OPEN + timedelta(days=2))["Q1"].evidence
    assert (one.judgement, one.weight) == ("decisive", -math.inf)


@pytest.mark.parametrize(
    ("name", "question", "right"),
    [("R9", "Q1", "no report 'R9'; did you mean 'R1'"), ("R1", "Q9", "no question 'Q9'")],
)
def test_a_judgement_needs_its_report_and_question(office, read_one, name, question, right):
    head = office.head()
    with pytest.raises(NotFound, match=right):
        judge(office.on(2), name, question, "weighed", 1.0)
    assert office.head() == head


def test_a_resolved_question_is_judged_and_started_no_more(office, read_one):
    resolve(office.on(3), "Q1", "yes", resolved_at=OPEN + timedelta(days=2), source="a paper")
    head = office.head()
    with pytest.raises(Conflict, match="Q1 is resolved; reopen it to judge more reports"):
        judge(office.on(4), "R1", "Q1", "weighed", 1.0)
    with pytest.raises(Conflict, match="Q1 is resolved; its prior stays as it was"):
        state_prior(office.on(4), "Q1", Cases(1, 2), why="")
    assert office.head() == head


def test_a_judgement_that_is_taken_back_stays_on_record(office, read_one):
    judge(office.on(2), "R1", "Q1", "weighed", 1.0)
    made = take_back(office.on(3), "r1", "oslo", why="the wrong Oslo")
    assert (made.id, made.record["judgement"]) == ("R1/Q1", "withdrawn")
    assert [row["judgement"] for row in office.rows(EVIDENCE)] == ["weighed", "withdrawn"]


def test_only_ones_own_judgement_that_stands_can_be_taken_back(office, read_one):
    judge(office.on(2), "R1", "Q1", "weighed", 1.0)
    with pytest.raises(Conflict, match="Bo has no judgement of R1 on Q1; there is nothing to"):
        take_back(office.on(3, "Bo"), "R1", "Q1")
    take_back(office.on(3), "R1", "Q1")
    with pytest.raises(Conflict, match="Ana has no judgement of R1 on Q1"):
        take_back(office.on(4), "R1", "Q1")


def test_many_are_dismissed_at_once_or_none(office, read_one):
    head = office.head()
    with pytest.raises(NotFound, match="no report 'R9'"):
        dismiss(office.on(2), [("R1", "Q1"), ("R9", "Q1")])
    assert office.head() == head
    (made,) = dismiss(office.on(2), [("R1", "Q1")], why="another Oslo")
    assert (made.id, made.record["judgement"]) == ("R1/Q1", "irrelevant")


def test_a_retry_of_a_dismissal_writes_nothing_more(office, read_one):
    desk = office.on(2)
    first = dismiss(desk, [("R1", "Q1")])
    assert dismiss(desk, [("R1", "Q1")])[0].head == first[0].head == office.head()


def test_a_retracted_report_is_judged_no_more_until_that_is_taken_back(office, read_one):
    made = retract(office.on(2), "r1", why="the agency withdrew it")
    assert (made.id, made.record["stands"]) == ("R1", True)
    with pytest.raises(Conflict, match="R1 was retracted; `tidings retract --undo`"):
        judge(office.on(3), "R1", "Q1", "weighed", 1.0)
    retract(office.on(4), "R1", why="a mistake of mine", undo=True)
    judge(office.on(5), "R1", "Q1", "weighed", 1.0)


def test_a_copy_of_a_retracted_report_is_not_judged_either(office, read_one):
    with office.on(1).writing() as entry:
        again = {**_plain(report()), "id": "R2", "story": "S1", "copy_of": "R1"}
        entry.append("report.read", again)
    retract(office.on(2), "R1", why="withdrawn")
    with pytest.raises(Conflict, match="R1 was retracted"):
        judge(office.on(3), "R2", "Q1", "weighed", 1.0)


@pytest.mark.parametrize(
    ("given", "error", "right"),
    [
        ({"why": " "}, BadInput, "no reason: give why, such as"),
        ({"corrected_by": "R9"}, NotFound, "no report 'R9'"),
        ({"corrected_by": "r1"}, BadInput, "another report than the one that it corrects"),
        ({"undo": True}, Conflict, "R1 is not retracted; there is nothing to do"),
    ],
)
def test_a_retraction_has_its_reason(office, read_one, given, error, right):
    head = office.head()
    with pytest.raises(error, match=right):
        retract(office.on(2), "R1", **{"why": "withdrawn", **given})
    assert office.head() == head


def test_a_report_is_retracted_once(office, read_one):
    retract(office.on(2), "R1", why="withdrawn")
    with pytest.raises(Conflict, match="R1 is retracted already"):
        retract(office.on(3), "R1", why="withdrawn")


@pytest.mark.parametrize(
    ("words", "ratio"),
    [
        ("slightly for yes", 10**0.25),
        ("Moderately for no", 10**-0.75),
        ("strongly for yes", 10**1.25),
        ("weakly for no", 10**-0.25),
    ],
)
def test_words_of_strength_are_the_middles_of_jeffreys_grades(words, ratio):
    """Jeffreys, Theory of Probability (1961), appendix B: grades of half a power of ten."""
    assert ratio_of_words(words) == pytest.approx(ratio)


@pytest.mark.parametrize("words", ["", "likely", "strongly yes", "for yes", "very much for yes"])
def test_words_of_probability_are_not_words_of_strength(words):
    with pytest.raises(BadInput, match="slightly, moderately or strongly"):
        ratio_of_words(words)


def test_a_ratio_weighs_its_logarithm_and_its_inverse_as_much_the_other_way():
    assert weight_of_ratio(math.e) == 1
    assert weight_of_ratio(1 / 3) == pytest.approx(-weight_of_ratio(3))


@pytest.mark.parametrize("ratio", [0.0, -1.0, math.inf, math.nan])
def test_a_ratio_is_a_positive_number(ratio):
    with pytest.raises(BadInput, match=r"ratio .* a positive number"):
        weight_of_ratio(ratio)


def test_a_decisive_report_says_yes_or_no():
    assert decisive_weight("yes") == math.inf
    with pytest.raises(BadInput, match="decisive 'perhaps' cannot be used: give yes or no"):
        decisive_weight("perhaps")


def test_a_prior_is_put_on_record_with_what_it_rests_on(office):
    made = state_prior(office.on(1, "Bo"), "Q1", Cases(3, 10), why="rain before", scheduled=True)
    (row,) = office.rows(PRIORS)
    assert (row["basis"], row["why"], row["scheduled"], row["actor"]) == (
        *({"kind": "cases", "hits": 3, "trials": 10}, "rain before", True, "Bo"),
    )
    assert made.head == office.head()


def test_a_prior_needs_its_question(office, nothing_written):
    with pytest.raises(NotFound, match="no question 'Q9'"):
        state_prior(office.on(1), "Q9", Cases(1, 2), why="")


def test_the_three_forms_of_a_prior():
    assert cases(3, 10) == Cases(3, 10)
    assert rate(3, "2y") == Rate(3, 730.5)
    assert stated("80%", 5) == Stated(0.8, 5)


@pytest.mark.parametrize(
    ("make", "right"),
    [
        (lambda: cases(-1, 3), "reference class '-1 of 3' .* hits from 0 to trials"),
        (lambda: cases(4, 3), "hits from 0 to trials"),
        (lambda: cases(-3, -3), "hits from 0 to trials"),
        (lambda: cases(math.nan, 3), "hits from 0 to trials"),
        (lambda: cases(1, math.inf), "hits from 0 to trials"),
        (lambda: rate(-1, "2y"), "events '-1' .* a count from 0"),
        (lambda: rate(math.nan, "2y"), "a count from 0"),
        (lambda: rate(1, "0d"), "duration '0d' .* such as 90d or 10y"),
        (lambda: rate(1, "long"), "such as 90d or 10y"),
        (lambda: stated("0%", 4), "a probability strictly between 0 and 1"),
        (lambda: stated("100%", 4), "a probability strictly between 0 and 1"),
        (lambda: stated("1.2", 4), "a number from 0 to 1"),
        (lambda: stated("30%", 0), "worth '0' .* above 0"),
        (lambda: stated("30%", math.nan), "above 0"),
    ],
)
def test_what_is_no_prior_is_refused(make, right):
    with pytest.raises(BadInput, match=right):
        make()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("90d", 90),
        ("12 weeks", 84),
        ("18m", 18 * 365.25 / 12),
        ("10 years", 3652.5),
        ("1.5y", 547.875),
    ],
)
def test_durations_in_days(text, days):
    assert duration_days(text) == pytest.approx(days)


def test_there_is_nothing_to_fit_without_questions(tmp_path):
    store = open_store(tmp_path / "e.db", KINDS, create_with=("live", OPEN))
    with pytest.raises(Conflict, match="no question is open or resolved"):
        fit(Desk(store, OPEN, "Ana", "k"), seed=1)
    store.close()
