"""What a service is, and how it is reached: within which bounds, by which clock and chance."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from forecast.exchange.clients.secrets import Key
from questions.errors import BadInput

if TYPE_CHECKING:
    import httpx
    import numpy as np


@dataclass(frozen=True, slots=True)
class Service:
    """A platform that can be asked over the network."""

    name: str
    """As people know it."""
    base: str
    """The address that paths are added to, without a slash at its end."""
    key: Key | None = None
    set_by: str = ""
    """The variable of the environment that holds the token, for whoever has to set it."""
    per_minute: int = 300
    """How many requests it allows in a minute."""

    def with_key(self, key: Key) -> "Service":
        """The same service, asked with a key."""
        return replace(self, key=key)


@dataclass(frozen=True, slots=True)
class Wire:
    """How the network is used; a test brings its own."""

    rng: "np.random.Generator"
    """Spreads the waits before another attempt."""
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    """Seconds, from anywhere on."""
    seconds: float = 30.0
    """For one request, its whole answer included."""
    tries: int = 5
    patience: float = 120.0
    """Seconds that one request may wait in all before it is given up."""
    most: int = 50_000_000
    """Bytes of an answer, unpacked."""
    proxy: str | None = None
    transport: "httpx.BaseTransport | None" = None
    """In place of the network."""


def based(address: str, *, path: str = "", what: str = "address") -> str:
    """The base address that somebody set; ``path`` where the address has none of its own.

    Raises:
        BadInput: no http or https address, or one with a name and password.

    >>> based("http://127.0.0.1:8000/", path="/api")
    'http://127.0.0.1:8000/api'
    """
    from urllib.parse import urlsplit

    import httpx

    right = "an address such as https://www.metaculus.com/api"
    try:
        parts = urlsplit(address.strip())
        reached = parts.hostname == httpx.URL(address.strip()).host != "" and parts.port != 0
        sound = parts.scheme in ("http", "https") and reached
    except (ValueError, httpx.InvalidURL) as error:
        raise BadInput(what, address, right) from error
    if "@" in parts.netloc:
        raise BadInput(what, parts.hostname, "an address without a name and password")
    if not sound or parts.query or parts.fragment:
        raise BadInput(what, address, right)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/') or path}"
