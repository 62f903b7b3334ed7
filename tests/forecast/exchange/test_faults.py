"""Whatever one field of a file holds, the rest is read and nothing falls over."""

import copy
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecast.exchange.choosing import batch_of
from forecast.exchange.documents import Tree
from forecast.exchange.files import table_in
from forecast.exchange.plan import Choices, Known
from forecast.exchange.planning import plan_of
from questions.errors import BadInput, TidingsError
from tests.forecast.exchange.formats import test_cultivate as cultivate
from tests.forecast.exchange.formats import test_fatebook as fatebook
from tests.forecast.exchange.formats import test_forecastbench as bench
from tests.forecast.exchange.formats import test_manifold as manifold
from tests.forecast.exchange.formats import test_mapped as mapped
from tests.forecast.exchange.formats import test_metaculus_posts as posts
from tests.forecast.exchange.formats import test_predictionbook as book
from tests.forecast.exchange.samples import ASKED, SAID, asked, said, table

NOW = datetime(2025, 1, 1, tzinfo=UTC)
CROWD = {"recency_weighted": {"history": [{"start_time": 1704153600, "centers": [0.4]}]}}
OPTIONS = [{"id": "o1", "text": "Tea", "resolution": "YES"}, {"id": "o2", "text": "Soup"}]

TREES = {
    "metaculus": {
        "results": [
            posts.post(
                question=posts.question(
                    resolution="yes",
                    actual_resolve_time="2024-01-09T00:00:00Z",
                    aggregations=CROWD,
                    **posts.mine(posts.step(1704153600, [0.4, 0.6], 1704240000)),
                )
            ),
            {"id": 108, "title": "A group", "group_of_questions": {"questions": []}},
        ]
    },
    "fatebook": {
        "items": [
            fatebook.item(forecasts=[fatebook.said()], resolution="YES"),
            fatebook.item(id="c2", options=OPTIONS, forecasts=[fatebook.said(optionId="o1")]),
        ]
    },
    "predictionbook": {
        "predictions": [
            book.prediction(
                book.response(),
                judgements=[{"outcome": "right", "created_at": "2024-02-05T00:00:00Z"}],
            )
        ]
    },
    "manifold": [
        manifold.market(bets=[manifold.bet(1, 0.5, 0.6)], resolution="YES", resolutionTime=1706e9),
        manifold.market(id="m2", outcomeType="MULTIPLE_CHOICE", answers=[{"id": "a", "text": "T"}]),
    ],
    "cultivate": {
        "questions": [cultivate.question()],
        "prediction_sets": [cultivate.forecast(0.7)],
    },
    "forecastbench": {**bench.HEAD, "questions": [bench.asked(), bench.series()]},
}
TABLES = {
    "questions": table(ASKED, [asked(Resolution="yes"), asked(8, Categories="['space']")]),
    "forecasts": table(SAID, [said(), said(**{"End Time": "2024-01-03 00:00:00+00:00"})]),
    "fatebook": table(fatebook.COLUMNS, [fatebook.row(Resolution="YES")]),
    "plain": mapped.lines(f"{mapped.ASKED},ana,2024-01-02,30%"),
}
JUNK = st.sampled_from(
    [
        *(None, "", "x", "[", "nan", -1, 0, 1e18, 1e300, float("nan"), True, "\x00", "🐢"),
        *([], [None], ["x"], {}, {"id": 1}),
        *("2024-13-40", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z", "9999-12-31"),
    ]
)


def places(thing, path=()):
    """The path of every field within a tree."""
    inside = thing.items() if isinstance(thing, dict) else enumerate(thing)
    for key, value in inside:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))


def changed(thing, path, junk, *, gone):
    """A tree with one field changed, or taken out."""
    found = copy.deepcopy(thing)
    inner = found
    for key in path[:-1]:
        inner = inner[key]
    if gone:
        del inner[path[-1]]
    else:
        inner[path[-1]] = junk
    return found


def holds(documents, name=None):
    """Read and plan; what cannot be read as a whole is one line that says so."""
    try:
        batch = batch_of(documents, name)
    except BadInput:
        return
    plan = plan_of(batch, Known(NOW), Choices(me="Ana", add_members=True))
    assert all(one.place and one.what and one.right for one in plan.refused)


@pytest.mark.parametrize("name", TREES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_law_any_field_of_an_answer_may_be_anything(name, data):
    path = data.draw(st.sampled_from(list(places(TREES[name]))))
    broken = changed(TREES[name], path, data.draw(JUNK), gone=data.draw(st.booleans()))
    holds([Tree("a.json", broken)], name)


@pytest.mark.parametrize("name", TABLES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_law_any_cell_of_a_table_may_be_anything(name, data):
    whole = [table_in("question_data.csv", TABLES["questions"])] if name == "forecasts" else []
    text = TABLES[name]
    sheet = table_in("a.csv", text)
    line = data.draw(st.integers(0, len(sheet.lines) - 1))
    column = data.draw(st.sampled_from(sheet.columns))
    sheet.lines[line].cells[column] = str(data.draw(JUNK))
    holds([*whole, sheet])


@pytest.mark.parametrize("name", TREES)
def test_the_samples_are_whole(name):
    batch = batch_of([Tree("a.json", json.loads(json.dumps(TREES[name])))])
    assert batch.questions
    assert not batch.refused


@pytest.mark.parametrize("thing", [None, 3, "x", [], {}, [[]], [None], [3]])
def test_what_is_no_answer_at_all_is_refused(thing):
    with pytest.raises(TidingsError):
        batch_of([Tree("a.json", thing)])
