"""What a report says of options, a number or a date."""

from datetime import UTC, datetime
from math import log
from statistics import NormalDist

import pytest

from forecast.desk.saying import check_plain, signal_of
from questions.errors import BadInput
from questions.records import Binary, Date, MultipleChoice, Numeric

PARTIES = MultipleChoice(("Red", "Blue", "Other"))
RAIN = Numeric(0, 100)
DAY = Date(datetime(2030, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC))


def test_ratios_of_options_become_nats_and_those_not_named_stay_out():
    assert signal_of(PARTIES, "red=3, Blue=1/2") == (("Red", log(3)), ("Blue", log(0.5)))


def test_a_middle_and_a_standard_deviation_are_quantiles_of_a_normal_curve():
    found = dict(signal_of(RAIN, "p50=50,sd=10"))
    assert found[0.5] == 50
    assert found[0.95] == pytest.approx(NormalDist(50, 10).inv_cdf(0.95))


def test_what_would_lie_beyond_a_closed_end_is_left_out():
    assert [level for level, _ in signal_of(RAIN, "p50=5,sd=10")] == [0.5, 0.75, 0.95]


def test_the_deviation_of_a_date_is_in_days():
    middle, upper = dict(signal_of(DAY, "p50=2030-06-01,sd=20d")), NormalDist().inv_cdf(0.75)
    assert middle[0.75] - middle[0.5] == pytest.approx(20 * 86400 * upper)


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        (Binary(), "A=3", "--ratio LR"),
        (PARTIES, "Red=0", "a positive number"),
        (PARTIES, "3", "a ratio for some options, such as Red=3,Other=1"),
        (PARTIES, "Red=3,red=2", "each option once"),
        (RAIN, "p50=5,sd=-1", "a middle and a standard deviation"),
        (RAIN, "p10=5,sd=1", "a middle and a standard deviation"),
        (RAIN, "p50=500,sd=1", "at most 100"),
        (RAIN, "p50=50,sd=80", "a smaller sd: with this one most lies beyond the range"),
    ],
)
def test_what_says_nothing_is_refused(kind, text, why):
    with pytest.raises(BadInput, match=why):
        signal_of(kind, text)


def test_a_plain_ratio_suits_yes_or_no_and_whether_a_date_comes():
    for kind in (Binary(), DAY):
        check_plain(kind, "weighed")
    for kind in (PARTIES, RAIN):
        check_plain(kind, "irrelevant")
        with pytest.raises(BadInput, match=r"--(ratio Red=3|says p50=5)"):
            check_plain(kind, "weighed")
