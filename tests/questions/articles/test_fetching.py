import gzip
import socket
import ssl
import time
import zlib
from http.server import BaseHTTPRequestHandler

import pytest

from questions.articles.addresses import is_public
from questions.articles.fetching import Fetched, fetch
from questions.errors import BadFile
from tests.questions.articles.conftest import Site

PAGE = b"<html><body><p>Rain is due.</p></body></html>"


def test_a_page_is_fetched_as_its_bytes(site: Site) -> None:
    url = site.put("/a?b=c", PAGE, "text/html; charset=latin-1")
    assert fetch(url, site.network()) == Fetched(url, PAGE, "latin-1")
    assert site.asked == [(f"news.example:{site.port}", "/a?b=c")]


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_packed_page_is_unpacked(site: Site, encoding: str) -> None:
    body = gzip.compress(PAGE) if encoding == "gzip" else zlib.compress(PAGE)
    url = site.put("/", body, Content_Encoding=encoding)
    assert fetch(url, site.network()).body == PAGE


def test_what_a_request_line_cannot_hold_is_quoted(site: Site) -> None:
    site.put("/caf%C3%A9%20au%20lait", PAGE)
    assert fetch(site.url("/café au lait"), site.network()).body == PAGE


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("file:///etc/passwd", "file: is not fetched"),
        ("ftp://news.example/a", "ftp: is not fetched"),
        ("gopher://news.example/a", "gopher: is not fetched"),
        ("http://", "names no host"),
        ("http:///a", "names no host"),
        ("http://news example/", "names no host"),
        ("http://[::1/", "is not an address"),
        ("http://news.example:port/", "is not an address"),
        ("http://news.example/\udcff", "is not an address"),
        ("http://news.example:99999/", "is not an address"),
        (f"http://{'a' * 70}.example/", "is not an address"),
        ("http://ana:secret@news.example/", "holds a name and password"),
    ],
)
def test_what_is_no_address_of_a_page_is_refused_before_anything_is_asked(
    site: Site, url: str, problem: str
) -> None:
    with pytest.raises(BadFile, match=problem) as refusal:
        fetch(url, site.network())
    assert "such as https://example.org/article" in str(refusal.value)
    assert refusal.value.exit_code == 2
    assert site.asked == []


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.7", "169.254.169.254", "::1", "::ffff:10.0.0.7", "64:ff9b::1"]
)
def test_a_name_that_leads_inside_is_refused(site: Site, address: str) -> None:
    inside = site.network(allowed=is_public, resolve=lambda host, port: ["8.8.8.8", address])
    with pytest.raises(BadFile, match=f"news.example is {address}, which is not on the public"):
        fetch(site.put("/", PAGE), inside)
    assert site.asked == []


def test_an_address_in_digits_is_checked_as_any_other(site: Site) -> None:
    network = site.network(allowed=is_public)
    with pytest.raises(BadFile, match=r": 127\.0\.0\.1 is not on the public internet"):
        fetch(site.url(host="127.0.0.1"), network)
    assert site.asked == []


@pytest.mark.parametrize(
    "leads", ["http://inside.example/", "//inside.example/", "http://inside.example:8080/a"]
)
def test_a_redirect_to_a_private_address_is_refused(site: Site, leads: str) -> None:
    names = {"news.example": ["127.0.0.1"], "inside.example": ["10.0.0.7"]}
    network = site.network(resolve=lambda host, port: names[host])
    with pytest.raises(BadFile, match=r"inside.example is 10\.0\.0\.7, which is not on the public"):
        fetch(site.put("/", status=302, Location=leads), network)
    assert site.asked == [(f"news.example:{site.port}", "/")]


@pytest.mark.parametrize("leads", ["file:///etc/passwd", "ftp://news.example/", "http://a:b@c/"])
def test_a_redirect_to_what_is_not_fetched_is_refused(site: Site, leads: str) -> None:
    with pytest.raises(BadFile, match=r"is not fetched|holds a name"):
        fetch(site.put("/", status=301, Location=leads), site.network())


