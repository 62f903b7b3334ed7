"""A page, text or feed is fetched from an address that somebody else may have chosen.

What could go wrong is refused: another scheme, a host that is not public, a redirect to one,
a page without end, a small file that unfolds to a large one, a type that holds no text.
"""

import http.client
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from socket import gaierror
from typing import Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from questions.articles.network import Network, reach
from questions.articles.timed import Timed
from questions.articles.unpacking import ENCODINGS, Broken, TooMuch, unpacked
from questions.errors import BadFile

_SAVE: Final = "save the article as a file and give that"
_PIECE: Final = 1 << 16
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PORTS: Final = {"http": 80, "https": 443}
_TYPES: Final = (
    *("text/html", "application/xhtml+xml", "text/plain", "text/xml", "application/xml"),
    *("application/rss+xml", "application/atom+xml", "application/rdf+xml"),
)
_HEADERS: Final = {
    "User-Agent": "tidings",
    "Accept": ", ".join(_TYPES),
    "Accept-Encoding": "gzip",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave."""

    url: str
    """Where it was found in the end."""
    body: bytes
    charset: str | None
    """The encoding of its characters, where the server named one."""


def is_address(text: str) -> bool:
    """Whether a text is an address to fetch rather than the path of a file.

    >>> is_address("https://example.org/a"), is_address("file:///etc/passwd"), is_address("a.txt")
    (True, True, False)
    """
    return "://" in text


def fetch(url: str, network: Network | None = None) -> Fetched:
    """Fetch what an address gives, following redirects.

    Raises:
        BadFile: an address that is no http or https address, a host that is not there or not
            public, an answer other than 200, too many redirects, a type that is neither page,
            text nor feed, more bytes or seconds than the network allows.
    """
    how = network or Network()
    deadline = how.clock() + how.seconds
    try:
        return _follow(url, deadline, how)
    except TimeoutError as error:
        raise BadFile(url, f"took more than {how.seconds:g} seconds", _SAVE) from error
    except ssl.SSLError as error:
        why = getattr(error, "verify_message", None) or getattr(error, "reason", None)
        raise BadFile(url, f"no secure connection ({why or 'TLS failed'})", _SAVE) from error
    except gaierror as error:
        raise BadFile(url, "there is no such host", "check the address") from error
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise BadFile(url, f"cannot be reached ({why})", "check the address") from error
    except http.client.HTTPException as error:
        raise BadFile(url, "the server's answer is not HTTP", _SAVE) from error


def _follow(url: str, deadline: float, how: Network) -> Fetched:
    """Ask, and ask again wherever a redirect leads, as often as is allowed."""
    here = url
    for _ in range(how.redirects + 1):
        answer = _ask(_parts(here), here, deadline, how)
        with answer:
            if answer.status not in _REDIRECTS:
                return _taken(here, answer, how)
        if not (leads := answer.headers.get("Location")):
            raise BadFile(here, "redirects, but does not say where", _SAVE)
        here = _joined(here, leads)
    raise BadFile(url, f"redirects more than {how.redirects} times", _SAVE)


def _joined(here: str, leads: str) -> str:
    try:
        return urljoin(here, leads)
    except ValueError as error:
        raise BadFile(here, f"redirects to {leads!r}, which is no address", _SAVE) from error


def _parts(url: str) -> SplitResult:
    """The parts of an address, with its host in ASCII.

    Raises:
        BadFile: not an http or https address with a host, or one with a name and password.
    """
    right = "give an address such as https://example.org/article"
    try:
        url.encode()
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
    except (ValueError, UnicodeError) as error:
        raise BadFile(url, "is not an address", right) from error
    if parts.scheme not in _PORTS:
        raise BadFile(url, f"{parts.scheme}: is not fetched", right)
    if not host or any(ord(one) <= 32 or one in "\x7f%" for one in host):
        raise BadFile(url, "names no host", right)
    if "@" in parts.netloc:
        raise BadFile(url, "holds a name and password", right)
    shown = f"[{host}]" if ":" in host else host
    netloc = f"{shown}:{port}" if port not in (None, _PORTS[parts.scheme]) else shown
    return parts._replace(netloc=netloc)


def _ask(parts: SplitResult, url: str, deadline: float, how: Network) -> http.client.HTTPResponse:
    """Send one request to a checked address, and read the head of the answer."""
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    plug = reach(host, port, url, deadline, how)
    try:
        if parts.scheme == "https":
            plug = how.secure(plug, host)
        line = http.client.HTTPConnection(host, port)
        line.sock = Timed(plug, deadline, how.clock)
        line.request("GET", _target(parts), headers={"Host": parts.netloc, **_HEADERS})
        return line.getresponse()
    except BaseException:
        plug.close()
        raise


def _target(parts: SplitResult) -> str:
    """The path and query of an address, with nothing in it that a request line cannot hold."""
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return quote(target, safe="!#$%&'()*+,/:;=?@[]~")


def _taken(url: str, answer: http.client.HTTPResponse, how: Network) -> Fetched:
    """The body of an answer that can be used.

    Raises:
        BadFile: it cannot.
    """
    if answer.status != http.client.OK:
        problem = f"the server answers {answer.status} {answer.reason}".strip()
        raise BadFile(url, problem, "check the address, or save the article as a file")
    kind = answer.headers.get_content_type() if "Content-Type" in answer.headers else "no type"
    if kind not in _TYPES:
        problem = f"holds {kind}, which is not read"
        raise BadFile(url, problem, "give a page, a text or a feed")
    encoding = answer.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in ENCODINGS:
        raise BadFile(url, f"is packed with {encoding}, which was not asked for", _SAVE)
    try:
        body = unpacked(_pieces(answer), encoding, how.most)
    except TooMuch as error:
        raise BadFile(url, f"is larger than {how.most / 1e6:g} MB", _SAVE) from error
    except (Broken, http.client.IncompleteRead) as error:
        raise BadFile(url, "the answer is cut short or damaged", _SAVE) from error
    return Fetched(url, body, answer.headers.get_content_charset())


def _pieces(rest: http.client.HTTPResponse) -> Iterator[bytes]:
    """A body in the pieces that it comes in.

    Raises:
        Broken: it ends before the length that was announced.
    """
    while piece := rest.read1(_PIECE):
        yield piece
    if rest.length:
        raise Broken
