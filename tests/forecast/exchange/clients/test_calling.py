"""A line to a service: what is tried again, what is waited for, what is told, what is hidden."""

import logging
import traceback

import httpx
import pytest

from forecast.exchange.clients.calling import Line
from forecast.exchange.clients.secrets import Key, Secret
from forecast.exchange.clients.wire import Service, based
from questions.errors import (
    BadFile,
    BadInput,
    Conflict,
    NotFound,
    TidingsError,
    Unanswered,
    Unavailable,
)
from tests.forecast.exchange.stub import PAGE, Clock, Reply, in_turn, served, wire

TOKEN = "t0psecret"
HEADER = Key(Secret(TOKEN), "header", "Token")
QUERY = Key(Secret(TOKEN), "query", "apiKey")
FORM = Key(Secret(TOKEN), "form", "password")


def line_to(url, clock=None, key=HEADER, per_minute=60_000, **more):
    service = Service("Example", url, key, "EXAMPLE_TOKEN", per_minute)
    return Line(service, wire(clock, **more))


def got(*replies, **more):
    with served(in_turn(*replies)) as stub, line_to(stub.url, **more) as line:
        return line.get("/things"), stub


def refused(kind, *replies, **more):
    """The line that a refusal says, and the service that was asked."""
    with served(in_turn(*replies)) as stub, line_to(stub.url, **more) as line:
        with pytest.raises(kind) as caught:
            line.get("/things")
        assert TOKEN not in "".join(traceback.format_exception(caught.value))
        return str(caught.value), stub


def posting(kind, *replies, **more):
    with served(in_turn(*replies)) as stub, line_to(stub.url, **more) as line:
        with pytest.raises(kind) as caught:
            line.post("/things", [1])
        assert type(caught.value) is kind
        return str(caught.value), stub


def test_an_answer_is_read_whole_and_unpacked():
    found, stub = got(Reply({"a": [1, 2]}, packed=True))
    assert found == {"a": [1, 2]}
    assert stub.asked[0].headers["authorization"] == f"Token {TOKEN}"


def test_a_key_can_go_in_the_query_or_in_a_form():
    _, stub = got(Reply({}), key=QUERY)
    assert stub.asked[0].query == {"apiKey": TOKEN}
    with served(in_turn(Reply({}))) as stub, line_to(stub.url, key=FORM) as line:
        line.post("/login", {"email": "a@b.c"}, form=True)
    assert stub.asked[0].body == f"email=a%40b.c&password={TOKEN}".encode()


@pytest.mark.parametrize("key", [HEADER, QUERY, FORM])
def test_a_token_is_in_no_log_no_repr_and_no_error(key, caplog):
    caplog.set_level(logging.DEBUG)
    told = f'{{"detail": "no such key {TOKEN}"}}'.encode()
    with served(in_turn(Reply(told, status=401))) as stub, line_to(stub.url, key=key) as line:
        with pytest.raises(BadFile) as caught:
            line.post("/things", {"a": "b"}, form=True)
        assert TOKEN.encode() in stub.asked[0].body or TOKEN in str(stub.asked[0])
        texts = [caplog.text, str(caught.value), repr(line.service), repr(vars(line))]
    texts.append("".join(traceback.format_exception(caught.value)))
    assert "HTTP Request: POST" in caplog.text
    assert not [text for text in texts if TOKEN in text]


def test_the_token_stays_hidden_when_the_network_itself_fails(caplog):
    caplog.set_level(logging.DEBUG)

    def broken(request):
        raise httpx.ReadError(f"while reading {request.url}", request=request)

    with (
        line_to("http://example.test", key=QUERY, transport=httpx.MockTransport(broken)) as line,
        pytest.raises(Unavailable, match="broke off") as caught,
    ):
        line.get("/things")
    assert TOKEN not in "".join(traceback.format_exception(caught.value)) + caplog.text


