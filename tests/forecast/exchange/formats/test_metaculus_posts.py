"""Metaculus' live answers: posts, groups, conditionals, one's own forecasts, aggregations."""

from datetime import UTC, datetime

import pytest

from forecast.exchange.records import ME, Person
from questions.records import Date, Discrete, MultipleChoice, Numeric
from questions.values import Cdf, Chosen, Probability, Shares
from tests.forecast.exchange.samples import refusals, tree

OPEN, CLOSE = "2024-01-01T00:00:00Z", "2024-01-11T00:00:00Z"


def question(number=7, **more):
    return {
        "id": number,
        "post_id": 107,
        "type": "binary",
        "title": "Will the comet be seen?",
        "resolution_criteria": "Seen by one observatory.",
        "open_time": OPEN,
        "scheduled_close_time": CLOSE,
        **more,
    }


def post(**more):
    return {"id": 107, "title": "Comets", "question": question(), **more}


def mine(*history, latest=None):
    return {"my_forecasts": {"history": list(history), "latest": latest}}


def step(start, values, end=None, **more):
    return {"start_time": start, "end_time": end, "forecast_values": values, **more}


def test_a_post_holds_one_question_under_its_own_id(tmp_path):
    (one,) = tree(tmp_path, {"results": [post()]}).questions
    assert (one.origin.question, one.post) == ("7", "107")
    assert one.url == "https://www.metaculus.com/questions/107/"
    assert one.resolution_criteria == "Seen by one observatory."


def test_one_post_by_itself_is_read_too(tmp_path):
    assert len(tree(tmp_path, post()).questions) == 1


def test_seconds_and_milliseconds_and_iso_in_one_payload_are_one_time(tmp_path):
    history = mine(
        step(1704153600, [0.4, 0.6], 1704240000),
        step(1704240000000, [0.3, 0.7], "2024-01-04T00:00:00Z"),
    )
    forecasts = tree(tmp_path, post(question=question(**history))).forecasts
    times = [(one.made_at.day, one.ended_at.day) for one in forecasts]
    assert times == [(2, 3), (3, 4)]
    assert [one.value for one in forecasts] == [Probability(0.6), Probability(0.7)]


def test_ones_own_forecasts_are_ones_own(tmp_path):
    history = mine(step(1704153600, [0.4, 0.6]), step(1704153700, [0.4, 0.6], author_id=17))
    forecasts = tree(tmp_path, post(question=question(**history))).forecasts
    assert [one.by for one in forecasts] == [ME, Person("", "17")]


def test_the_latest_forecast_counts_once(tmp_path):
    last = step(1704153600, [0.4, 0.6])
    alone = question(**mine(latest=last))
    twice = question(**mine(last, latest=last))
    assert len(tree(tmp_path, post(question=alone)).forecasts) == 1
    assert len(tree(tmp_path, post(question=twice)).forecasts) == 1


def test_a_group_gives_its_questions_one_by_one(tmp_path):
    parts = [question(8, title="", label="2025"), question(9, title="How about 2026?")]
    group = {"id": 107, "title": "Comets", "group_of_questions": {"questions": parts}}
    titles = [one.title for one in tree(tmp_path, group).questions]
    assert titles == ["Comets (2025)", "How about 2026?"]


def test_a_conditional_gives_both_branches(tmp_path):
    pair = {
        "condition": {"title": "Will it rain?"},
        "condition_child": {"title": "Will it be seen?"},
        "question_yes": question(8, title=""),
        "question_no": question(9, title="", resolution="annulled"),
    }
    batch = tree(tmp_path, {"id": 107, "title": "", "conditional": pair})
    assert [one.title for one in batch.questions] == [
        "If Will it rain? (yes): Will it be seen?",
        "If Will it rain? (no): Will it be seen?",
    ]
    assert len(batch.resolutions) == 1


