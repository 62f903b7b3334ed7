"""What is blind is in no answer: whatever others say, a reader without a forecast reads the same.

Every command that reads is run on stores that differ in nothing but what others said of blind
questions: nothing, one thing, another thing in as many entries, and much more. Standard output
and the file that is written are held to be the same bytes, for a member who has forecast none
of these questions and for a reader without a name. A new command has to be listed here.

Numbers that count on whatever is written can tell that there is more: the ids of forecasts and
comments made later, and the head of the log. They tell nothing of what was said, or of which
question.
"""

from itertools import chain
from pathlib import Path

import pytest
import typer

from forecast.cli import setting
from forecast.cli.main import app
from tests.forecast.cli import blindness
from tests.forecast.cli.conftest import Shell

HEARD = ("silent", "calm", "wild", "loud")
READERS = ([], ["--as", "Cleo"])
METHODS = (
    *("mean", "median", "trimmed_mean", "log_odds_mean", "extremized", "beta_pool"),
    *("recency_median", "recency_mean", "single_aggregation", "skill_weighted"),
    *("contribution_weighted", "bayes"),
)

READS: dict[str, list[list[str]]] = {
    "": [[]],
    "agenda": [[], ["--json"], ["--team", "north"], ["--most", "9"]],
    "aggregate": [["--method", one, "--json"] for one in METHODS],
    "backtest": [["--json", "--min-forecasters", "1"], ["--at", "0.5"]],
    "calibrate": [["--json"], ["--by", "forecaster"], ["--ranges"], ["--blind-only", "--json"]],
    "comment": [[one] for one in ("Q1", "Q4", "Q5")],
    "compare": [["Ana", "Bo", "--json"]],
    "crowd": [["Q1", "--method", one] for one in METHODS] + [[one] for one in blindness.BLIND],
    "digest": [["--since", "90d"], ["--since", "90d", "--json"]],
    "drafts": [["--json"]],
    "habits": [["--json"], ["Q4"], ["Q1"]],
    "inbox": [["--json"], []],
    "leaderboard": [["--json"], ["--imported"], ["--blind-only"]],
    "links": [["--json"], []],
    "lint": [["--json"]],
    "member list": [["--json"]],
    "member teams": [["--json"]],
    "note": [["Q4"]],
    "plot": [
        *([one, "-o", f"{one}.svg"] for one in ("Q4", "Q5", "Q6", "L1")),
        ["Q5", "-o", "Q5.html"],
        ["Q4", "-o", "Q4.png"],
        ["Q4", "--why", "-o", "why.svg"],
        *([one, "-o", f"{one}.svg"] for one in ("calibration", "leaderboard", "sources")),
    ],
    "questions": [
        *(["--json"], [], ["--stale", "0"], ["--due", "400", "--csv"], ["--words"]),
        ["--team", "north", "--jsonl"],
    ],
    "report": [["-o", "page.html", "--leaderboard", "--since", "90d"]],
    "rule list": [["--json"]],
    "score": [["--json"], ["--rule", "peer,relative_brier"], ["--blind-only"], ["--changes"]],
    "settings": [["--json"]],
    "show": [[one, *more] for one in (*blindness.BLIND, "L1") for more in ([], ["--json"])]
    + [["Q1", "--json", "--words"]]
    + [["Q4", "--json", "--as-of", at] for at in ("2025-03-20", "2025-12-31", "2030-01-01")],
    "source list": [["--json"]],
    "source show": [["wire", "--json"]],
    "suggestion list": [["--json"]],
    "submission": [["metaculus"], ["forecastbench", "--organization", "ours"]],
    "table": [[one] for one in ("questions", "forecasts", "resolutions", "reports")]
    + [[one] for one in ("evidence", "scores")],
    "update": [["--json"], []],
}
"""What is asked of each command that reads, without the reader."""

WRITES = {
    *("accept", "admit", "ask", "clarify", "confirm", "decline", "dispute", "draft", "fit"),
    *("import", "init", "judge", "link", "member add", "member alias", "member team", "predict"),
    *("prior", "propose", "read", "redact", "reject", "reopen", "resolve", "retract", "reveal"),
    *("rule add", "rule end", "send", "source add", "story merge", "story split", "tag"),
    *("suggestion accept", "suggestion add", "suggestion decline", "unlink", "withdraw"),
}
"""These print what they wrote: a record, its id and the head of the log."""

APART = {
    "audit": "prints how many entries there are and the head of the log",
    "backup": "copies the file, and says of which questions it holds what is hidden",
    "check": "prints the head of the log, and which rows differ from it",
    "demo": "tells a story of its own",
    "export": "is refused while something is hidden",
    "groups": "samples; reads what score reads",
    "match": "reads files",
    "mcp": "serves the tools that its own test holds to this",
    "skill": "samples; reads what score reads",
}
"""Commands that are tested elsewhere, or have no answer to hide; each with the reason."""


