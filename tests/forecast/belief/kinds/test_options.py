"""Beliefs about named options."""

from dataclasses import replace
from math import log

import numpy as np
import pytest

from forecast.belief.fold import believe
from forecast.records import Spread
from questions.records import MultipleChoice
from questions.values import Shares
from tests.forecast.belief.kinds.test_signals import some_fit
from tests.forecast.belief.worlds import CLOSE, OPEN, dossier, judged

PARTIES = MultipleChoice(("Red", "Blue", "Other"))
WEEK = OPEN.replace(day=20)


def asked(*evidence, shares=None, worth=10.0):
    spread = shares and Spread(Shares(tuple(zip(PARTIES.options, shares, strict=True))), worth)
    return replace(dossier(*evidence), kind=PARTIES, spread=spread)


def favouring(report, **ratios):
    signal = tuple((name, log(ratio)) for name, ratio in ratios.items())
    return replace(judged(report, 0.0, grade="A1"), signal=signal)


def shares_of(matter, fit=None, at=WEEK):
    return dict(believe(matter, fit, at).value.by_option)


def test_without_a_prior_every_option_is_alike_and_time_moves_none():
    for at in (OPEN, WEEK, CLOSE):
        assert shares_of(asked(), at=at) == pytest.approx(dict.fromkeys(PARTIES.options, 1 / 3))


def test_a_report_moves_the_options_by_its_discounted_ratios():
    """A1 counts .9, a story .6 of it: x = .54 ln 4, capped to 3 tanh(x / 3)."""
    found = shares_of(asked(favouring("R1", Red=4), shares=(0.5, 0.3, 0.2)))
    factor = np.exp(3 * np.tanh(0.54 * log(4) / 3))
    whole = 0.5 * factor + 0.5
    assert found == pytest.approx(
        {"Red": 0.5 * factor / whole, "Blue": 0.3 / whole, "Other": 0.2 / whole}
    )


def test_a_larger_reference_class_leaves_a_narrower_interval_about_the_same_share():
    wide, narrow = (believe(asked(shares=(0.5, 0.3, 0.2), worth=w), None, WEEK) for w in (5, 500))
    assert wide.value == narrow.value
    for (_, low, high), (_, lower, higher) in zip(narrow.intervals, wide.intervals, strict=True):
        assert lower < low < high < higher
    assert (narrow.ci_low, narrow.ci_high) == narrow.intervals[0][1:]


@pytest.mark.parametrize("fit", [None, some_fit()])
def test_shares_sum_to_one_and_ratios_that_are_all_alike_say_nothing(fit):
    even = favouring("R1", Red=3, Blue=3, Other=3)
    found = shares_of(asked(even, favouring("R2", Blue=5), shares=(0.5, 0.3, 0.2)), fit)
    assert sum(found.values()) == pytest.approx(1)
    assert shares_of(asked(even, shares=(0.5, 0.3, 0.2)), fit) == pytest.approx(
        dict(zip(PARTIES.options, (0.5, 0.3, 0.2), strict=True))
    )