def test_a_notebook_is_noted_and_nothing_else(tmp_path):
    notebook = {"id": 108, "title": "An essay", "notebook": {"id": 3}}
    batch = tree(tmp_path, {"results": [post(), notebook]})
    assert batch.notes == ("posts without a question: 1",)
    assert not batch.refused


def test_options_added_midway_are_read_from_their_history(tmp_path):
    asked = question(
        type="multiple_choice",
        options=["A", "B", "Other"],
        options_history=[["0001-01-01T00:00:00", ["A", "Other"]], [OPEN, ["A", "B", "Other"]]],
        resolution="B",
        **mine(step(1704153600, [0.5, None, 0.5])),
    )
    batch = tree(tmp_path, post(question=asked))
    assert batch.questions[0].kind == MultipleChoice(("A", "B", "Other"))
    assert batch.forecasts[0].value == Shares((("A", 0.5), ("Other", 0.5)))
    assert batch.resolutions[0].outcome == Chosen("B")


def test_ranges_come_with_their_scale(tmp_path):
    points = [at / 200 for at in range(201)]
    scaling = {"range_min": 1, "range_max": 1000, "zero_point": 0}
    numeric = question(type="numeric", scaling=scaling, unit="m", **mine(step(1704153600, points)))
    batch = tree(tmp_path, post(question=numeric))
    assert batch.questions[0].kind == Numeric(1, 1000, "m", False, False, 0)
    assert batch.forecasts[0].value == Cdf(tuple(points))


def test_dates_are_epoch_seconds_and_discrete_questions_have_their_bins(tmp_path):
    when = {"range_min": 1704067200, "range_max": 1735689600}
    dated = question(8, type="date", scaling=when, open_upper_bound=True)
    counted = question(
        9,
        type="discrete",
        scaling={"range_min": -0.5, "range_max": 3.5},
        inbound_outcome_count=4,
    )
    posts = [post(id=1, question=dated), post(id=2, question=counted)]
    first, second = (one.kind for one in tree(tmp_path, {"results": posts}).questions)
    low, high = datetime(2024, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)
    assert first == Date(low, high, False, True)
    assert second == Discrete(-0.5, 3.5, 4)


def test_the_community_is_a_crowd_with_its_numbers(tmp_path):
    steps = [
        {"start_time": 1704153600, "centers": [0.4], "forecaster_count": 2},
        {"start_time": 1704240000, "centers": [0.5], "forecaster_count": 3},
    ]
    told = {"recency_weighted": {"history": steps, "latest": None}, "unweighted": None}
    (crowd,) = tree(tmp_path, post(question=question(aggregations=told))).crowds
    assert [(one.value.yes, one.n) for one in crowd.quotes] == [(0.4, 2), (0.5, 3)]


def test_spot_scores_look_when_the_platform_says(tmp_path):
    asked = question(spot_scoring_time="2024-01-05T00:00:00Z", cp_reveal_time=OPEN)
    (one,) = tree(tmp_path, post(question=asked)).questions
    assert one.spot_scoring_time == datetime(2024, 1, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"type": "essay"}, "question type 'essay' cannot be used"),
        ({"scheduled_close_time": None}, "no scheduled_close_time"),
        ({"resolution": "perhaps"}, "resolution 'perhaps' cannot be used"),
        ({"my_forecasts": {"history": [{"start_time": 1704153600}]}}, "another form than expected"),
        ({"my_forecasts": {"history": ["x"]}}, "another form than expected"),
        (mine(step(1704153600, [0.5])), "the probabilities of no and yes"),
        (mine(step(float("nan"), [0.5, 0.5])), "start_time 'nan' cannot be used"),
        (mine(step(9e18, [0.5, 0.5])), "start_time '9e+18' cannot be used"),
    ],
)
def test_a_changed_field_is_told_where_it_stands(tmp_path, change, fault):
    told = refusals(tree(tmp_path, {"results": [post(question=question(**change))]}))
    assert len(told) == 1
    assert told[0].startswith("a.json, results 1, question 7")
    assert fault in told[0]
