"""What forecasts say of cells counts as it does for yes or no."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.belief.collapsed import log_ratio
from forecast.belief.dossier import case_of
from forecast.belief.fold import believe
from forecast.belief.kinds.signals import signals
from forecast.belief.kinds.voices import evidence_of_all, log_share, voices
from forecast.belief.seen import state_of
from forecast.probability import logit
from forecast.records import Spread
from questions.records import MultipleChoice
from questions.values import Shares
from tests.forecast.belief.kinds.test_signals import KNOWING, some_fit, told, two_cells
from tests.forecast.belief.worlds import OPEN, dossier, said

AT = OPEN.replace(month=3, day=20)
HALF = np.array([0.5, 0.5])
UNBIASED = {f"bias[{name}]": 0.0 for name in ("ana", "bo", "cleo")}
PARTIES = MultipleChoice(("Red", "Blue", "Other"))

probs = st.lists(st.floats(0.001, 0.999), min_size=1, max_size=3)
rows = st.lists(
    st.tuples(st.floats(-3, 3), st.sampled_from("ABF"), st.sampled_from("123"), st.integers(1, 3)),
    max_size=4,
)


def two(value):
    return np.array([value.yes, 1 - value.yes])


@given(rows, probs)
def test_two_cells_give_back_the_joint_log_ratio_of_every_draw_of_a_fit(reported, given_probs):
    fit = some_fit(**KNOWING, **UNBIASED)
    evidence = told(reported)
    crowd = [said(name, p) for name, p in zip(("ana", "bo", "cleo"), given_probs, strict=False)]
    matter = replace(dossier(*evidence, forecasts=crowd), scheduled=True)
    case = case_of(matter, AT, with_forecasts=True)
    prior = fit.draws["c0"] + fit.draws["c1"] * logit(case.prior_mean)
    heard = voices(matter, AT, two, HALF)
    cells = log_share(np.array([case.prior_mean, 1 - case.prior_mean]), HALF)
    plain = replace(fit, draws={**fit.draws, "c1": np.ones(fit.size), "c0": np.zeros(fit.size)})
    found = evidence_of_all(signals(evidence, two_cells), heard, cells, plain)
    assert prior.shape == (fit.size,)
    wanted = log_ratio(state_of(case, plain))
    assert found[:, 0] - found[:, 1] == pytest.approx(wanted, abs=1e-8)


def parties(*crowd):
    spread = Spread(Shares((("Red", 0.5), ("Blue", 0.3), ("Other", 0.2))), 10.0)
    return replace(dossier(forecasts=crowd), kind=PARTIES, spread=spread)


def vote(member, red, blue):
    shares = Shares((("Red", red), ("Blue", blue), ("Other", 1 - red - blue)))
    return replace(said(member, 0.5), value=shares)


def test_a_crowd_for_an_option_raises_its_joint_share_and_no_belief():
    fit = some_fit(**KNOWING)
    asked = parties(vote("ana", 0.1, 0.8), vote("bo", 0.2, 0.7))
    belief, joint = (dict(believe(asked, fit, AT, joint=j).value.by_option) for j in (False, True))
    assert belief == pytest.approx({"Red": 0.5, "Blue": 0.3, "Other": 0.2})
    assert joint["Blue"] > 0.45
    assert joint["Red"] < 0.4
    assert sum(joint.values()) == pytest.approx(1)


def test_the_joint_does_not_depend_on_who_spoke_first():
    fit = some_fit(**KNOWING)
    first, second = vote("ana", 0.1, 0.8), vote("bo", 0.6, 0.3)
    one, other = (
        believe(parties(*two), fit, AT, joint=True).value.by_option
        for two in ((first, second), (second, first))
    )
    assert dict(one) == pytest.approx(dict(other))


def test_nobody_is_taken_to_be_certain():
    assert np.isfinite(log_share(np.array([1.0, 0.0, 0.0]), np.full(3, 1 / 3))).all()
