"""A forecaster against the crowd without them, a team, or another."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from forecast.histories.history import histories
from forecast.histories.targets import Target
from forecast.records import Forecast
from forecast.scoring.comparison import compare
from forecast.scoring.duels import Party, duel, duel_scores
from forecast.scoring.score import rule_named, score
from questions.errors import BadInput
from questions.values import YES, Probability

OPEN = datetime(2030, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
CROWD = Party("crowd", None)


def party(*names):
    return Party("+".join(names), frozenset(names))


def held(*said, question="Q1", outcome=YES, life=10):
    """The history of a question on which (who, day, P(yes)) was said."""
    target = Target(question, "binary", OPEN, OPEN + life * DAY, outcome)
    forecasts = [
        Forecast(f"F{n}", question, who, Probability(prob), OPEN + day * DAY, OPEN)
        for n, (who, day, prob) in enumerate(said)
    ]
    return histories([target], forecasts)[0]


def briers(history, first, second, method="mean"):
    rows = duel_scores([history], first, second, rule_named("brier"), method)
    return {row.forecaster: round(row.score, 9) for row in rows}


def test_the_crowd_that_a_member_is_compared_with_is_the_rest_of_it():
    history = held(("Ana", 0, 0.9), ("Bo", 0, 0.5), ("Cleo", 0, 0.7))
    assert briers(history, party("Ana"), CROWD) == {"Ana": 0.01, "crowd": 0.16}


def test_both_are_scored_over_the_time_in_which_both_stood():
    history = held(("Ana", 2, 0.5), ("Ana", 6, 0.9), ("Bo", 4, 0.7), ("Bo", 8, 0.3))
    pair = duel(history, party("Ana"), CROWD, "mean")
    days = [((one - pair.start[0]) / 86_400e6) for one in (*pair.start[:3], pair.end[2])]
    assert days == [0, 2, 4, 6]
    assert pair.values.tolist() == [0.5, 0.9, 0.9, 0.7, 0.7, 0.3]
    assert briers(history, party("Ana"), CROWD) == {
        "Ana": round((0.25 * 2 + 0.01 * 4) / 6, 9),
        "crowd": round((0.09 * 4 + 0.49 * 2) / 6, 9),
    }


def test_who_forecast_alone_meets_nobody():
    assert duel(held(("Ana", 0, 0.9)), party("Ana"), CROWD, "mean") is None
    both = held(("Ana", 0, 0.9), ("Bo", 0, 0.5))
    assert duel(both, party("Cleo"), CROWD, "mean") is None


def test_one_alone_is_not_pooled():
    history = held(("Ana", 0, 1.0), ("Bo", 0, 0.5))
    assert briers(history, party("Ana"), CROWD, "log_odds_mean")["Ana"] == 0


def test_a_team_meets_another_and_the_rest_of_the_crowd():
    history = held(("Ana", 0, 0.9), ("Bo", 0, 0.7), ("Cleo", 0, 0.2), ("Dan", 0, 0.4))
    assert briers(history, party("Ana", "Bo"), party("Cleo", "Dan")) == {
        "Ana+Bo": round(0.2**2, 9),
        "Cleo+Dan": round(0.7**2, 9),
    }
    assert briers(history, party("Ana", "Bo"), CROWD)["crowd"] == round(0.7**2, 9)
    assert briers(history, party("Ana"), party("Ana", "Bo"))["Ana+Bo"] == round(0.3**2, 9)


def test_teams_that_share_a_member_each_keep_them():
    history = held(("Ana", 0, 0.9), ("Bo", 0, 0.7), ("Cleo", 0, 0.5))
    assert briers(history, party("Ana", "Bo"), party("Bo", "Cleo")) == {
        "Ana+Bo": round(0.2**2, 9),
        "Bo+Cleo": round(0.4**2, 9),
    }


def test_nobody_meets_themselves():
    with pytest.raises(BadInput, match="give two who differ"):
        duel_scores([held(("Ana", 0, 0.9))], CROWD, CROWD, rule_named("brier"))


def test_two_who_always_stood_together_are_scored_as_ever():
    said = [("Ana", 0, 0.9), ("Ana", 3, 0.4), ("Bo", 0, 0.5), ("Bo", 7, 0.8)]
    history = held(*said)
    for rule in ("brier", "log", "last_brier", "baseline", "peer", "daily_brier"):
        rows = duel_scores([history], party("Ana"), party("Bo"), rule_named(rule))
        target = history.target
        forecasts = [
            Forecast(f"F{n}", "Q1", who, Probability(prob), OPEN + day * DAY, OPEN)
            for n, (who, day, prob) in enumerate(said)
        ]
        alone = score([target], forecasts, [rule])
        assert [row.score for row in rows] == pytest.approx([row.score for row in alone]), rule


def test_a_member_who_knows_more_is_told_from_the_crowd():
    chance = np.random.Generator(np.random.PCG64(5))
    histories_ = []
    for number in range(60):
        others = [(name, 0, float(chance.uniform(0.3, 0.7))) for name in ("Bo", "Cleo")]
        mine = ("Ana", 0, float(chance.uniform(0.7, 0.9)))
        histories_.append(held(mine, *others, question=f"Q{number}"))
    scores = duel_scores(histories_, party("Ana"), CROWD, rule_named("brier"))
    found = compare(scores, "Ana", "crowd", rule="brier", rng=chance)
    assert (found.n_questions, found.better) == (60, "Ana")
