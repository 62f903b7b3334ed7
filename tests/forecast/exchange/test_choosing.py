"""What a file is is told by its content; what may be two things is refused."""

import json

import pytest

from forecast.exchange.choosing import NAMES, batch_of, format_of
from forecast.exchange.documents import Tree
from forecast.exchange.files import documents_at
from questions.errors import BadFile, BadInput
from tests.forecast.exchange.samples import asked, download, said, written

MARKET = {"id": "m", "question": "?", "outcomeType": "BINARY", "createdTime": 1, "bets": []}
POST = {"id": 1, "title": "?", "question": {"id": 2}}
PREDICTION = {"id": 1, "description": "?", "deadline": "", "responses": []}
SAMPLES = {
    "metaculus": {"results": [POST]},
    "fatebook": {"items": [{"title": "?", "resolveBy": ""}]},
    "predictionbook": {"predictions": [PREDICTION]},
    "manifold": MARKET,
    "cultivate": {"questions": [{"name": "?", "answers": [], "ends_at": ""}]},
    "forecastbench": {"forecasts": [{"id": "a", "source": "b", "forecast": 0.5}]},
}


def tree(thing):
    return [Tree("a.json", thing)]


@pytest.mark.parametrize("name", SAMPLES)
def test_each_format_is_told_by_its_content(name):
    assert format_of(tree(SAMPLES[name])) == name


def test_a_download_is_known_and_any_other_table_is_a_table(tmp_path):
    assert format_of(documents_at(download(tmp_path, [asked()]))) == "metaculus"
    assert format_of(documents_at(written(tmp_path, "a.csv", "a,b\n1,2\n"))) == "csv"


def test_a_download_and_posts_in_one_folder_go_together(tmp_path):
    download(tmp_path, [asked()], [said()])
    question = {"id": 9, "type": "binary", "title": "And the other?", "open_time": 1704067200}
    post = {"id": 109, "question": {**question, "scheduled_close_time": "2024-02-01T00:00:00Z"}}
    written(tmp_path, "posts.json", json.dumps({"results": [post]}))
    batch = batch_of(documents_at(tmp_path))
    assert sorted(one.origin.question for one in batch.questions) == ["7", "9"]


def test_a_folder_of_two_platforms_is_refused():
    both = [*tree(SAMPLES["manifold"]), Tree("b.json", SAMPLES["fatebook"])]
    with pytest.raises(BadInput, match="--from fatebook or --from manifold"):
        format_of(both)
    assert format_of(both, "manifold") == "manifold"


@pytest.mark.parametrize(
    ("thing", "wanted", "fault"),
    [
        ({"x": 1}, None, "it has no format that is known; say what it is: --from metaculus"),
        (SAMPLES["manifold"], "fatebook", "it looks like markets or bets of Manifold"),
        ({"x": 1}, "csv", "it is no table, as csv is"),
        ([], None, "it has no format that is known"),
    ],
)
def test_what_has_no_format_is_refused(thing, wanted, fault):
    with pytest.raises(BadFile, match=fault):
        batch_of(tree(thing), wanted)


def test_a_format_that_there_is_not_is_refused():
    with pytest.raises(BadInput, match=f"one of {', '.join(NAMES)}"):
        format_of(tree(MARKET), "excel")
