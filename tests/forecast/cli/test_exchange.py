"""``tidings import`` as a person meets it: shown first, then in, with what was refused."""

import json
import tomllib
from pathlib import Path

import pytest

from tests.forecast.exchange.samples import asked, download, said

FATEBOOK = (
    "Question title,Forecast created by,Forecast (scale = 0-1),Forecast created at,"
    "Question created by,Question created at,Question resolve by,Resolution,Resolved at\n"
    "Will the kettle boil?,Ana,0.7,2024-01-02 10:00:00,Ana,2024-01-01 09:00:00,"
    "2024-03-01 00:00:00,YES,2024-02-20 00:00:00\n"
    "Will the kettle boil?,cleo,0.4,2024-01-03 10:00:00,Ana,2024-01-01 09:00:00,"
    "2024-03-01 00:00:00,YES,2024-02-20 00:00:00\n"
)
PLAIN = (
    "Statement,Analyst,Date,Confidence (%),Deadline,Outcome\n"
    "The kettle boils today,Ana,2024-01-02,30,2024-02-01,yes\n"
    "The kettle boils today,Bo,2024-01-03,45,2024-02-01,yes\n"
)


@pytest.fixture
def history(shell):
    Path("fate.csv").write_text(FATEBOOK)
    return shell


def test_a_dry_run_lists_what_would_come_in_and_writes_nothing(history):
    before = history.head()
    told = history.ok("import", "fate.csv", "--dry-run")
    assert "would come in from fatebook: 1 question, 1 forecast, 1 resolution" in told
    assert "`cleo = NAME` in a file for --members, or --add-members" in told
    assert "fate.csv line 3" in told
    assert history.head() == before


def test_what_came_in_is_told_as_data(history):
    found = history.data("import", "fate.csv")
    assert found["counts"]["forecasts"] == 1
    assert found["questions"][0]["title"] == "Will the kettle boil?"
    assert found["refused"] == [
        {
            "place": "fate.csv line 3",
            "what": "forecaster 'cleo' cannot be used",
            "right": "a member: `cleo = NAME` in a file for --members, or --add-members",
        }
    ]
    assert found["head"] == history.head()


def test_once_is_enough(history):
    history.ok("import", "fate.csv", "--add-members")
    head = history.head()
    told = history.ok("import", "fate.csv", "--add-members")
    assert told == "came in from fatebook: nothing new; 4 on record already\n"
    assert history.head() == head


def test_names_are_given_in_a_file(history):
    Path("names.txt").write_text("# theirs = ours\ncleo = Bo\n\n")
    told = history.ok("import", "fate.csv", "--members", "names.txt")
    assert "cleo is Bo" in told
    assert "2 forecasts" in told
    assert "nothing new" in history.ok("import", "fate.csv")


@pytest.mark.parametrize(
    ("text", "fault"),
    [("cleo", "write: their name = ours"), ("cleo = Bo\ncleo = Ana", "stands there twice")],
)
def test_a_file_of_names_that_is_none_is_refused(history, text, fault):
    Path("names.txt").write_text(text)
    assert fault in history.refused(2, "import", "fate.csv", "--members", "names.txt")


def test_what_came_in_is_scored(history):
    question = history.data("import", "fate.csv")["questions"][0]["id"]
    rows = history.data("score", "--rule", "brier")
    (one,) = [row for row in rows if row["question_id"] == question]
    assert (one["forecaster"], one["score"]) == ("Ana", pytest.approx(0.09))


def test_a_download_comes_in_with_its_origin_and_its_crowd(shell):
    crowd = said(
        **{"Forecaster ID": "", "Forecaster Username": "recency_weighted", "Forecaster Count": 5}
    )
    path = download(Path(), [asked()], [said(**{"Forecaster Username": "Ana"}), crowd])
    question = shell.data("import", path)["questions"][0]["id"]
    told = shell.data("show", question)
    assert told["origins"][0]["theirs"] == "7"
    assert [(one["crowd"], one["prob"], one["n"]) for one in told["elsewhere"]] == [
        ("recency_weighted", 0.5, 5)
    ]
    assert "recency_weighted (metaculus) since 2 Jan 2024, 5 forecasters" in shell.ok(
        "crowd", question
    )


