"""`tidings table` and `tidings submission`: what comes out can be read again, scored, and sent."""

import csv
import io
import json
import math
from datetime import UTC, datetime

import pyarrow.parquet as parquet
import pytest

from forecast.desk.asking import ask
from forecast.desk.desk import Desk
from forecast.desk.predicting import Said, predict
from forecast.exchange.analysis import TABLES
from forecast.ledger import KINDS
from questions.records import Date, Discrete, MultipleChoice, Numeric
from questions.store.store import open_store
from tests.forecast.cli.conftest import CLOSE, DAY, HOSTILE, OPEN

LATER = OPEN + 10 * DAY

KINDS_SAID = (
    (MultipleChoice(("@A", "B", "-C")), "@A=.2,B=.3,-C=.5"),
    (Numeric(0, 100, "seats", open_upper_bound=True), "p10=10,p50=20,p90=50"),
    (Numeric(1, 1000, zero_point=0.0), "p10=10,p50=20,p90=50"),
    (Discrete(-0.5, 10.5, 11), "p10=2,p50=4,p90=7"),
    (
        Date(datetime(2023, 1, 1, tzinfo=UTC), datetime(2091, 1, 1, tzinfo=UTC)),
        "p10=2030-01-01,p50=2040-01-01,p90=2060-01-01",
    ),
)


@pytest.fixture
def full(shell):
    """The story's store, with a question and forecast of every kind, and formulas in texts."""
    store = open_store(shell.db, KINDS)
    for place, (kind, value) in enumerate(KINDS_SAID):
        desk = Desk(store, LATER, "Ana", f"full {place}")
        title, tags = f"=SUM(A{place})\nor not?", ["@home", "two words"]
        criteria = "+1 if so.\r\n-1 if not."
        made = ask(desk, title, closes=CLOSE, criteria=criteria, kind=kind, tags=tags)
        why = "=HYPERLINK(\"x\")\n\ttold \u2028 \U0001f600 'so'"
        predict(Desk(store, LATER, "Ana", f"said {place}"), [Said("Ana", made.id, value, why)])
    store.close()
    return shell


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_the_same_in_every_form(full, name):
    found = rows(full.ok("table", name))
    lines = [json.loads(line) for line in full.ok("table", name, "--jsonl").split("\n")[:-1]]
    assert full.data("table", name) == lines
    full.ok("table", name, "-o", "out.parquet")
    kept = parquet.read_table("out.parquet").to_pylist()
    assert len(found) == len(lines) == len(kept) > 0
    for row, line, one in zip(found, lines, kept, strict=True):
        assert list(row) == list(line) == list(one) == list(TABLES[name])
        for column in row:
            assert (row[column] == "") == (line[column] in (None, ""))
            assert (one[column] is None) == (line[column] is None)


def test_all_tables_go_into_a_folder(full):
    full.ok("table", "all", "-o", "out", "--to", "parquet")
    from pathlib import Path

    assert sorted(path.name for path in Path("out").iterdir()) == sorted(
        f"{name}.parquet" for name in TABLES
    )


def test_no_cell_of_text_begins_as_a_formula(full):
    for name in TABLES:
        for row in rows(full.ok("table", name)):
            for column, cell in row.items():
                starts = cell.startswith(("=", "+", "-", "@", "\t", "\r"))
                assert not starts or _is_number(cell), (name, column, cell)
    assert rows(full.ok("table", "questions"))[3]["title"] == "'=SUM(A0)\nor not?"


def _is_number(cell):
    try:
        return math.isfinite(float(cell)) or cell in ("-inf",)
    except ValueError:
        return False


def test_texts_in_json_are_as_they_were_written(full):
    found = full.data("table", "questions")
    assert (found[2]["title"], found[3]["title"]) == (HOSTILE, "=SUM(A0)\nor not?")
    assert found[3]["resolution_criteria"] == "+1 if so.\r\n-1 if not."
    assert full.data("table", "forecasts")[-1]["why"].startswith('=HYPERLINK("x")\n\ttold \u2028')


def test_times_have_their_zone_and_infinities_their_word(full):
    full.ok("judge", "R2", "Q1", "--decisive", "yes", "--as", "Ana")
    (last,) = [row for row in rows(full.ok("table", "evidence")) if row["judgement"] == "decisive"]
    assert last["weight"] == "inf"
    assert last["recorded_at"].endswith("Z")
    assert full.data("table", "evidence")[-1]["weight"] == "Infinity"
    full.ok("table", "evidence", "-o", "e.parquet")
    kept = parquet.read_table("e.parquet").to_pylist()[-1]
    assert math.isinf(kept["weight"])
    assert kept["recorded_at"].tzinfo is not None


def test_what_was_exported_scores_as_the_store_does(full):
    full.ok("resolve", "Q4", "@A", "--at", "2023-05-01", "--source", "wire", "--as", "Ana")
    full.ok("resolve", "Q5", "30", "--at", "2023-05-01", "--source", "wire", "--as", "Ana")
    full.ok("table", "questions", "-o", "q.csv")
    full.ok("table", "forecasts", "-o", "f.csv")
    rule = ("--rule", "brier,log,baseline")
    away = full.data("score", "--forecasts", "f.csv", "--questions", "q.csv", *rule)
    here = full.data("score", *rule)

    def key(row):
        return row["question_id"], row["forecaster"], row["rule"]

    assert len(away) == len(here) > 4
    for one, other in zip(sorted(away, key=key), sorted(here, key=key), strict=True):
        assert key(one) == key(other)
        assert one["score"] == pytest.approx(other["score"], abs=1e-9)