def test_what_may_pass_is_tried_again_with_growing_waits():
    clock = Clock()
    found, stub = got(*[Reply(status=500)] * 3, Reply([1]), clock=clock)
    assert (found, len(stub.asked)) == ([1], 4)
    waits = [one for one in clock.slept if one > 0.002]
    assert len(waits) == 3
    assert all(0 <= wait <= 0.5 * 2**turn for turn, wait in enumerate(waits))


def test_a_dropped_connection_is_tried_again():
    found, stub = got(Reply(drop=True), Reply([1]))
    assert (found, len(stub.asked)) == ([1], 2)


def test_half_an_answer_is_tried_again_and_told_in_the_end():
    found, _ = got(Reply([1, 2, 3], cut=4), Reply([1]))
    assert found == [1]
    said, stub = refused(Unavailable, Reply([1, 2, 3], cut=4))
    assert said == "Example gave no whole answer to /things (it broke off); try again later"
    assert len(stub.asked) == 5


def test_half_of_something_packed_is_no_answer():
    said, _ = refused(Unavailable, Reply({"a": "b" * 999}, packed=True, cut=9))
    assert "gave no whole answer" in said


def test_a_service_that_asks_to_wait_gets_as_long_as_it_asks():
    clock = Clock()
    waits = {"Retry-After": "7"}
    found, _ = got(Reply(status=429, headers=waits), Reply([1]), clock=clock)
    assert found == [1]
    assert 7.0 in clock.slept


def test_a_time_to_come_back_counts_from_the_services_own_clock():
    clock = Clock()
    waits = {
        "Date": "Mon, 23 Nov 2026 12:00:00 GMT",
        "Retry-After": "Mon, 23 Nov 2026 12:00:42 GMT",
    }
    found, _ = got(Reply(status=503, headers=waits), Reply([1]), clock=clock)
    assert found == [1]
    assert 42.0 in clock.slept


def test_a_wait_beyond_patience_is_not_begun():
    clock = Clock()
    reply = Reply(status=429, headers={"Retry-After": "3600"})
    said, stub = refused(Unavailable, reply, clock=clock)
    assert said == "Example asks to wait 3600 s (HTTP 429); try again later"
    assert (len(stub.asked), max(clock.slept, default=0) < 1) == (1, True)


def test_requests_go_out_no_faster_than_allowed():
    clock = Clock()
    with served(in_turn(Reply([]))) as stub, line_to(stub.url, clock, per_minute=120) as line:
        for _ in range(5):
            line.get("/things")
    assert clock.now == pytest.approx(4 * 0.5)


def test_an_answer_that_is_too_large_is_left_unread():
    said, _ = refused(BadFile, Reply(["x" * 5000]), most=1000)
    assert said == "Example: an answer is larger than 0.001 MB; ask for less at once"
    said, _ = refused(BadFile, Reply(["x" * 500_000], packed=True), most=100_000)
    assert "larger than 0.1 MB" in said


def test_a_page_instead_of_data_is_explained():
    said, stub = refused(Unavailable, PAGE)
    assert said == (
        "Example answers /things with a page (HTTP 403): something on the way blocks it; "
        f"see that {stub.url} is its interface"
    )
    assert len(stub.asked) == 1
    said, _ = refused(BadFile, Reply(PAGE.body, headers=PAGE.headers))
    assert said.startswith("Example: /things gives a page; its interface may have changed")


def test_what_is_no_json_is_told():
    assert "something that is no JSON" in refused(BadFile, Reply(b'{"a": ['))[0]


def test_an_account_that_may_not_forecast_by_program_is_told_so():
    body = {"detail": "API forecasting is not enabled", "code": "api_forecasting_not_enabled"}
    said, _ = refused(Conflict, Reply(body, status=403))
    assert said == (
        "Example does not let this account forecast through its interface yet "
        "(api_forecasting_not_enabled); ask for it in the settings of the account there, or use "
        "an account for bots"
    )


