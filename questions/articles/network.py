"""How the outside is reached: by addresses that were checked.

A name is looked up once, every address of it is checked, and the connection goes to a checked
address, so that nothing can change in between.
"""

import socket
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from questions.articles.addresses import is_public
from questions.articles.timed import Clock, left, within
from questions.errors import BadFile


def _connect(address: str, port: int, seconds: float) -> socket.socket:
    """A connection to an address in digits; no name is looked up.

    Raises:
        OSError: it cannot be reached in time.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    plug = socket.socket(family, socket.SOCK_STREAM)
    try:
        plug.settimeout(seconds)
        plug.connect((address, port))
    except OSError:
        plug.close()
        raise
    return plug


def _secure(plug: socket.socket, host: str) -> socket.socket:
    """The connection with TLS, to a server that proves to be ``host``.

    Raises:
        OSError: it cannot prove that.
    """
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context.wrap_socket(plug, server_hostname=host)


def _resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, in digits.

    Raises:
        OSError: there is no such host.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(where[0]) for *_, where in found))


@dataclass(frozen=True, slots=True)
class Network:
    """How the outside is reached, and within which bounds; a test brings its own."""

    resolve: Callable[[str, int], Sequence[str]] = _resolve
    connect: Callable[[str, int, float], socket.socket] = _connect
    secure: Callable[[socket.socket, str], socket.socket] = _secure
    allowed: Callable[[str], bool] = is_public
    clock: Clock = time.monotonic
    seconds: float = 20.0
    """For one address, redirects included."""
    most: int = 5_000_000
    """Bytes of a body, unpacked."""
    redirects: int = 5


def reach(host: str, port: int, url: str, deadline: float, how: Network) -> socket.socket:
    """A connection to a host, at an address that was checked.

    Raises:
        BadFile: an address of the host is not allowed.
        OSError: there is no such host, or none of its addresses answers.
        TimeoutError: not before the deadline.
    """
    failed, addresses = OSError(), _checked(host, port, url, deadline, how)
    for place, address in enumerate(addresses):
        share = left(deadline, how.clock) / (len(addresses) - place)
        try:
            plug = how.connect(address, port, share)
        except OSError as error:
            failed = error
        else:
            plug.settimeout(left(deadline, how.clock))
            return plug
    raise failed


def _checked(host: str, port: int, url: str, deadline: float, how: Network) -> Sequence[str]:
    """The addresses of a host, every one of them allowed.

    Raises:
        BadFile: one of them is not.
        OSError: there is no such host.
        TimeoutError: it took too long to find out.
    """
    found = within(lambda: how.resolve(host, port), deadline, how.clock)
    if closed := [address for address in found if not how.allowed(address)]:
        named = host if host == closed[0] else f"{host} is {closed[0]}, which"
        problem = f"{named} is not on the public internet"
        raise BadFile(url, problem, "give a public address, or save the article as a file")
    if not found:
        raise socket.gaierror
    return found
