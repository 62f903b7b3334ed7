"""The past lived again."""

from dataclasses import replace

import numpy as np
import pytest

from forecast.crowd import learned
from forecast.crowd.backtest import ALL, backtest, replay
from forecast.crowd.methods import LEARNED
from forecast.histories.history import histories
from forecast.scoring.points import peer
from questions.errors import BadInput
from questions.values import NO, YES, Shares
from tests.forecast.crowd.crowds import asked, on, said, world


def rng():
    return np.random.Generator(np.random.PCG64(1))


def lived(targets, forecasts, methods=("mean",), **changes):
    return replay(histories(targets, forecasts), methods, points=peer, **changes)


def sees_the_future(method):
    """Whether answers that come later change what a method says of a question."""
    targets, forecasts = world(12)
    turned = [
        replace(one, outcome=NO if one.outcome == YES else YES) if number > 7 else one
        for number, one in enumerate(targets)
    ]
    before, after = (lived(some, forecasts, (method,)).probs[method] for some in (targets, turned))
    return not np.array_equal(before[:9], after[:9])


@pytest.mark.parametrize("method", LEARNED)
def test_no_method_sees_the_future(method):
    assert not sees_the_future(method)


@pytest.mark.parametrize("method", LEARNED)
def test_a_planted_leak_is_caught(method, monkeypatch):
    monkeypatch.setattr(learned, "known_before", lambda past, instant: past)
    assert sees_the_future(method)


def test_scores_by_hand():
    """Mean .6 and .4 of yes and no; the extreme forecasters say .9 and .1."""
    targets = [asked("a", 0, 2, YES), asked("b", 2, 4, NO)]
    rows = [said("x", 0.9, 0, "a"), said("y", 0.3, 0, "a")]
    rows += [said("x", 0.1, 2, "b"), said("y", 0.7, 2, "b")]
    mean, bold = backtest(histories(targets, rows), ["mean", "beta_pool"], points=peer, rng=rng())
    assert (mean.method, mean.n_questions) == ("mean", 2)
    assert mean.brier == pytest.approx(0.16)
    assert mean.log == pytest.approx(-np.log(0.6))
    assert (mean.gain_over_mean, mean.ci_low, mean.ci_high) == (0, 0, 0)
    assert bold.gain_over_mean == pytest.approx(1 - bold.brier / 0.16)
    assert bold.gain_over_mean > 0.5


def test_just_before_the_close_or_at_a_share_of_the_life():
    rows = [said("x", 0.2, 0), said("y", 0.4, 0), said("x", 0.8, 5), said("y", 0.6, 10)]
    target = [asked("Q1", 0, 10, YES)]
    found = [float(lived(target, rows, at=share).probs["mean"][0]) for share in (0, 0.4, 0.5, 1)]
    assert found == pytest.approx([0.3, 0.3, 0.6, 0.6])


def test_questions_with_few_forecasters_by_then_are_left_out():
    targets = [asked("a", 0, 2, YES), asked("b", 0, 2, NO), asked("c", 0, 2)]
    rows = [said("x", 0.9, 0, "a"), said("y", 0.3, 1.5, "a"), said("x", 0.3, 0, "b")]
    assert lived(targets, rows).questions == ("a",)
    assert lived(targets, rows, at=0.5).questions == ()
    assert lived(targets, rows, min_forecasters=1).questions == ("a", "b")
    assert backtest(histories(targets, rows), points=peer, rng=rng(), at=0.5) == []


def test_other_kinds_of_questions_are_not_asked_but_may_teach():
    choice = asked("c", 0, 1, YES, options=("yes", "no"))
    choice = replace(choice, type="multiple_choice")
    rows = [said(name, Shares((("yes", 0.9), ("no", 0.1))), 0, "c") for name in "xy"]
    rows += [said("x", 0.7, 1, "b"), said("y", 0.7, 1, "b")]
    found = lived([choice, asked("b", 1, 2, YES)], rows, ("log_odds_mean", "bayes"))
    assert found.questions == ("b",)
    assert found.probs["bayes"][0] > found.probs["log_odds_mean"][0]


def test_bayes_learns_that_a_crowd_is_timid():
    found = backtest(
        histories(*world(200, power=4.0)), ["log_odds_mean", "bayes"], points=peer, rng=rng()
    )
    plain, learned_ = found
    assert learned_.gain_over_mean > plain.gain_over_mean + 0.03
    assert learned_.ci_low > 0


def test_the_interval_widens_with_fewer_questions():
    few, many = (
        backtest(histories(*world(count)), ["extremized"], points=peer, rng=rng())[0]
        for count in (10, 100)
    )
    assert many.ci_low <= many.gain_over_mean <= many.ci_high
    assert many.ci_high - many.ci_low < few.ci_high - few.ci_low


def test_a_perfect_mean_cannot_be_bettered():
    rows = [said("x", 1.0), said("y", 1.0)]
    found = backtest(histories([asked("Q1", 0, 1, YES)], rows), ALL, points=peer, rng=rng())
    gains = {one.method: one.gain_over_mean for one in found}
    assert gains["mean"] == 0
    assert gains["log_odds_mean"] == -np.inf


@pytest.mark.parametrize(
    ("changes", "right"),
    [({"at": 1.5}, "from 0 to 1"), ({"min_forecasters": 0}, "1 or more")],
)
def test_what_makes_no_sense_is_refused(changes, right):
    with pytest.raises(BadInput, match=right):
        lived([asked("Q1", 0, 1, YES)], [], **changes)


def test_an_unknown_method_is_refused():
    with pytest.raises(BadInput, match="bayes"):
        lived([asked("Q1", 0, 1, YES)], [said("x", 0.5), said("y", 0.5)], ("baye",))


def test_the_life_ends_at_the_close():
    targets = [asked("Q1", 0, 10, YES, actual_close_time=on(4))]
    rows = [said("x", 0.2, 0), said("y", 0.4, 0), said("x", 0.8, 3)]
    assert lived(targets, rows, at=0.5).probs["mean"] == pytest.approx([0.3])
