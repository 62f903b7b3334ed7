"""One service is asked: one request after the other, none too fast, again where that may help.

A request that only reads is sent again after any failure that may pass. One that writes is
sent again only where it surely did nothing: the service was not reached, or turned it away.
"""

import json
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any, Final, Self

import httpx

from forecast.exchange.clients.answers import LATER, Answer, json_of, refusal
from forecast.exchange.clients.secrets import Keyed
from forecast.exchange.clients.waiting import asked_to_wait, backoff
from forecast.exchange.clients.wire import Service, Wire
from questions.articles.unpacking import ENCODINGS, Broken, TooMuch, unpacked
from questions.errors import BadFile, Unanswered, Unavailable

Params = Mapping[str, str | int]

_HEADERS: Final = {
    "User-Agent": "tidings",
    "Accept": "application/json",
    "Accept-Encoding": "gzip",
}
_TURNED_AWAY: Final = frozenset({429, 503})
_MAY_PASS: Final = frozenset({*_TURNED_AWAY, 408, 500, 502, 504})
_NOT_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)


class _Broken(Exception):
    """An attempt that gave no answer: what went wrong, and whether the request may have gone."""

    def __init__(self, what: str, *, sent: bool) -> None:
        super().__init__(what)
        self.what, self.sent = what, sent


class Line:
    """A line to one service, open until it is closed."""

    def __init__(self, service: Service, wire: Wire) -> None:
        self.service, self._wire = service, wire
        inner = wire.transport or httpx.HTTPTransport(proxy=wire.proxy)
        self._client = httpx.Client(
            transport=Keyed(inner, service.key),
            headers=_HEADERS,
            timeout=wire.seconds,
            follow_redirects=False,
            trust_env=False,
        )
        self._free_at = wire.clock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._client.close()

    def get(self, path: str, params: Params | None = None, *, what: str = "") -> Any:
        """The JSON at a path; ``what`` names it, should it not be there.

        Raises:
            Unavailable: the service cannot be reached or used now, after as many attempts as
                are worth it.
            BadFile: it does not accept the token, or its answer cannot be used.
            NotFound: it has no such thing.
        """
        return json_of(self.answer(path, params, what=what), self.service, path)

    def answer(self, path: str, params: Params | None = None, *, what: str = "") -> Answer:
        """What a path gives, with its headers; raises as :meth:`get` does."""
        request = self._client.build_request("GET", self.service.base + path, params=params)
        return self._settled(request, path, what, reads=True)

    def post(
        self, path: str, body: Any, *, form: bool = False, what: str = "", reads: bool = False
    ) -> Answer:
        """Send JSON, or the fields of a form; ``reads`` says that it changes nothing.

        Raises:
            Unanswered: it was sent, and nobody knows whether it was taken.
            Unavailable, BadFile, NotFound: as :meth:`get`; it was not taken.
        """
        how: dict[str, Any] = {"data": body}
        if not form:
            text = json.dumps(body, ensure_ascii=False, allow_nan=False)
            how = {"content": text.encode(), "headers": {"Content-Type": "application/json"}}
        request = self._client.build_request("POST", self.service.base + path, **how)
        return self._settled(request, path, what, reads=reads)

    def _settled(self, request: httpx.Request, path: str, what: str, *, reads: bool) -> Answer:
        """An answer that can be used, in the end."""
        waited = 0.0
        for attempt in range(1, self._wire.tries + 1):
            found = self._attempted(request)
            if isinstance(found, Answer) and 200 <= found.status < 300:
                return found
            if not _again(found, reads=reads) or attempt == self._wire.tries:
                break
            pause = self._pause(found, attempt)
            if waited + pause > self._wire.patience:
                break
            waited += pause
            self._wire.sleep(pause)
        raise self._failed(found, path, what, reads=reads) from None

    def _attempted(self, request: httpx.Request) -> Answer | _Broken:
        self._keep_to_the_limit()
        try:
            return self._answered(request)
        except _Broken as broken:
            return broken
        except _NOT_SENT as error:
            return _Broken(_why(error), sent=False)
        except (httpx.HTTPError, Broken) as error:
            return _Broken(_why(error), sent=True)

    def _answered(self, request: httpx.Request) -> Answer:
        ends = self._wire.clock() + self._wire.seconds
        response = self._client.send(request, stream=True)
        try:
            packed = response.headers.get("Content-Encoding", "").strip().lower()
            if packed not in ENCODINGS:
                raise _Broken(f"it packs its answer with {packed[:20]}", sent=True)
            body = unpacked(self._pieces(response, ends), packed, self._wire.most)
        except TooMuch:
            most = f"{self._wire.most / 1e6:g} MB"
            problem = f"an answer is larger than {most}"
            raise BadFile(self.service.name, problem, "ask for less at once") from None
        finally:
            response.close()
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, headers, body)

    def _pieces(self, response: httpx.Response, ends: float) -> Iterator[bytes]:
        for piece in response.iter_raw():
            if self._wire.clock() > ends:
                raise _Broken(f"it takes more than {self._wire.seconds:g} s", sent=True)
            yield piece

    def _keep_to_the_limit(self) -> None:
        """Wait until the service allows another request."""
        early = self._free_at - self._wire.clock()
        if early > 0:
            self._wire.sleep(early)
        self._free_at = max(self._free_at, self._wire.clock()) + 60 / self.service.per_minute

    def _pause(self, found: Answer | _Broken, attempt: int) -> float:
        if isinstance(found, Answer):
            headers = found.headers
            asked = asked_to_wait(headers.get("retry-after", ""), headers.get("date", ""))
            if asked is not None:
                return asked
        return backoff(attempt, self._wire.rng)

    def _failed(self, found: Answer | _Broken, path: str, what: str, *, reads: bool) -> Exception:
        name = self.service.name
        if isinstance(found, Answer):
            if not reads and found.status in _MAY_PASS - _TURNED_AWAY:
                problem = f"failed at {path} (HTTP {found.status}); it may have been taken"
                return Unanswered(name, problem, "look there before sending it again")
            return refusal(found, self.service, path, what)
        if not reads and found.sent:
            problem = f"was sent {path}, but gave no answer ({found.what}); it may have been taken"
            return Unanswered(name, problem, "look there before sending it again")
        if found.sent:
            return Unavailable(name, f"gave no whole answer to {path} ({found.what})", LATER)
        return Unavailable(name, f"cannot be reached at {self.service.base} ({found.what})", LATER)


def _again(found: Answer | _Broken, *, reads: bool) -> bool:
    """Whether another attempt may help, and can do no harm."""
    if isinstance(found, _Broken):
        return reads or not found.sent
    return found.status in (_MAY_PASS if reads else _TURNED_AWAY)


def _why(error: Exception) -> str:
    """What went wrong on the way, in a word or two."""
    match error:
        case httpx.ConnectTimeout() | httpx.PoolTimeout() | httpx.TimeoutException():
            return "too slow"
        case httpx.ConnectError():
            return "no connection"
        case httpx.RemoteProtocolError() | httpx.ReadError() | Broken():
            return "it broke off"
    return type(error).__name__