def commands(group=None, prefix=""):
    """Every command of the application, by its words."""
    for name, command in (group or typer.main.get_command(app)).commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{prefix}{name} ")
        else:
            yield f"{prefix}{name}", command


@pytest.fixture(scope="module")
def stores(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("heard")
    found = {name: folder / f"{name}.db" for name in HEARD}
    for name, path in found.items():
        getattr(blindness, name)(path)
    return found


@pytest.fixture
def shell(alone, monkeypatch) -> Shell:
    monkeypatch.setattr(setting, "clock", lambda: blindness.NOW)
    return alone


def answers(shell, path: Path, words: list[str]) -> tuple[int, str, bytes]:
    """Exit code, standard output and the file that was written."""
    result = shell("--db", path, *words)
    written = Path(words[words.index("-o") + 1]) if "-o" in words else None
    content = written.read_bytes() if written and written.exists() else b""
    return result.exit_code, result.stdout, content


def line(name: str, arguments: list[str], reader: list[str]) -> list[str]:
    """The words of a command; without one, the reader stands with the group's own flags."""
    return [*name.split(), *arguments, *reader]


def test_every_command_is_held_to_it_or_says_why_not():
    known = {name for name, _ in commands()}
    assert known == {*READS, *WRITES, *APART} - {""}
    assert len(READS) + len(WRITES) + len(APART) == len({*READS, *WRITES, *APART})


FOR_ALL = {"report": "a page that is passed round shows what nothing hides from anybody"}
"""Commands that take no reader, each with the reason."""


def test_every_command_that_reads_is_told_its_reader():
    unnamed = {
        name
        for name, command in commands()
        if name in READS and "who" not in {one.name for one in command.params}
    }
    assert unnamed == {*FOR_ALL}


@pytest.mark.parametrize(
    ("name", "reader"),
    [(name, reader) for name in READS for reader in READERS],
    ids=lambda one: "nobody" if one == [] else one[-1] if isinstance(one, list) else one or "alone",
)
def test_whatever_others_say_of_a_blind_question_a_reader_reads_the_same(
    shell, stores, name, reader
):
    for arguments in READS[name]:
        words = line(name, arguments, reader)
        first, *others = (answers(shell, path, words) for path in stores.values())
        assert first[0] in (0, 2, 4), (words, first)
        for heard, other in zip(HEARD[1:], others, strict=True):
            assert other == first, f"{' '.join(words)} on {heard}"


SEEN = {
    "agenda": ["--most", "9"],
    "aggregate": ["--method", "mean", "--json"],
    "comment": ["Q4"],
    "crowd": ["Q4"],
    "plot": ["Q4", "-o", "seen.svg"],
    "questions": ["--json"],
    "show": ["Q4", "--json"],
    "table": ["forecasts"],
}


@pytest.mark.parametrize("name", SEEN)
def test_who_has_forecast_reads_what_the_others_say(shell, stores, name):
    """The test above would hold of commands that show nothing to anybody."""
    words = line(name, SEEN[name], ["--as", "Ana"])
    calm, wild = (answers(shell, stores[heard], words) for heard in ("calm", "wild"))
    assert (calm[0], wild[0]) == (0, 0)
    assert calm[1:] != wild[1:]


def test_crowd_and_joint_are_absent_while_they_are_hidden(shell, stores):
    for reader in READERS:
        for question in blindness.BLIND:
            view = shell.data("--db", stores["wild"], "show", question, *reader)
            assert {"crowd", "joint"}.isdisjoint(view)
            assert view["forecasts"] == []
            assert view["blind"]["hidden"] is True
    seen = shell.data("--db", stores["wild"], "show", "Q4", "--as", "Ana")
    assert seen["crowd"]["n"] == 2
    assert seen["joint"]["prob"] != seen["belief"]["prob"]


def test_no_belief_knows_of_a_forecast(shell, stores):
    """Also not that of who may see them: the joint does."""
    beliefs = [
        shell.data("--db", stores[heard], "show", "Q4", "--as", who)["belief"]
        for heard in HEARD
        for who in ("Ana", "Cleo")
    ]
    assert all(one["prob"] == beliefs[0]["prob"] for one in beliefs)
    assert all(one["inputs"] == beliefs[0]["inputs"] for one in beliefs)


def test_the_round_shows_the_same_whatever_the_others_say(shell, stores, monkeypatch):
    """It is stepped through without a terminal: skip, skip, until the end."""
    from io import StringIO

    from forecast.cli.rounds import step_through

    told = set()
    for path in stores.values():
        out = StringIO()
        monkeypatch.setattr("sys.stdout", out)
        with setting.desk(str(path), who="Cleo") as desk:
            keys = chain(["s"] * 20)
            step_through(desk, "Cleo", lambda: blindness.NOW, lambda _, keys=keys: next(keys))
        told.add(out.getvalue())
    assert len(told) == 1