def test_a_token_that_is_not_accepted_names_what_to_set():
    said, _ = refused(BadFile, Reply({}, status=401))
    assert said == (
        "Example: the token is not accepted (HTTP 401); set EXAMPLE_TOKEN to a token of yours"
    )
    assert "it wants a token (HTTP 401)" in refused(BadFile, Reply({}, status=401), key=None)[0]


def test_what_is_not_there_is_not_found():
    said, stub = refused(NotFound, Reply({}, status=404))
    assert said == "no entry at Example '/things'"
    assert len(stub.asked) == 1


def test_a_redirect_is_told_and_not_followed():
    reply = Reply(status=301, headers={"Location": "https://elsewhere.test/api"})
    said, stub = refused(BadFile, reply)
    assert "leads to https://elsewhere.test/api, where no token is sent" in said
    assert len(stub.asked) == 1


def test_a_refused_request_says_why_in_the_services_words():
    reply = Reply({"non_field_errors": ["closed"]}, status=400)
    said, _ = refused(BadFile, reply)
    assert said == 'Example: does not take /things (HTTP 400); {"non_field_errors": ["closed"]}'


def test_nobody_there_is_unavailable():
    with served(in_turn(Reply())) as stub:
        gone = stub.url
    with line_to(gone) as line, pytest.raises(Unavailable, match="cannot be reached at http://127"):
        line.get("/things")


def test_a_slow_service_is_given_up():
    clock = Clock()

    def slow(_):
        clock.now += 9
        return Reply([1])

    with (
        served(slow) as stub,
        line_to(stub.url, clock, tries=2) as line,
        pytest.raises(Unavailable, match="it takes more than 5 s"),
    ):
        line.get("/things")
    assert len(stub.asked) == 2


def test_what_writes_is_sent_again_only_where_it_surely_did_nothing():
    for reply in (Reply(status=429), Reply(status=503)):
        with served(in_turn(reply, Reply({}))) as stub, line_to(stub.url) as line:
            assert line.post("/things", [1]).status == 200
        assert len(stub.asked) == 2
    said, stub = posting(Unavailable, Reply(status=503))
    assert said == "Example is out of order (HTTP 503); try again later"
    assert len(stub.asked) == 5


@pytest.mark.parametrize(
    "reply", [Reply(drop=True), Reply([1, 2], cut=3), Reply(status=500), Reply(status=502)]
)
def test_what_writes_and_gets_no_answer_is_not_sent_again(reply):
    said, stub = posting(Unanswered, reply)
    assert "it may have been taken; look there before sending it again" in said
    assert len(stub.asked) == 1


def test_what_was_never_sent_is_not_in_doubt():
    with served(in_turn(Reply())) as stub:
        gone = stub.url
    with line_to(gone) as line, pytest.raises(Unavailable) as caught:
        line.post("/things", [1])
    assert not isinstance(caught.value, Unanswered)


def test_every_failure_is_a_line_with_an_exit_code():
    for status in (400, 401, 403, 404, 405, 409, 410, 418, 422, 429, 500, 503):
        said, _ = refused(TidingsError, Reply({}, status=status), tries=1)
        assert "\n" not in said


@pytest.mark.parametrize(
    "address",
    [
        *("", "ftp://example.test", "http://", "http://[", "https://x/api?a=1", "metaculus"),
        *("http://exa mple.test", "http://example.test:99999", "http://a\nb", "http://xn--\uffff"),
    ],
)
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(BadInput, match="such as https://www"):
        based(address)


def test_a_name_and_password_in_an_address_are_refused_and_not_repeated():
    with pytest.raises(BadInput) as caught:
        based("https://ana:hunter2@example.test/api")
    assert "hunter2" not in str(caught.value)


def test_an_address_keeps_its_path_and_gets_one_where_it_has_none():
    assert based("https://example.test/v9/", path="/api") == "https://example.test/v9"
    assert based("https://example.test", path="/api") == "https://example.test/api"
