"""The demonstration lives a real story again: questions, reports, beliefs, scores, pictures."""

import re

import pytest
from typer.testing import CliRunner

from forecast.cli.demo import called
from forecast.cli.main import app

BELIEFS = re.compile(r"^(\d+ \w+ 2023)((?: +(?:[\d.]+%|yes|no)){5})\s*$", re.MULTILINE)


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    result = CliRunner().invoke(app, ["demo", "--no-fit", "-o", str(folder)])
    assert result.exit_code == 0, result.output
    return folder, result.stdout


def test_five_questions_are_drawn_from_the_article(shown):
    _, said = shown
    assert "5 opened as questions" in said
    for words in ("speak directly", "visit Russia", "arrest warrant", "control of Bakhmut"):
        assert words in said


def test_at_least_fifteen_reports_come_in_with_copies_and_one_that_bears_on_nothing(shown):
    _, said = shown
    reports = re.findall(r"^\d+ \w+ [\d:]+  (R\d+ .*\(.*bears on .*\))$", said, re.MULTILINE)
    assert len(reports) >= 15
    assert sum("a copy of R1" in line for line in reports) >= 2
    assert any("Lighthouse" in line and "bears on nothing" in line for line in reports)


def test_the_probability_of_each_question_is_printed_over_time(shown):
    _, said = shown
    rows = BELIEFS.findall(said)
    assert len(rows) >= 8
    first, last = (values.split() for _, values in (rows[0], rows[-1]))
    assert all(value.endswith("%") for value in first)
    assert sorted(last) == ["no", "yes", "yes", "yes", "yes"]


def test_judgements_move_beliefs_and_say_so(shown):
    _, said = shown
    moves = re.findall(
        r"(moderately|strongly|slightly) for (yes|no); Q\d ([\d.]+)% to ([\d.]+)%", said
    )
    assert len(moves) >= 8
    alone = [move for move in moves if move[0] == "moderately"]
    assert all(
        (side == "yes") == (float(after) > float(before)) for _, side, before, after in alone
    )


def test_it_says_who_scored_best_and_how_little_that_means(shown):
    _, said = shown
    assert re.search(r"^1 +\w+ \(invented\)", said, re.MULTILINE)
    assert "mostly luck" in said


def test_the_paths_that_it_prints_are_there(shown):
    folder, said = shown
    paths = re.findall(r"^  (\S+\.(?:png|html))$", said, re.MULTILINE)
    assert len(paths) == 9
    for path in paths:
        made = folder / path.rsplit("/", 1)[1]
        assert made.stat().st_size > 2000


def test_it_can_be_run_again_in_the_same_folder(shown):
    folder, said = shown
    again = CliRunner().invoke(app, ["demo", "--no-fit", "-o", str(folder)])
    assert again.stdout == said


@pytest.mark.parametrize("known", [True, False])
def test_the_way_on_is_a_command_that_the_shell_finds(tmp_path, monkeypatch, known):
    command = tmp_path / "bin" / "tidings"
    command.parent.mkdir()
    command.touch(0o755)
    monkeypatch.setattr("sys.argv", [str(command), "demo"])
    monkeypatch.setenv("PATH", str(command.parent if known else tmp_path))
    assert called() == ("tidings" if known else str(command))


def test_the_way_on_is_shown(shown):
    assert "Go on from here: tidings --db " in shown[1]
