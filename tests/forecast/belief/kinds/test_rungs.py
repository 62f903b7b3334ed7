"""A ladder is one belief: no rung can be likelier than the next."""

from dataclasses import replace
from datetime import timedelta
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.belief.fold import believe
from forecast.belief.history import steps
from forecast.belief.kinds.cuts import rising
from forecast.belief.kinds.rungs import vector_of
from forecast.belief.prior import DEFAULT, prior_mean
from forecast.records import Cases, Rate, Stated
from questions.instants import EPOCH, days_between
from tests.forecast.belief.kinds.test_signals import KNOWING, some_fit
from tests.forecast.belief.worlds import OPEN, dossier, judged, said

DAY = timedelta(days=1)
CLOSES = [OPEN + days * DAY for days in (16, 32, 48)]
MARKS = tuple(days_between(EPOCH, one) for one in CLOSES)
NAMES = ("Q1", "Q2", "Q3")
UNSTATED = (DEFAULT, False)


def ladder(told=(), bases=(UNSTATED,) * 3, *, by_deadline=True, people=(), **answers):
    """The rungs of a ladder, each with its own dossier."""
    rungs = tuple(
        replace(
            dossier(
                *(one for one in told if one.question == name),
                forecasts=[one for one in people if one.question == name],
                basis=basis,
                question=name,
            ),
            scheduled_close_time=close if by_deadline else CLOSES[-1],
            stated=stated,
            answer=answers.get(name, ("open", None))[0],
            answered_at=answers.get(name, ("open", None))[1],
        )
        for name, close, (basis, stated) in zip(NAMES, CLOSES, bases, strict=True)
    )
    marks = MARKS if by_deadline else (100.0, 50.0, 20.0)
    return [replace(one, rungs=rungs, rung_marks=marks, by_deadline=by_deadline) for one in rungs]


def of(question, report, weight, **more):
    return replace(judged(report, weight, **more), question=question)


def by(member, question, prob, **more):
    return replace(said(member, prob, **more), question=question)


def chances(rungs, at, fit=None, *, joint=False):
    return [believe(one, fit, at, joint=joint).value.yes for one in rungs]


told = st.lists(
    st.tuples(st.sampled_from(NAMES), st.integers(1, 4), st.floats(-3, 3), st.floats(0, 40)),
    max_size=6,
)


@pytest.mark.parametrize("fit", [None, some_fit()])
@pytest.mark.parametrize("by_deadline", [True, False])
@given(told, st.floats(0, 50))
def test_no_rung_is_likelier_than_the_next_whatever_is_reported(fit, by_deadline, rows, day):
    evidence = [of(name, f"R{at}", weight, day=when) for name, at, weight, when in rows]
    found = chances(ladder(evidence, by_deadline=by_deadline), OPEN + day * DAY, fit)
    assert found == sorted(found)
    assert all(0 <= one <= 1 for one in found)


def test_deadlines_without_priors_share_an_even_hazard_up_to_the_general_prior():
    found = chances(ladder(), OPEN)
    assert found == pytest.approx([1 - 0.69 ** (part / 3) for part in (1, 2, 3)])


@given(st.floats(0, 3), st.floats(20, 400), st.floats(0, 47))
def test_deadlines_of_a_counted_rate_are_each_what_the_longer_exposure_says(events, exposure, day):
    """Each with its own prior, or the last one's for all: Gamma(1/2 + k, E + s) after s days."""
    rate = (Rate(events, exposure), True)
    at, left = OPEN + day * DAY, [days - day for days in (16, 32, 48)]
    exact = [prior_mean(Rate(events, exposure + day), one) if one > 0 else 0 for one in left]
    for bases in ((rate, rate, rate), (UNSTATED, UNSTATED, rate)):
        assert chances(ladder((), bases), at) == pytest.approx(exact, abs=2e-6)


@given(st.floats(0, 48), st.floats(-2, 2), st.floats(0, 48))
def test_the_last_rung_is_believed_as_if_it_stood_alone(day, weight, reported):
    basis = Cases(4, 10)
    report = of("Q3", "R1", weight, day=reported)
    alone = replace(dossier(report, basis=basis, question="Q3"))
    rungs = ladder([report], (UNSTATED, UNSTATED, (basis, True)))
    at = OPEN + day * DAY
    assert chances(rungs, at)[2] == pytest.approx(believe(alone, None, at).value.yes, abs=1e-6)


@given(st.floats(5, 47), st.floats(-2, 2), st.lists(st.floats(0.02, 0.98), max_size=3))
def test_the_joint_of_the_last_rung_is_that_of_a_question_that_stands_alone(day, weight, crowd):
    """Its forecasts are those of that rung alone, and beside what was known when they were made."""
    fit, basis = some_fit(**KNOWING), Cases(4, 10)
    report = of("Q3", "R1", weight, day=1)
    people = [by(f"member {at}", "Q3", prob, day=3) for at, prob in enumerate(crowd)]
    rungs = ladder([report], (UNSTATED, UNSTATED, (basis, True)), people=people)
    alone = dossier(report, forecasts=people, basis=basis, question="Q3")
    at = OPEN + day * DAY
    wanted = believe(alone, fit, at, joint=True).value.yes
    assert chances(rungs, at, fit, joint=True)[2] == pytest.approx(wanted, abs=1e-6)


