"""A question that hangs on another."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.belief.fold import believe
from forecast.belief.history import steps
from forecast.belief.kinds.pairs import BOTH, ONLY_FIRST, weigh_pair
from forecast.records import Stated
from tests.forecast.belief.kinds.simulated import doubted
from tests.forecast.belief.kinds.test_signals import KNOWING, some_fit
from tests.forecast.belief.worlds import OPEN, dossier, judged, said

AT = OPEN + timedelta(days=10)


def pair(on_first=(), on_second=(), if_yes=0.8, if_no=0.2, **first):
    other = replace(
        dossier(*on_first, basis=Stated(0.5, 8), question="Q1", **first), scheduled=True
    )
    return replace(dossier(*on_second, question="Q2"), given=(other, if_yes, if_no))


def test_it_is_the_sum_over_what_it_hangs_on():
    """P(B) = .8 x .5 + .2 x .5."""
    assert believe(pair(), None, AT).value.yes == pytest.approx(0.5)
    assert believe(pair(if_yes=0.7, if_no=0.1), None, AT).value.yes == pytest.approx(0.4)


@pytest.mark.parametrize("fit", [None, some_fit()])
def test_what_is_reported_of_the_first_moves_the_second(fit):
    matter = pair(on_first=[judged("R1", 1.5)])
    first = believe(matter.given[0], fit, AT).value.yes
    assert believe(matter, fit, AT).value.yes == pytest.approx(0.8 * first + 0.2 * (1 - first))


def test_what_is_reported_of_the_first_is_a_step_of_the_second():
    _, step = steps(pair(on_first=[judged("R1", 1.5, day=2)]), (), AT)
    assert (step.cause, step.reference) == ("evidence", "R1")
    assert step.after.yes > step.before.yes + 0.02


@pytest.mark.parametrize("fit", [None, some_fit(), doubted(some_fit())])
@pytest.mark.parametrize("judgement", ["weighed", "decisive"])
def test_the_first_is_believed_in_the_table_as_it_is_alone(fit, judgement):
    """Leanings, what the fit had seen, its trust and what settles a question are the fold's."""
    told = [judged("R1", 1.5, judgement=judgement), judged("R2", -0.5, day=3)]
    matter = pair(on_first=told)
    held, alone = weigh_pair(matter, fit, AT), believe(matter.given[0], fit, AT)
    assert held.mean[[BOTH, ONLY_FIRST]].sum() == pytest.approx(alone.value.yes)


def test_what_is_reported_of_the_second_moves_the_first_in_the_table():
    """Odds of B times e^w; P(A | B) = .8, P(A | not B) = .2."""
    held = weigh_pair(pair(on_second=[judged("R1", 2.0)]), None, AT)
    second = believe(pair(on_second=[judged("R1", 2.0)]), None, AT).value.yes
    assert second > 0.5
    first = float(held.mean[[BOTH, ONLY_FIRST]].sum())
    assert first == pytest.approx(0.8 * second + 0.2 * (1 - second))


@pytest.mark.parametrize(("answer", "prob"), [("yes", 0.8), ("no", 0.2)])
def test_once_the_first_is_answered_its_chance_is_what_was_said_of_that(answer, prob):
    assert believe(pair(answer=answer, answered_at=OPEN), None, AT).value.yes == pytest.approx(prob)


def test_its_interval_holds_it_and_lies_between_the_chances():
    found = believe(pair(), None, AT)
    assert 0.2 <= found.ci_low < found.value.yes < found.ci_high <= 0.8
    assert np.isfinite([found.ci_low, found.ci_high]).all()


@pytest.mark.parametrize("fit", [some_fit(**KNOWING), doubted(some_fit(**KNOWING))])
def test_what_is_foreseen_of_the_first_moves_the_joint_of_the_second_and_no_belief(fit):
    matter = pair(forecasts=[said("ana", 0.9), said("bo", 0.8)])
    first = believe(matter.given[0], fit, AT, joint=True).value.yes
    found = believe(matter, fit, AT, joint=True).value.yes
    assert found == pytest.approx(0.8 * first + 0.2 * (1 - first))
    assert believe(matter, fit, AT).value == believe(pair(), fit, AT).value


@given(st.floats(0.05, 0.95), st.lists(st.floats(0.02, 0.98), max_size=3))
def test_where_the_first_makes_no_difference_the_joint_is_that_of_the_second_alone(chance, crowd):
    fit = some_fit(**{**KNOWING, "c0": 0.0, "c1": 1.0})
    fit = replace(fit, draws={**fit.draws, "c1": np.ones(fit.size)})
    people = [said(f"member {at}", prob) for at, prob in enumerate(crowd)]
    hanging = replace(pair(if_yes=chance, if_no=chance), forecasts=tuple(people))
    alone = dossier(forecasts=people, basis=Stated(chance, 8), question="Q2")
    found, wanted = (
        believe(one, fit, AT, joint=True).value.yes
        for one in (hanging, replace(alone, scheduled=True))
    )
    assert found == pytest.approx(wanted, abs=1e-9)


def test_what_was_known_of_the_second_follows_the_answer_to_the_first():
    """Who says 80 % once the first is yes, at P(B | A) = .8, says less than who says it before."""
    fit = some_fit(**KNOWING)
    over = {"answer": "yes", "answered_at": OPEN + timedelta(days=2)}
    early, late = (
        believe(replace(pair(**over), forecasts=(said("ana", 0.8, day=day),)), fit, AT, joint=True)
        for day in (1, 3)
    )
    assert late.value.yes < early.value.yes
