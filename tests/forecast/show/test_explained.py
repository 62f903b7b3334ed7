"""Why a belief is what it is, as a person reads it."""

import pytest

from forecast.show.explained import print_why, steps


def of_yes(prob):
    return {"prob": prob, "why_of": {"event": "yes", "prob": prob}}


WHY = [
    {"cause": "reference class", "reference": "", "nats": 0.4, "title": ""},
    {"cause": "time", "reference": "", "nats": -0.9, "title": ""},
    {"cause": "story", "reference": "S1", "nats": 1.2, "title": "The bridge is closed"},
]
LEVERS = [
    {"what": "a new report for no by", "reference": "wire", "prob": 0.3},
    {"what": "without", "reference": "S1", "prob": 0.38},
]
VIEW = {
    "belief": {**of_yes(0.668), "why": WHY, "levers": LEVERS},
    "joint": {**of_yes(0.668), "why": WHY},
}


def test_each_line_says_what_it_added_and_where_that_leaves_it():
    rows = list(steps(VIEW["belief"]))
    assert [row["what"] for row in rows] == ["prior", "time that passed", "story S1"]
    assert rows[2]["title"] == "The bridge is closed"
    assert rows[0]["so_far"] == pytest.approx(0.5987, abs=1e-4)
    assert rows[-1]["so_far"] == pytest.approx(0.6682, abs=1e-4)


def test_it_is_printed_with_what_would_move_it(capsys):
    print_why(VIEW)
    text = capsys.readouterr().out
    assert "Why the belief is 66.8%" in text
    assert "+1.20" in text
    assert "a new report for no by wire: 30% (-36.8 points)" in text
    assert "Why the joint" not in text


def test_of_an_option_it_says_which(capsys):
    belief = {"why_of": {"event": "it is Blue", "prob": 0.41}, "why": WHY, "levers": LEVERS}
    print_why({**VIEW, "belief": belief})
    text = capsys.readouterr().out
    assert "Why the belief that it is Blue is 41%" in text
    assert "without S1: 38% (-3.0 points)" in text


def test_the_joint_is_explained_where_people_have_said_something(capsys):
    people = [*WHY, {"cause": "person", "reference": "ana", "nats": 0.3, "title": ""}]
    print_why({**VIEW, "joint": {**of_yes(0.73), "why": people}})
    text = capsys.readouterr().out
    assert "Why the joint is 73%" in text
    assert "person ana" in text


def test_a_belief_that_is_its_prior_needs_no_table(capsys):
    print_why(
        {**VIEW, "belief": {**of_yes(0.6), "why": WHY[:1]}, "joint": {**of_yes(0.6), "why": []}}
    )
    assert capsys.readouterr().out == ""


def test_a_day_is_told_as_people_say_it_and_next_to_nothing_has_no_sign(capsys):
    lever = {"what": "time without the event until", "reference": "2026-11-30", "prob": 0.198}
    why = [*WHY[:1], {"cause": "time", "reference": "", "nats": -0.001, "title": ""}]
    belief = {**of_yes(0.6), "why": why, "levers": [lever]}
    print_why({**VIEW, "belief": belief, "joint": {**of_yes(0.6), "why": []}})
    text = capsys.readouterr().out
    assert "time without the event until 30 Nov 2026: 19.8% (" in text
    assert "+0.00" in text
    assert "-0.00" not in text
