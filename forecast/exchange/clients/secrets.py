"""Tokens: kept out of every text that anybody may read, and put in where a request leaves.

A client of ``httpx`` writes the address of each request into its log, and an error holds the
request; so what they know of has no token in it. It is added behind them, just before the
bytes go out.
"""

from dataclasses import dataclass
from typing import Final, Literal, final
from urllib.parse import urlencode

import httpx

HIDDEN: Final = "[token]"


@final
class Secret:
    """A token that no ``repr``, ``str`` or format shows.

    >>> Secret("abc123"), f"{Secret('abc123')}"
    ([token], '[token]')
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return HIDDEN

    def reveal(self) -> str:
        """The token itself."""
        return self._text

    def hidden_in(self, text: str) -> str:
        """A text of somebody else's, with the token struck out should it stand there.

        >>> Secret("abc123").hidden_in("no such key: abc123")
        'no such key: [token]'
        """
        return text.replace(self._text, HIDDEN) if self._text else text


@dataclass(frozen=True, slots=True)
class Key:
    """A token, and where a request carries it."""

    secret: Secret
    where: Literal["header", "query", "form"]
    name: str
    """Of a header the word before the token, such as ``Bearer``; else the parameter or field."""


class Keyed(httpx.BaseTransport):
    """A transport that adds a key to every request as it leaves."""

    def __init__(self, inner: httpx.BaseTransport, key: Key | None) -> None:
        self._inner, self._key = inner, key

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request with the key in it; the one that was handed in stays without."""
        return self._inner.handle_request(_signed(request, self._key))

    def close(self) -> None:
        """Close what lies behind it."""
        self._inner.close()


def _signed(request: httpx.Request, key: Key | None) -> httpx.Request:
    """The request that goes out."""
    if key is None:
        return request
    headers, url, body = request.headers.copy(), request.url, request.read()
    text = key.secret.reveal()
    match key.where:
        case "header":
            headers["Authorization"] = f"{key.name} {text}"
        case "query":
            url = url.copy_set_param(key.name, text)
        case "form":
            body = b"&".join([body, urlencode({key.name: text}).encode()])
            headers["Content-Length"] = str(len(body))
    return httpx.Request(
        request.method, url, headers=headers, content=body or None, extensions=request.extensions
    )
