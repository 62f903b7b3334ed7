"""A history comes in from a live service, forecasts go out to it, and come back as they went."""

import json
from datetime import UTC, datetime

import pytest

from tests.forecast.exchange.metaculus import QUESTIONS, TOKEN, Metaculus
from tests.forecast.exchange.stub import Reply, served

VALUES = {
    101: "40%",
    102: "@Reds=.1,Blues=.6,Other=.3",
    103: "p10=50,p50=120,p90=480",
    104: "p10=20,p50=150,p90=2000",
    105: "p10=2030-01-01,p50=2040-01-01,p90=2080-01-01",
    106: "p10=2,p50=4,p90=7",
}
IMPORT = ("import", "--from", "metaculus", "--live", "--as", "Ana")


@pytest.fixture
def metaculus(monkeypatch):
    """The service, where the environment says it is; its clock is that of this machine."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    platform = Metaculus(lambda: datetime.now(UTC).timestamp())
    monkeypatch.setenv("METACULUS_TOKEN", TOKEN)
    with served(platform) as stub:
        monkeypatch.setenv("METACULUS_API_BASE_URL", f"{stub.url}/api")
        platform.asked = stub.asked
        yield platform


def table(shell, name, db="tidings.db"):
    return shell.data("table", name, "--db", db)


def theirs(shell, db="tidings.db"):
    """Our id of each question there."""
    return {int(row["theirs"]): row["question_id"] for row in table(shell, "questions", db)}


def test_a_history_goes_in_out_and_back_without_a_change(alone, metaculus):
    alone.ok("init", "--db", "tidings.db")
    alone.ok("member", "add", "Ana")
    assert alone.data(*IMPORT, "--dry-run")["dry_run"] is True
    alone.ok(*IMPORT)
    ours = theirs(alone)
    assert sorted(ours) == sorted(QUESTIONS)
    titles = {row["question_id"]: row["title"] for row in table(alone, "questions")}
    assert titles[ours[101]] == QUESTIONS[101]["title"]
    assert len(table(alone, "forecasts")) == 6

    for number, value in VALUES.items():
        alone.ok("predict", ours[number], value, "--as", "Ana")
    dry = json.loads(alone.ok("send", "metaculus", "--as", "Ana", "--dry-run"))
    alone.ok("send", "metaculus", "--as", "Ana", "--yes")
    posted = [one.json[0] for one in metaculus.asked if one.path.endswith("/forecast/")]
    assert posted == dry["forecasts"]

    before = table(alone, "forecasts")
    alone.ok(*IMPORT)
    assert table(alone, "forecasts") == before

    alone.ok("member", "add", "Ana", "--db", "other.db")
    alone.ok(*IMPORT, "--db", "other.db")
    there = theirs(alone, "other.db")
    came = {
        row["question_id"]: row
        for row in table(alone, "forecasts", "other.db")
        if row["made_at"] > "2026"
    }
    for body in posted:
        row = came[there[body["question"]]]
        said = row["prob"] if row["prob"] is not None else row["probs"] or row["cdf"]
        wanted = next(value for key, value in body.items() if key != "question")
        wanted = [*wanted.values()] if isinstance(wanted, dict) else wanted
        assert said == pytest.approx(wanted, abs=1e-9)


def test_an_option_that_came_since_is_told_before_anything_is_sent(alone, metaculus, monkeypatch):
    alone.ok("init", "--db", "tidings.db")
    alone.ok("member", "add", "Ana")
    alone.ok(*IMPORT)
    ours = theirs(alone)
    alone.ok("predict", ours[102], VALUES[102], "--as", "Ana")
    monkeypatch.setitem(QUESTIONS[102], "options", ["@Reds", "Blues", "Greens", "Other"])
    line = alone("send", "metaculus", "--as", "Ana", "--yes", ours[102]).stderr
    assert line == (
        f"error: {ours[102]}: Greens has no share, and is an option there: forecast anew; "
        "nothing was sent of it\n"
    )
    assert not [one for one in metaculus.asked if one.method == "POST"]


def test_a_withdrawal_ends_the_forecast_there(alone, metaculus):
    alone.ok("init", "--db", "tidings.db")
    alone.ok("member", "add", "Ana")
    alone.ok(*IMPORT)
    ours = theirs(alone)
    alone.ok("withdraw", ours[101], "--as", "Ana")
    alone.ok("send", "metaculus", "--as", "Ana", "--yes")
    assert [one.json for one in metaculus.asked if one.path.endswith("/withdraw/")] == [
        [{"question": 101}]
    ]
    assert metaculus.said[101][-1]["end_time"] is not None


def test_what_came_from_there_is_not_sent_back(alone, metaculus):
    alone.ok("init", "--db", "tidings.db")
    alone.ok("member", "add", "Ana")
    alone.ok(*IMPORT)
    result = alone("send", "metaculus", "--as", "Ana", "--yes")
    assert (result.exit_code, result.stderr.count("came from there")) == (0, 6)
    assert not [one for one in metaculus.asked if one.method == "POST"]


def test_a_token_that_is_not_accepted_writes_nothing(alone, metaculus, monkeypatch):
    alone.ok("init", "--db", "tidings.db")
    alone.ok("member", "add", "Ana")
    monkeypatch.setenv("METACULUS_TOKEN", "wrong-one")
    line = alone.refused(2, *IMPORT)
    assert line.startswith("Metaculus: the token is not accepted (HTTP 401)")
    assert "wrong-one" not in line
    assert table(alone, "questions") == []


def test_a_field_that_changed_is_a_line_and_writes_nothing(alone, metaculus):
    alone.ok("init", "--db", "tidings.db")
    alone.ok("member", "add", "Ana")
    usual = type(metaculus).__call__

    def renamed(self, asked):
        reply = usual(self, asked)
        if asked.path == "/api/posts/":
            return Reply({"posts": reply.body["results"]})
        return reply

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(metaculus), "__call__", renamed)
        line = alone.refused(2, *IMPORT)
    assert line == (
        "Metaculus: /posts/ gives no list of results; its interface may have changed; "
        "a saved file can be imported instead"
    )
    assert table(alone, "questions") == []