def test_a_name_that_changes_its_address_is_looked_up_once_and_the_checked_address_is_used(
    site: Site,
) -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.7"]])
    connected = []

    def connect(address: str, port: int, seconds: float) -> socket.socket:
        connected.append(address)
        return socket.create_connection((address, site.port), seconds)

    network = site.network(resolve=lambda host, port: next(answers), connect=connect)
    assert fetch(site.put("/", PAGE), network).body == PAGE
    assert connected == ["127.0.0.1"]
    with pytest.raises(BadFile, match=r"news.example is 10\.0\.0\.7"):
        fetch(site.url(), network)
    assert connected == ["127.0.0.1"]


def test_a_redirect_is_followed_to_its_end(site: Site) -> None:
    site.put("/new", PAGE)
    site.put("/old", status=301, Location="new")
    url = site.put("/older", status=308, Location=site.url("/old"))
    assert fetch(url, site.network()).url == site.url("/new")


def test_a_circle_of_redirects_comes_to_an_end(site: Site) -> None:
    url = site.put("/", status=302, Location="/")
    with pytest.raises(BadFile, match="redirects more than 5 times"):
        fetch(url, site.network())
    assert len(site.asked) == 6


def test_a_redirect_to_nowhere_is_told(site: Site) -> None:
    with pytest.raises(BadFile, match="does not say where"):
        fetch(site.put("/", status=302), site.network())
    with pytest.raises(BadFile, match="no address"):
        fetch(site.put("/", status=302, Location="http://[1"), site.network())


@pytest.mark.parametrize(
    ("kind", "right"),
    [
        ("application/pdf", "holds application/pdf, which is not read; give a page"),
        ("image/png", "holds image/png"),
        ("", "holds no type"),
    ],
)
def test_a_type_that_holds_no_article_is_refused(site: Site, kind: str, right: str) -> None:
    with pytest.raises(BadFile, match=right):
        fetch(site.put("/", b"%PDF-1.7", kind), site.network())


@pytest.mark.parametrize(
    "kind",
    [
        *("text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml"),
        *("application/rss+xml", "application/atom+xml; charset=utf-8", "TEXT/HTML"),
    ],
)
def test_pages_texts_and_feeds_are_taken(site: Site, kind: str) -> None:
    assert fetch(site.put("/", PAGE, kind), site.network()).body == PAGE


@pytest.mark.parametrize(("status", "said"), [(404, "404 Not Found"), (403, "403"), (500, "500")])
def test_an_answer_that_is_no_page_is_told(site: Site, status: int, said: str) -> None:
    with pytest.raises(BadFile, match=f"the server answers {said}"):
        fetch(site.put("/", PAGE, status=status), site.network())


def test_a_small_file_that_unfolds_to_a_large_one_is_refused(site: Site) -> None:
    url = site.put("/", gzip.compress(bytes(20_000_000)), Content_Encoding="gzip")
    with pytest.raises(BadFile, match="is larger than 5 MB; save the article as a file"):
        fetch(url, site.network())


def test_a_packing_that_was_not_asked_for_is_refused(site: Site) -> None:
    with pytest.raises(BadFile, match="packed with br, which was not asked for"):
        fetch(site.put("/", PAGE, Content_Encoding="br"), site.network())


def test_a_page_that_is_cut_short_is_told(site: Site) -> None:
    with pytest.raises(BadFile, match="cut short or damaged"):
        fetch(site.put("/", PAGE, Content_Length="4000"), site.network())
    half = gzip.compress(PAGE)[:-9]
    with pytest.raises(BadFile, match="cut short or damaged"):
        fetch(site.put("/", half, Content_Encoding="gzip"), site.network())


def _endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    while True:
        handler.wfile.write(b"<p>And it goes on.</p>" * 1000)


