"""`tidings send`: shown before, asked for, told after; a service on this machine takes it."""

import json
import sqlite3
from contextlib import closing

import pytest

from forecast.cli import keyboard
from forecast.desk.desk import Desk
from forecast.ledger import KINDS
from questions.store.store import open_store
from tests.forecast.cli.conftest import OPEN
from tests.forecast.exchange.stub import PAGE, Reply, in_turn, served

TOKEN = "t0psecret"
MINE = {"question": 578, "probability_yes": 0.2}
DONE = Reply({}, status=201)


@pytest.fixture
def sender(shell, monkeypatch):
    """A shell whose Q1 came from Metaculus' question 578; no proxy, no keyring."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("METACULUS_TOKEN", TOKEN)
    monkeypatch.setattr("forecast.cli.services._kept", lambda _: "")
    monkeypatch.setattr("forecast.exchange.clients.waiting.FIRST", 0.0)
    origin = {"question": "Q1", "platform": "metaculus", "theirs": "578", "post": "12", "url": ""}
    store = open_store(shell.db, KINDS)
    with Desk(store, OPEN, "Ana", "origin").writing() as entry:
        entry.append(
            "question.imported", {**origin, "spot_scoring_time": None, "actual_close_time": None}
        )
    store.close()
    return shell


@pytest.fixture
def metaculus(monkeypatch):
    """Serves replies in turn as Metaculus."""

    def at(*replies):
        return serving(monkeypatch, in_turn(*replies))

    return at


class serving:  # noqa: N801
    """A stub to which the environment points as long as the block lasts."""

    def __init__(self, monkeypatch, answer):
        self.patch, self.context = monkeypatch, served(answer)

    def __enter__(self):
        stub = self.context.__enter__()
        self.patch.setenv("METACULUS_API_BASE_URL", stub.url)
        return stub

    def __exit__(self, *what):
        return self.context.__exit__(*what)


def sendings(shell):
    with closing(sqlite3.connect(shell.db)) as raw:
        return [row for (row,) in raw.execute("SELECT state FROM sendings ORDER BY seq")]


def test_a_dry_run_prints_the_very_json_and_sends_nothing(sender, metaculus):
    with metaculus(DONE) as stub:
        found = sender.ok("send", "metaculus", "--as", "Ana", "--dry-run")
    assert json.loads(found) == {"forecasts": [MINE], "withdrawals": []}
    assert (stub.asked, sendings(sender)) == ([], [])


def test_a_dry_run_needs_no_token(sender, monkeypatch):
    monkeypatch.delenv("METACULUS_TOKEN")
    assert json.loads(sender.ok("send", "metaculus", "--as", "Ana", "--dry-run"))["forecasts"]


def test_what_the_dry_run_shows_is_what_goes_out(sender, metaculus):
    with metaculus(DONE) as stub:
        result = sender("send", "metaculus", "Q1", "--as", "Ana", "--yes")
    assert (result.exit_code, result.stderr) == (0, "sent: forecast F1 on Q1\n")
    assert stub.paths == ["POST /api/questions/forecast/"]
    assert stub.asked[0].json == [MINE]
    assert stub.asked[0].headers["authorization"] == f"Token {TOKEN}"
    assert sendings(sender) == ["begun", "taken"]


def test_a_second_run_sends_nothing(sender, metaculus):
    with metaculus(DONE) as stub:
        sender.ok("send", "metaculus", "--as", "Ana", "--yes")
        result = sender("send", "metaculus", "--as", "Ana", "--yes")
    assert "nothing to send of Q1: F1 was sent at" in result.stderr
    assert len(stub.asked) == 1


def test_a_withdrawal_goes_out_too(sender, metaculus):
    with metaculus(DONE) as stub:
        sender.ok("send", "metaculus", "--as", "Ana", "--yes")
        sender.ok("withdraw", "Q1", "--as", "Ana")
        sender.ok("send", "metaculus", "--as", "Ana", "--yes")
    assert stub.paths[-1] == "POST /api/questions/withdraw/"
    assert stub.asked[-1].json == [{"question": 578}]


def test_without_a_terminal_nothing_goes_out_unless_told_to(sender, metaculus):
    with metaculus(DONE) as stub:
        line = sender.refused(2, "send", "metaculus", "--as", "Ana")
    assert line == "no confirmation: give --yes to send, or --dry-run to see what would go out"
    assert (stub.asked, sendings(sender)) == ([], [])


@pytest.mark.parametrize(("answer", "code", "count"), [("y\n", 0, 1), ("n\n", 4, 0), ("\n", 4, 0)])
def test_whoever_sits_at_a_terminal_is_asked(sender, metaculus, monkeypatch, answer, code, count):
    monkeypatch.setattr(keyboard, "at_a_terminal", lambda: True)
    with metaculus(DONE) as stub:
        result = sender("send", "metaculus", "--as", "Ana", typed=answer)
    assert result.exit_code == code
    assert "Q1 -> 578  forecast F1  Will it rain in Oslo by 30 April 2090?" in result.stdout
    assert len(stub.asked) == count


def test_json_gives_the_record_and_the_head(sender, metaculus):
    with metaculus(DONE):
        (made,) = sender.data("send", "metaculus", "--as", "Ana", "--yes")
    assert (made["state"], made["body"], made["head"]) == ("taken", MINE, sender.head())


def test_a_missing_token_says_where_to_put_one(sender, metaculus, monkeypatch):
    monkeypatch.delenv("METACULUS_TOKEN")
    with metaculus(DONE) as stub:
        line = sender.refused(2, "send", "metaculus", "--as", "Ana", "--yes")
    assert line == (
        "no token of Metaculus: give one in METACULUS_TOKEN, "
        "or keep it with `keyring set tidings metaculus`"
    )
    assert stub.asked == []


def refusal(sender, code):
    result = sender("send", "metaculus", "--as", "Ana", "--yes")
    assert (result.exit_code, result.stdout) == (code, "")
    assert TOKEN not in result.output
    assert "Traceback" not in result.output
    return result.stderr.removeprefix("error: ").strip()


def test_an_account_that_may_not_is_told_so(sender, metaculus):
    body = {"detail": "not enabled", "code": "api_forecasting_not_enabled"}
    with metaculus(Reply(body, status=403)):
        line = refusal(sender, 4)
    assert line.startswith("Q1: Metaculus does not let this account forecast through its interface")
    assert sendings(sender) == ["begun", "refused"]


def test_a_guard_is_told(sender, metaculus):
    with metaculus(PAGE):
        assert "with a page (HTTP 403)" in refusal(sender, 4)


def test_a_refused_token_is_told_and_not_repeated(sender, metaculus):
    with metaculus(Reply({"detail": f"Invalid token {TOKEN}"}, status=401)):
        assert "the token is not accepted (HTTP 401)" in refusal(sender, 2)


def test_what_may_have_arrived_is_told_until_somebody_looked(sender, metaculus):
    with metaculus(Reply(drop=True), DONE) as stub:
        assert "it may have been taken; look there before" in refusal(sender, 4)
        result = sender("send", "metaculus", "--as", "Ana", "--yes")
        assert result.exit_code == 4
        assert "not sent: Q1: nobody knows whether the forecast sent at" in result.stderr
        sender.ok("send", "metaculus", "--as", "Ana", "--yes", "--again")
    assert len(stub.asked) == 2
    assert sendings(sender) == ["begun", "unknown", "begun", "taken"]


def test_a_value_beyond_their_range_is_told_before_anything_goes_out(sender, metaculus):
    sender.ok("predict", "Q1", "0.01%", "--as", "Ana")
    with metaculus(DONE) as stub:
        result = sender("send", "metaculus", "--as", "Ana", "--yes")
    assert result.exit_code == 4
    assert "not sent: Q1: probability '0.01%' cannot be used: give 0.1% to 99.9%" in result.stderr
    assert stub.asked == []


def test_nothing_goes_out_of_a_replay(alone, metaculus):
    alone.ok("init", "--replay", "--db", "tidings.db")
    alone.ok("member", "add", "Ana", "--at", "2031-01-01")
    with metaculus(DONE) as stub:
        line = alone.refused(4, "send", "metaculus", "--as", "Ana", "--yes", "--json")
    assert line == "this store is a replay: nothing goes out of it; use --dry-run"
    assert stub.asked == []


def test_another_platform_is_refused(sender):
    line = sender.refused(2, "send", "fatebook", "--as", "Ana")
    assert line == "platform 'fatebook' cannot be used: give metaculus"


def test_the_log_still_verifies(sender, metaculus):
    with metaculus(DONE):
        sender.ok("send", "metaculus", "--as", "Ana", "--yes")
    assert sender.data("check")["differences"] == []