def test_as_of_an_earlier_time_there_is_less(full):
    found = full.data("table", "forecasts", "--as-of", "2023-03-15T12:00Z")
    assert {row["forecaster"] for row in found} == {"Ana", "Bo"}
    assert len(found) < len(full.data("table", "forecasts"))
    assert full.data("table", "resolutions", "--as-of", "2023-03-14") == []


def test_a_resolution_that_was_taken_back_does_not_stand(full):
    full.ok("reopen", "Q2", "--why", "a mistake", "--as", "Ana")
    full.ok("resolve", "Q2", "no", "--at", "2023-05-01", "--source", "wire", "--as", "Ana")
    found = full.data("table", "resolutions")
    assert [(row["resolution"], row["stands"]) for row in found] == [("yes", False), ("no", True)]


def test_what_is_blind_stays_so_in_every_table(full):
    full.ok("ask", "Will it hail?", "--closes", "2090-01-01", "--criteria", "Yes.", "--blind")
    hail = full.data("questions")[-1]["id"]
    full.ok("predict", hail, "35%", "--as", "Bo")

    def seen(name):
        return [
            row
            for row in full.data("table", "forecasts", "--as", name)
            if row["question_id"] == hail
        ]

    assert (seen("Ana"), len(seen("Bo"))) == ([], 1)
    full.ok("predict", hail, "40%", "--as", "Ana")
    assert len(seen("Ana")) == 2


def test_scores_are_of_the_rules_that_are_named(full):
    found = full.data("table", "scores", "--rule", "brier")
    assert {row["rule"] for row in found} == {"brier"}
    assert "rule 'nonsense' cannot be used" in full.refused(
        2, "table", "scores", "--rule", "nonsense"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nothing",), "table 'nothing' cannot be used: give one of questions, forecasts"),
        (("all",), "no output: give a folder for all tables"),
        (("questions", "-o", "q.xlsx"), "ending '.xlsx' cannot be used: give one of .csv"),
        (("all", "-o", "out", "--to", "xml"), "ending '.xml' cannot be used"),
        (("questions", "-o", "nowhere/q.csv"), "there is no folder nowhere"),
    ],
)
def test_what_cannot_be_written_is_told(full, words, said):
    assert said in full.refused(2, "table", *words)


def test_parquet_without_its_library_says_what_to_install(full, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
    line = full.refused(2, "table", "questions", "-o", "q.parquet")
    assert "pip install 'tidings[bulk]'" in line


def came_from(shell, platform, **theirs):
    store = open_store(shell.db, KINDS)
    for question, name in theirs.items():
        origin = {"question": question, "platform": platform, "theirs": name, "post": "", "url": ""}
        with Desk(store, OPEN, "Ana", f"origin {question}").writing() as entry:
            times = {"spot_scoring_time": None, "actual_close_time": None}
            entry.append("question.imported", {**origin, **times})
    store.close()


def test_a_file_for_metaculus_holds_what_stands_and_would_be_taken(full):
    came_from(full, "metaculus", Q1="578", Q4="600", Q5="601")
    full.ok("predict", "Q1", "0.01%", "--as", "Ana")
    result = full("submission", "metaculus", "--as", "Ana")
    found = json.loads(result.stdout)
    assert [one["question"] for one in found] == [600, 601]
    assert found[0]["probability_yes_per_category"] == {"@A": 0.2, "B": 0.3, "-C": 0.5}
    assert len(found[1]["continuous_cdf"]) == 201
    assert "note: Q1 left out: probability '0.01%' cannot be used" in result.stderr


def test_a_forecast_set_is_one_that_its_reader_takes(full):
    from forecast.exchange.documents import Tree
    from forecast.exchange.formats.forecastbench import read, suits

    came_from(full, "forecastbench", Q1="fred/DGS10/2024-07-28", Q3="infer/1398")
    full.ok("predict", "Q3", "70%", "--as", "Ana", "-m", "they\nsaid so")
    full.ok("submission", "forecastbench", "--as", "Ana", "--organization", "Us", "-o", "set.json")
    from pathlib import Path

    found = json.loads(Path("set.json").read_text())
    assert found["organization"], found["model"] == ("Us", "human")
    assert found["forecasts"] == [
        {
            "id": "DGS10",
            "source": "fred",
            "forecast": 0.2,
            "resolution_date": "2024-07-28",
            "reasoning": "because",
        },
        {
            "id": "1398",
            "source": "infer",
            "forecast": 0.7,
            "resolution_date": None,
            "reasoning": "they\nsaid so",
        },
    ]
    tree = Tree("set.json", found)
    assert suits([tree])
    batch = read([tree])
    assert (batch.refused, len(batch.forecasts)) == ((), 2)
    assert {one.origin.question for one in batch.forecasts} == {
        "fred/DGS10/2024-07-28",
        "infer/1398",
    }


def test_a_platform_without_a_form_is_told(full):
    line = full.refused(2, "submission", "manifold", "--as", "Ana")
    assert line == "platform 'manifold' cannot be used: give metaculus or forecastbench"
