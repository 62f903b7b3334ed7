"""The meter says when a fit no longer speaks for the data, and what is new."""

from dataclasses import replace
from datetime import timedelta

import numpy as np

from forecast.belief.meter import ASKS, STALE, read_meter
from tests.forecast.belief.test_fold import some_fit
from tests.forecast.belief.worlds import CLOSE, OPEN, dossier, judged, said

DAY = timedelta(days=1)
WEEK = OPEN + 7 * DAY


def spread_fit(day=3.0):
    """Draws that are of many minds about the priors and the sources."""
    rng = np.random.Generator(np.random.PCG64(2))
    fit = some_fit(size=2000, day=day)
    wide = {"c0": 0.5 * rng.standard_normal(2000), "mu_grade[B]": rng.normal(0.4, 0.3, 2000)}
    return replace(fit, draws={**fit.draws, **wide})


def question(number, *evidence, **about):
    name = f"Q{number}"
    return dossier(*(replace(one, question=name) for one in evidence), question=name, **about)


def test_nothing_new_asks_for_nothing():
    found = read_meter([replace(dossier(judged("R1", 1.0)), scheduled=True)], spread_fit(), WEEK)
    assert (found.k_hat, found.asks, found.stale, found.why) == (None, False, False, "")


def test_one_report_more_is_no_reason():
    known = [replace(dossier(judged("R1", 1.0, day=5)), scheduled=True)]
    found = read_meter(known, spread_fit(), WEEK)
    assert 0 <= found.k_hat <= ASKS
    assert not found.asks


def test_much_that_is_new_makes_a_fit_stale_and_the_meter_says_what():
    known = [
        question(
            number,
            judged(f"R{number}", -1.5, day=4, source="wire", grade="B1"),
            answer="yes",
            answered_at=OPEN + 6 * DAY,
        )
        for number in range(40)
    ]
    known.append(question(99, forecasts=[said("ana", 0.9, day=5)]))
    found = read_meter(known, spread_fit(), WEEK)
    assert found.k_hat > STALE
    assert found.stale
    assert found.asks
    assert found.why.startswith("40 new answers, 40 new reports, 1 new forecast since F1; k-hat ")


def test_more_that_is_new_is_never_better():
    def after(count):
        known = [
            question(number, judged(f"R{number}", 2.0, day=4, grade="B1"), answer="no")
            for number in range(count)
        ]
        return read_meter(
            [replace(one, answered_at=OPEN + 6 * DAY) for one in known], spread_fit(), WEEK
        ).k_hat

    assert after(1) < after(30)


def test_time_in_which_nothing_happened_is_news_as_well():
    known = [question(number) for number in range(200)]
    found = read_meter(known, spread_fit(day=1), CLOSE - DAY)
    assert found.k_hat > 0
    if found.asks:
        assert "the time that passed" in found.why


def test_without_a_fit_ten_answers_ask_for_one():
    over = [question(number, answer="no", answered_at=OPEN + DAY) for number in range(10)]
    assert not read_meter(over[:9], None, WEEK).asks
    found = read_meter(over, None, WEEK)
    assert found.asks
    assert not found.stale
    assert found.why == "10 questions have an answer and nothing was fitted to them"


def test_an_annulled_question_is_no_news():
    annulled = [question(1, answer="void", answered_at=OPEN + 5 * DAY)]
    assert read_meter(annulled, spread_fit(), WEEK).k_hat is None


def test_the_draws_count_as_the_fold_counts_them():
    """With one question, the meter's weights are the fold's own."""
    from forecast.belief.fold import hold, of_model
    from forecast.belief.meter import _case, _new_weight
    from forecast.belief.posterior import draw_weights

    fit = spread_fit()
    matter = replace(dossier(judged("R1", 1.5, day=5)), scheduled=True)
    ours = _new_weight(_case(matter, fit.made_at), _case(matter, WEEK), fit)
    weight = np.exp(ours - ours.max())
    theirs = draw_weights(of_model(hold(matter, fit, WEEK)))
    assert np.allclose(weight / weight.sum(), theirs)