def test_a_table_is_read_by_a_guess_that_is_shown_and_kept(shell):
    Path("plain.csv").write_text(PLAIN)
    done = shell("import", "plain.csv", "--dry-run", "--mapping", "m.toml")
    assert done.exit_code == 0
    assert "the mapping that was guessed is in m.toml" in done.stderr
    kept = tomllib.loads(Path("m.toml").read_text())
    assert (kept["scale"], kept["columns"]["prob"]) == (100, "Confidence (%)")
    shown = shell("import", "plain.csv", "--dry-run").stderr
    assert 'made_at = "Date"' in shown
    found = shell.data("import", "plain.csv", "--mapping", "m.toml")
    assert found["counts"]["forecasts"] == 2
    assert found["mapping"]["columns"]["forecaster"] == "Analyst"


def test_a_mapping_can_be_changed(shell):
    Path("plain.csv").write_text(PLAIN)
    Path("m.toml").write_text(
        'scale = 100\n[columns]\ntitle = "Statement"\nmade_at = "Date"\n'
        'prob = "Confidence (%)"\nscheduled_close_time = "Deadline"\n'
        '[constants]\nforecaster = "Bo"\n'
    )
    found = shell.data("import", "plain.csv", "--mapping", "m.toml")
    assert found["counts"] == found["counts"] | {"forecasts": 2, "resolutions": 0}


def test_a_question_on_record_is_joined(shell):
    title = next(row for row in shell.data("questions") if row["id"] == "Q1")
    close = title["scheduled_close_time"]
    Path("mine.csv").write_text(
        "title,open_time,scheduled_close_time,forecaster,made_at,prob\n"
        f'"{title["title"]}",2023-03-13,{close},Ana,2023-03-14,0.2\n'
    )
    told = shell("import", "mine.csv").stderr
    assert "--onto" in told
    assert "nothing of it can be used" in told
    found = shell.data("import", "mine.csv", "--onto", "Q1")
    assert [one["id"] for one in found["joined"]] == ["Q1"]
    assert found["counts"]["forecasts"] == 1


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("import",), "either a file or folder, or --live"),
        (("import", "fate.csv", "--live"), "either a file or folder, or --live"),
        (("import", "--live"), "platform"),
        (("import", "fate.csv", "--from", "excel"), "one of metaculus, fatebook"),
        (("import", "fate.csv", "--from", "manifold"), "it looks like CSV or questions"),
        (("import", "fate.csv", "--onto", "x=Q1"), "an id there, such as"),
    ],
)
def test_what_cannot_be_done_is_refused_and_nothing_is_written(history, words, fault):
    before = history.head()
    assert fault in history.refused(2, *words)
    assert history.head() == before


def test_a_first_look_needs_no_store(alone):
    Path("fate.csv").write_text(FATEBOOK)
    from typer.testing import CliRunner

    from forecast.cli.main import app

    words = ["import", "fate.csv", "--dry-run", "--add-members", "--json", "--db", "new.db"]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["counts"]["forecasts"] == 2
    assert not Path("new.db").exists()


def test_an_export_of_a_store_is_taken_in_whole(shell):
    shell.ok("export", "moved")
    words = ("import", "moved", "--db", "b.db")
    assert "taken in whole" in shell.refused(2, *words, "--from", "csv")
    assert f"entries would come in, moved; head {shell.head()}" in shell.ok(*words, "--dry-run")
    assert shell.data(*words, "--dry-run")["head"] == shell.head()
    assert not Path("b.db").exists()
    assert shell.head() in shell.ok(*words)


def test_who_is_unknown_is_asked_for_at_a_terminal(history, monkeypatch):
    from forecast.cli import exchange
    from forecast.cli.keyboard import Person

    lines = []

    def line(prompt):
        lines.append(prompt)
        return "Bo"

    monkeypatch.setattr(exchange, "at_a_terminal", lambda: True)
    monkeypatch.setattr(exchange, "keyboard", lambda: Person(lambda: "", line, str))
    told = history.ok("import", "fate.csv")
    assert lines == ["cleo on fatebook is which member (empty: nobody)? "]
    assert "2 forecasts" in told


def test_what_a_store_tells_in_tables_comes_back_as_it_was(shell):
    shell.ok("resolve", "Q1", "yes", "--at", "2023-03-20", "--source", "the town", "--as", "Ana")
    Path("out").mkdir()
    for name in ("questions", "forecasts"):
        shell.ok("table", name, "-o", f"out/{name}.csv", "--as", "Ana")
    rules = ("score", "--rule", "brier,baseline,peer")
    before = shell.data(*rules)
    done = shell("import", "out", "--db", "b.db", "--add-members")
    assert done.exit_code == 0, done.output
    assert shell.data(*rules, "--db", "b.db") == before
    assert before