@pytest.mark.parametrize("by_deadline", [True, False])
def test_a_crowd_for_one_rung_moves_the_joint_of_all_and_no_belief(by_deadline):
    fit, at = some_fit(**KNOWING), OPEN + 10 * DAY
    crowd = [by(name, "Q1", 0.9) for name in ("ana", "bo", "cleo")]
    silent, loud = (ladder(by_deadline=by_deadline, people=people) for people in ((), crowd))
    assert chances(loud, at, fit) == chances(silent, at, fit)
    before, after = (chances(one, at, fit, joint=True) for one in (silent, loud))
    assert all(later > earlier + 0.01 for earlier, later in zip(before, after, strict=True))
    assert after == sorted(after)


def test_one_mind_on_three_rungs_weighs_less_than_three_minds():
    """Most of the noise of a member's forecasts on a ladder is the same."""
    fit, at = some_fit(**KNOWING), OPEN + 2 * DAY
    many, one, none = (
        chances(ladder(people=people), at, fit, joint=True)
        for people in (
            [by(f"member {n}", name, 0.9) for n, name in enumerate(NAMES)],
            [by("ana", name, 0.9) for name in NAMES],
            [],
        )
    )
    assert none[1] < one[1] < many[1]


def test_what_a_member_says_between_two_rungs_is_heard():
    """Surely not by the first, surely by the second: the cell between them gains."""
    fit, at = some_fit(**KNOWING), OPEN + 2 * DAY
    said = [by("ana", "Q1", 0.02), by("ana", "Q2", 0.98)]
    before, after = (chances(ladder(people=one), at, fit, joint=True) for one in ([], said))
    assert after[1] - after[0] > before[1] - before[0] + 0.1


def test_a_report_on_one_rung_moves_the_others():
    before, after = (
        chances(ladder(some), OPEN + DAY) for some in ((), [of("Q1", "R1", 2.0, day=0.5)])
    )
    assert all(later > earlier for earlier, later in zip(before, after, strict=True))


def test_the_steps_of_a_rung_are_made_by_reports_on_any_rung():
    """And the last of them leaves it where it is."""
    told = [of("Q1", "R1", 2.0, day=3), of("Q3", "R2", -2.0, day=5)]
    at = OPEN + 5 * DAY
    _, first, second = steps(ladder(told)[1], (), at)
    assert [(one.cause, one.reference) for one in (first, second)] == [
        ("evidence", "R1"),
        ("evidence", "R2"),
    ]
    assert first.after.yes > first.before.yes + 0.02
    assert second.after.yes < second.before.yes - 0.02
    assert second.after.yes == chances(ladder(told), at)[1]


def test_a_report_that_is_judged_on_several_rungs_counts_once():
    """One weight on all: each rung moves by Bayes' rule, as if it alone had been judged."""
    cells = np.array([0.1, 0.2, 0.3, 0.4])
    reach = np.cumsum(cells)[:-1]
    moved = cells * np.exp(vector_of({0: log(2), 1: log(2), 2: log(2)}, reach))
    found = np.cumsum(moved / moved.sum())[:-1]
    assert found / (1 - found) == pytest.approx(2 * reach / (1 - reach))


def test_judgements_that_contradict_each_other_are_pooled_to_what_rises():
    reach = np.array([0.3, 0.5])
    moved = np.diff(reach, prepend=0, append=1) * np.exp(vector_of({0: 3.0, 1: -3.0}, reach))
    found = np.cumsum(moved / moved.sum())[:-1]
    assert found[0] == pytest.approx(found[1], abs=1e-6)


def test_an_answer_of_one_rung_is_known_to_the_others():
    when = OPEN + 10 * DAY
    early = ladder(Q1=("yes", when))
    assert chances(early, when + DAY) == pytest.approx([1, 1, 1])
    none = ladder(Q2=("no", CLOSES[1]))
    found = chances(none, CLOSES[1])
    assert found[:2] == [0, 0]
    assert 0 < found[2] < 1


def test_stated_priors_hold_and_those_that_fall_are_pooled():
    half = [(Stated(0.2, 4), True), UNSTATED, (Stated(0.5, 4), True)]
    first, middle, last = chances(ladder(bases=half), OPEN)
    assert (first, last) == pytest.approx((0.2, 0.5))
    assert middle == pytest.approx(1 - (0.8 * 0.5) ** 0.5)
    falling = [(Stated(0.5, 4), True), UNSTATED, (Stated(0.2, 4), True)]
    assert len({round(one, 6) for one in chances(ladder(bases=falling), OPEN)}) == 1


def test_numbers_without_priors_cut_even_shares():
    assert chances(ladder(by_deadline=False), OPEN) == pytest.approx([0.25, 0.5, 0.75])


def test_the_interval_of_a_rung_holds_its_chance():
    for one in ladder([of("Q2", "R1", 1.0, day=0.5)]):
        found = believe(one, None, OPEN + DAY)
        assert found.ci_low < found.value.yes < found.ci_high


@given(st.lists(st.floats(0, 1), max_size=8))
def test_what_is_pooled_rises_and_keeps_its_sum(values):
    found = rising(values)
    assert found == sorted(found)
    assert sum(found) == pytest.approx(sum(values))