def _dripping(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    while True:
        handler.wfile.write(b".")
        time.sleep(0.02)


def _hesitating(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-")
    while True:
        handler.wfile.write(b"x")
        time.sleep(0.02)


def _mumbling(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"220 mail.example ready\r\n")


def test_a_page_without_end_is_refused(site: Site) -> None:
    site.answers["/"] = _endless
    with pytest.raises(BadFile, match="is larger than 5 MB"):
        fetch(site.url(), site.network())


@pytest.mark.parametrize("answer", [_dripping, _hesitating])
def test_a_page_that_comes_too_slowly_is_given_up_in_time(site: Site, answer: object) -> None:
    site.answers["/"] = answer  # type: ignore[assignment]
    started = time.monotonic()
    with pytest.raises(BadFile, match=r"took more than 0\.3 seconds"):
        fetch(site.url(), site.network(seconds=0.3))
    assert time.monotonic() - started < 2


def test_a_name_that_nobody_answers_for_is_given_up_in_time(site: Site) -> None:
    network = site.network(seconds=0.2, resolve=lambda host, port: time.sleep(3) or [])
    started = time.monotonic()
    with pytest.raises(BadFile, match=r"took more than 0\.2 seconds"):
        fetch(site.url(), network)
    assert time.monotonic() - started < 2


def test_the_time_counts_over_all_redirects(site: Site) -> None:
    site.put("/", status=302, Location="/")
    clock = iter(range(100))
    network = site.network(clock=lambda: float(next(clock)), seconds=12.0)
    with pytest.raises(BadFile, match="took more than 12 seconds"):
        fetch(site.url(), network)


def test_a_server_that_speaks_something_else_is_told(site: Site) -> None:
    site.answers["/"] = _mumbling
    with pytest.raises(BadFile, match="the server's answer is not HTTP"):
        fetch(site.url(), site.network())


def test_a_host_that_is_not_there_is_told(site: Site) -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(BadFile, match="there is no such host; check the address"):
        fetch(site.url(), site.network(resolve=unknown))
    with pytest.raises(BadFile, match="there is no such host"):
        fetch(site.url(), site.network(resolve=lambda host, port: []))


def test_a_port_where_nobody_listens_is_told_after_every_address_was_tried(site: Site) -> None:
    tried = []

    def connect(address: str, port: int, seconds: float) -> socket.socket:
        tried.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    network = site.network(
        connect=connect, resolve=lambda *_: ["8.8.8.8", "8.8.4.4"], allowed=is_public
    )
    with pytest.raises(BadFile, match=r"cannot be reached \(Connection refused\)"):
        fetch(site.url(), network)
    assert tried == ["8.8.8.8", "8.8.4.4"]


def test_a_secure_connection_is_made_to_the_checked_address_in_the_name_of_the_host(
    site: Site,
) -> None:
    site.put("/a", PAGE)
    seen: list[object] = []

    def connect(address: str, port: int, seconds: float) -> socket.socket:
        seen.append((address, port))
        return socket.create_connection((address, site.port), seconds)

    def secure(plug: socket.socket, host: str) -> socket.socket:
        seen.append(host)
        return plug

    network = site.network(connect=connect, secure=secure)
    assert fetch("https://NEWS.example/a", network).body == PAGE
    assert seen == [("127.0.0.1", 443), "news.example"]
    assert site.asked == [("news.example", "/a")]


def test_a_certificate_that_proves_nothing_is_told(site: Site) -> None:
    def secure(plug: socket.socket, host: str) -> socket.socket:
        error = ssl.SSLCertVerificationError(1, "certificate verify failed")
        error.verify_message = "self-signed certificate"
        raise error

    with pytest.raises(BadFile, match=r"no secure connection \(self-signed certificate\)"):
        fetch("https://news.example/", site.network(connect=_to(site), secure=secure))


def test_a_server_without_tls_cannot_pose_as_one_with_it(site: Site) -> None:
    with pytest.raises(BadFile, match="no secure connection"):
        fetch("https://news.example/", site.network(connect=_to(site)))


def _to(site: Site) -> object:
    return lambda address, port, seconds: socket.create_connection((address, site.port), seconds)


def test_an_international_name_is_asked_for_in_ascii(site: Site) -> None:
    site.put("/", PAGE)
    fetch(site.url(host="bücher.example"), site.network())
    assert site.asked == [(f"xn--bcher-kva.example:{site.port}", "/")]
