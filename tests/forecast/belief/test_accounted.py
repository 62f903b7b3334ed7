"""Why a belief of any kind is what it is: contributions add up to it."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecast.belief.accounted import account, movers
from forecast.belief.explained import explain, levers
from forecast.belief.fold import believe
from forecast.probability import expit
from forecast.records import Spread, Stated
from questions.values import Cdf, Probability, Shares
from tests.forecast.belief.kinds.test_laws import DATES, FITS, KINDS, asked, told
from tests.forecast.belief.kinds.test_measures import LOW, rain, reading
from tests.forecast.belief.kinds.test_rungs import UNSTATED, by, ladder, of
from tests.forecast.belief.kinds.test_signals import KNOWING, some_fit
from tests.forecast.belief.worlds import OPEN, dossier, judged, said

AT = OPEN + timedelta(days=10)
kinds = pytest.mark.parametrize("kind", KINDS)
few = settings(max_examples=10)
rows = st.lists(
    st.tuples(st.floats(-2, 2), st.sampled_from("ABF"), st.sampled_from("123"), st.integers(1, 3)),
    max_size=4,
)
fits = st.sampled_from(FITS)


def accounted(matter, fit, at, *, joint=False):
    return account(matter, fit, believe(matter, fit, at, joint=joint), joint=joint)


def moving(matter, fit, at):
    return movers(matter, fit, believe(matter, fit, at))


@kinds
@few
@given(rows, fits)
def test_the_contributions_add_up_to_the_log_odds_of_the_event(kind, reported, fit):
    found = accounted(asked(kind, told(reported)), fit, AT)
    assert expit(sum(one.nats for one in found.parts)) == pytest.approx(found.prob, abs=1e-8)
    assert found.parts[0].cause == "reference class"


@kinds
@few
@given(rows, fits)
def test_the_event_has_the_chance_that_the_belief_gives_it(kind, reported, fit):
    matter = asked(kind, told(reported))
    value, found = believe(matter, fit, AT).value, accounted(matter, fit, AT)
    match value:
        case Probability(yes):
            assert (found.of, found.prob) == (None, yes)
        case Shares(by_option):
            assert (found.of, found.prob) == max(by_option, key=lambda pair: pair[1])
        case Cdf(points):
            inside = np.array([*points, *(1.0 - one for one in points)])
            assert np.abs(inside - found.prob).min() < 1e-12


def test_a_question_that_stands_alone_is_explained_as_ever():
    matter, fit = dossier(judged("R1", 1.5), forecasts=[said("ana", 0.8)]), some_fit(**KNOWING)
    for joint in (False, True):
        assert accounted(matter, fit, AT, joint=joint).parts == explain(
            matter, fit, AT, joint=joint
        )
    assert moving(matter, fit, AT) == levers(matter, fit, AT)


def test_each_story_adds_what_the_belief_moves_by_when_it_comes():
    first, second = of("Q1", "R1", 2.0, day=1, story="S9"), of("Q3", "R2", -1.0, day=3, story="S1")
    one, two = ladder([first])[1], ladder([first, second])[1]
    early, late = (accounted(which, None, AT).parts for which in (one, two))
    assert [(part.cause, part.reference) for part in late if part.cause == "story"] == [
        ("story", "S9"),
        ("story", "S1"),
    ]
    assert late[:-1] == early
    gone = np.diff([logit_of(one), logit_of(two)])[0]
    assert late[-1].nats == pytest.approx(gone)


def logit_of(matter):
    prob = believe(matter, None, AT).value.yes
    return np.log(prob / (1 - prob))


def test_in_a_joint_each_person_has_a_line_and_in_a_belief_nobody():
    fit, crowd = some_fit(**KNOWING), [by("ana", "Q1", 0.9), by("bo", "Q3", 0.2)]
    rung = ladder([of("Q2", "R1", 1.0)], people=crowd)[1]
    alone, both = (accounted(rung, fit, AT, joint=joint) for joint in (False, True))
    people = {one.reference: one.nats for one in both.parts if one.cause == "person"}
    assert people["ana"] > 0 > people["bo"]
    assert not [one for one in alone.parts if one.cause == "person"]
    assert expit(sum(one.nats for one in both.parts)) == pytest.approx(both.prob)


def test_of_a_number_it_is_of_lying_above_the_median_before_any_report():
    """Reports of low numbers speak against it."""
    found = accounted(rain(reading("R1", *LOW)), None, OPEN + timedelta(days=2))
    bare = accounted(rain(), None, OPEN + timedelta(days=2))
    assert found.of == bare.of == pytest.approx(52.5, abs=0.5)  # a twentieth lies beyond
    assert bare.prob == pytest.approx(0.5, abs=0.01)
    (story,) = (one for one in found.parts if one.cause == "story")
    assert story.nats < -0.5


def test_of_a_date_it_is_of_coming_by_the_middle_of_what_is_left():
    found = accounted(asked("date", []), None, AT)
    assert AT.timestamp() < found.of < DATES.range_max
    assert 0.4 < found.prob < 0.6


def test_what_is_over_has_an_account_too():
    late = OPEN + timedelta(days=900)
    for kind in KINDS:
        found = accounted(asked(kind, told([(2.0, "A", "1", 1)])), None, late)
        assert np.isfinite([one.nats for one in found.parts]).all()


@kinds
@few
@given(rows, fits)
def test_what_would_move_it_is_what_it_would_be_then_most_first(kind, reported, fit):
    matter = asked(kind, told(reported))
    now, found = accounted(matter, fit, AT).prob, moving(matter, fit, AT)
    moves = [abs(np.log(one.prob / (1 - one.prob)) - np.log(now / (1 - now))) for one in found]
    assert moves == pytest.approx(sorted(moves, reverse=True))
    assert all(abs(one.prob - now) > 0 for one in found)


def test_a_report_for_an_option_raises_it_and_one_against_lowers_it():
    spread = Spread(Shares((("Red", 0.5), ("Blue", 0.3), ("Other", 0.2))), 10.0)
    matter = replace(asked("options", []), spread=spread)
    found = {one.what: one.prob for one in moving(matter, None, AT)}
    assert found["a new report for Red by"] > 0.5 > found["a new report against Red by"]


def test_a_rung_would_be_moved_by_a_report_on_it_and_by_time():
    rung = ladder((), (UNSTATED, UNSTATED, (Stated(0.5, 8), True)))[1]
    found = {one.what: one.prob for one in moving(rung, None, AT)}
    now = believe(rung, None, AT).value.yes
    assert found["a new report for yes by"] > now > found["a new report for no by"]
    assert found["time without the event until"] < now


def test_without_a_story_it_is_what_it_was_before_that_story():
    told_of = [of("Q1", "R1", 2.0, story="S1")]
    rung = ladder(told_of)[2]
    (without,) = (one for one in moving(rung, None, AT) if one.what == "without")
    assert without.reference == "S1"
    assert without.prob == pytest.approx(believe(ladder()[2], None, AT).value.yes)
