"""What moved a belief, and by how much, adds up to it."""

from dataclasses import replace
from datetime import timedelta
from math import inf, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecast.belief.explained import explain, levers
from forecast.belief.fold import believe
from forecast.probability import logit
from forecast.records import Cases, Stated
from tests.forecast.belief.test_fold import some_fit
from tests.forecast.belief.worlds import CLOSE, OPEN, dossier, judged, random_dossiers, said

WEEK = OPEN + timedelta(days=7)


def half_trusted(fit):
    return replace(fit, diagnostics=replace(fit.diagnostics, trust=0.5, trust_joint=0.4))


def robust(fit):
    return replace(fit, draws={**fit.draws, "stretch": np.linspace(1, 2.5, fit.size)})


FITS = {
    "cold": None,
    "fitted": some_fit(),
    "half trusted": half_trusted(some_fit()),
    "robust": robust(some_fit()),
    "long ago": replace(some_fit(), made_at=OPEN - timedelta(days=90)),
}


def nats(found, cause, reference=""):
    (one,) = (one.nats for one in found if (one.cause, one.reference) == (cause, reference))
    return one


@pytest.mark.parametrize("fit", FITS.values(), ids=FITS)
@pytest.mark.parametrize("joint", [False, True])
def test_contributions_add_up_to_the_belief(fit, joint):
    rng = np.random.Generator(np.random.PCG64(3))
    for matter in random_dossiers(rng, 12):
        at = OPEN + timedelta(days=14)
        whole = believe(matter, fit, at, joint=joint).value.yes
        found = explain(matter, fit, at, joint=joint)
        assert sum(one.nats for one in found) == pytest.approx(logit(whole), abs=1e-6)


def test_a_decisive_report_has_its_own_line_and_still_adds_up():
    matter = dossier(judged("R1", 1.0), judged("R2", inf, judgement="decisive"))
    for fit in FITS.values():
        found = explain(matter, fit, WEEK)
        whole = logit(believe(matter, fit, WEEK).value.yes)
        assert sum(one.nats for one in found) == pytest.approx(whole, abs=1e-6)
        assert nats(found, "decisive") > 3


@pytest.mark.parametrize("hits", range(20))
def test_nothing_learned_of_priors_has_no_line(hits):
    found = explain(dossier(judged("R1", 1.0), basis=Cases(hits, 20)), None, WEEK)
    assert [one.cause for one in found] == ["reference class", "time", "story"]


def test_the_decay_is_its_own_line():
    """30 % with half of the time gone is 16.3 %: no report, so nothing else moved it."""
    found = explain(dossier(basis=Stated(0.3, 4)), None, OPEN + timedelta(days=24))
    assert nats(found, "reference class") == pytest.approx(logit(0.3))
    assert nats(found, "time") == pytest.approx(logit(1 - 0.7**0.5) - logit(0.3))
    assert len(found) == 2


def test_a_report_for_yes_adds_and_one_for_no_takes():
    matter = dossier(judged("R1", 1.5, story="S1"), judged("R2", -1.5, story="S2"))
    for fit in FITS.values():
        found = explain(matter, fit, WEEK)
        assert nats(found, "story", "S1") > 0 > nats(found, "story", "S2")


def test_people_are_named_in_the_joint_alone():
    matter = dossier(judged("R1", 0.5), forecasts=[said("ana", 0.9), said("bo", 0.2)])
    assert {one.cause for one in explain(matter, FITS["fitted"], WEEK)} >= {"story"}
    found = explain(matter, FITS["fitted"], WEEK, joint=True)
    assert nats(found, "person", "ana") > 0 > nats(found, "person", "bo")


@settings(max_examples=25, deadline=None)
@given(st.floats(0.5, 6), st.floats(0.1, 3))
def test_in_a_robust_fit_too_a_heavier_weight_moves_it_further(weight, more):
    """Of a source whose noise is known; of an unknown one a wild weight speaks of its noise."""
    fit = FITS["robust"]
    known = {"log_sigma_source[wire]": np.full(fit.size, log(0.8))}
    fit = replace(fit, draws={**fit.draws, **known})
    less, heavy = (
        believe(dossier(judged("R1", one)), fit, WEEK).value.yes for one in (weight, weight + more)
    )
    assert less <= heavy + 1e-12


def test_what_would_move_it_most_comes_first():
    matter = dossier(judged("R1", 0.4, grade="B1"), judged("R2", 0.2, source="rumour", grade="E5"))
    now = logit(believe(matter, None, WEEK).value.yes)
    found = levers(matter, None, WEEK)
    moves = [abs(logit(one.prob) - now) for one in found]
    assert moves == sorted(moves, reverse=True)
    assert (found[0].what, found[0].reference) == ("a new report for no by", "wire")
    assert {one.reference for one in found} == {"wire", "rumour", "R1", "R2", "2023-03-27"}


def test_nothing_moves_what_is_over():
    over = dossier(judged("R1", 1.0), answer="yes", answered_at=WEEK)
    assert levers(over, None, CLOSE) == ()


def test_where_nobody_has_reported_a_good_source_could():
    found = levers(dossier(), None, OPEN)
    assert found[0].reference == "a source graded B2"
    assert log(10) > 0
