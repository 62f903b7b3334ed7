"""Platforms elsewhere: where they are, with whose token, and what they give."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from forecast.cli.output import say
from forecast.exchange.documents import Document, Tree
from questions.errors import BadInput, Unavailable

if TYPE_CHECKING:
    from forecast.exchange.clients.calling import Line
    from forecast.exchange.clients.secrets import Key, Secret
    from forecast.exchange.clients.wire import Service, Wire

KEPT_AS: Final = "tidings"
"""The name under which a keyring keeps our tokens, each for the name of its platform."""


@dataclass(frozen=True, slots=True)
class Access:
    """What the environment says of a platform: its address, and how a request carries a token."""

    address: str
    token: str = ""
    where: str = "header"
    name: str = ""
    path: str = ""
    """What an address gets that has no path of its own."""
    email: str = ""


ACCESS: Final = {
    "metaculus": Access(
        "METACULUS_API_BASE_URL", "METACULUS_TOKEN", "header", "Token", path="/api"
    ),
    "fatebook": Access(
        "FATEBOOK_API_BASE_URL", "FATEBOOK_API_KEY", "query", "apiKey", path="/api/v0"
    ),
    "predictionbook": Access(
        "PREDICTIONBOOK_API_BASE_URL", "PREDICTIONBOOK_API_TOKEN", "query", "api_token"
    ),
    "manifold": Access("MANIFOLD_API_BASE_URL", path="/v0"),
    "cultivate": Access("CULTIVATE_API_BASE_URL", "CULTIVATE_PASSWORD", email="CULTIVATE_EMAIL"),
}


def fetched(
    platform: str, *, account: int | None = None, markets: Sequence[str] = ()
) -> list[Document]:
    """What a platform has of one's own history, as its readers take it.

    ``account`` is one's number there, where the platform does not say it or has to be told;
    ``markets`` are those of Manifold whose prices are wanted.

    Raises:
        BadInput: a platform that is not asked, or something that it needs and was not given.
        Unavailable, BadFile, NotFound: as :meth:`forecast.exchange.clients.calling.Line.get`.
    """
    if platform not in ACCESS:
        raise BadInput("platform", platform, f"one of {', '.join(ACCESS)} with --live")
    with line_to(platform) as line:
        return [Tree(f"{line.service.name} (live)", _history(platform, line, account, markets))]


def _history(platform: str, line: "Line", account: int | None, markets: Sequence[str]) -> Any:
    from forecast.exchange.clients import (
        cultivate,
        fatebook,
        manifold,
        metaculus,
        predictionbook,
    )

    if platform == "manifold" and not markets:
        raise BadInput("market", "", "the id, slug or address of each: --market NAME")
    asked: dict[str, Callable[[], Any]] = {
        "metaculus": lambda: metaculus.history(line, account=account, told=_told),
        "fatebook": lambda: fatebook.history(line),
        "predictionbook": lambda: predictionbook.history(line),
        "manifold": lambda: {"markets": [manifold.market(line, one) for one in markets]},
        "cultivate": lambda: cultivate.history(line, _given(account)),
    }
    return asked[platform]()


def _given(account: int | None) -> int:
    if account is None:
        raise BadInput("account", "", "your member number at that site: --account NUMBER")
    return account


def _told(done: int, of: int) -> None:
    """Say how far a long reading has come, every fifty posts."""
    if of > 50 and (done % 50 == 0 or done == of):
        say(f"{done} of {of} posts read")


@contextmanager
def line_to(platform: str) -> Iterator["Line"]:
    """A line to a platform, with the token that is kept for it.

    Raises:
        BadInput: an address that is none, or no token where one is needed.
    """
    from forecast.exchange.clients.calling import Line

    service = _service(platform)
    wire = _wire(service.base)
    if platform == "cultivate":
        service = _logged_in(service, wire)
    elif (key := _key(platform, service)) is not None:
        service = service.with_key(key)
    with Line(service, wire) as line:
        yield line


def _service(platform: str) -> "Service":
    from forecast.exchange.clients import cultivate, fatebook, manifold, metaculus, predictionbook
    from forecast.exchange.clients.wire import based

    access = ACCESS[platform]
    address = _environment(access.address)
    base = based(address, path=access.path, what=access.address) if address else ""
    match platform:
        case "metaculus":
            return metaculus.service(base or metaculus.BASE)
        case "fatebook":
            return fatebook.service(base or fatebook.BASE)
        case "predictionbook":
            return predictionbook.service(base or predictionbook.BASE)
        case "manifold":
            return manifold.service(base or manifold.BASE)
    if not base:
        raise BadInput("site", "", f"the address of yours in {access.address}")
    return cultivate.service(base)


def _logged_in(service: "Service", wire: "Wire") -> "Service":
    from forecast.exchange.clients import cultivate

    access = ACCESS["cultivate"]
    if not (email := _environment(access.email)):
        raise BadInput("address of your account", "", f"it in {access.email}")
    return cultivate.log_in(service, wire, email=email, password=token("cultivate", service.name))


def _key(platform: str, service: "Service") -> "Key | None":
    from forecast.exchange.clients.secrets import Key

    access = ACCESS[platform]
    if not access.token:
        return None
    secret = token(platform, service.name)
    return Key(secret, "query" if access.where == "query" else "header", access.name)


def token(platform: str, name: str) -> "Secret":
    """The token that the environment or the keyring of this account has for a platform.

    Raises:
        BadInput: neither has one, or it has characters that no token has.
    """
    from forecast.exchange.clients.secrets import Secret

    access = ACCESS[platform]
    found = _environment(access.token) or _kept(platform)
    kept = f"`keyring set {KEPT_AS} {platform}`"
    if not found:
        raise BadInput(f"token of {name}", "", f"one in {access.token}, or keep it with {kept}")
    if not (found.isascii() and found.isprintable()):
        raise BadInput(f"token of {name}", "[token]", "plain letters and digits, without a break")
    return Secret(found)


def _environment(name: str) -> str:
    return os.environ.get(name, "").strip()  # noqa: TID251


def _kept(platform: str) -> str:
    """What the keyring has; nothing where there is none, or none that can be opened."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return ""
    try:
        return (keyring.get_password(KEPT_AS, platform) or "").strip()
    except KeyringError as error:
        say(f"note: the keyring cannot be read ({type(error).__name__})")
        return ""


def _wire(base: str) -> "Wire":
    import numpy as np

    from forecast.exchange.clients.wire import Wire

    return Wire(np.random.Generator(np.random.PCG64()), proxy=_proxy(base))


def _proxy(base: str) -> str | None:
    """The proxy that the environment names for an address; None where it is reached directly.

    Raises:
        Unavailable: a proxy of a kind that is not spoken.
    """
    from urllib.request import getproxies, proxy_bypass

    parts = urlsplit(base)
    if proxy_bypass(parts.hostname or ""):
        return None
    found = getproxies().get(parts.scheme) or getproxies().get("all")
    if found and urlsplit(found).scheme not in ("http", "https"):
        scheme = urlsplit(found).scheme
        raise Unavailable("the network", f"is behind a proxy of kind {scheme}", "use http or https")
    return found
